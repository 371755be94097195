// The thread between the two faces: what happens, as it happens, and whether the other face is there.
//
//   new Link({ stream, beat, after, event(seq, event), changed(state) })
//
// `state`: "waiting" (never heard), "here", or "lost" (nothing heard for 2.5 seconds, for whatever reason: a phone that
// sleeps, a cable, the server). Each face says once a second that it is there; only that counts, never an open socket.

const BEAT = 1000; // ms
const LOST = 2500;
const LOOK = 250;
const AGAIN = 1000;

export class Link {
  constructor({ stream, beat, after, event, changed }) {
    this.address = stream;
    this.after = after;
    this.event = event;
    this.changed = changed;
    this.state = "waiting";
    this.last = null;
    this.open();
    setInterval(() => fetch(beat, { method: "POST", signal: AbortSignal.timeout(BEAT * 2) }).catch(() => {}), BEAT);
    setInterval(() => this.look(), LOOK);
  }

  open() {
    const source = new EventSource(`${this.address}?after=${this.after}`);
    source.onmessage = (message) => {
      const seq = Number(message.lastEventId);
      if (seq <= this.after) return; // seen already
      this.after = seq;
      this.event(seq, JSON.parse(message.data));
    };
    source.addEventListener("beat", () => {
      this.last = performance.now();
      this.look();
    });
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED) return; // it comes back by itself
      source.close();
      setTimeout(() => this.open(), AGAIN);
    };
  }

  look() {
    const state = this.last === null ? "waiting" : performance.now() - this.last > LOST ? "lost" : "here";
    if (state === this.state) return;
    this.state = state;
    this.changed(state);
  }

  // Milliseconds since the other face was heard last.
  get silent() {
    return this.last === null ? null : performance.now() - this.last;
  }
}
