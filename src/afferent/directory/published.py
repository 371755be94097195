"""The published tables of the directory, read once and checked: facts, weights, training, regimes, questions,
fall-backs.

Ask here: `published()`. Refused, naming file and key: lines that do not add up to 100 points; a fact, rule or source
that does not exist; a share above one. Somebody who wants other weights passes their own `Published`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

import msgspec
from msgspec import Struct

from afferent.directory.model import Regime
from afferent.errors import KnowledgeError
from afferent.knowledge.loader import FOLDER, read_toml
from afferent.knowledge.model import Strength

TABLES: Final = FOLDER / "directory"
WHOLE: Final = 100
How = Literal["hours", "any", "all", "most", "distance", "slot", "rhythm", "price", "choice", "language"]
Part = Literal["fit", "reach", "time", "money", "preference"]
T = TypeVar("T")


class FactOf(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that may be known of a therapist; see facts.toml. `counted`: by a clinic, so nobody says it of
    themselves."""

    title: str
    kind: Literal["yes_no", "number", "words", "choice", "date"]
    has: str
    lacks: str
    ask: str
    options: tuple[str, ...] = ()
    counted: bool = False
    id: str = ""


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the score; see weights.toml. `full`, `zero`: in what the fact is counted in; of distance km, of a
    slot days."""

    part: Part
    points: int
    how: How
    title: str
    facts: tuple[str, ...] = ()
    full: int = 1
    zero: int = 0
    fulls: tuple[int, ...] = ()
    fresh_years: int = 0
    wish: str = ""
    id: str = ""


class Training(Struct, frozen=True, forbid_unknown_fields=True):
    """A training that some rules ask for: a gate."""

    title: str
    fact: str
    rules: tuple[str, ...]
    why: str
    sources: tuple[str, ...]
    strength: Strength
    facts: tuple[str, ...] = ()
    id: str = ""


class Jurisdiction(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    regime: Regime


class Choice(Struct, frozen=True, forbid_unknown_fields=True):
    """One answer: the words, and the fields of the needs that it sets."""

    says: str
    sets: dict[str, Any]


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    ask: str
    choices: dict[str, Choice]


class Fallback(Struct, frozen=True, forbid_unknown_fields=True):
    """What else there is. `training`: only where one of these is needed; empty: always."""

    says: str
    training: tuple[str, ...] = ()


class Published(Struct, frozen=True, eq=False, dict=True):
    """All of it. `declared`, `unknown`: shares of a line's points."""

    facts: dict[str, FactOf]
    lines: dict[str, Line]
    parts: dict[Part, str]
    declared: Fraction
    unknown: Fraction
    training: dict[str, Training]
    regimes: dict[Regime, str]
    jurisdictions: dict[str, Jurisdiction]
    regimes_checked: dt.date
    questions: dict[str, Question]
    fallbacks: dict[str, Fallback]

    @cached_property
    def least(self) -> Fraction:
        """The share of a line of which something is so and verified, however little."""
        return max(self.declared, self.unknown)

    def regime(self, jurisdiction: str) -> Regime:
        """How a jurisdiction regulates massage; `unknown` where the table does not say."""
        one = self.jurisdictions.get(jurisdiction)
        return one.regime if one else "unknown"


@cache
def published(folder: Path = TABLES) -> Published:
    """Read and check. Raises KnowledgeError naming file and key."""
    weights, regimes = read_toml(folder / "weights.toml"), read_toml(folder / "regimes.toml")
    shares = {name: _share(weights, name) for name in ("declared", "unknown")}
    found = Published(
        facts=_named(read_toml(folder / "facts.toml"), FactOf, "facts.toml"),
        lines=_named(weights["lines"], Line, "weights.toml"),
        parts=_convert(weights["parts"], dict[Part, str], "weights.toml, parts"),
        **shares,
        training=_named(read_toml(folder / "training.toml"), Training, "training.toml"),
        regimes=_convert(regimes["regimes"], dict[Regime, str], "regimes.toml, regimes"),
        jurisdictions=_convert(regimes["jurisdictions"], dict[str, Jurisdiction], "regimes.toml"),
        regimes_checked=_convert(regimes["checked"], dt.date, "regimes.toml, checked"),
        questions=_convert(read_toml(folder / "questions.toml"), dict[str, Question], "questions.toml"),
        fallbacks=_convert(read_toml(folder / "fallbacks.toml"), dict[str, Fallback], "fallbacks.toml"),
    )
    for fault in _faults(found):
        raise KnowledgeError(fault)
    return found


def _share(weights: dict[str, Any], name: str) -> Fraction:
    try:
        share = Fraction(weights["shares"][name])
    except (KeyError, ValueError, TypeError):
        raise KnowledgeError(f'weights.toml, shares, {name}: write a fraction such as "1/2"') from None
    if not 0 <= share <= 1:
        raise KnowledgeError(f"weights.toml, shares, {name}: must lie between 0 and 1")
    return share


def _faults(found: Published) -> Iterator[str]:
    total = sum(line.points for line in found.lines.values())
    if total != WHOLE or any(line.points < 0 for line in found.lines.values()):
        yield f"weights.toml, lines: the points add up to {total}; they must make {WHOLE}, and none may be below nought"
    for line in found.lines.values():
        for name in line.facts:
            if name not in found.facts:
                yield f"weights.toml, {line.id}: there is no fact {name!r} in facts.toml"
        if line.how == "most" and len(line.fulls) != len(line.facts):
            yield f"weights.toml, {line.id}: `fulls` needs a number for each fact"
        if line.full < 1 or any(one < 1 for one in line.fulls):
            yield f"weights.toml, {line.id}: `full` must be 1 or more"
    for one in found.training.values():
        if one.fact not in found.facts:
            yield f"training.toml, {one.id}: there is no fact {one.fact!r} in facts.toml"


def _named(entries: dict[str, Any], kind: type[T], file: str) -> dict[str, T]:
    return {key: _convert({**entry, "id": key}, kind, f"{file}, {key}") for key, entry in entries.items()}


def _convert(value: Any, kind: type[T], place: str) -> T:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"{place}: {error}") from None
