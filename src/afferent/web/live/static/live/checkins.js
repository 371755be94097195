// When to ask "more, less or the same?": after the first minutes, by the clock, at a new place, at more pressure, after a
// turn. `visit/checkins.py` counts the same; a test holds the two together.
//
// Ask here: `due(state, plan, now)`, milliseconds until the next one (0: now; null: none while nobody is touched),
// `reason`, why it is asked then, and `occurrence`, its name: two windows that ask the same one give it the same name, and
// so it is kept once; `silence` names the silence after it. The numbers come with the plan; none is kept here.

export function due(state, plan, now) {
  const next = following(state, plan);
  return next === null ? null : Math.max(0, next.at - now);
}

export function reason(state, plan) {
  return following(state, plan)?.why ?? "asked";
}

function following(state, plan) {
  if (state.stage !== "touch" || state.asked || state.unanswered) return null;
  const step = plan.steps[state.step];
  if (!step) return null;
  const { first, affected, elsewhere, settle } = plan.checkin;
  const every = step.numb || step.affected ? affected : elsewhere;
  const next = state.lastCheck === null
    ? { why: "first", at: state.begun + 1000 * Math.min(every, first) }
    : { why: "clock", at: state.lastCheck + 1000 * every };
  if (state.settle === null) return next;
  const settled = { why: state.settle.why, at: state.settle.at + 1000 * (settle?.[state.settle.why] ?? 0) };
  return settled.at < next.at ? settled : next;
}

export function occurrence(state) {
  return `ask-${state.cause.slice(0, 32)}-${state.asks}`;
}

export function silence(asked) {
  return `sil-${asked.id.replace(/^ask-/, "")}`.slice(0, 40);
}
