// What is asked from 0 to 10 before the first touch and after the last, on the therapist's face: what was answered on the
// client's device stands there, and what was not is asked aloud and tapped. Nothing is asked twice.
//
// Ask here: `askedBy(button, state, asks)` (the question that a tap on this button answers; null where it is none of
// these), `choose(button)` (answer that one again) and `paintAround(state, asks, called)`. `asks`: when -> the questions,
// in order. What the answers come to is not judged.

const ALOUD = 3; // questions at the most
const chosen = {};

function key(when, measure) {
  return `${when} ${measure}`;
}

// The questions to ask aloud, and whatever was answered on the client's device beyond them.
function listed(state, asks, when) {
  return (asks?.[when] ?? []).filter((one, number) => number < ALOUD || state.around[key(when, one.measure)]);
}

function current(state, asks, when) {
  const all = listed(state, asks, when);
  const open = all.find((one) => !state.around[key(when, one.measure)]);
  return all.find((one) => one.measure === chosen[when]) ?? open ?? all[all.length - 1] ?? null;
}

export function askedBy(button, state, asks) {
  const asked = whenOf(button);
  const one = asked ? current(state, asks, asked) : null;
  if (!one) return null;
  delete chosen[asked];
  return { measure: one.measure, asked };
}

export function choose(button) {
  chosen[whenOf(button)] = button.dataset.is;
}

function whenOf(button) {
  return button.closest("[data-around]")?.dataset.around ?? "";
}

export function paintAround(state, asks, called) {
  for (const here of document.querySelectorAll("[data-around]")) {
    const when = here.dataset.around;
    const one = current(state, asks, when);
    here.hidden = !one || (when === "after_visit" && (state.begun === null || state.stage !== "ended"));
    if (!one) continue;
    const rows = listed(state, asks, when).map((ask) => [ask.measure, ask.title, answer(state.around[key(when, ask.measure)], called)]);
    const shown = JSON.stringify([rows, one.measure]);
    if (here.dataset.shown === shown) continue;
    here.dataset.shown = shown;
    list(here.querySelector("ul"), rows, one);
    here.querySelector("[data-say]").textContent = `“${called}: ${one.ask}” 0: ${one.lo}. 10: ${one.hi}.`;
    const value = state.around[key(when, one.measure)]?.value ?? null;
    for (const button of here.querySelectorAll("[data-act=number]")) {
      button.setAttribute("aria-pressed", String(Number(button.dataset.is) === value && value !== null));
    }
  }
}

function answer(said, called) {
  if (!said) return "not asked yet";
  if (said.value === null) return "skipped";
  return `${said.value} of 10${said.by === "client" ? `, on ${called}’s device` : ""}`;
}

function list(where, rows, now) {
  where.textContent = "";
  where.hidden = rows.length < 2 && rows[0][2] === "not asked yet";
  where.append(...rows.map(([measure, title, says]) => {
    const row = document.createElement("li");
    const button = document.createElement("button");
    Object.assign(button.dataset, { act: "choose", is: measure });
    button.type = "button";
    button.setAttribute("aria-current", String(measure === now.measure));
    button.textContent = `${title}: ${says}`;
    row.append(button);
    return row;
  }));
}
