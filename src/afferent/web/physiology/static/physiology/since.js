// How long ago something began, told by two clocks: the wall clock goes on while the machine sleeps, the steady one
// cannot be set back. Where they differ the later counts, so a clock for heat can end early and never late.

export class Since {
  constructor(wall = Date.now()) {
    this.wall = wall;
    this.steady = performance.now() - Math.max(0, Date.now() - wall);
  }

  get seconds() {
    return Math.max(0, Date.now() - this.wall, performance.now() - this.steady) / 1000;
  }
}

// "9:05"; hours stay minutes: "75:00".
export function spelled(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
