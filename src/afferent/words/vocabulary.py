"""The fixed words: pressure levels, decisions, urgency, strength. One table each; a number never stands alone.

Ask here: `level` ("2 heavy lotioning"), `at_most`, `URGENCY`, `DECISION`, `STRENGTH`, and the small grammar of
counting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from afferent.knowledge.library import LEVEL_NAMES
from afferent.knowledge.model import Decision, Strength, Urgency

# Walton pressure scale, after MacDonald and Nelson [safety.md 0.1].
LEVELS: Final = LEVEL_NAMES
LEVEL_MEANING: Final = (
    "still, weightless contact; no stroke",
    "only enough to spread lotion",
    "rubbing lotion in: skin moves, muscle is not worked",
    "usual relaxation pressure: muscle begins to be worked",
    "the therapist leans in",
    "elbow or forearm, on a robust client",
)

DECISION: Final[dict[Decision, str]] = {
    "treat": "massage is fine today",
    "treat_adapted": "massage with limits",
    "avoid_areas": "massage, leaving places alone",
    "clearance_first": "ask the physician first",
    "postpone": "not today",
    "do_not_treat_refer": "no massage",
}
URGENCY: Final[dict[Urgency, str]] = {
    "none": "none",
    "routine": "routine – tell the client’s clinician",
    "same_day": "today – medical care the same day",
    "emergency": "now – emergency number",
}
STRENGTH: Final[dict[Strength, str]] = {
    "A": "guideline, trial or reviewed study",
    "B": "case report, textbook or recognised educator",
    "C": "weak web page",
    "N": "our default – no published source found",
}
_NUMBERS: Final = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def level(number: int) -> str:
    """Number and name: "2 heavy lotioning"."""
    return f"{number} {LEVELS[number]}"


def at_most(number: int) -> str:
    """A cap as it is said: "at most 2 heavy lotioning"; "0 holding only" for the lowest."""
    return "only 0 holding" if number == 0 else f"at most {level(number)}"


def in_words(number: int) -> str:
    """Up to twelve in letters."""
    return _NUMBERS[number] if 0 <= number <= 12 else str(number)


def counted(number: int, one: str, many: str = "") -> str:
    """ "one question", "three questions"."""
    return f"{in_words(number)} {one if number == 1 else many or one + 's'}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"; semicolons where the parts have commas of their own."""
    parts = list(words)
    if len(parts) < 2:
        return "".join(parts)
    if any(", " in part for part in parts):
        return f"{'; '.join(parts[:-1])}; {last} {parts[-1]}"
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def capital(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The first letter small, unless the first word is an abbreviation or a single letter: "INR" stays."""
    return (
        text if re.match(r"[A-Z](?:[A-Z0-9]|\b)", text) and not text.startswith("A ") else text[:1].lower() + text[1:]
    )


def sentence(text: str) -> str:
    """With a large first letter and a full stop."""
    return capital(text) if not text or text[-1] in ".?!" else f"{capital(text)}."
