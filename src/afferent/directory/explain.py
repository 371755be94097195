"""One match in words: three reasons, the rest in one number so that they add up to the score, and what is not known.

Ask here: `Match`, `explained(…)`. Verified and self-declared never read alike.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from msgspec import Struct

from afferent.directory.gates import licence_words
from afferent.directory.model import SAID, Known, Spot, Standing, Therapist, untold
from afferent.directory.published import Part, Published
from afferent.directory.score import Mark, Scale, State

REASONS: Final = 3


class Reason(Struct, frozen=True):
    """One line of the score. `what`: in words; `says`: with who stands behind it; `tenths` of `of` (tenths of a point).
    `on`: the day it was said or checked."""

    line: str
    what: str
    says: str
    tenths: int
    of: int
    state: State
    standing: Standing
    on: dt.date | None = None


class Share(Struct, frozen=True):
    """One part of the score: tenths, of how many."""

    title: str
    tenths: int
    of: int


class Match(Struct, frozen=True):
    """One therapist for one person. `tenths`: the score from 0 to 1000, as `score` says it from 0 to 100.

    `reasons` and `rest` make the score; so do `lines`, and `parts`. `ask_first`: what a gate could not know.
    `not_known`: each counts half. `where`: city and state, and a street never. `checked`: the day of the latest check
    of anything. `untold`: nobody has said anything of training or experience.
    """

    id: str
    name: str
    label: str
    where: str
    km: int
    tenths: int
    reasons: tuple[Reason, ...]
    rest: int
    parts: dict[Part, Share]
    lines: tuple[Reason, ...]
    licence: str
    ask_first: tuple[str, ...]
    not_known: tuple[str, ...]
    checked: dt.date | None
    phone: str
    claimed: bool
    untold: bool = False

    @property
    def score(self) -> str:
        """As it is shown: "67.5"."""
        return points(self.tenths)


def points(tenths: int) -> str:
    """Tenths as points: "7.5", "12"."""
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


def explained(therapist: Therapist, scale: Scale, spot: Spot, distance: float, asks: tuple[str, ...]) -> Match:
    """The match of somebody who passed every gate."""
    tables = scale.tables
    found = scale.marks(therapist, distance)
    lines = tuple(_reason(mark, therapist, distance, tables) for mark in found)
    best = sorted((one for one in lines if one.state == "so"), key=_telling)[:REASONS]
    total = sum(one.tenths for one in lines)
    return Match(
        id=therapist.id, name=therapist.name, label=therapist.label, where=f"{spot.city}, {spot.state}",
        km=int(distance) + 1, tenths=total, reasons=tuple(best), rest=total - sum(one.tenths for one in best),
        parts={part: _share(part, title, found) for part, title in tables.parts.items()}, lines=lines,
        licence=licence_words(therapist, spot, tables), ask_first=asks,
        not_known=tuple(mark.line.title for mark in found if mark.state == "unknown"), checked=_checked(therapist),
        phone=therapist.phone, claimed=therapist.claimed, untold=untold(therapist),
    )  # fmt: skip


def _telling(one: Reason) -> tuple[bool, int]:
    """What tells most comes first: more points; of the way last, for everybody has one."""
    return one.line == "distance", -one.tenths


def _share(part: Part, title: str, found: list[Mark]) -> Share:
    of = [mark for mark in found if mark.line.part == part]
    return Share(title, sum(mark.tenths for mark in of), 10 * sum(mark.line.points for mark in of))


def _reason(mark: Mark, therapist: Therapist, distance: float, tables: Published) -> Reason:
    line = mark.line
    known = [(name, therapist.fact(name)) for name in line.facts if therapist.fact(name).known]
    if mark.state == "so" and line.how in ("any", "most"):  # say what is so, best known first
        known = [one for one in known if one[1].value]
        known = sorted(known, key=lambda one: one[1].standing != mark.standing)[:1]
    days = [fact.on for _, fact in known if fact.on]
    says = _says(mark, known, distance, tables)
    standing = "" if mark.state in ("unknown", "no matter") or line.how == "distance" else f" ({_who(mark, known)})"
    on = max(days) if days else None
    return Reason(line.id, says, says + standing, mark.tenths, 10 * line.points, mark.state, mark.standing, on)


def _who(mark: Mark, known: list[tuple[str, Known]]) -> str:
    days = [fact.on for _, fact in known if fact.on]
    return SAID[mark.standing] + (f", {max(days):%d %b %Y}" if days else "")


def _says(mark: Mark, known: list[tuple[str, Known]], distance: float, tables: Published) -> str:
    line = mark.line
    if line.how == "distance":
        return f"about {int(distance) + 1} km away"
    if mark.state == "no matter":
        return f"{line.title}: no matter to you"
    if mark.state == "unknown":
        return f"? {line.title}: not known, counts half"
    return ", ".join(filter(None, (fact_words(name, fact, tables) for name, fact in known))) or line.title


def fact_words(name: str, fact: Known, tables: Published) -> str:
    """What is known of one fact, in words; "" where the words for it are missing on purpose."""
    of = tables.facts[name]
    return of.has.format(value=_value(fact.value)) if fact.value else of.lacks


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def _checked(therapist: Therapist) -> dt.date | None:
    known: list[Any] = [*therapist.facts.values(), *therapist.licences]
    return max((one.on for one in known if one.standing == "verified" and one.on), default=None)
