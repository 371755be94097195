// The words of the relay, one table: what a button says, and what it is called when somebody speaks of it.

export const SPOKEN = {
  stop: "STOP", ease_off: "EASE OFF", good: "GOOD", changed: "CHANGED", more: "MORE", less: "LESS", same: "THE SAME",
  nothing_new: "NOTHING NEW",
};

export const DETAILS = {
  sharp: "sharp", burning: "burning", sharp_or_burning: "sharp or burning", numb: "numb", tingling: "tingling", warm: "warm", too_hard: "too hard",
  ill: "feels ill", pause: "just a pause", other: "something else",
};
