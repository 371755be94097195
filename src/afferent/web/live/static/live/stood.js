// Where the client's face stood, kept on the device for a reload while the server is away; gone when the visit ends.
//
//   const stood = new Stood(session); stood.keep(stage); stood.read()

export class Stood {
  constructor(session) {
    this.key = `afferent:stage:${session}`;
  }

  keep(stage) {
    try {
      if (stage === "ended") localStorage.removeItem(this.key);
      else localStorage.setItem(this.key, stage);
    } catch {
      // a browser that keeps nothing
    }
  }

  read() {
    try {
      return localStorage.getItem(this.key);
    } catch {
      return null;
    }
  }
}
