// The clock for heat and cold: counts down, calls at zero until the heat is off the skin, and then counts up.
//
//   <div class="countdown" id="calf" data-seconds="600" data-look-every="120" data-what="Warm towel, left calf">
//     <p class="countdown-words">10 minutes: set a kitchen timer.</p>
//   </div>
//
// While it runs the browser asks before the page is left; data-leave="free" where the page itself sends forms.
// It tells the truth after a sleeping tab or a reload (with an `id`), never starts without a tap, and a second time only
// with what is left of the time for the same thing on the same place. Every place on the screen keeps its place, so a double tap does nothing worse than one tap.
//
// Events, bubbling, with `detail.seconds` on the skin: `afferent:started` (the time set), `afferent:ended` (zero reached),
// `afferent:stopped` (taken off, early or late). `upgrade(root)` for what is put into the page later.

import { keepAwake, letSleep, possible } from "./awake.js";
import { button, label, live, put, write } from "./parts.js";
import { Since, spelled } from "./since.js";
import { alarm, chime, ready } from "./sound.js";

const TICK = 250; // ms
const LOOKED = 30; // seconds that "look at the skin now" stays
const FORGOTTEN = 3 * 60 * 60; // seconds after which a reload no longer goes on with an old run
const SPENT = "afferent:spent";
const SHAKE = [400, 200, 400, 200, 800];

const NO_WAKE = "This browser cannot keep the screen on. If the screen goes dark the clock goes on, but may call late.";
const NO_SOUND = "This browser makes no sound: set a kitchen timer too.";
const TONE = "A tone sounds at Start. Not heard? Turn the sound up.";
const TAP = "Tap anywhere once, so that the clock can call.";

class Countdown {
  constructor(box) {
    this.box = box;
    this.every = Number(box.dataset.lookEvery ?? 120);
    this.state = "idle"; // idle, running, over, done
    this.leaving = (event) => event.preventDefault();
    this.build();
    this.set(this.left, box.dataset.what ?? "", this.skin);
    const kept = this.kept();
    if (kept) this.resume(kept);
    else this.show(0);
    this.say();
  }

  build() {
    const { box } = this;
    box.classList.add("countdown-on");
    box.setAttribute("role", "group");
    this.name = put(box, "p", "clock-name");
    const digits = put(box, "p", "clock-digits");
    digits.setAttribute("role", "timer");
    this.over = put(digits, "span", "clock-over");
    this.time = put(digits, "span", "clock-time");
    this.now = put(box, "p", "clock-now");
    const row = put(box, "div", "clock-buttons");
    this.start = button(row, () => this.began());
    this.stop = button(row, () => this.ended());
    this.note = put(box, "p", "clock-note");
    this.calm = live(box, "polite");
    this.urgent = live(box, "assertive");
  }

  // For how long, for what, and on whose skin.
  set(total, what, on) {
    this.total = total;
    this.what = what;
    this.on = on;
    this.name.textContent = what;
    this.box.setAttribute("aria-label", what ? `Clock: ${what}` : "Clock");
  }

  // The tap on Start. A tap while it runs does nothing.
  began() {
    if ((this.state !== "idle" && this.state !== "done") || !this.left) return;
    this.set(this.left, this.box.dataset.what ?? "", this.skin);
    this.sounds = ready();
    chime();
    this.told = false;
    this.run(new Since(), true);
    this.tell("started", this.total);
  }

  // After a reload it has run on meanwhile: for what it was started for, whatever the page is about now. For the same
  // thing never longer than was set then or is set now.
  resume({ began, total, what, on, ended }) {
    this.set(what === this.what && on === this.on ? Math.min(this.total, total) : total, what, on);
    this.told = ended;
    this.run(new Since(began), false);
  }

  run(since, tapped) {
    this.since = since;
    this.state = "running";
    this.looked = this.every ? Math.floor(since.seconds / this.every) : 0;
    this.keep();
    this.arm(tapped);
    this.beat = setInterval(() => this.tick(), TICK);
    this.woken = () => this.tick();
    document.addEventListener("visibilitychange", this.woken);
    window.addEventListener("pageshow", this.woken);
    if (this.box.dataset.leave !== "free") window.addEventListener("beforeunload", this.leaving);
    this.tick();
  }

  // Sound needs a tap: after a reload the first one anywhere will do.
  async arm(tapped) {
    const call = () => {
      if (this.state !== "running" && this.state !== "over") return;
      this.sounds = ready();
      this.alarm ??= alarm(this.total - this.since.seconds);
      this.say();
    };
    if (tapped) call();
    else for (const kind of ["pointerdown", "keydown"]) window.addEventListener(kind, call, { once: true });
    this.waits = !tapped;
    this.awake = await keepAwake();
    this.say();
  }

  tick() {
    if (!this.box.isConnected) return this.rest(); // taken out of the page: whoever replaced it goes on
    const seconds = this.since.seconds;
    if (this.state === "running" && seconds >= this.total) this.zero(seconds);
    if (this.state === "running") this.remind(seconds);
    this.show(seconds);
  }

  remind(seconds) {
    const looks = this.every ? Math.floor(seconds / this.every) : 0;
    if (looks <= this.looked) return;
    this.looked = looks;
    chime();
    this.calm.textContent = `Look at the skin now. ${spoken(this.total - seconds)} left.`;
  }

