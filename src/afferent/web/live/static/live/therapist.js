// The therapist's face: read from two metres, touched with a knuckle. Last word and its age, place and ceiling, what to
// avoid and why. It relays what the client says and what the therapist does; it judges nothing.
//
// What is said stands here, `fold.js` says where the visit stands, `paint.js` writes it. A tap is shown at once and kept
// when the server has it. STOP stays until "hands off" is tapped.

import { answer, speak, wake } from "./answers.js";
import { setBy, steady } from "./clock.js";
import { Heard } from "./heard.js";
import { due, reason } from "./checkins.js";
import { apply, fresh, warmLeft } from "./fold.js";
import { Link } from "./link.js";
import { Outbox } from "./outbox.js";
import { paint, refused } from "./paint.js";
import { keepAwake, possible } from "../physiology/awake.js";

const told = JSON.parse(document.getElementById("live").textContent);
const { plan } = told;
const body = document.body;
const part = (id) => document.getElementById(id);
const TICK = 250; // ms
const SAME_TOUCH = 400;
const SETTLE = { region: 20_000, pressure: 5_000 }; // ms after which a new place, more pressure is asked about

let state = fresh();
const seen = new Set(); // ids of events that were shown already, as this face's own
let taps = {};

const outbox = new Outbox(`${told.session}:therapist`, told.events, { "X-CSRFToken": told.token }, {
  waiting: (count) => { part("unsent").hidden = count === 0; },
  refused: (event, why) => { refused(why); rebuild(event); },
  shut: () => refused("You are signed out. What you tapped is kept on this device; sign in and open the visit again."),
});
let link = null;
setBy(told.now);
const heard = new Heard(told.session, told.sofar); // what the server has, in order; also what this page had before a reload

for (const { event } of heard.events) learn(event, steady(event.at));
for (const one of outbox.events) learn(one, steady(one.at));
link = new Link({
  stream: told.stream, beat: told.beat, after: heard.last, changed: linked, expected: () => state.linked,
  event: (seq, event) => { heard.keep(seq, event); learn(event, steady(event.at)); show(); },
});

function learn(event, at) {
  if (seen.has(event.id)) return;
  seen.add(event.id);
  const before = state.stage;
  apply(state, event, at);
  settle(event, at);
  if (link === null) return; // a page that is only being opened makes no noise
  if (event.kind === "said" && event.by === "client") answer(event.word === "stop" ? "stop" : "ask");
  if (state.stage === "stopped" && before !== "stopped") speak("Stop. Hands off.");
}

// A new place and more pressure are asked about as well, once hands have settled.
function settle(event, at) {
  if (event.kind === "asked") Object.assign(state, { checked: true, settle: null });
  if (event.kind === "moved" && state.stage === "touch") Object.assign(state, { settle: at + SETTLE.region, settleWhy: "region" });
  if (event.kind === "pressure" && event.level > (state.levelBefore ?? 0)) {
    Object.assign(state, { settle: at + SETTLE.pressure, settleWhy: "pressure" });
  }
  if (event.kind === "moved" || event.kind === "pressure") state.levelBefore = event.level;
}

// The server did not keep something: what stands is what it has, and what waits.
function rebuild(event) {
  state = fresh();
  seen.clear();
  for (const one of [...heard.events.map((one) => one.event), ...outbox.events]) {
    if (one.id !== event?.id) learn(one, steady(one.at));
  }
  show();
}

function say(event) {
  const whole = outbox.say(event);
  learn(whole, performance.now());
  show();
  return whole;
}

