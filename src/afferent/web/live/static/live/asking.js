// The check-in on the client's face: what is asked now, and whether it is sounded.
//
//   const asking = new Asking(session, last, show); asking.heard(seq, question); asking.answered(id); asking.done();
//
// `last`: the last event when this page was made. What was asked before, or sounded here before a reload, is shown again
// and not sounded again; of several that come at once only the last is sounded. `show(question, anew)` writes it; null:
// nothing is asked. `now` is what is shown, and what an answer answers.

const TOGETHER = 120; // ms in which what comes at once has come

export class Asking {
  constructor(session, last, show) {
    this.key = `afferent:asked:${session}`;
    this.sounded = Math.max(last, this.read());
    this.show = show;
    this.now = null;
    this.coming = null;
    this.anew = false;
  }

  heard(seq, question) {
    this.coming = question;
    this.anew = seq > this.sounded;
    if (this.anew) this.keep(seq);
    this.soon();
  }

  // By the client's word, aloud, or by a silence: it waits no longer.
  answered(id) {
    if (this.coming?.id !== id) return;
    this.coming = null;
    this.soon();
  }

  // A word was pressed: it answers what was shown, not what is only just coming.
  done() {
    if (this.coming === this.now) this.quiet();
  }

  quiet() {
    this.coming = null;
    this.paint();
  }

  soon() {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.paint(), TOGETHER);
  }

  paint() {
    clearTimeout(this.later);
    if (this.now === this.coming) return;
    this.now = this.coming;
    this.show(this.now, this.anew);
  }

  keep(seq) {
    this.sounded = seq;
    try {
      localStorage.setItem(this.key, String(seq));
    } catch {
      // a browser that keeps nothing: the page says what was asked before it
    }
  }

  read() {
    try {
      return Number(localStorage.getItem(this.key)) || 0;
    } catch {
      return 0;
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // nothing was kept
    }
  }
}
