// What this device has to say, kept on the device until the server has it: sent in order, sent again, counted once.
//
//   const outbox = new Outbox(name, address, headers, { kept(id), refused(event, why), shut(), waiting(count) });
//   outbox.say({ kind: "said", word: "good" });
//
// Every event gets its id here, so that sending it twice changes nothing. It survives a reload of the page and a server
// that was away, each event under a name of its own, so that two windows never overwrite one another. STOP waits behind
// nothing. What the server refuses is taken out and told; nothing else is ever dropped. Whoever taps fast sends lists, not
// more of them than the server takes from one device (live/sent.py).

import { heard, stamp } from "./clock.js";
import { within } from "./patience.js";

const AT_ONCE = 40;
const GAP = 150; // ms from one list to the next; the first goes at once
const PATIENCE = 4000; // ms until an answer is no longer waited for
const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 2000;

export class Outbox {
  constructor(name, address, headers, told) {
    this.key = `afferent:outbox:${name}:`;
    this.address = address;
    this.headers = headers;
    this.told = told;
    this.events = this.read();
    this.sending = false;
    this.pause = FIRST_PAUSE;
    this.sent = -GAP;
    window.addEventListener("online", () => this.send());
    this.send();
  }

  // The event as it will be kept. Two windows that notice the same give it the same id, so that it is kept once.
  say(event) {
    const whole = { id: freshId(), at: stamp(), ...event };
    this.events.push(whole);
    this.put(whole);
    if (whole.word === "stop") this.post([whole]); // at once, beside whatever is under way
    this.send();
    return whole;
  }

  async send() {
    if (this.sending || !this.events.length) return;
    clearTimeout(this.later);
    const early = this.sent + GAP - performance.now();
    if (early > 0) {
      this.later = setTimeout(() => this.send(), early);
      return;
    }
    this.sending = true;
    this.sent = performance.now();
    const batch = this.events.slice(0, this.single ? 1 : AT_ONCE);
    const done = await this.post(batch);
    this.sending = false;
    if (done) {
      this.pause = FIRST_PAUSE;
      this.send();
    } else {
      this.later = setTimeout(() => this.send(), this.pause);
      this.pause = Math.min(LONGEST_PAUSE, this.pause * 1.7);
    }
  }

  // Did the server answer, one way or the other?
  async post(batch) {
    const asked = performance.now();
    let answer;
    try {
      answer = await fetch(this.address, {
        method: "POST",
        headers: { "Content-Type": "application/json", ...this.headers },
        body: JSON.stringify(batch),
        redirect: "manual", // to the sign-in page: that is no answer
        signal: within(PATIENCE),
      });
      if (answer.ok || answer.status === 429) { // too much at once: of that a STOP is kept all the same
        const said = await answer.json();
        heard(said.now, asked, performance.now());
        this.single = false;
        this.forget(new Set(said.kept));
        for (const id of said.kept) this.told.kept?.(id, said.last);
        return answer.ok;
      }
      if (answer.status === 409) {
        const said = await answer.json();
        this.setAside(said.id, said.says);
        return true;
      }
      if (answer.status === 400) {
        // Something in it is no event: one by one, until it is found.
        if (batch.length === 1) this.setAside(batch[0].id, "This could not be kept. Write it in the note.");
        this.single = batch.length > 1;
        return true;
      }
    } catch {
      return false; // away, or too slow: asked again
    }
    if (answer.type === "opaqueredirect" || [401, 403, 404, 410].includes(answer.status)) {
      this.told.shut?.(); // nobody lets this device in: asked again, for somebody may; what waits stays on it
    }
    return false;
  }

  setAside(id, why) {
    const event = this.events.find((one) => one.id === id);
    this.forget(new Set([id]));
    this.told.refused?.(event, why);
  }

  forget(ids) {
    this.events = this.events.filter((one) => !ids.has(one.id));
    this.told.waiting?.(this.events.length);
    for (const id of ids) each(() => localStorage.removeItem(this.key + id));
  }

  read() {
    const found = [];
    each(() => {
      for (const name of Object.keys(localStorage)) {
        if (name.startsWith(this.key)) found.push(JSON.parse(localStorage.getItem(name)));
      }
    });
    return found.sort((one, other) => one.at.localeCompare(other.at));
  }

  put(event) {
    this.told.waiting?.(this.events.length);
    each(() => localStorage.setItem(this.key + event.id, JSON.stringify(event)));
  }
}

// A browser that keeps nothing keeps it in the open page all the same.
function each(act) {
  try {
    act();
  } catch {
    // nothing: see above
  }
}

// Not `randomUUID`: browsers give that over HTTPS only.
function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
}
