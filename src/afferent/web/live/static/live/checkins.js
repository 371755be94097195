// When to ask "more, less or the same?": after the first minutes, by the clock, at a new place, at more pressure.
//
// Ask here: `due(state, plan, now)`, milliseconds until the next one (0: now; null: none while nobody is touched). The
// numbers come with the plan, with their sources; they are not kept here.

export function due(state, plan, now) {
  if (state.stage !== "touch" || state.asked || state.unanswered) return null;
  const step = plan.steps[state.step];
  if (!step) return null;
  const every = 1000 * (step.numb || step.affected ? plan.checkin.affected : plan.checkin.elsewhere);
  const by = [state.lastCheck + (state.checked ? every : Math.min(every, 1000 * plan.checkin.first))];
  if (state.settle !== null && state.settle !== undefined) by.push(state.settle);
  return Math.max(0, Math.min(...by) - now);
}

// Why it is asked now, as the note says it.
export function reason(state, plan, now) {
  if (state.settle !== null && state.settle !== undefined && state.settle <= now) return state.settleWhy;
  return state.checked ? "clock" : "first";
}
