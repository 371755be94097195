// What this device has to say, kept on the device until the server has it: sent in order, sent again, counted once.
//
//   const outbox = new Outbox(name, address, headers, { kept(id), refused(event, why), shut(), waiting(count) });
//   outbox.say({ kind: "said", word: "good" });
//
// Every event gets its id here, so that sending it twice changes nothing. It survives a reload of the page and a server
// that was away. What the server refuses is taken out and told; nothing else is ever dropped.

import { heard, stamp } from "./clock.js";

const AT_ONCE = 40;
const PATIENCE = 4000; // ms until an answer is no longer waited for
const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 2000;

export class Outbox {
  constructor(name, address, headers, told) {
    this.key = `afferent:outbox:${name}`;
    this.address = address;
    this.headers = headers;
    this.told = told;
    this.events = this.read();
    this.sending = false;
    this.pause = FIRST_PAUSE;
    window.addEventListener("online", () => this.send());
    this.send();
  }

  // The event as it will be kept.
  say(event) {
    const whole = { id: freshId(), at: stamp(), ...event };
    this.events.push(whole);
    this.write();
    this.send();
    return whole;
  }

  async send() {
    if (this.sending || !this.events.length || this.ended) return;
    this.sending = true;
    clearTimeout(this.later);
    const batch = this.events.slice(0, AT_ONCE);
    const done = await this.post(batch);
    this.sending = false;
    if (done) {
      this.pause = FIRST_PAUSE;
      this.send();
    } else if (!this.ended) {
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
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.ok) {
        const said = await answer.json();
        heard(said.now, asked, performance.now());
        this.forget(new Set(said.kept));
        for (const id of said.kept) this.told.kept?.(id);
        return true;
      }
      if (answer.status === 409) {
        const said = await answer.json();
        const event = this.events.find((one) => one.id === said.id);
        this.forget(new Set([said.id]));
        this.told.refused?.(event, said.says);
        return true;
      }
    } catch {
      return false; // away, or too slow: asked again
    }
    if (answer.type === "opaqueredirect") this.told.shut?.(); // signed out: asked again, should somebody sign in
    if ([401, 403, 404, 410].includes(answer.status)) {
      this.ended = true; // nobody lets this device in any more; what waits stays on it
      this.told.shut?.();
    }
    return false;
  }

  forget(ids) {
    this.events = this.events.filter((one) => !ids.has(one.id));
    this.write();
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? "[]");
    } catch {
      return [];
    }
  }

  // A browser that keeps nothing keeps it in the open page all the same.
  write() {
    this.told.waiting?.(this.events.length);
    try {
      if (this.events.length) localStorage.setItem(this.key, JSON.stringify(this.events));
      else localStorage.removeItem(this.key);
    } catch {
      // nothing: see above
    }
  }
}

// Not `randomUUID`: browsers give that over HTTPS only.
function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
}