// Every button of this face, by what it says of itself.
const ACTS = {
  stop: () => say({ kind: "said", word: "stop", aloud: true }),
  hands_off: () => say({ kind: "hands_off" }),
  because: (button) => say({ kind: "stop_because", detail: button.dataset.is }),
  go_on: () => say({ kind: "went_on" }),
  begin: begin,
  back: () => move(-1),
  onward: () => move(1),
  softer: () => { if (state.level > 0) say({ kind: "pressure", level: state.level - 1 }); },
  firmer: () => {
    if (state.level < plan.steps[state.step].ceiling) say({ kind: "pressure", level: state.level + 1 });
  },
  lay: (button) => {
    const step = plan.steps[state.step];
    if (state.warm || !step?.warmth) return;
    const { celsius, seconds } = step.warmth.readings[Number(button.dataset.is)];
    say({ kind: "warmed", regions: step.regions, source: step.warmth.source, celsius, seconds });
  },
  take_off: () => {
    if (state.warm) say({ kind: "warmed_off", to: state.warm.id, early: warmLeft(state, performance.now()) > 0 });
  },
  said: (button) => say({ kind: "said", word: button.dataset.is, aloud: true, to: state.asked?.id ?? "" }),
  ask: () => { check("asked"); panel(""); },
  mark: () => panel("marking"),
  note: () => { panel("noting"); part("note-words").focus(); },
  keep_note: keepNote,
  keep_mark: keepMark,
  close: () => panel(""),
  more: () => panel("more"),
  finish: () => panel("finishing"),
  end: () => { say({ kind: "ended", why: state.stage === "off" ? "stopped" : "done" }); over(); },
  dim: () => { body.dataset.dim = body.dataset.dim ? "" : "yes"; },
  turned: (button) => { say({ kind: "turned", position: button.dataset.is }); panel(""); check("turn"); },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  const now = performance.now();
  const name = `${button.dataset.act} ${button.dataset.is ?? ""}`;
  if (taps.name === name && now - taps.at < SAME_TOUCH) return; // oil makes one touch two
  taps = { name, at: now };
  wake();
  ACTS[button.dataset.act](button);
});

function begin() {
  say({ kind: "began" });
  go(0);
}

function move(by) {
  const next = state.step + by;
  if (plan.steps[next] && !state.warm) go(next); // what is warm or cold comes off first
}

function go(number) {
  const step = plan.steps[number];
  say({ kind: "moved", regions: step.regions, work: step.work, level: step.level, step: number });
}

function check(why) {
  const step = plan.steps[state.step];
  if (step) say({ kind: "asked", why, regions: step.regions, numb: Boolean(step.numb) });
}

function panel(name) {
  body.dataset.panel = name;
}

function keepNote() {
  const words = part("note-words").value.trim();
  if (words) say({ kind: "noted", words });
  part("note-words").value = "";
  panel("");
}

function keepMark(button) {
  const where = document.querySelector("[name=mark-where]:checked")?.value;
  if (!where) return;
  say({ kind: "skin", when: "during", looks: [{ region: where, found: button.dataset.is }] });
  panel("marked");
}

function over() {
  heard.forget();
  window.caches?.delete("afferent-live");
  outbox.send();
}

function linked(is) {
  if (is === "here" && state.lost) say({ kind: "linked", by: "program", again: true });
  else if (is === "lost" && state.stage !== "setup" && state.stage !== "ended") say({ kind: "lost", by: "program" });
  state.lost = is === "lost";
  if (is === "lost") answer("ask");
  show();
}

function show() {
  if (state.stage === "ended" && !state.forgotten) {
    state.forgotten = true; // also when an ended visit is looked at again
    over();
  }
  paint(state, plan, { link: link?.state ?? "waiting", silent: link?.silent ?? null, now: performance.now() });
}

function tick() {
  const now = performance.now();
  const left = due(state, plan, now);
  if (left === 0) check(reason(state, plan, now));
  if (state.asked && !state.unanswered && now - state.askedAt > 1000 * plan.checkin.answer) {
    say({ kind: "silent", by: "program", to: state.asked.id });
    answer("ask");
  }
  const hot = warmLeft(state, now);
  if (hot !== null && hot <= 0 && Math.floor(hot / 2000) !== state.called) {
    state.called = Math.floor(hot / 2000); // every two seconds until it is off
    answer("stop");
  }
  const step = plan.steps[state.step];
  if (step && state.stage === "touch" && state.chimed !== state.stepAt && now - state.stepAt > step.minutes * 60_000) {
    state.chimed = state.stepAt;
    answer("good"); // the time planned for this place is over
  }
  show();
}

for (const kind of ["pointerdown", "keydown"]) {
  window.addEventListener(kind, () => { wake(); keepAwake(); }, { once: true });
}
// A foot pedal types a key: page down is the next place, page up the one before; Escape is STOP.
document.addEventListener("keydown", (event) => {
  if (event.target.matches("textarea, input") || event.repeat) return;
  const act = { Escape: "stop", PageDown: "onward", PageUp: "back" }[event.key];
  if (!act || (act !== "stop" && state.stage !== "touch")) return;
  event.preventDefault();
  ACTS[act]();
});
window.addEventListener("beforeunload", (event) => {
  if (outbox.events.length) event.preventDefault();
});
if (!possible) part("awake").hidden = false;
navigator.serviceWorker?.register("/live/worker.js", { scope: "/live/" }).catch(() => {});
setInterval(tick, TICK);
show();
