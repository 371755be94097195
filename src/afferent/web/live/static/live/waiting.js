// Waits for the therapist's yes, then opens the face.

import { within } from "./patience.js";

const { look } = JSON.parse(document.getElementById("live").textContent);
const AGAIN = 1000; // ms
const PATIENCE = 4000;

async function ask() {
  try {
    const found = await (await fetch(look, { signal: within(PATIENCE) })).json();
    if (found.in) location.reload();
    else if (found.over) location.assign("/live/join");
  } catch {
    document.getElementById("waiting").textContent = "No connection. Trying again.";
  }
}

setInterval(ask, AGAIN);
