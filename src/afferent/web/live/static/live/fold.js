// Where a running visit stands, folded out of its events in their order. The same events give the same state, whoever
// looks and however often the page was loaded. Nothing here touches the page.
//
// Ask here: `fresh()` and `apply(state, event, at)`; `at` is when this device learnt of it, on its own steady clock.

const PAIN_NOW = "nrs_pain_now"; // the measure that is asked again while somebody is touched

export function fresh() {
  return {
    stage: "setup", // setup, touch, stopped, off (hands are off after STOP), ended, closed (a finding ended it)
    step: null, regions: [], work: "", level: null,
    word: null, wordAt: null, wordStep: null, wordAloud: false,
    stopAt: null, stopTime: "", stopWhy: "",
    asked: null, askedAt: null, unanswered: false, lastCheck: null,
    settle: null, // the latest new place, higher pressure or turn that was not asked about: why, and when
    cause: "", asks: 0, // the last thing that hands did, and how often it was asked since: names the next check-in
    around: {}, // what was asked before the first touch and after the last: when and measure -> value, and by whom
    pain: null, scores: [], unscored: [], // before the first touch; since; words since the last number
    begun: null, rested: 0, restedFrom: null, stepAt: null,
    warm: null, // what lies on the skin: its event, and when it was laid on
    linked: false, links: 0, away: false, drilled: [], looked: false, headline: "", closed: false,
  };
}

const APPLY = {
  linked: (state) => { Object.assign(state, { linked: true, links: state.links + 1, away: false }); },
  lost: (state) => { state.away = true; },
  // A device that has not heard yet that it began still practises: its STOP is a STOP.
  drilled: (state, one, at) => {
    if (!state.drilled.includes(one.word)) state.drilled.push(one.word);
    if (one.word === "stop" && state.begun !== null) stopped(state, one, at);
  },
  skin: (state, one) => { if (one.when === "before") state.looked = true; },
  began: (state, one, at) => {
    if (state.stage !== "setup") return; // a face that had not heard of more: what came since stands
    Object.assign(state, { stage: "touch", begun: at });
    did(state, one);
  },
  moved: (state, one, at) => {
    const elsewhere = String(one.regions) !== String(state.regions);
    did(state, one, elsewhere ? "region" : one.level > state.level ? "pressure" : "", at);
    if (elsewhere) state.unscored = []; // a number asked for now would be of another place
    Object.assign(state, { step: one.step, regions: one.regions, work: one.work, level: one.level, stepAt: at });
  },
  pressure: (state, one, at) => {
    did(state, one, one.level > (state.level ?? 0) ? "pressure" : "", at);
    if (one.level > (state.level ?? 0)) state.wordStep = null; // said of less than this: no guide any more
    state.level = one.level;
  },
  turned: (state, one, at) => { if (state.begun !== null) did(state, one, "turn", at); },
  asked: (state, one, at) => {
    Object.assign(state, { asked: one, askedAt: at, unanswered: false, lastCheck: at, settle: null, asks: state.asks + 1 });
  },
  silent: (state, one) => { if (state.asked?.id === one.to) state.unanswered = true; },
  said: (state, one, at) => {
    Object.assign(state, { word: one, wordAt: at, wordStep: state.step, wordAloud: one.aloud });
    state.unscored.push(one);
    if (state.asked && (one.to === state.asked.id || one.aloud || one.word === "stop")) {
      Object.assign(state, { asked: null, unanswered: false });
    }
    if (one.word === "stop" && state.begun !== null) stopped(state, one, at);
  },
  scored: (state, one) => {
    const measure = one.measure ?? PAIN_NOW;
    const when = one.asked || (state.begun === null && measure === PAIN_NOW ? "before_visit" : "");
    if (when) state.around[`${when} ${measure}`] = { value: one.value, by: one.by };
    else if (measure === PAIN_NOW) state.scores.push({ value: one.value, step: state.step, level: state.level });
    if (when === "before_visit" && measure === PAIN_NOW) state.pain = one.value;
    if (!one.asked) state.unscored = [];
  },
  skipped: (state, one) => {
    const name = `${one.asked} ${one.measure}`;
    state.around[name] = state.around[name] ?? { value: null, by: one.by }; // it takes no number back
  },
  hands_off: (state) => { if (state.stage === "stopped") state.stage = state.closed ? "closed" : "off"; },
  stop_because: (state, one, at) => {
    if (state.stopWhy !== "ill") state.stopWhy = one.detail; // ill stays ill
    if (one.detail === "ill" && state.stage === "touch") stopped(state, one, at); // said as "go on" was tapped
  },
  went_on: (state, one, at) => {
    if (state.stage !== "off" || state.stopWhy === "ill") return;
    state.stage = "touch";
    state.rested += at - (state.restedFrom ?? at);
    state.restedFrom = null;
    did(state, one);
  },
  warmed: (state, one, at) => { state.warm = { ...one, laid: at }; },
  warmed_off: (state, one) => { if (state.warm?.id === one.to) state.warm = null; },
  rescreened: (state, one) => {
    state.headline = one.headline;
    if (!one.closed) return;
    state.closed = true;
    if (state.stage !== "stopped") state.stage = "closed"; // a STOP that is on stays on until hands are off
  },
  ended: (state) => { state.stage = "ended"; },
};

function stopped(state, one, at) {
  if (state.stage === "stopped") return; // on already
  state.stage = "stopped"; // in a visit that a finding has closed too: hands may still be on
  state.stopAt = at;
  state.stopTime = one.at;
  state.stopWhy = state.stopWhy === "ill" ? "ill" : "";
  state.restedFrom = state.restedFrom ?? at;
}

// Something that hands did. `why`: a check-in follows once they have settled; empty where none does.
function did(state, one, why = "", at = null) {
  Object.assign(state, { cause: one.id, asks: 0 });
  if (why) state.settle = { why, at };
}

export function apply(state, event, at) {
  if (state.stage === "ended" && !event.asked) return state; // but for what is asked after the last touch
  if (event.by === "client") state.linked = true; // whoever speaks by a device has one: silence is then a loss
  APPLY[event.kind]?.(state, event, at);
  return state;
}

// Milliseconds that what lies on the skin may still lie there; below zero it must come off. Null where nothing does.
export function warmLeft(state, now) {
  return state.warm ? state.warm.laid + state.warm.seconds * 1000 - now : null;
}

// Milliseconds of touch so far: what STOP took does not count.
export function touching(state, now) {
  if (state.begun === null) return 0;
  return Math.max(0, (state.restedFrom ?? now) - state.begun - state.rested);
}
