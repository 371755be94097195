"""How one therapist is scored for one person: seventeen lines of whole tenths of a point, added up. Nothing else
counts.

Ask here: `Scale(needs, tables)`, its `score` and its `marks`. Weights, shares and what fills a line stand in
weights.toml. Tenths are whole numbers, so that what is shown adds up to the score exactly.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final, Literal, NamedTuple

from afferent.directory.gates import met
from afferent.directory.model import Known, Standing, Therapist
from afferent.directory.needs import Needs
from afferent.directory.published import Line, Published

State = Literal["so", "not so", "unknown", "no matter"]
Told = tuple[State, Standing, int, int]
"""State, who stands behind it, and how much there is of how much fills the line."""

_NOT_KNOWN: Final[Told] = ("unknown", "unknown", 0, 1)
_NO_MATTER: Final[Told] = ("no matter", "unknown", 0, 1)
_RANK: Final[dict[Standing, int]] = {"verified": 2, "declared": 1, "unknown": 0}


class Mark(NamedTuple):
    """One line of a score: tenths of a point, whether it is so, and who says it."""

    line: Line
    tenths: int
    state: State
    standing: Standing


class Scale:
    """The lines for one person, with what does not differ between therapists worked out once."""

    def __init__(self, needs: Needs, tables: Published) -> None:
        self.needs, self.tables = needs, tables
        asked = [line for line in tables.lines.values() if line.facts and not _no_matter(line, needs)]
        self.unknown = {line.id: _tenths(line, _NOT_KNOWN, tables) for line in asked}
        self.way = [line for line in tables.lines.values() if line.how == "distance"]
        free = [line for line in tables.lines.values() if line.facts and _no_matter(line, needs)]
        self.alike = sum(10 * line.points for line in free) + sum(self.unknown.values())
        self.reading: dict[str, list[Line]] = {}
        for line in asked:
            for name in line.facts:
                self.reading.setdefault(name, []).append(line)

    def score(self, therapist: Therapist, distance: float) -> int:
        """The sum of `marks`, in tenths; of a line that nothing is known of the share is taken as it is."""
        told = {line.id: line for name in therapist.facts for line in self.reading.get(name, ())}
        total = self.alike
        for line in told.values():
            total += _tenths(line, _told(line, therapist, self.needs, distance), self.tables) - self.unknown[line.id]
        for line in self.way:
            total += _tenths(line, _distance(line, self.needs, distance), self.tables)
        return total

    def marks(self, therapist: Therapist, distance: float) -> list[Mark]:
        """Every line, in the order of the table; their tenths are the score."""
        found = []
        for line in self.tables.lines.values():
            told = _told(line, therapist, self.needs, distance)
            found.append(Mark(line, _tenths(line, told, self.tables), told[0], told[1]))
        return found


def _no_matter(line: Line, needs: Needs) -> bool:
    return bool(line.wish) and not getattr(needs, line.wish)


def _told(line: Line, therapist: Therapist, needs: Needs, distance: float) -> Told:
    if line.how == "distance":
        return _distance(line, needs, distance)
    if _no_matter(line, needs):
        return _NO_MATTER
    return _HOW[line.how](line, [therapist.fact(name) for name in line.facts], needs)


def _tenths(line: Line, told: Told, tables: Published) -> int:
    state, standing, much, full = told
    most = line.points * 10
    if line.how == "distance":  # measured, and nobody's word
        return most * much // full
    if state == "no matter":
        return most
    if state == "not so":
        return 0
    if state == "unknown":
        return most * tables.unknown.numerator // tables.unknown.denominator
    if standing == "declared":
        return most * tables.declared.numerator // tables.declared.denominator
    least = tables.least
    top, bottom = least.numerator, least.denominator
    return most * (top * full + (bottom - top) * min(much, full)) // (bottom * full)


def _distance(line: Line, needs: Needs, distance: float) -> Told:
    """Full up to `line.full` kilometres, none at the limit, in metres between."""
    limit = 1000 * (needs.reach_km if needs.at_home else needs.travel_km)
    near = min(1000 * line.full, limit)
    much = max(0, limit - max(round(1000 * distance), near))
    return ("so", "verified", 1, 1) if limit == near else ("so", "verified", much, limit - near)


def _best(found: list[Told]) -> Told:
    """Of several the one that is worth most: so and verified, so and declared, unknown, not so."""
    return max(found, key=lambda one: (one[0] == "so", _RANK[one[1]], one[2] / one[3], one[0] == "unknown"))


def _count(fact: Known, full: int) -> Told:
    if not fact.known:
        return _NOT_KNOWN
    much = int(_number(fact.value))
    return ("so", fact.standing, min(much, full), full) if much > 0 else ("not so", fact.standing, 0, 1)


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _yes(fact: Known, so: bool | None = None) -> Told:
    if not fact.known:
        return _NOT_KNOWN
    return ("so", fact.standing, 1, 1) if (bool(fact.value) if so is None else so) else ("not so", fact.standing, 0, 1)


def _any(line: Line, facts: list[Known], needs: Needs) -> Told:
    return _best([_yes(fact) for fact in facts])


def _all(line: Line, facts: list[Known], needs: Needs) -> Told:
    found = [_yes(fact) for fact in facts]
    for state in ("not so", "unknown"):
        for one in found:
            if one[0] == state:
                return one
    return min(found, key=lambda one: _RANK[one[1]])


def _hours(line: Line, facts: list[Known], needs: Needs) -> Told:
    """Hours; counted half where the latest is not known or longer ago than `fresh_years`."""
    hours, year = facts
    state, standing, much, full = _count(hours, line.full)
    fresh = year.known and 0 <= needs.as_of.year - _number(year.value) <= line.fresh_years
    return state, standing, much if fresh else much // 2, full


def _most(line: Line, facts: list[Known], needs: Needs) -> Told:
    return _best([_count(fact, full) for fact, full in zip(facts, line.fulls, strict=True)])


def _slot(line: Line, facts: list[Known], needs: Needs) -> Told:
    day = first_slot(facts[0], needs.as_of)
    if day is None:
        return _NOT_KNOWN
    left, span = line.zero - (day - needs.as_of).days, line.zero - line.full
    return ("so", facts[0].standing, min(left, span), span) if left > 0 else ("not so", facts[0].standing, 0, 1)


def first_slot(fact: Known, as_of: dt.date) -> dt.date | None:
    """The first free day, if it is known and not over."""
    if not fact.known or not isinstance(fact.value, str):
        return None
    day = dt.date.fromisoformat(fact.value)
    return day if day >= as_of else None


def _rhythm(line: Line, facts: list[Known], needs: Needs) -> Told:
    return _yes(facts[0], facts[0].known and _number(facts[0].value) >= needs.per_week)


def _price(line: Line, facts: list[Known], needs: Needs) -> Told:
    limit = needs.price_limit
    return _yes(facts[0], limit is not None and facts[0].known and _number(facts[0].value) <= limit)


def _wished(line: Line, facts: list[Known], needs: Needs) -> Told:
    return _yes(facts[0], met(line.facts[0], facts[0].value, needs))


_HOW: Final[dict[str, Callable[[Line, list[Known], Needs], Told]]] = {
    "any": _any, "all": _all, "hours": _hours, "most": _most, "slot": _slot, "rhythm": _rhythm, "price": _price,
    "choice": _wished, "language": _wished,
}  # fmt: skip
