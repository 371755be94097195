"""Answers to one measure as one number, or what is missing of it.

Ask here: `score(measure, answers)` and `disagreement` (of a worked example). A score is given only when every scored
question was answered; an answer that cannot be, or to a question that is not there, is named and nothing is scored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from afferent.knowledge.measures import COUNTED, Item, Measure, MeasureExample

_WHOLE: Final = re.compile(r"[0-9]{1,9}")
_UNANSWERED: Final = frozenset({"", "unknown", "not sure"})
_YES_NO: Final = {"yes": 1, "no": 0}


class Scored(Struct, frozen=True):
    """`value` on `scale`, and what each answered question was taken as: its number, or 1 for yes and 0 for no."""

    measure: str
    scale: str
    value: float
    answers: dict[str, int]


class NotScored(Struct, frozen=True):
    """No score: the scored questions that are open (`missing`, their ids) and what cannot be an answer (`faults`)."""

    measure: str
    scale: str
    missing: tuple[str, ...]
    faults: tuple[str, ...]
    answers: dict[str, int]


def score(measure: Measure, answers: Mapping[str, Any]) -> Scored | NotScored:
    """`answers`: question id -> a number, "yes" or "no", a level by words or number; None or "not sure" is open."""
    ids = {item.id for item in measure.items}
    faults = [f"{measure.title}: there is no question {key!r}"[:120] for key in answers if key not in ids]
    taken: dict[str, int] = {}
    missing = []
    for item in measure.items:
        given = answers.get(item.id)
        if _open(given):
            missing += [item.id] if measure.scored(item) else []
            continue
        try:
            taken[item.id] = _taken(item, given, measure)
        except ValueError as error:
            faults.append(f"{measure.title}, question {item.id}: {error}")
    if missing or faults:
        return NotScored(measure.id, measure.scale, tuple(missing), tuple(faults), taken)
    return Scored(measure.id, measure.scale, _value(measure, taken), taken)


def disagreement(measure: Measure, example: MeasureExample) -> str:
    """How a worked example comes out otherwise than it says; empty where it agrees."""
    found = score(measure, example.answers)
    for what, wanted in example.then.items():
        match what, found:
            case "score", Scored(value=value) if value == wanted:
                continue
            case "missing", NotScored(missing=missing, faults=()) if list(missing) == wanted:
                continue
            case "refused", NotScored(faults=faults) if any(str(wanted) in fault for fault in faults):
                continue
        return f"{what} = {wanted!r}, but {_came_out(found)}"
    return "" if example.then else "says nothing of what comes out (`then`)"


def _came_out(found: Scored | NotScored) -> str:
    if isinstance(found, Scored):
        return f"the score is {found.value:g}"
    return f"there is no score (open: {', '.join(found.missing) or 'none'}; {'; '.join(found.faults) or 'no fault'})"


def _open(given: Any) -> bool:
    return given is None or (isinstance(given, str) and given.strip().lower() in _UNANSWERED)


def _taken(item: Item, given: Any, measure: Measure) -> int:
    """The number an answer stands for. Raises ValueError with the reason."""
    if item.kind == "yes_no":
        return _yes_no(given)
    if item.kind == "levels":
        for number, words in enumerate(item.levels, item.first):
            if isinstance(given, str) and given.strip().lower() == words.lower():
                return number
    least, most = _ends(item, measure)
    number = _number(given, least, most)
    if not least <= number <= most:
        raise ValueError(f"{number} is not on the scale of {least} to {most}")
    return number


def _ends(item: Item, measure: Measure) -> tuple[int, int]:
    if item.kind == "levels":
        return item.first, item.first + len(item.levels) - 1
    return (0, int(measure.range[1])) if item.kind in COUNTED else (0, 10)


def _yes_no(given: Any) -> int:
    if isinstance(given, bool):
        return int(given)
    word = given.strip().lower() if isinstance(given, str) else ""
    if word not in _YES_NO:
        raise ValueError(f"{_said(given)} is neither yes nor no")
    return _YES_NO[word]


def _number(given: Any, least: int, most: int) -> int:
    if isinstance(given, str) and _WHOLE.fullmatch(given.strip()):
        return int(given)
    if isinstance(given, bool) or not isinstance(given, int | float) or given != given or given % 1:
        raise ValueError(f"{_said(given)} is no whole number from {least} to {most}")
    return int(given)


def _said(given: Any) -> str:
    return repr(given)[:60]


def _value(measure: Measure, taken: Mapping[str, int]) -> float:
    if measure.scoring == "key":
        return sum(taken[item.id] == _YES_NO[item.counts] for item in measure.items if item.counts)
    total = sum(taken.values())
    if measure.scoring == "table":
        return measure.table[str(total)]
    if measure.scoring == "mean":
        return measure.times * total / len(taken)
    return measure.times * total
