"""Where an ICD-10-CM code lies, as the code itself says it: L97.42- is a left foot, I82.401 a right leg.

Two small tables, worked out from the release of April 2026: the part by prefix, and the character that carries
the side.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from afferent.body.areas import PARTS
from afferent.errors import KnowledgeError
from afferent.knowledge.codes_reader import lines

_PLACES: Final = "icd10_places.csv"
_SIDES: Final = "icd10_sides.csv"
_SHORTEST, _LONGEST = 2, 6
_SEQUELA: Final = 7  # length of a code whose last character may say "what an injury left"


class Icd10Where:
    """Both tables, ready to be asked by code (capitals, no dots)."""

    def __init__(self, folder: Path) -> None:
        self._places: dict[str, str] = {}
        for number, (prefix, place) in lines(folder / _PLACES, ["prefix", "place"]):
            if place != "-" and place not in PARTS:
                raise KnowledgeError(f"{_PLACES}, line {number}, {prefix}: there is no part {place!r}")
            self._places[prefix] = "" if place == "-" else place
        self._sides: dict[str, tuple[int, dict[str, str]]] = {}
        for number, (prefix, position, *marks) in lines(
            folder / _SIDES, ["prefix", "position", "right", "left", "both"]
        ):
            if position and not position.isdigit():
                raise KnowledgeError(f"{_SIDES}, line {number}, {prefix}: {position!r} is no position")
            named = {mark: side for side, text in zip(("right", "left", "both"), marks, strict=True) for mark in text}
            self._sides[prefix] = (int(position) if position else -1, named)

    def place(self, code: str) -> str | None:
        """The part, "" for nowhere in particular, or None when the code says nothing about its place."""
        for length in range(min(len(code), _LONGEST), _SHORTEST, -1):
            if (place := self._places.get(code[:length])) is not None:
                return place
        return None

    def side(self, code: str) -> str:
        """left, right, both, or ""."""
        for length in range(min(len(code), _LONGEST), _SHORTEST, -1):
            rule = self._sides.get(code[:length])
            if rule is not None:
                position, named = rule
                mark = "*" if position < 0 else code[position : position + 1]
                return named.get(mark, "")
        return ""


def is_late(code: str) -> bool:
    """A code for what an injury or fracture left behind (seventh character S), not for the injury."""
    return len(code) == _SEQUELA and code[-1] == "S" and code[0] in "STM"