  zero(seconds) {
    this.state = "over";
    this.alarm?.now();
    this.title = document.title;
    document.title = `Take it off now – ${this.title}`;
    this.urgent.textContent = `Take it off now. ${this.what}`;
    this.shake();
    this.shaking = setInterval(() => this.shake(), 4000);
    this.say();
    if (!this.told) this.tell("ended", seconds);
    this.told = true;
    this.keep();
  }

  shake() {
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(SHAKE);
  }

  // The tap on Stop, or on "Off the skin".
  ended() {
    if (this.state !== "running" && this.state !== "over") return;
    const seconds = this.since.seconds;
    this.rest();
    this.state = "done";
    this.spend(seconds);
    this.forget();
    this.urgent.textContent = "";
    this.calm.textContent = `Off after ${spoken(seconds)}. Look at the skin.`;
    this.show(seconds);
    this.say();
    this.tell("stopped", seconds);
  }

  rest() {
    clearInterval(this.beat);
    clearInterval(this.shaking);
    document.removeEventListener("visibilitychange", this.woken);
    window.removeEventListener("pageshow", this.woken);
    window.removeEventListener("beforeunload", this.leaving);
    this.alarm?.stop();
    this.alarm = null;
    if (this.state === "over") {
      document.title = this.title;
      navigator.vibrate?.(0);
    }
    letSleep();
  }

  show(seconds) {
    const { state } = this;
    const left = this.total - seconds;
    write(this.over, state === "over" ? "over by" : state === "done" ? "on the skin for" : "");
    write(this.time, spelled(state === "done" ? Math.floor(seconds) : Math.abs(Math.ceil(left))));
    this.box.dataset.state = state;
    this.box.toggleAttribute("data-look", state === "done" || this.due(seconds));
    write(this.now, this.words(seconds));
    this.buttons();
  }

  due(seconds) {
    return this.state === "running" && this.looked > 0 && seconds - this.looked * this.every < LOOKED;
  }

  words(seconds) {
    if (this.state === "over") return "Take it off now";
    if (this.state === "done") return "Look at the skin";
    if (!this.every) return "";
    if (this.due(seconds)) return "Look at the skin now";
    const next = (this.looked + 1) * this.every;
    if (this.state === "idle" || next >= this.total) return "Look at the skin before and after";
    return `Next look at the skin in ${spelled(Math.ceil(next - seconds))}`;
  }

  buttons() {
    const runs = this.state === "running" || this.state === "over";
    const left = runs ? 0 : this.left;
    const start = left < Number(this.box.dataset.seconds) ? `Go on: ${spelled(left)} left` : "Start";
    label(this.start, runs ? "Running" : left ? start : "Used up here", !runs && left > 0);
    label(this.stop, this.state === "over" ? "Off the skin" : this.state === "done" ? "Off" : "Stop", runs);
    this.start.classList.toggle("button-main", this.state === "idle");
    this.stop.classList.toggle("button-main", runs);
  }

  say() {
    const lines = [];
    if (this.state === "done") lines.push("The skin counts all times together: here only what is left.");
    if (this.state === "idle") lines.push(TONE);
    if (this.sounds === false) lines.push(NO_SOUND);
    else if (this.waits && !this.alarm && this.state !== "done") lines.push(TAP);
    if (!possible || this.awake === false) lines.push(NO_WAKE);
    write(this.note, lines.join(" "));
  }

  tell(what, seconds) {
    const detail = { seconds: Math.round(seconds), of: this.total, what: this.what };
    this.box.dispatchEvent(new CustomEvent(`afferent:${what}`, { bubbles: true, detail }));
  }

  // A run outlives a reload of this tab, and nothing else.
  get place() {
    return `afferent:clock:${location.pathname}#${this.box.id}`;
  }

  keep() {
    const run = { began: this.since.wall, total: this.total, what: this.what, on: this.on, ended: this.told };
    if (this.box.id) sessionStorage.setItem(this.place, JSON.stringify(run));
  }

  kept() {
    const run = this.box.id ? JSON.parse(sessionStorage.getItem(this.place)) : null;
    return run && Date.now() - run.began < FORGOTTEN * 1000 ? run : null;
  }

  // The skin adds up: what was used on one place of one person, by whatever thing, is taken off the next run there, for
  // some hours. `data-skin` names person and place; without it the words do.
  get skin() {
    return this.box.dataset.skin ?? this.box.dataset.what ?? "";
  }

  get spent() {
    const all = JSON.parse(sessionStorage.getItem(SPENT) ?? "{}");
    return Object.fromEntries(Object.entries(all).filter(([, one]) => Date.now() - one.at < FORGOTTEN * 1000));
  }

  spend(seconds) {
    const all = this.spent;
    all[this.on] = { seconds: (all[this.on]?.seconds ?? 0) + seconds, at: Date.now() };
    sessionStorage.setItem(SPENT, JSON.stringify(all));
  }

  get left() {
    return Math.max(0, Math.floor(Number(this.box.dataset.seconds) - (this.spent[this.skin]?.seconds ?? 0)));
  }

  forget() {
    if (this.box.id) sessionStorage.removeItem(this.place);
  }
}

function spoken(seconds) {
  const whole = Math.round(seconds);
  const parts = [[Math.floor(whole / 60), "minute"], [whole % 60, "second"]].filter(([count]) => count);
  return parts.map(([count, word]) => `${count} ${word}${count === 1 ? "" : "s"}`).join(" ") || "0 seconds";
}

export function upgrade(root = document) {
  for (const box of root.querySelectorAll(".countdown[data-seconds]:not(.countdown-on)")) {
    if (Number(box.dataset.seconds) > 0) new Countdown(box);
  }
}

upgrade();
