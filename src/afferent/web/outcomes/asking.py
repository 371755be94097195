"""One measure as a screen: its questions with the answers to press, and what was sent.

Ask here: `screen(measure, given)` and `answers_of(sent, measure)`. A single rating is one press; where there are
several questions they are chosen and then sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from afferent.knowledge.measures import Item, Measure

_RATING: Final = range(11)


class Choice(Struct, frozen=True):
    """One answer: `value` is sent, `word` is read, `below` are the words of an end of the scale."""

    value: str
    word: str
    below: str = ""
    given: bool = False


class Asked(Struct, frozen=True):
    """One question. Without choices it is a number to write."""

    name: str
    item: Item
    choices: tuple[Choice, ...]
    given: str = ""


class Screen(Struct, frozen=True):
    """`at_once`: one press answers it."""

    measure: Measure
    questions: tuple[Asked, ...]

    @property
    def at_once(self) -> bool:
        return len(self.questions) == 1 and bool(self.questions[0].choices)


def screen(measure: Measure, given: Mapping[str, object]) -> Screen:
    """`given`: question -> what was answered before."""
    return Screen(measure, tuple(_asked(one, str(given.get(one.id, ""))) for one in measure.items))


def _asked(item: Item, given: str) -> Asked:
    """A number as it is kept is a choice as it is shown."""
    words: list[tuple[str, str, str]] = []
    match item.kind:
        case "0-10":
            ends = {0: item.lo, 10: item.hi}
            words = [(str(n), str(n), ends.get(n, "")) for n in _RATING]
        case "levels":
            words = [(str(n), word, "") for n, word in enumerate(item.levels, item.first)]
        case "yes_no":
            words = [("yes", "Yes", ""), ("no", "No", "")]
            given = {"1": "yes", "0": "no"}.get(given, given)
    choices = tuple(Choice(value, word, below, value == given) for value, word, below in words)
    return Asked(f"item.{item.id}", item, choices, given)


def answers_of(sent: Mapping[str, str], measure: Measure) -> dict[str, str]:
    """Question -> what was sent; what was left open is left out."""
    given = {one.id: str(sent.get(f"item.{one.id}", "")).strip()[:40] for one in measure.items}
    return {key: value for key, value in given.items() if value}


def said(measure: Measure, answers: Mapping[str, int]) -> str:
    """The answers in words: "6", "Much Improved", "6, 5, 4"."""
    words = []
    for one in measure.items:
        value = answers.get(one.id)
        if value is None:
            continue
        if one.kind == "levels":
            words.append(one.levels[value - one.first])
        else:
            words.append({1: "yes", 0: "no"}[value] if one.kind == "yes_no" else str(value))
    return ", ".join(words)
