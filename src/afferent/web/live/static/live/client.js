// The client's face: STOP, EASE OFF, GOOD, CHANGED FEELING. It knows nothing clinical: what it shows comes as words.
//
// STOP acts when it is touched, everything else when the finger lifts; a double tap does nothing worse than one. STOP
// keeps its place and its size in every state. What was pressed is said at once; that the therapist has it, only when
// the server has it and the other face is there; otherwise the face says "Say it aloud". While nobody is touched it asks how
// it is, from 0 to 10: after the practice, for as long as it hears that no hand is on, and after the last touch.

import { answer, speak, wake } from "./answers.js";
import { Asking } from "./asking.js";
import { listen } from "./keys.js";
import { Link } from "./link.js";
import { Outbox } from "./outbox.js";
import { Rating } from "./rating.js";
import { Stood } from "./stood.js";
import { keepAwake, possible } from "../physiology/awake.js";

const told = JSON.parse(document.getElementById("live").textContent);
const body = document.body;
const part = (id) => document.getElementById(id);
const UNSENT = 1500; // ms after which what is not with the server is called unsent
const SAME_TOUCH = 600; // ms within which a second touch of one button is the same one
const READ = 1500; // ms for the last words of the practice

let stage = "drill"; // drill, touch, stopped, off (hands are off), after (the last touch: what is asked then), ended
let practised = false;
let begun = false;
let rests = false; // feels ill: is asked nothing more
let stopSeq = null; // the last STOP that this face was told of
let waiting = new Map(); // event id -> word
let touched = {};
const GOOD = { word: part("good-word").textContent, help: part("good-help").textContent };
const BYE = part("over-words").textContent;
const stood = new Stood(told.session);

const outbox = new Outbox(`${told.session}:client`, told.events, { "X-Afferent": told.token, "X-Visit": told.session }, {
  kept: (id, last) => reached(id, last),
  shut: () => shut(),
  waiting: (count) => { if (stage === "ended") bye(count); },
});
const link = new Link({
  stream: told.stream, beat: told.beat, after: 0, event: hear, changed: () => seen(), expected: () => true,
});

link.named = (name) => { told.therapist = name; seen(); }; // somebody else of the clinic took over
link.shut = () => shut();

const asking = new Asking(told.session, told.last, question);

const rating = new Rating(told.asks, (event) => {
  wake();
  answer("good");
  outbox.say(event);
  rate();
});
rating.asked = (words) => { answer("ask"); speak(words); };

const HEARD = {
  place: (one) => { part("yours").textContent = one.yours; },
  ask: (one, seq) => asking.heard(seq, one),
  silent: (one) => asking.answered(one.to),
  said: (one, seq) => {
    if (one.to) asking.answered(one.to);
    if (one.word !== "stop") return;
    stopSeq = seq;
    show("stopped");
  },
  drilled: (one) => drilled(one.word),
  answered: (one) => { rating.answered(one.asked, one.measure); rate(); },
  rest: () => { rests = true; },
  began: () => { begun = true; if (stage === "drill") show("touch"); },
  hands_off: () => { if (stage === "stopped") show("off"); },
  went_on: () => show("touch"),
  ended: () => over(),
};

function hear(seq, one) {
  HEARD[one.kind]?.(one, seq);
}

function show(next) {
  if (stage === "ended" || stage === "shut" || stage === next) return;
  stage = next;
  body.dataset.stage = next;
  rate();
  stood.keep(next);
  if (next === "stopped") part("stop-words").textContent = `${told.therapist} is being told now.`;
  if (next === "off") part("stop-words").textContent = `${told.therapist} has been told and has taken the hands off.`;
  if (next === "touch") asking.quiet();
  if (next === "shut") part("over-words").textContent = "This device is no longer linked. Say it aloud, or ring the bell.";
}

