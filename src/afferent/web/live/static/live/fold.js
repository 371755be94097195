// Where a running visit stands, folded out of its events in their order. The same events give the same state, whoever
// looks and however often the page was loaded. Nothing here touches the page.
//
// Ask here: `fresh()` and `apply(state, event, at)`; `at` is when this device learnt of it, on its own steady clock.

export function fresh() {
  return {
    stage: "setup", // setup, touch, stopped, off (hands are off after STOP), ended, closed (a finding ended it)
    step: null, regions: [], work: "", level: null,
    word: null, wordAt: null, wordStep: null, wordAloud: false,
    stopAt: null, stopTime: "", stopWhy: "",
    asked: null, askedAt: null, unanswered: false, lastCheck: null,
    begun: null, rested: 0, restedFrom: null, stepAt: null,
    warm: null, // what lies on the skin: its event, and when it was laid on
    linked: false, drilled: [], looked: false, headline: "",
  };
}

const APPLY = {
  linked: (state) => { state.linked = true; },
  // A device that has not heard yet that it began still practises: its STOP is a STOP.
  drilled: (state, one, at) => {
    if (!state.drilled.includes(one.word)) state.drilled.push(one.word);
    if (one.word === "stop" && state.stage === "touch") stopped(state, one, at);
  },
  skin: (state, one) => { if (one.when === "before") state.looked = true; },
  began: (state, one, at) => {
    if (state.stage !== "setup") return; // a face that had not heard of more: what came since stands
    Object.assign(state, { stage: "touch", begun: at, lastCheck: at });
  },
  moved: (state, one, at) => {
    Object.assign(state, { step: one.step, regions: one.regions, work: one.work, level: one.level, stepAt: at });
  },
  pressure: (state, one) => {
    if (one.level > (state.level ?? 0)) state.wordStep = null; // said of less than this: no guide any more
    state.level = one.level;
  },
  asked: (state, one, at) => { Object.assign(state, { asked: one, askedAt: at, unanswered: false, lastCheck: at }); },
  silent: (state, one) => { if (state.asked?.id === one.to) state.unanswered = true; },
  said: (state, one, at) => {
    Object.assign(state, { word: one, wordAt: at, wordStep: state.step, wordAloud: one.aloud });
    if (state.asked && (one.to === state.asked.id || one.aloud || one.word === "stop")) {
      Object.assign(state, { asked: null, unanswered: false });
    }
    if (one.word === "stop" && state.stage !== "setup") stopped(state, one, at);
  },
  hands_off: (state) => { if (state.stage === "stopped") state.stage = "off"; },
  stop_because: (state, one) => { if (state.stopWhy !== "ill") state.stopWhy = one.detail; }, // ill stays ill
  went_on: (state, one, at) => {
    if (state.stage !== "off" || state.stopWhy === "ill") return;
    state.stage = "touch";
    state.rested += at - (state.restedFrom ?? at);
    state.restedFrom = null;
    state.lastCheck = at;
  },
  warmed: (state, one, at) => { state.warm = { ...one, laid: at }; },
  warmed_off: (state, one) => { if (state.warm?.id === one.to) state.warm = null; },
  rescreened: (state, one) => { state.headline = one.headline; if (one.closed) state.stage = "closed"; },
  ended: (state) => { state.stage = "ended"; },
};

function stopped(state, one, at) {
  if (state.stage === "stopped") return; // on already
  if (state.stage !== "closed") state.stage = "stopped";
  state.stopAt = at;
  state.stopTime = one.at;
  state.stopWhy = state.stopWhy === "ill" ? "ill" : "";
  state.restedFrom ??= at;
}

export function apply(state, event, at) {
  if (state.stage === "ended") return state;
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
