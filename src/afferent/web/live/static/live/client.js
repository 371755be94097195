// The client's face: STOP, EASE OFF, GOOD, CHANGED FEELING. It knows nothing clinical: what it shows comes as words.
//
// STOP acts when it is touched, everything else when the finger lifts; a double tap does nothing worse than one. STOP
// keeps its place and its size in every state. What was pressed is said at once; that the therapist has it, only when
// the server has it and the other face is there; otherwise the face says "Say it aloud".

import { answer, speak, wake } from "./answers.js";
import { Link } from "./link.js";
import { Outbox } from "./outbox.js";
import { keepAwake, possible } from "../physiology/awake.js";

const told = JSON.parse(document.getElementById("live").textContent);
const body = document.body;
const part = (id) => document.getElementById(id);
const UNSENT = 1500; // ms after which what is not with the server is called unsent
const SAME_TOUCH = 600; // ms within which a second touch of one button is the same one

let stage = "drill"; // drill, touch, stopped, off (hands are off), ended
let asked = null; // the check-in that waits
let waiting = new Map(); // event id -> word
let touched = {};
const KEPT = `afferent:stage:${told.session}`; // where this face stood, for a reload while the server is away

const outbox = new Outbox(`${told.session}:client`, told.events, { "X-Afferent": told.token, "X-Visit": told.session }, {
  kept: (id, last) => reached(id, last),
  shut: () => { if (stage !== "ended") show("shut"); },
});
const link = new Link({
  stream: told.stream, beat: told.beat, after: 0, event: (_, one) => hear(one), changed: () => seen(), expected: () => true,
});

link.shut = () => { if (stage !== "ended") show("shut"); };

const HEARD = {
  place: (one) => { part("yours").textContent = one.yours; },
  ask: (one) => ask(one),
  silent: (one) => { if (asked?.id === one.to) quiet(); },
  said: (one) => { if (one.to && asked?.id === one.to) quiet(); if (one.word === "stop") show("stopped"); },
  drilled: (one) => drilled(one.word),
  began: () => { if (stage === "drill") show("touch"); },
  hands_off: () => { if (stage === "stopped") show("off"); },
  went_on: () => show("touch"),
  ended: () => over(),
};

function hear(one) {
  HEARD[one.kind]?.(one);
}

function show(next) {
  if (stage === "ended" || stage === "shut" || stage === next) return;
  stage = next;
  body.dataset.stage = next;
  remember(next);
  if (next === "stopped") part("stop-words").textContent = `${told.therapist} is being told now.`;
  if (next === "off") part("stop-words").textContent = `${told.therapist} has been told and has taken the hands off.`;
  if (next === "touch") quiet();
  if (next === "shut") part("over-words").textContent = "This device is no longer linked. Say it aloud, or ring the bell.";
}

// What was pressed. Before the first touch it is practice.
function press(word, detail = "") {
  const now = performance.now();
  if (word !== "stop" && touched.word === word && touched.detail === detail && now - touched.at < SAME_TOUCH) return;
  touched = { word, detail, at: now };
  wake();
  answer(word === "stop" ? "stop" : word === "ease_off" || word === "less" ? "ease" : "good");
  if (stage === "drill") {
    keep(outbox.say({ kind: "drilled", by: "client", word }), word);
    return;
  }
  const one = outbox.say({ kind: "said", by: "client", word, detail, to: word === "stop" ? "" : (asked?.id ?? "") });
  keep(one, word);
  if (word === "stop") show("stopped");
  else if (asked) quiet();
}

// Why STOP was pressed, if somebody likes to say. It stops nothing again.
function because(detail) {
  outbox.say({ kind: "stop_because", by: "client", detail });
  for (const one of document.querySelectorAll("[data-detail-of=stop]")) {
    one.setAttribute("aria-pressed", String(one.dataset.is === detail));
  }
}

function keep(one, word) {
  waiting.set(one.id, { word, seq: null });
  say("pressed", `You pressed ${told.words[word]}.`);
  setTimeout(() => {
    if (!waiting.has(one.id)) return;
    say("unsent", `${told.words[word]} has not arrived yet. Say it aloud.`);
    speak("Not arrived yet. Please say it aloud.");
  }, UNSENT);
}

// The server has it, as one of the events up to this number. It is told when the other face has shown that number.
function reached(id, last) {
  const one = waiting.get(id);
  if (!one) return;
  one.seq = last;
  arrived();
}

function arrived() {
  for (const [id, { word, seq }] of waiting) {
    if (seq === null || link.state !== "here" || link.shown < seq) continue;
    waiting.delete(id);
    say("told", `${told.therapist} has it: ${told.words[word]}.`);
    if (stage !== "drill") speak(`${told.therapist} has been told.`);
    if (word === "stop" && stage === "stopped") part("stop-words").textContent = `${told.therapist} has been told.`;
  }
}

