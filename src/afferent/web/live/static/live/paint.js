// Writes where the visit stands onto the therapist's face. Words go into places that are there already; nothing moves.
//
// Ask here: `paint(state, plan, words, { link, silent, now })` and `refused(why)`. `words`: what is spoken and what is meant
// by it, as the server calls them.

import { ago, clockTime } from "./clock.js";
import { due } from "./checkins.js";
import { touching, warmLeft } from "./fold.js";
import { here, neighbour, owed, standing } from "./pain.js";

const part = (id) => document.getElementById(id);
const OLD = 5 * 60 * 1000; // ms after which a word is old
const WARN = 6000; // ms that a refusal stays at the least; it goes with the next tap

export function paint(state, plan, words, { link, silent, now }) {
  const step = plan.steps[state.step];
  document.body.dataset.stage = state.stage;
  document.body.dataset.link = link;
  const pain = standing(state, plan);
  document.body.dataset.alarm = alarm(state, link, pain);
  text("headline", state.headline);
  text("link-state", { here: "The client’s device is linked.", lost: "The link is lost.", waiting: "" }[link]);
  if (state.stage === "setup") return setup(state);
  if (!step) return;
  tray(step);
  word(state, plan, words, step, link, now);
  number(state, plan);
  place(state, plan, step, now);
  levels(state, plan, step, pain);
  avoid(plan, step);
  warmth(state, step, now);
  foot(state, plan, link, now);
  banner(state, plan, step, link, silent, now, pain);
  stopped(state, plan, words, step, now);
}

function alarm(state, link, pain) {
  if (state.stage === "stopped" || state.stage === "off") return state.stage;
  if (state.stage !== "touch") return "";
  if (state.warm && warmLeft(state, performance.now()) <= 0) return "warm";
  if (pain?.verdict === "leave") return "leave";
  if (link === "lost") return "lost";
  if (state.unanswered || (state.asked && link === "waiting")) return "silent";
  return pain ? "lighten" : "";
}

function setup(state) {
  for (const one of document.querySelectorAll("[data-drilled]")) {
    one.dataset.done = String(state.drilled.includes(one.dataset.drilled));
  }
  const ready = state.looked;
  part("begin").setAttribute("aria-disabled", String(!ready));
  text("begin-why", ready ? "" : "Look at the skin first.");
}

// The way in for a phone moves to where hands can reach it in mid-visit; it is one and the same.
function tray(step) {
  if (part("pairing").parentElement !== part("tray-link")) part("tray-link").append(part("pairing"));
  text("score-say", step.score ?? "");
}

// The last word and its age. Where feeling is no guide it says so, whatever the word, and shows it as one of no weight.
function word(state, plan, words, step, link, now) {
  const said = state.word;
  const age = said ? now - state.wordAt : 0;
  text("word-age", said ? `${plan.called} said${state.wordAloud ? " aloud" : ""}, ${ago(age)} ago` : `${plan.called} has said nothing yet`);
  text("word", said ? words.spoken[said.word] : "NO WORD YET");
  text("word-detail", said?.detail ? words.details[said.detail] ?? "" : "");
  const old = said && (age > OLD || link === "lost");
  const elsewhere = said && state.wordStep !== state.step;
  const guide = said ? noGuide(plan, step) : "";
  const rest = old ? "Old: ask again" : elsewhere && !guide ? "Said before this: ask again" : "";
  text("word-note", [guide, rest].filter(Boolean).join(". "));
  part("said").dataset.word = said?.word ?? "";
  part("said").dataset.guide = String(!guide && !old && !elsewhere && Boolean(said));
}

function noGuide(plan, step) {
  return step.numb ? "Feeling here is not a guide: numb" : plan.no_guide?.says ?? "";
}

// The pain as a number: the last of this place, or that one is to be asked for.
function number(state, plan) {
  const value = here(state);
  const due = Boolean(owed(state, plan));
  const start = state.pain === null ? "" : `, at the start ${state.pain}`;
  part("score").hidden = !plan.pain?.after.length;
  part("score").dataset.owed = String(due);
  text("score", due ? "Ask: pain 0–10? Tap" : value === null ? "Pain 0–10: tap" : `Pain ${value} of 10${start}`);
}

function place(state, plan, step, now) {
  text("place", step.place);
  text("work", `${step.title}, ${spell(step.minutes * 60_000 - (now - state.stepAt))} here`);
  text("time", spell(plan.minutes * 60_000 - touching(state, now)));
}

