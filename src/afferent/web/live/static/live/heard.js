// What this device has heard of a visit, kept on it until the visit ends: a page that comes back while the server is away
// stands where it stood. A STOP that was on stays on.
//
//   const heard = new Heard(session, fromThePage); heard.keep(seq, event); heard.events; heard.last; heard.forget()

export class Heard {
  constructor(session, fromThePage) {
    this.key = `afferent:heard:${session}`;
    const last = lastOf(fromThePage);
    this.events = [...fromThePage, ...this.read().filter((one) => one.seq > last)];
  }

  get last() {
    return lastOf(this.events);
  }

  keep(seq, event) {
    this.events.push({ seq, event });
    if (this.over) return;
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
    this.over = true; // what still comes stays in the open page
    try {
      localStorage.removeItem(this.key);
    } catch {
      // nothing was kept
    }
  }
}

function lastOf(events) {
  return events.length ? events[events.length - 1].seq : 0; // browsers of years ago have no `at`
}
