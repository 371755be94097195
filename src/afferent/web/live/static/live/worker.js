// Keeps the open face of a running visit on this device, so that a reload finds it while the server is away. Browsers
// run this over HTTPS and on this machine itself only; without it the page must simply stay open.
//
// It keeps the page, its scripts and its style sheet, newest first from the server. What is said and heard never passes
// through here; what is older than a day is given to nobody, and all of it goes when the visit ends.

const NAME = "afferent-live";
const DAY = 24 * 60 * 60 * 1000;
// The two faces, and what they are made of; no other page of the clinic.
const ONLY = /^\/(live\/(me|[0-9a-f-]{36})|static\/.+|afferent-[-\w]+\.css)$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET" || !ONLY.test(path)) return;
  event.respondWith(newest(request));
});

async function newest(request) {
  const kept = await caches.open(NAME);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await kept.put(request, dated(answer.clone()));
    else if (answer.status < 500) await kept.delete(request); // signed out, or let in no more
    return answer;
  } catch (away) {
    const before = await kept.match(request);
    if (before && Date.now() - Number(before.headers.get("X-Kept-At")) < DAY) return before;
    throw away;
  }
}

function dated(answer) {
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-At", String(Date.now()));
  return new Response(answer.body, { status: answer.status, headers });
}
