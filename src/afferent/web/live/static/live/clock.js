// The clock of the server, as this device knows it: every event is stamped with it, so that two devices tell one story.
//
// Ask here: `stamp()`, now as text; `steady(time)`, when that was on this page's own clock; `heard(serverTime, asked,
// answered)` after every answer that says the server's time; `clockTime(time, zone)`, as the clock on the clinic's wall.

let offset = 0;
let best = Infinity;

// The answer that came quickest is nearest to the truth.
export function heard(serverTime, asked, answered) {
  const took = answered - asked;
  if (!serverTime || took > best) return;
  best = took + 5; // a little patience, so that a device whose clock is set in mid-visit follows
  offset = Date.parse(serverTime) - (Date.now() - took / 2);
}

export function stamp() {
  return new Date(serverNow()).toISOString();
}

// Milliseconds since 1970, by the clock of the server.
export function serverNow() {
  return Date.now() + offset;
}

// At the start, from the page itself.
export function setBy(serverTime) {
  offset = Date.parse(serverTime) - Date.now();
}

// When something happened, on this page's own steady clock: never in the future.
export function steady(time) {
  return performance.now() - Math.max(0, serverNow() - Date.parse(time));
}

// "4:05" ago; more than an hour says so.
export function ago(milliseconds) {
  const whole = Math.max(0, Math.floor(milliseconds / 1000));
  if (whole >= 3600) return "over an hour";
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// "14:03:20" by the clock of the clinic, wherever this device believes to be; by its own where it knows no such zone.
export function clockTime(time, zone) {
  const how = { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false };
  try {
    return new Date(time).toLocaleTimeString("en-GB", { ...how, timeZone: zone || undefined });
  } catch {
    return new Date(time).toLocaleTimeString("en-GB", how);
  }
}
