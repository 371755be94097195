// What this device has heard of a visit, kept on it until the visit ends: a page that comes back while the server is away
// stands where it stood. A STOP that was on stays on.
//
//   const heard = new Heard(session, fromThePage); heard.keep(seq, event); heard.events; heard.last; heard.forget()

export class Heard {
  constructor(session, fromThePage) {
    this.key = `afferent:heard:${session}`;
    const last = fromThePage.at(-1)?.seq ?? 0;
    this.events = [...fromThePage, ...this.read().filter((one) => one.seq > last)];
  }

  get last() {
    return this.events.at(-1)?.seq ?? 0;
  }

  keep(seq, event) {
    this.events.push({ seq, event });
    try {
      localStorage.setItem(this.key, JSON.stringify(this.events));
    } catch {
      // a browser that keeps nothing: the open page has it
    }
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? "[]");
    } catch {
      return [];
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
