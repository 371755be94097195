"""Sides and places as records give them: in a body site, a qualifier, or the words of a code."""

from __future__ import annotations

import re
from typing import Final

from afferent.body.areas import PARTS, PLACES
from afferent.knowledge.model import Fact
from afferent.safety.evidence import Value

# SNOMED CT qualifiers for a side, as they stand in body sites and laterality extensions [codes.csv: side_*].
SIDE_CODES: Final = {"7771000": "left", "24028007": "right", "51440002": "both"}

_LEFT: Final = re.compile(r"\bleft\b|\blt\b", re.IGNORECASE)
_RIGHT: Final = re.compile(r"\bright\b|\brt\b", re.IGNORECASE)
_BOTH: Final = re.compile(r"\bbilateral(ly)?\b|\bboth\b", re.IGNORECASE)
_ELSEWHERE: Final = re.compile(
    r"\b(left|right)[- ]sided?\b|\b(left|right)[- ](heart|ventric|atri|bundle)\w*", re.IGNORECASE
)


def side_of_words(text: str) -> str:
    """left, right, both or "" – the side that words name. The left of a heart is no side of a body."""
    text = _ELSEWHERE.sub(lambda found: found[0] if "side" in found[0].lower() else "", text)
    left, right = bool(_LEFT.search(text)), bool(_RIGHT.search(text))
    if _BOTH.search(text) or (left and right):
        return "both"
    return "left" if left else "right" if right else ""


def sided(place: str, side: str) -> tuple[str, ...]:
    """The place on a side: "foot" and "left" give "foot.left". A place that has its own side keeps it."""
    if not side or not (place in PARTS or f"{place}.left" in PLACES):
        return (place,) if place in PLACES else ()
    sides = ("left", "right") if side == "both" else (side,)
    return tuple(name for name in (f"{place}.{one}" for one in sides) if name in PLACES) or (place,)


def where(fact: Fact, sites: tuple[str, ...], side: str) -> Value:
    """The places of a finding. True where nothing says where it is; a side alone points to the fact's own part."""
    found: dict[str, None] = {}
    for one in sites:
        found |= dict.fromkeys(sided(one, side))
    if fact.part and side in ("left", "right") and found and not any(_may_be_on(side, one) for one in found):
        found[side] = None  # the code says left, the body site right: both, until somebody has asked
    if found:
        return tuple(found)
    return (side,) if side and fact.part else True


def _may_be_on(side: str, place: str) -> bool:
    other = "right" if side == "left" else "left"
    return other not in place.split(".")
