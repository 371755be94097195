"""The questions of the day after: as a form, as they were answered, and what the client reads then.

Ask here: `QUESTIONS` (from `visit.after`), `PLACES`, `read(sent, on)`, `day_words` (the answers in one sentence) and
`advice` (for the client, in plain words). No answer is asked for; what is left open is "I am not sure".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct

from afferent.body.regions import AREA
from afferent.errors import InputError
from afferent.safety.evidence import ELSEWHERE
from afferent.visit.after import QUESTIONS, NextDay
from afferent.visit.after import urgent as at_once
from afferent.words.places import regions_phrase
from afferent.words.visit import quoted
from afferent.words.vocabulary import capital

# Where it may be, as somebody says it of themselves.
PLACES: Final[dict[str, str]] = {
    "foot.left": "LEFT foot", "foot.right": "RIGHT foot", "leg.left": "LEFT lower leg", "leg.right": "RIGHT lower leg",
    "thigh.left": "LEFT thigh", "thigh.right": "RIGHT thigh", "hand.left": "LEFT hand", "hand.right": "RIGHT hand",
    "forearm.left": "LEFT arm", "forearm.right": "RIGHT arm", "back": "Back", "shoulders": "Neck or shoulders",
    ELSEWHERE: "Somewhere else",
}  # fmt: skip
_ARMS: Final = {"forearm.left": "upper_arm.left", "forearm.right": "upper_arm.right"}
_SORE: Final = {"no": "not sore", "a_little": "a little sore", "a_lot": "very sore", "unknown": "soreness not known"}
_MARK: Final = {"no": "no mark", "yes": "a mark", "unknown": "marks not looked for"}
_BLISTER: Final = {
    "no": "no blister and no open skin", "yes": "a blister or open skin", "unknown": "blisters not looked for",
}  # fmt: skip
_NEW: Final = {
    "swollen": {"yes": "new swelling", "no": "no new swelling", "unknown": "swelling not known"},
    "breathless": {"yes": "breathless, or chest pain", "no": "breath as usual", "unknown": "breath not known"},
    "fall": {"fall": "a fall", "faint": "a faint", "no": "no fall", "unknown": "falls not known"},
}
_WORSE: Final = {
    "no": "nothing worse", "short": "something worse, and over within a day", "longer": "worse for more than a day",
    "still": "still worse", "unknown": "whether anything was worse is not known",
}  # fmt: skip


class Told(Struct, frozen=True):
    """What the client reads: a heading, a few sentences, and what is also good to know.

    `urgent`: something must be done today.
    """

    title: str
    lines: tuple[str, ...]
    also: tuple[str, ...]
    urgent: bool


def read(sent: Mapping[str, list[str]], on: dt.date) -> NextDay:
    """The answers. Raises InputError for an answer that is none of those offered, or for none at all."""
    given: dict[str, Any] = {}
    for name, question in QUESTIONS.items():
        answers = sent.get(name, [])
        given[name] = answers[0] if answers else "unknown"
        if question.where:
            given[f"{name}_where"] = _places(sent.get(f"{name}_where", []))
    if not any(sent.get(name) for name in QUESTIONS):
        raise InputError("Please choose an answer. “I am not sure” is a good one.")
    words = " ".join(" ".join(sent.get("words", [])).split())[:500]
    try:
        return msgspec.convert({"on": on, "words": words, **given}, NextDay)
    except msgspec.ValidationError:
        raise InputError("There is an answer here that was not offered. Please open the page again.") from None


def _places(chosen: list[str]) -> tuple[str, ...]:
    """An arm is its whole length; whoever feels something there seldom says which half."""
    named = [one for one in chosen if one in PLACES]
    return tuple(dict.fromkeys([*named, *(_ARMS[one] for one in named if one in _ARMS)]))


def day_words(day: NextDay) -> str:
    """ "A little sore; no mark; a blister or open skin (the left foot); nothing worse."."""
    parts = (
        _SORE[day.sore],
        _MARK[day.mark] + _where(day.mark_where if day.mark == "yes" else ()),
        _BLISTER[day.blister] + _where(day.blister_where if day.blister == "yes" else ()),
        _WORSE[day.worse] + _where(day.worse_where if day.worse not in ("no", "unknown") else ()),
    )
    new = [words[answer] for name, words in _NEW.items() if (answer := getattr(day, name)) in words]
    said = f"{capital('; '.join([*parts, *new]))}."
    return f"{said} {quoted(day.words)}" if day.words else said


def _where(regions: tuple[str, ...]) -> str:
    known = [one for one in regions if one in AREA]
    return f" ({regions_phrase(known, spans=False)})" if known else ""


def advice(day: NextDay) -> Told:
    """What follows, for the client: whom to call, the most urgent first, and that nobody reads this at once."""
    lines = list(at_once(day))
    if day.blister == "yes":
        lines += [
            "Have the blister or the open skin seen by a clinician today, also if it does not hurt.",
            "Leave it alone until then: do not open it, rub it or put weight on it.",
        ]
    if day.worse == "still":
        lines.append("It is still worse: call your clinician today, and tell your therapist.")
    if day.mark == "yes":
        lines.append("Watch the mark. If it grows, or gets hot or swollen, call your clinician today.")
    urgent = bool(at_once(day)) or day.blister == "yes" or day.worse == "still"
    title = "Please do this today" if urgent else "Thank you"
    gentler = "Your next visit can be lighter and shorter. Your therapist will talk about it with you."
    return Told(title, tuple(lines), (gentler,) if day.was_worse or day.blister == "yes" else (), urgent)
