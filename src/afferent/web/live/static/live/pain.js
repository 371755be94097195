// The pain as a number from 0 to 10, asked aloud: against the start, and against what touch may cause. `visit/pain.py`
// judges the same; a test holds the two together. A number only ever makes it lighter.
//
// Ask here: `judge(value, start, rule)`, `standing(state, plan)` (what the last number here still asks for), `owed(state,
// plan)` (the word after which a number is asked for) and `neighbour(state, plan, by)`, the next step whose place is not
// over for today. The numbers and the words come with the plan, as `plan.pain`.

export function judge(value, start, rule) {
  const rise = value - (start ?? 0);
  if (rise >= rule.leave || value >= rule.worst) return "leave";
  if (rise >= rule.lighten) return "lighten";
  return value > rule.ceiling && rise > 0 ? "over" : "";
}

export function standing(state, plan) {
  const last = plan.pain ? ending(state, plan) ?? lastOf(state) : null;
  if (!last || last.step !== state.step) return null;
  const verdict = judge(last.value, state.pain, plan.pain);
  if (!verdict || (verdict !== "leave" && state.level < last.level)) return null;
  const says = plan.pain.says[verdict];
  const why = state.pain === null && says.unasked ? says.unasked : says.why;
  return { verdict, do: says.do, why: filled(why, last.value, state, plan) };
}

// The number that ended this place: a lower one after it does not open it again.
function ending(state, plan) {
  return state.scores.find((one) => one.step === state.step && judge(one.value, state.pain, plan.pain) === "leave");
}

function filled(words, value, state, plan) {
  const told = { value, rise: value - state.pain, ceiling: plan.pain.ceiling };
  return words.replace(/\{(\w+)\}/g, (_, name) => String(told[name]));
}

export function owed(state, plan) {
  if (!plan.pain || state.begun === null) return null;
  return state.unscored.find((one) => plan.pain.after.includes(one.word)) ?? null;
}

// The last number, if it was of this place.
export function here(state) {
  const last = lastOf(state);
  return last && last.step === state.step ? last.value : null;
}

function lastOf(state) {
  return state.scores.length ? state.scores[state.scores.length - 1] : null;
}

function over(state, plan, number) {
  return Boolean(plan.pain) && state.scores.some((one) => judge(one.value, state.pain, plan.pain) === "leave"
    && (plan.steps[one.step]?.shares ?? [one.step]).includes(number));
}

export function neighbour(state, plan, by) {
  let number = state.step + by;
  while (plan.steps[number] && over(state, plan, number)) number += by;
  return number;
}
