// The therapist's face: read from two metres, touched with a knuckle. Last word and its age, place and ceiling, what to
// avoid and why. It relays what the client says and what the therapist does; it judges nothing.
//
// What is said stands here, `fold.js` says where the visit stands, `paint.js` writes it. A tap is shown at once and kept
// when the server has it. STOP stays until "hands off" is tapped.

import { answer, speak, wake } from "./answers.js";
import { askedBy, choose, paintAround } from "./around.js";
import { setBy, steady } from "./clock.js";
import { Heard } from "./heard.js";
import { due, occurrence, reason, silence } from "./checkins.js";
import { apply, fresh, warmLeft } from "./fold.js";
import { Link } from "./link.js";
import { Outbox } from "./outbox.js";
import { paint, refused } from "./paint.js";
import { neighbour, owed, standing } from "./pain.js";
import { linkPhone } from "./pair.js";
import { keepAwake, possible } from "../physiology/awake.js";

const told = JSON.parse(document.getElementById("live").textContent);
const { plan } = told;
const body = document.body;
const part = (id) => document.getElementById(id);
const TICK = 250; // ms
const SAME_TOUCH = 400;
const STAYS = 30_000; // ms that changed limits are said
const CHANGED = "afferent-changed";

let state = fresh();
const seen = new Set(); // ids of events that were shown already, as this face's own
let taps = {};
let was = "waiting"; // how the link stood
let renewed = false; // the plan is another one: the page is loaded again as soon as nothing is lost by it

const outbox = new Outbox(`${told.session}:therapist`, told.events, { "X-CSRFToken": told.token }, {
  waiting: (count) => { part("unsent").hidden = count === 0; },
  refused: (event, why) => { refused(why); rebuild(event); },
  shut: () => {
    heard.forget(); // of what the server has nothing stays here; what it has not heard yet does
    window.caches?.delete("afferent-live");
    refused("You are signed out. What you tapped is kept on this device; sign in and open the visit again.");
  },
});
let link = null;
setBy(told.now);
const heard = new Heard(told.session, told.sofar); // what the server has, in order; also what this page had before a reload

for (const { event } of heard.events) learn(event, steady(event.at), false);
for (const one of outbox.events) learn(one, steady(one.at), false);
link = new Link({
  stream: told.stream, beat: told.beat, after: heard.last, changed: linked, expected: () => state.linked,
  event: (seq, event) => { heard.keep(seq, event); learn(event, steady(event.at)); show(); }, leads: told.leads,
});

// `anew`: it happens now. What is only read again, by a page that is being opened or set right, makes no noise.
function learn(event, at, anew = true) {
  if (seen.has(event.id)) return;
  seen.add(event.id);
  const before = state.stage;
  apply(state, event, at);
  if (!anew) return;
  if (event.kind === "rescreened") changed(event);
  if (event.kind === "opened") renewed = true; // the plan of this page is no longer the one that holds
  if (event.kind === "said" && event.by === "client") answer(event.word === "stop" ? "stop" : "ask");
  const late = before === "ended" && event.by === "client" && event.word === "stop";
  if (late || (state.stage === "stopped" && before !== "stopped")) speak("Stop. Hands off.");
}

// What is known of the client has changed the limits while the visit runs: a look in another window, a physician's answer.
function changed(event) {
  answer("stop");
  speak(event.closed ? "Hands off." : "The limits have changed.");
  if (event.closed) return; // the page says so itself
  const says = `The limits of this visit have changed. ${event.headline.replace(/\.?$/, ".")} Look at what is open here before you go on.`;
  refused(says, STAYS);
  window.sessionStorage?.setItem(CHANGED, says); // for the page with the new plan
}

