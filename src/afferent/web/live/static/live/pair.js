// The square and the four digits that let the client's device in, and the sign that both faces show meanwhile: before the
// first touch, and in mid-visit when a phone has gone flat or comes late.
//
// Ask here: `linkPhone()`, which shows where it stands and, where no device is let in, a code at once. A device that is
// let in is let go only by "Another phone instead": its STOP may still be on the way.

import { within } from "./patience.js";

const told = JSON.parse(document.getElementById("live").textContent);
const part = (id) => document.getElementById(id);
const LOOK = 1000; // ms
const PATIENCE = 4000;
const WORDS = {
  none: "No phone is let in.", open: "A code waits for a phone.", asking: "A phone asks to be let in.",
  linked: "A phone is let in.", over: "No phone is let in. A code is good for two minutes.",
  away: "No connection. Tap again when it is back.",
};

let state = "none"; // as the server tells it
let shown = false; // does this window know the code that is open? It is told once and kept nowhere
let looking = null;

async function ask(data = null) {
  const body = data && new URLSearchParams(data);
  const headers = { "X-CSRFToken": told.token, "Content-Type": "application/x-www-form-urlencoded" };
  const answer = await fetch(told.pair, body
    ? { method: "POST", headers, body, signal: within(PATIENCE) } : { signal: within(PATIENCE) });
  return answer.json();
}

function stands(next) {
  if (next !== "away") state = next;
  if (state !== "open") shown = false;
  part("pairing").dataset.state = next === "open" && !shown ? "over" : next;
  part("pair-state").textContent = next === "open" && !shown ? "A code was shown before. Make a new one." : WORDS[next];
  part("pair-open-word").textContent = state === "linked" || state === "asking" ? "Another phone instead" : shown ? "A new code" : "Show a code";
}

async function open() {
  try {
    const made = await ask({});
    part("pair-code").textContent = made.code;
    part("pair-address").textContent = made.typed;
    part("pair-square").innerHTML = made.square; // our own drawing, made by our own server
    shown = true;
    stands("open");
  } catch {
    stands("away");
  }
  clearInterval(looking);
  looking = setInterval(look, LOOK);
}

// How it stands; asked again while somebody may be on the way in.
async function look() {
  try {
    const found = await ask();
    part("pair-sign").textContent = found.sign;
    part("pairing").dataset.which = found.which;
    stands(found.state === "over" && state === "none" ? "none" : found.state);
  } catch {
    return; // asked again
  }
  if (state === "linked" || state === "over" || state === "none") clearInterval(looking);
}

export function linkPhone() {
  if (state === "none" || state === "over") open();
  else look();
}

part("pair-open").addEventListener("click", open);
part("pair-yes").addEventListener("click", async () => {
  await ask({ yes: part("pairing").dataset.which }).catch(() => {});
  look();
});
part("pair-no").addEventListener("click", async () => {
  await ask({ no: "1" }).catch(() => {});
  open();
});
looking = setInterval(look, LOOK);
look();
