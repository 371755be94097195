"""Body sites in words and codes -> places: "left great toe", "both soles", "heel, right".

A side that is not stated means both. Where a clause names a part and a finer place in it ("heel of the foot"),
the finer place counts. It never guesses a side from a neighbour: "left foot and ankle" is the left foot and both
ankles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from afferent.body.areas import PARTS, PLACES
from afferent.body.regions import SIDES
from afferent.errors import KnowledgeError
from afferent.knowledge.phrases import Found, Phrases, plain, words_of

_BREAK: Final = re.compile(r"[,;/&+()]|\band\b", re.IGNORECASE)
_SIDE_WORDS: Final = {
    "left": "left", "lt": "left", "l": "left", "lft": "left",
    "right": "right", "rt": "right", "r": "right", "rgt": "right",
    "both": "both", "bilateral": "both", "bilaterally": "both", "bilat": "both",
}  # fmt: skip
_FILLING: Final = frozenset({"the", "a", "an", "structure", "structures", "region", "skin", "area", "entire"})
_NUMBERED: Final = {
    "FINGERS": ("hand.S.palm.finger{}", "hand.S.back.finger{}"),
    "TIPS": ("hand.S.palm.finger{}.tip", "hand.S.back.finger{}.tip"),
    "TOES": ("foot.S.sole.toe{}", "foot.S.top.toe{}"),
}


def spelled(text: str) -> tuple[str, ...]:
    """A table's spelling as places without side: "TOES 1" -> foot.S.sole.toe1, foot.S.top.toe1."""
    kind, _, numbers = text.partition(" ")
    if kind in _NUMBERED:
        return tuple(pattern.format(number) for pattern in _NUMBERED[kind] for number in numbers)
    return tuple(text.split())


def sided(place: str, side: str) -> tuple[str, ...]:
    """A place on a side ("left", "right", "both", or "" for not stated). Always ids of PLACES."""
    if "S" in place.split("."):
        return tuple(place.replace(".S", f".{one}") for one in SIDES if side in (one, "both", ""))
    if not side:
        return (place,)
    return tuple(f"{place}.{one}" for one in SIDES if side in (one, "both"))


def check(place: str, where: str) -> None:
    """Raise KnowledgeError unless the place exists on either side."""
    if place not in PARTS and "S" not in place.split("."):
        raise KnowledgeError(f"{where}: {place!r} is no part of the body, and has no S for its side")
    for side in (*SIDES, ""):
        for one in sided(place, side):
            if one not in PLACES:
                raise KnowledgeError(f"{where}: there is no place {one!r}")


class BodyWords:
    """The words for places, made ready to be looked for."""

    def __init__(self, table: dict[str, str], file: str) -> None:
        ready = {plain(word): spelled(text) for word, text in table.items()}
        for word, places in ready.items():
            for place in places:
                check(place, f"{file}, {word}")
        self._phrases = Phrases(ready.items())

    def places(self, text: str) -> tuple[str, ...]:
        """The places a text names, with their sides; () when it names none."""
        found: dict[str, None] = {}
        for places, side in self._clauses(text):
            found |= dict.fromkeys(one for place in places for one in sided(place, side))
        return tuple(found)

    def _clauses(self, text: str) -> list[tuple[tuple[str, ...], str]]:
        """What each clause names. A side that stands alone belongs to the clause before it, else to the next."""
        clauses: list[tuple[tuple[str, ...], str]] = []
        waiting = ""
        for clause in _BREAK.split(text):
            words = words_of(clause)
            side = _together({waiting, *(_SIDE_WORDS.get(word, "") for word in words)})
            places = tuple(self._named([w for w in words if w not in _SIDE_WORDS and w not in _FILLING]))
            if places:
                clauses.append((places, side))
                waiting = ""
            elif clauses and side and not clauses[-1][1]:
                clauses[-1] = (clauses[-1][0], side)
            elif side:
                waiting = side
        return clauses

    def _named(self, words: list[str]) -> Iterator[str]:
        found = list(self._phrases.find(words))
        for one in found:
            if not any(_finer(other, one) for other in found):
                yield from one.value


def _finer(one: Found[tuple[str, ...]], other: Found[tuple[str, ...]]) -> bool:
    """Does the first lie inside the second, and is it smaller?"""
    small, large = _bits(one.value), _bits(other.value)
    return small != large and small & ~large == 0


def _bits(places: tuple[str, ...]) -> int:
    bits = 0
    for place in places:
        for one in sided(place, ""):
            bits |= PLACES[one]
    return bits


def _together(sides: set[str]) -> str:
    sides = sides - {""}
    return sides.pop() if len(sides) == 1 else "both" if sides else ""
