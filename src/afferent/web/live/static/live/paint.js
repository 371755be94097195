// Writes where the visit stands onto the therapist's face. Words go into places that are there already; nothing moves.
//
// Ask here: `paint(state, plan, { link, silent, now })` and `refused(why)`.

import { ago } from "./clock.js";
import { due } from "./checkins.js";
import { touching, warmLeft } from "./fold.js";
import { DETAILS, SPOKEN } from "./words.js";

const part = (id) => document.getElementById(id);
const OLD = 5 * 60 * 1000; // ms after which a word is old
const WARN = 6000; // ms that a refusal stays at the least; it goes with the next tap

export function paint(state, plan, { link, silent, now }) {
  const step = plan.steps[state.step];
  document.body.dataset.stage = state.stage;
  document.body.dataset.link = link;
  document.body.dataset.alarm = alarm(state, link);
  text("headline", state.headline);
  if (state.stage === "setup") return setup(state, link);
  if (!step) return;
  word(state, plan, step, link, now);
  place(state, plan, step, now);
  levels(state, plan, step);
  avoid(plan, step);
  warmth(state, step, now);
  foot(state, plan, link, now);
  banner(state, plan, step, link, silent, now);
  stopped(state, plan, step, now);
}

function alarm(state, link) {
  if (state.stage === "stopped" || state.stage === "off") return state.stage;
  if (state.stage !== "touch") return "";
  if (state.warm && warmLeft(state, performance.now()) <= 0) return "warm";
  if (link === "lost") return "lost";
  return state.unanswered || (state.asked && link === "waiting") ? "silent" : "";
}

function setup(state, link) {
  for (const one of document.querySelectorAll("[data-drilled]")) {
    one.dataset.done = String(state.drilled.includes(one.dataset.drilled));
  }
  text("link-state", { here: "The client’s device is linked.", lost: "The link is lost.", waiting: "No device is linked." }[link]);
  const ready = state.looked;
  part("begin").setAttribute("aria-disabled", String(!ready));
  text("begin-why", ready ? "" : "Look at the skin first.");
}

// The last word and its age. Over a numb place it is no guide, and says so.
function word(state, plan, step, link, now) {
  const said = state.word;
  const age = said ? now - state.wordAt : 0;
  text("word-age", said ? `${plan.called} said${state.wordAloud ? " aloud" : ""}, ${ago(age)} ago` : `${plan.called} has said nothing yet`);
  text("word", said ? SPOKEN[said.word] : "NO WORD YET");
  text("word-detail", said?.detail ? DETAILS[said.detail] ?? "" : "");
  const old = said && (age > OLD || link === "lost");
  const elsewhere = said && state.wordStep !== state.step;
  const here = step.numb ? "not a guide here: numb" : elsewhere ? "said before this: ask again" : "";
  text("word-note", old ? (step.numb ? "old, and numb here" : "old") : here);
  part("said").dataset.word = said?.word ?? "";
  part("said").dataset.guide = String(!step.numb && !old && !elsewhere && Boolean(said));
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

function levels(state, plan, step) {
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
  firmer.setAttribute("aria-disabled", String(state.level >= most));
  text("firmer-word", state.level >= most ? "At the limit" : "Pressure up");
  part("softer").setAttribute("aria-disabled", String(state.level <= 0));
}

function avoid(plan, step) {
  part("numb").hidden = !step.numb;
  text("numb-word", step.numb);
  const lines = [...step.avoid, ...plan.avoid].slice(0, step.numb ? 2 : 3);
  const list = part("avoid");
  const wanted = JSON.stringify(lines);
  if (list.dataset.shown === wanted) return;
  list.dataset.shown = wanted;
  list.replaceChildren(...lines.map((one) => {
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
  list.replaceChildren(...here.readings.map((one, number) => {
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
  neighbour("back", plan.steps[state.step - 1]);
  neighbour("onward", plan.steps[state.step + 1]);
}

function neighbour(id, step) {
  part(id).setAttribute("aria-disabled", String(!step));
  text(`${id}-word`, step ? step.short : id === "back" ? "First place" : "Last place");
}

function banner(state, plan, step, link, silent, now) {
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
  }
  text("say", step.say);
  text("say-note", step.numb ? `Numb here, at most ${step.ceiling} ${plan.levels[step.ceiling]}. Look at the skin as well.` : "");
}

function stopped(state, plan, step, now) {
  if (state.stage !== "stopped" && state.stage !== "off") return;
  const who = state.wordAloud ? `${plan.called} or you said it` : `${plan.called} pressed it`;
  text("stop-who", `${who}, ${ago(now - state.stopAt)} ago`);
  text("stop-place", step.place);
  text("stop-level", `${state.level} ${plan.levels[state.level]}`);
  text("stop-time", `${new Date(state.stopTime).toLocaleTimeString([], { hour12: false })}, kept for the note`);
  text("stop-why", state.stopWhy ? DETAILS[state.stopWhy] ?? "" : "not said yet");
  part("stop-warm").hidden = !state.warm;
  part("go-on").hidden = state.stopWhy === "ill" || Boolean(state.warm);
  part("ill").hidden = state.stopWhy !== "ill";
}

export function refused(why) {
  text("refused", why);
  part("refused").hidden = false;
  setTimeout(() => { part("refused").hidden = true; }, WARN);
}

function text(id, words) {
  const here = part(id);
  if (here.textContent !== words) here.textContent = words;
}