// The server did not keep something: what stands is what it has, and what waits.
function rebuild(event) {
  state = fresh();
  seen.clear();
  for (const one of [...heard.events.map((one) => one.event), ...outbox.events]) {
    if (one.id !== event?.id) learn(one, steady(one.at), false);
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
    if (state.level < plan.steps[state.step].ceiling && !standing(state, plan)) say({ kind: "pressure", level: state.level + 1 });
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
  score: () => panel("scoring"),
  number: (button) => {
    const value = Number(button.dataset.is);
    say({ kind: "scored", value, ...(askedBy(button, state, told.asks) ?? { to: owed(state, plan)?.id ?? "" }) });
    panel("");
  },
  skip: (button) => say({ kind: "skipped", ...askedBy(button, state, told.asks) }),
  choose: (button) => { choose(button); show(); },
  link: () => { panel("linking"); linkPhone(); },
  mark: () => panel("marking"),
  note: () => { panel("noting"); part("note-words").focus(); },
  keep_note: keepNote,
  keep_mark: keepMark,
  close: () => panel(""),
  more: () => panel("more"),
  finish: () => panel("finishing"),
  end: () => { say({ kind: "ended", why: state.stage === "off" ? "stopped" : "done" }); over(); },
  dim: () => { body.dataset.dim = body.dataset.dim ? "" : "yes"; },
  turned: (button) => { say({ kind: "turned", position: button.dataset.is }); panel(""); },
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
  linked(link.state); // a link that was lost before is written down from now on
}

function move(by) {
  const next = neighbour(state, plan, by);
  if (plan.steps[next] && !state.warm) go(next); // what is warm or cold comes off first
}

function go(number) {
  const step = plan.steps[number];
  say({ kind: "moved", regions: step.regions, work: step.work, level: step.level, step: number });
}

// `numb`: feeling is no guide there, so that the question, and what the client's device offers, is another. What the clock
// asks has one name in every window.
function check(why) {
  const step = plan.steps[state.step];
  if (!step) return;
  const named = why === "asked" ? {} : { id: occurrence(state) };
  say({ ...named, kind: "asked", why, regions: step.regions, numb: Boolean(step.numb || plan.watched) });
}

function panel(name) {
  body.dataset.panel = name;
  document.querySelector(`[data-panel-name="${name}"]`)?.scrollIntoView({ block: "nearest" }); // on a phone
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

function watching() {
  part("watching").hidden = link.leads || state.stage === "ended";
}

// A window that only watches says nothing by itself; whoever touches it goes on with it.
function take() {
  if (!link.leads) fetch(told.lead, { method: "POST", headers: { "X-CSRFToken": told.token } }).catch(() => {});
}

function linked(is) {
  watching();
  const name = `link-${state.links}`; // the same in every window
  const under = link.leads && state.stage !== "setup" && state.stage !== "ended";
  if (link.leads && is === "here" && state.away) say({ id: `back-${name}`, kind: "linked", by: "program", again: true });
  else if (under && is === "lost" && !state.away) say({ id: `lost-${name}`, kind: "lost", by: "program" });
  if (is === "lost" && was !== "lost" && state.stage !== "ended") answer("ask");
  was = is;
  show();
}

function show() {
  if (state.stage === "ended" && !state.forgotten) {
    state.forgotten = true; // also when an ended visit is looked at again
    over();
  }
  paintAround(state, told.asks, plan.called);
  paint(state, plan, told.words, { link: link?.state ?? "waiting", silent: link?.silent ?? null, now: performance.now() });
}

function tick() {
  const now = performance.now();
  if (renewed && !outbox.events.length && body.dataset.panel !== "noting") {
    renewed = false;
    location.reload();
  }
  const left = due(state, plan, now);
  if (left === 0 && link.leads) check(reason(state, plan));
  if (link.leads && state.asked && !state.unanswered && now - state.askedAt > 1000 * plan.checkin.answer) {
    say({ id: silence(state.asked), kind: "silent", by: "program", to: state.asked.id });
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
for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, take, true);
watching();
const late = window.sessionStorage?.getItem(CHANGED);
if (late) {
  window.sessionStorage.removeItem(CHANGED);
  refused(late, STAYS);
}
if (!possible) part("awake").hidden = false;
navigator.serviceWorker?.register("/live/worker.js", { scope: "/live/" }).catch(() => {});
setInterval(tick, TICK);
show();
body.dataset.runs = "yes"; // until here the page says that it does not work
