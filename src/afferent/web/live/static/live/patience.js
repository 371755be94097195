// How long a request may take, also in a browser of years ago that has no `AbortSignal.timeout`.
//
//   fetch(address, { signal: within(2000) })

export function within(milliseconds) {
  const patience = new AbortController();
  setTimeout(() => patience.abort(), milliseconds); // one that is over already is not touched by it
  return patience.signal;
}
