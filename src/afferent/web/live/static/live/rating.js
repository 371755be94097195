// The questions from 0 to 10 on the client's face: one a screen, eleven buttons and "skip". Only while nobody is touched.
//
//   const rating = new Rating(asks, (event) => {…});  rating.show(when); rating.answered(when, measure)
//
// `asks`: when -> the questions, in order. `show` shows the first one that is open, or takes the screen away; was there
// one? `asked(words)` is told of each one as it comes up. A question that was answered is asked no more, here or aloud.

const part = (id) => document.getElementById(id);
const SAME_TOUCH = 600; // ms in which a touch still belongs to the screen before

export class Rating {
  constructor(asks, said) {
    this.asks = asks ?? {};
    this.said = said;
    this.done = new Set();
    this.when = "";
    this.now = null;
    this.since = 0;
    for (const button of document.querySelectorAll("[data-rate]")) {
      button.addEventListener("click", () => this.press(button.dataset.rate));
    }
  }

  open(when) {
    return (this.asks[when] ?? []).filter((one) => !this.done.has(`${when} ${one.measure}`));
  }

  answered(when, measure) {
    this.done.add(`${when} ${measure}`);
    this.show(this.when);
  }

  show(when) {
    this.when = when;
    const next = when ? this.open(when)[0] ?? null : null;
    if (next) document.body.dataset.rating = when;
    else delete document.body.dataset.rating;
    if (next && next !== this.now) this.write(next);
    this.now = next;
    return Boolean(next);
  }

  write(one) {
    const all = this.asks[this.when];
    this.since = performance.now();
    part("rate-ask").textContent = one.ask;
    part("rate-of").textContent = `${all.indexOf(one) + 1} of ${all.length}`;
    part("rate-lo").textContent = one.lo;
    part("rate-hi").textContent = one.hi;
    this.asked?.(one.ask);
  }

  press(value) {
    if (!this.now || performance.now() - this.since < SAME_TOUCH) return; // oil makes one touch two
    const { id, measure } = this.now;
    const event = { by: "client", measure, asked: this.when };
    this.done.add(`${this.when} ${measure}`);
    this.said(value === "skip"
      ? { ...event, id: `skip-${id}`, kind: "skipped" } : { ...event, id, kind: "scored", value: Number(value) });
  }
}