// What was pressed. Before the first touch it is practice.
function press(word, detail = "") {
  const late = stage === "after" || stage === "ended";
  if (late && (word !== "stop" || !begun)) return; // no hand is on; but STOP is STOP
  const now = performance.now();
  if (word !== "stop" && touched.word === word && touched.detail === detail && now - touched.at < SAME_TOUCH) return;
  touched = { word, detail, at: now };
  wake();
  answer(word === "stop" ? "stop" : word === "ease_off" || word === "less" ? "ease" : "good");
  if (stage === "drill") {
    keep(outbox.say({ kind: "drilled", by: "client", word }), word);
    return;
  }
  const one = outbox.say({ kind: "said", by: "client", word, detail, to: word === "stop" ? "" : (asking.now?.id ?? "") });
  keep(one, word);
  if (word !== "stop") return asking.done();
  if (late) return;
  stopSeq = null; // of this one nobody has heard yet
  show("stopped");
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
  }
  if (stage === "stopped" && stopSeq !== null && link.state === "here" && link.shown >= stopSeq) {
    part("stop-words").textContent = `${told.therapist} has been told.`;
  }
}

function say(how, words) {
  body.dataset.told = how;
  part("told").textContent = words;
}

function drilled(word) {
  const button = document.querySelector(`[data-word="${word}"]`);
  button?.classList.add("live-tried");
  const left = told.drill.filter((one) => !document.querySelector(`[data-word="${one}"]`).classList.contains("live-tried"));
  part("drill-words").textContent = left.length
    ? `Practice. Press once: ${left.map((one) => told.words[one]).join(", ")}.`
    : "All four arrive. You can press any of them at any time. You do not have to explain.";
  if (!left.length && !practised) setTimeout(() => { practised = true; rate(); }, READ);
}

// A check-in. It waits; no answer is no answer, and is never taken for "good". `anew`: not shown here before.
function question(one, anew) {
  if (one) body.dataset.asked = one.numb ? "numb" : "intact";
  else delete body.dataset.asked;
  part("question").setAttribute("aria-live", anew ? "assertive" : "off");
  part("question").textContent = one ? one.words : "";
  part("good-word").textContent = one ? told.words[one.numb ? "nothing_new" : "same"] : GOOD.word;
  part("good-help").textContent = one ? (one.numb ? "" : "good like this") : GOOD.help;
  if (!one || !anew) return;
  answer("ask");
  speak(one.words);
}

// A question, while nobody is touched. Before the first touch only for as long as this face hears: otherwise it cannot know
// that no hand is on, and STOP stands there. With one switch every key is STOP, and it is asked aloud.
function rate() {
  const before = stage === "drill" && practised && link.state === "here" ? "before_visit" : "";
  const asks = rating.show(body.dataset.oneSwitch ? "" : stage === "after" ? "after_visit" : before);
  if (stage === "after" && !asks) goodBye();
}

function seen() {
  arrived();
  rate();
  const changed = body.dataset.link !== link.state;
  body.dataset.link = link.state;
  part("seen").textContent = {
    here: `${told.therapist} can see this`,
    lost: `${told.therapist} cannot see this. Say it aloud.`,
    waiting: `Waiting for ${told.therapist}’s screen.`,
  }[link.state];
  if (link.state === "lost" && changed && !["after", "ended", "shut"].includes(stage)) speak(`${told.therapist} cannot see this now. Please say it aloud.`);
}

function over() {
  if (stage === "after" || stage === "ended") return;
  if (begun && !rests) show("after"); // and good-bye at once where nothing is asked
  else goodBye();
}

function shut() {
  if (stage === "after") goodBye();
  else if (stage === "ended") part("over-words").textContent = outbox.events.length ? `Not all answers arrived. Tell ${told.therapist}.` : BYE;
  else show("shut");
}

function bye(count) {
  part("over-words").textContent = count ? "Your answers are still on the way. Leave this page open until these words go." : BYE;
}

function goodBye() {
  show("ended");
  bye(outbox.events.length);
  link.leave();
  asking.forget();
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
    const asked = asking.now;
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

listen(press);
for (const kind of ["pointerdown", "keydown"]) {
  window.addEventListener(kind, () => { wake(); keepAwake(); }, { once: true });
}
if (!possible) part("awake").hidden = false;
navigator.serviceWorker?.register("/live/worker.js", { scope: "/live/" }).catch(() => {});
for (const one of outbox.events) if (one.measure) rating.answered(one.asked, one.measure);
for (const one of outbox.events) if (!one.measure) waiting.set(one.id, { word: one.word ?? "stop", seq: null });
if (["touch", "stopped", "off", "after"].includes(stood.read())) show(stood.read());
if (outbox.events.some((one) => one.kind === "said" && one.word === "stop")) show("stopped");
seen();
body.dataset.runs = "yes"; // until here the page says that STOP does not work
