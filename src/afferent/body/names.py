"""What regions are called: one name for each, and the few words that name several at once.

Ask here: `name` ("left foot, sole, inner ball"), `short_name` ("inner ball"), and `names_of`, which says an area in as
few names as people would use ("both feet"). The words themselves stand in `names.toml`. Left and right are always
words. Nothing here makes a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final

import tomli
from msgspec import Struct

from afferent.body.regions import AREA, REGIONS, SIDES, area

_SIDELESS: Final = "S"


class Name(Struct, frozen=True):
    """One name and the area it covers exactly: `words` ("left foot"), the `part` meant ("sole, heel"), and, for limbs,
    the `span` from where to where ("thigh to toes")."""

    words: str
    area: int
    part: str = ""
    span: str = ""

    @property
    def full(self) -> str:
        """ "left foot, sole, heel", "right leg, thigh to toes"."""
        return ", ".join(word for word in (self.words, self.part, self.span) if word)


def name(region: str) -> str:
    """The full name of a region: "left foot, sole, inner ball", "right leg, thigh to toes"."""
    return _by_region()[region].full


def short_name(region: str) -> str:
    """The last words of the name, for where side and limb are plain: "inner ball", "shin"."""
    own = _by_region()[region]
    words = own.part.rsplit(", ", 1)[-1] or own.words
    return words.removeprefix("left ").removeprefix("right ").removeprefix("side of ").removeprefix("the ")


@cache
def names_of(bits: int) -> tuple[Name, ...]:
    """The fewest names, the widest first chosen, that cover exactly this area; in the order of the body."""
    found: list[Name] = []
    for candidate in _candidates():
        if candidate.area & ~bits == 0:
            found.append(candidate)
            bits &= ~candidate.area
        if not bits:
            break
    return tuple(sorted(found, key=lambda one: one.area & -one.area))


@cache
def _table() -> dict[str, Any]:
    return tomli.loads(files("afferent.body").joinpath("names.toml").read_text("utf-8"))


@cache
def _patterns() -> dict[str, list[str]]:
    """Sideless id -> [one, both], with fingers and toes written out."""
    table = _table()
    patterns: dict[str, list[str]] = dict(table["names"])
    for digit, words in table["digits"].items():
        for outer in ("hand.S.palm", "hand.S.back") if digit.startswith("finger") else ("foot.S.sole", "foot.S.top"):
            patterns[f"{outer}.{digit}"] = [f"{form}, {words}" for form in patterns[outer]]
            if digit.startswith("finger"):
                for part in ("tip", "base"):
                    patterns[f"{outer}.{digit}.{part}"] = [f"{form}, {words} {part}" for form in patterns[outer]]
    return patterns


@cache
def _by_region() -> dict[str, Name]:
    spans: dict[str, str] = _table()["spans"]
    found: dict[str, Name] = {}
    for region in REGIONS:
        side = next((part for part in region.split(".") if part in SIDES), "")
        pattern = ".".join(_SIDELESS if part in SIDES else part for part in region.split("."))
        found[region] = _named(_patterns()[pattern][0].format(side), AREA[region], spans.get(pattern, ""))
    return found


@cache
def _candidates() -> tuple[Name, ...]:
    """Every name for one side, both sides or several regions together, the widest first."""
    spans: dict[str, str] = _table()["spans"]
    found: dict[int, Name] = {}
    for spelled, forms in _patterns().items():
        for words, bits in _forms(spelled, forms):
            found.setdefault(bits, _named(words, bits, spans.get(spelled, "")))
    for spelled, forms in _table()["joined"].items():
        for words, bits in _forms(spelled, forms):
            found.setdefault(bits, Name(words, bits))
    return tuple(sorted(found.values(), key=lambda one: -one.area.bit_count()))


def _named(words: str, bits: int, span: str) -> Name:
    head, _, part = words.partition(", ")
    return Name(head, bits, part, span)


def _forms(spelled: str, forms: list[str]) -> Iterator[tuple[str, int]]:
    """A name without side; or its both, left and right forms."""
    if f".{_SIDELESS}" not in spelled:
        yield forms[0], area(spelled.split())
        return
    halves = {side: area(spelled.replace(f".{_SIDELESS}", f".{side}").split()) for side in SIDES}
    yield forms[1], halves["left"] | halves["right"]
    for side, bits in halves.items():
        yield forms[0].format(side), bits