function spell(milliseconds) {
  const over = milliseconds < 0;
  const whole = Math.floor(Math.abs(milliseconds) / 1000);
  return `${over ? "+" : ""}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function levels(state, plan, step, pain) {
  const most = step.ceiling;
  text("most", String(most));
  text("most-name", plan.levels[most]);
  text("now", String(state.level));
  text("now-name", plan.levels[state.level]);
  for (const bar of document.querySelectorAll("#ladder i")) {
    bar.dataset.on = String(Number(bar.dataset.level) <= state.level);
    bar.dataset.beyond = String(Number(bar.dataset.level) > most);
  }
  const firmer = part("firmer");
  firmer.setAttribute("aria-disabled", String(state.level >= most || Boolean(pain)));
  text("firmer-word", state.level >= most ? "At the limit" : pain ? "Not up: pain" : "Pressure up");
  part("softer").setAttribute("aria-disabled", String(state.level <= 0));
}

function avoid(plan, step) {
  const guide = noGuide(plan, step);
  part("numb").hidden = !guide;
  text("numb-word", step.numb || (plan.no_guide?.title ?? ""));
  text("numb-why", step.numb ? "Feeling is not a guide here. Watch the skin." : plan.no_guide?.why ?? "");
  const lines = [...step.avoid, ...plan.avoid].slice(0, guide ? 2 : 3);
  const list = part("avoid");
  const wanted = JSON.stringify(lines);
  if (list.dataset.shown === wanted) return;
  list.dataset.shown = wanted;
  fill(list, lines.map((one) => {
    const row = document.createElement("li");
    const what = document.createElement("strong");
    const why = document.createElement("span");
    what.textContent = one.what;
    why.textContent = one.why;
    row.append(what, why);
    return row;
  }));
}

// A step that warms or cools: which reading the thermometer gives, then the clock, until it is off.
function warmth(state, step, now) {
  const here = step.warmth ?? null;
  part("warmth").hidden = !here && !state.warm;
  part("levels").hidden = Boolean(here || state.warm);
  if (!here && !state.warm) return;
  const left = warmLeft(state, now);
  text("warm-title", here ? here.title : "Something warm or cold is on the skin");
  text("warm-clock", left === null ? "" : spell(left));
  text("warm-words", left !== null ? "Look at the skin every two minutes." : here.readings.length
    ? "Measure first. What does the thermometer say?" : "Not open today. Leave it out, and go on.");
  part("warm-off").hidden = left === null;
  const list = part("warm-readings");
  list.hidden = left !== null;
  if (!here || list.dataset.step === step.place) return;
  list.dataset.step = step.place;
  fill(list, here.readings.map((one, number) => {
    const button = document.createElement("button");
    Object.assign(button.dataset, { act: "lay", is: String(number) });
    button.type = "button";
    button.textContent = `${one.celsius} °C: ${Math.floor(one.seconds / 60)} min`;
    return button;
  }));
}

function foot(state, plan, link, now) {
  const next = due(state, plan, now);
  const aloud = link === "here" ? "Next check-in" : "Ask aloud in";
  text("next", state.asked ? "Asked, waiting for a word" : next === null ? "" : `${aloud} ${ago(next)}`);
  text("linked", { here: `${plan.called}’s device is linked`, lost: "Trying again. Your taps are safe here.", waiting: "No device: ask aloud" }[link]);
  text("link-word", link === "here" ? "Phone linked" : "Link a phone");
  beside("back", plan.steps[neighbour(state, plan, -1)]);
  beside("onward", plan.steps[neighbour(state, plan, 1)]);
}

function beside(id, step) {
  part(id).setAttribute("aria-disabled", String(!step));
  text(`${id}-word`, step ? step.short : id === "back" ? "First place" : "Last place");
}

function banner(state, plan, step, link, silent, now, pain) {
  const kind = document.body.dataset.alarm;
  if (kind === "lost") {
    text("banner-word", "LOST LINK – ASK ALOUD");
    text("banner-note", `no word from ${plan.called}’s device for ${ago(silent ?? 0)}. ${plan.bell}`);
  } else if (kind === "silent") {
    text("banner-word", state.unanswered ? "NO ANSWER – ASK ALOUD" : "ASK ALOUD NOW");
    text("banner-note", `asked ${ago(now - state.askedAt)} ago. Silence is not “good”.`);
  }
  else if (kind === "warm") {
    text("banner-word", "TAKE IT OFF NOW");
    text("banner-note", `its time is over by ${spell(-warmLeft(state, now))}`);
  } else if (kind === "leave" || kind === "lighten") {
    text("banner-word", pain.do);
    text("banner-note", pain.why);
  }
  text("say", step.say);
  text("say-note", step.numb ? `Numb here, at most ${step.ceiling} ${plan.levels[step.ceiling]}. Look at the skin as well.` : "");
}

function stopped(state, plan, words, step, now) {
  if (state.stage !== "stopped" && state.stage !== "off") return;
  const who = state.wordAloud ? `${plan.called} or you said it` : `${plan.called} pressed it`;
  text("stop-who", `${who}, ${ago(now - state.stopAt)} ago`);
  text("stop-place", step.place);
  text("stop-level", `${state.level} ${plan.levels[state.level]}`);
  text("stop-time", `${clockTime(state.stopTime, document.body.dataset.zone)}, kept for the note`);
  text("stop-why", state.stopWhy ? words.details[state.stopWhy] ?? "" : "not said yet");
  part("stop-warm").hidden = !state.warm;
  part("go-on").hidden = state.stopWhy === "ill" || Boolean(state.warm);
  part("ill").hidden = state.stopWhy !== "ill";
}

let hides = 0;

export function refused(why, stays = WARN) {
  text("refused", why);
  part("refused").hidden = false;
  clearTimeout(hides); // of what was said before
  hides = setTimeout(() => { part("refused").hidden = true; }, stays);
}

// Not `replaceChildren`, which tablets of years ago have not.
function fill(list, rows) {
  list.textContent = "";
  list.append(...rows);
}

function text(id, words) {
  const here = part(id);
  if (here.textContent !== words) here.textContent = words;
}
