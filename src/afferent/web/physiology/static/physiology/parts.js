// The pieces that clocks are built of: an element, a button, a label that stays where it is, words spoken aloud.

export function put(inside, kind, name, words = "") {
  const made = document.createElement(kind);
  made.className = name;
  made.textContent = words;
  inside.append(made);
  return made;
}

export function button(inside, pressed) {
  const made = put(inside, "button", "button");
  made.type = "button";
  made.addEventListener("click", pressed);
  return made;
}

// An idle button stays where it is and keeps the focus; it only says that it does nothing now.
export function label(made, words, open) {
  write(made, words);
  made.setAttribute("aria-disabled", String(!open));
}

export function live(inside, how) {
  const made = put(inside, "p", "unseen");
  made.setAttribute("aria-live", how);
  return made;
}

export function write(into, words) {
  if (into.textContent !== words) into.textContent = words;
}