function say(how, words) {
  body.dataset.told = how;
  part("told").textContent = words;
}

function remember(what) {
  try {
    if (what === "ended") localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, what);
  } catch {
    // a browser that keeps nothing
  }
}

function before() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function drilled(word) {
  const button = document.querySelector(`[data-word="${word}"]`);
  button?.classList.add("live-tried");
  const left = told.drill.filter((one) => !document.querySelector(`[data-word="${one}"]`).classList.contains("live-tried"));
  part("drill-words").textContent = left.length
    ? `Practice. Press once: ${left.map((one) => told.words[one]).join(", ")}.`
    : "All four arrive. You can press any of them at any time. You do not have to explain.";
}

// A check-in. It waits; no answer is no answer, and is never taken for "good".
function ask(one) {
  asked = one;
  body.dataset.asked = one.numb ? "numb" : "intact";
  part("question").textContent = one.words;
  part("good-word").textContent = one.numb ? "NOTHING NEW" : "THE SAME";
  part("good-help").textContent = one.numb ? "" : "good like this";
  answer("ask");
  speak(one.words);
}

function quiet() {
  asked = null;
  delete body.dataset.asked;
  part("question").textContent = "";
  part("good-word").textContent = "GOOD";
  part("good-help").textContent = "keep like this";
}

function seen() {
  arrived();
  const changed = body.dataset.link !== link.state;
  body.dataset.link = link.state;
  part("seen").textContent = {
    here: `${told.therapist} can see this`,
    lost: `${told.therapist} cannot see this. Say it aloud.`,
    waiting: `Waiting for ${told.therapist}’s screen.`,
  }[link.state];
  if (link.state === "lost" && changed) speak(`${told.therapist} cannot see this now. Please say it aloud.`);
}

function over() {
  show("ended");
  window.caches?.delete("afferent-live");
}

part("stop").addEventListener("pointerdown", (event) => {
  event.preventDefault();
  press("stop");
});
document.querySelector(".live-stopped").addEventListener("pointerdown", () => press("stop")); // also while hands are off
part("stop").addEventListener("click", () => press("stop")); // a keyboard, a switch, a screen reader
for (const button of document.querySelectorAll("[data-word]:not(#stop)")) {
  button.addEventListener("click", () => {
    if (button.dataset.word === "good" && asked) press(asked.numb ? "nothing_new" : "same");
    else if (button.dataset.word === "ease_off" && asked && !asked.numb) press("less");
    else press(button.dataset.word);
    if (button.dataset.word === "changed" && stage === "touch") body.dataset.detail = "yes";
  });
}
for (const button of document.querySelectorAll("[data-detail-of]")) {
  button.addEventListener("click", () => {
    if (button.dataset.detailOf === "stop") because(button.dataset.is);
    else press("changed", button.dataset.is);
    delete body.dataset.detail;
  });
}
part("no-detail").addEventListener("click", () => delete body.dataset.detail);

// Keys: in one-switch mode every key is STOP. Otherwise Escape, S, 1 and the F-keys are; 2 to 4 are the other three.
document.addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  if (body.dataset.oneSwitch && event.key !== "Tab") {
    event.preventDefault();
    press("stop");
    return;
  }
  if (/^(Escape|s|S|1|F\d+|PageDown|PageUp|MediaPlayPause)$/.test(event.key)) {
    event.preventDefault();
    press("stop");
  } else if ("234".includes(event.key)) {
    document.querySelector(`[data-word="${["ease_off", "good", "changed"][Number(event.key) - 2]}"]`).click();
  }
});
part("one-switch").addEventListener("click", (event) => {
  const on = body.dataset.oneSwitch ? "" : "yes";
  if (on) body.dataset.oneSwitch = on;
  else delete body.dataset.oneSwitch;
  event.currentTarget.setAttribute("aria-pressed", String(Boolean(on)));
  event.currentTarget.blur();
});

for (const kind of ["pointerdown", "keydown"]) {
  window.addEventListener(kind, () => { wake(); keepAwake(); }, { once: true });
}
if (!possible) part("awake").hidden = false;
navigator.serviceWorker?.register("/live/worker.js", { scope: "/live/" }).catch(() => {});
for (const one of outbox.events) waiting.set(one.id, { word: one.word ?? "stop", seq: null });
if (["touch", "stopped", "off"].includes(before())) show(before());
if (outbox.events.some((one) => one.kind === "said" && one.word === "stop")) show("stopped");
seen();
