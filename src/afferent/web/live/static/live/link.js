// The thread between the two faces: what happens, as it happens, and whether the other face is there.
//
//   new Link({ stream, beat, after, event(seq, event), changed(state), expected(), leads })
//
// `state`: "waiting" (nobody is expected yet), "here", or "lost" (nothing heard, or nothing said that arrived, for 2.5 seconds, for
// whatever reason: a phone that sleeps, a cable, the server). Each face says once a second that it is there; only that
// counts, never an open socket. With it goes the number of the last event that this face has shown: `shown` is what the
// other face has shown, and only that means "told". Of several windows one leads and counts; `leads`: is it this one?

import { within } from "./patience.js";

const BEAT = 1000; // ms
const LOST = 2500;
const LOOK = 250;
const AGAIN = 1000;

export class Link {
  constructor({ stream, beat, after, event, changed, expected, leads = true }) {
    this.address = stream;
    this.after = after;
    this.event = event;
    this.changed = changed;
    this.expected = expected;
    this.state = "waiting";
    this.last = null; // when the other face was heard
    this.since = null; // since when it is expected
    this.said = performance.now(); // when this one's own sign of life arrived
    this.shown = 0; // the last event that the other face has shown
    this.opened = 0;
    this.pass = beat; // renewed over the stream
    this.leads = leads;
    this.open();
    this.beat();
    setInterval(() => this.beat(), BEAT);
    setInterval(() => this.look(), LOOK);
  }

  open() {
    if (this.over) return;
    this.source?.close();
    this.opened = performance.now();
    const source = new EventSource(`${this.address}?after=${this.after}`);
    this.source = source;
    source.onmessage = (message) => {
      const seq = Number(message.lastEventId);
      if (seq <= this.after) return; // seen already
      this.after = seq;
      this.event(seq, JSON.parse(message.data));
    };
    source.addEventListener("beat", (message) => {
      this.last = performance.now();
      this.shown = Math.max(this.shown, Number(message.data) || 0);
      this.changed(this.state);
      this.look();
    });
    source.addEventListener("pass", (message) => { this.pass = message.data; });
    source.addEventListener("lead", (message) => {
      this.leads = message.data === "1";
      this.changed(this.state);
    });
    source.addEventListener("name", (message) => this.named?.(JSON.parse(message.data)));
    source.addEventListener("shut", () => {
      this.leave(); // let in no more
      this.shut?.();
    });
    source.onopen = () => { this.refused = false; };
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED || source !== this.source) return; // it comes back by itself
      this.refused = true; // signed out: it hears nothing, and must not say that it is there
      setTimeout(() => this.open(), AGAIN);
    };
  }

  // It listens no more, and says no more that it is there.
  leave() {
    this.over = true;
    this.source?.close();
  }

  async beat() {
    if (this.over || this.refused || document.visibilityState !== "visible") return; // nobody sees this face: it is not there
    try {
      const answer = await fetch(`${this.pass}/${this.after}`, { method: "POST", signal: within(BEAT * 2) });
      if (answer.ok) this.said = performance.now();
    } catch {
      // nobody heard it: `look` notices
    }
  }

  look() {
    const now = performance.now();
    if (this.since === null && this.expected()) this.since = now;
    const oldest = Math.min(this.last ?? this.since ?? now, this.said);
    const lost = now - oldest > LOST;
    const state = this.since === null ? "waiting" : lost ? "lost" : this.last === null ? this.state : "here";
    // A stream may be open and dead: a new one brings whatever it kept back.
    if (lost && now - this.opened > LOST + AGAIN) this.open();
    if (state === this.state) return;
    this.state = state;
    this.changed(state);
  }

  // Milliseconds since the other face was heard last.
  get silent() {
    return this.last === null ? null : performance.now() - this.last;
  }
}
