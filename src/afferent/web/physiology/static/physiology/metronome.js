// The metronome of the stroke: a bar that fills along the stroke and returns with the hand; where motion is unwanted, a
// count instead. Sound is off until somebody turns it on: a soft tick at the start and at each turn, the turn higher.
//
//   <div class="metronome" data-seconds="9.3" data-what="Shin"><p class="metronome-words">Count to 9 …</p></div>
//
// Turns are counted from the start and never from each other, so they do not drift. Event: `afferent:turned`, bubbling,
// with `detail.turn` (0 the start, odd at the far end).

import { button, put } from "./parts.js";
import { keepAwake, letSleep } from "./awake.js";
import { ready, tick } from "./sound.js";

const WAYS = ["There", "Back"];

class Metronome {
  constructor(box) {
    this.box = box;
    this.period = Number(box.dataset.seconds) * 1000;
    this.steps = Math.max(1, Math.round(this.period / 1000));
    this.sound = false;
    this.build();
    this.rest();
  }

  build() {
    const { box } = this;
    box.classList.add("metronome-on");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", `Metronome: ${box.dataset.what ?? "one stroke"}`);
    this.way = put(box, "p", "metronome-way");
    this.count = put(box, "p", "metronome-count");
    const track = put(box, "div", "metronome-track");
    track.setAttribute("aria-hidden", "true");
    this.bar = put(track, "div", "metronome-bar");
    const row = put(box, "div", "clock-buttons");
    this.main = button(row, () => (this.timer ? this.rest() : this.run()));
    this.loud = button(row, () => this.turnSound());
    this.name();
  }

  run() {
    if (this.sound) ready();
    this.began = performance.now();
    this.turn = -1;
    this.motion = this.bar.animate([{ transform: "scaleX(0)" }, { transform: "scaleX(1)" }], {
      duration: this.period,
      iterations: Infinity,
      direction: "alternate",
    });
    keepAwake();
    this.beat();
    this.name();
  }

  // At each turn and at each step of the count; a page that slept goes on where the hand would be.
  beat() {
    const along = performance.now() - this.began;
    const turn = Math.floor(along / this.period);
    const step = Math.min(this.steps, Math.floor(((along % this.period) / this.period) * this.steps) + 1);
    if (turn !== this.turn) this.turned(turn);
    this.way.textContent = WAYS[turn % 2];
    this.count.textContent = `${step} of ${this.steps}`;
    const next = (turn + step / this.steps) * this.period;
    this.timer = setTimeout(() => this.beat(), Math.max(1, Math.ceil(next - along)));
  }

  turned(turn) {
    this.turn = turn;
    if (this.sound) tick(turn % 2 === 1);
    this.box.dispatchEvent(new CustomEvent("afferent:turned", { bubbles: true, detail: { turn } }));
  }

  rest() {
    if (this.timer) letSleep();
    clearTimeout(this.timer);
    this.timer = 0;
    this.motion?.cancel();
    this.way.textContent = "Ready";
    this.count.textContent = `${this.steps} there, ${this.steps} back`;
    this.name();
  }

  turnSound() {
    this.sound = !this.sound;
    if (this.sound) {
      ready();
      tick();
    }
    this.name();
  }

  name() {
    this.main.textContent = this.timer ? "Stop" : "Start";
    this.main.classList.toggle("button-main", !this.timer);
    this.loud.textContent = this.sound ? "Sound is on" : "Sound is off";
    this.loud.setAttribute("aria-pressed", String(this.sound));
  }
}

export function upgrade(root = document) {
  for (const box of root.querySelectorAll(".metronome[data-seconds]:not(.metronome-on)")) {
    if (Number(box.dataset.seconds) >= 1) new Metronome(box);
  }
}

upgrade();
