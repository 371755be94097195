"""The rows of "Where, and how hard": one for all places with the same limit, the strictest first, the rest last.

Ask here: `plan(standing, screening, knowledge)`. Each row says place, level with its name, the few reasons that set it,
what is off, and whether it holds only until a question is answered.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct, structs

from afferent.body.regions import AREA
from afferent.knowledge import Knowledge
from afferent.knowledge.model import DEFAULT_PRESSURE
from afferent.safety.screening import Screening
from afferent.words.effects import area_of, shuts
from afferent.words.places import title
from afferent.words.standing import Held, Standing
from afferent.words.vocabulary import at_most, lower_first

_REASONS = 3  # titles in one row; the rest is counted


class _Key(NamedTuple):
    """What places of one row have in common."""

    excluded: bool
    pressure: int
    minutes: int
    until: bool
    then: int = DEFAULT_PRESSURE  # for what is left alone only until answered


class Row(Struct, frozen=True):
    """One row. `level` is None where nothing is touched. `until_answered`: held only while a question is open.

    `then`: for a place left alone until answered, the limit that is known there already and holds after every "no".
    """

    area: int
    place: str
    level: int | None
    until_answered: bool
    reasons: tuple[str, ...]
    more_reasons: int
    minutes: int | None
    off: tuple[str, ...]
    free: bool = False
    then: int | None = None

    @property
    def afterwards(self) -> str:
        """ "then at most 1 light lotioning"; empty where nothing tighter than usual is known."""
        return "" if self.then is None else f"then {at_most(self.then)}"

    @property
    def limit(self) -> str:
        """ "not today", "at most 2 heavy lotioning", "no limit found"."""
        return "not today" if self.level is None else "no limit found" if self.free else at_most(self.level)


def plan(standing: Standing, screening: Screening, knowledge: Knowledge) -> tuple[Row, ...]:
    """All rows, covering the whole body once."""
    groups: dict[_Key, int] = {}
    for leaf, held in standing.leaves.items():
        key = _key(held, screening.session.minutes)
        groups[key] = groups.get(key, 0) | AREA[leaf]
    order = sorted(groups, key=lambda key: (not key.excluded, key.pressure, key.minutes, key.until, key.then))
    rows = [_row(key, groups[key], standing, screening, knowledge) for key in order]
    if len(rows) == 1:
        return (_renamed(rows[0], "The whole body"),)
    rows[-1] = _renamed(rows[-1], "Everywhere else")
    return tuple(rows)


def _renamed(row: Row, place: str) -> Row:
    return structs.replace(row, place=place)


def _key(held: Held, session: int) -> _Key:
    """Minutes count where they are fewer than those of the whole visit; nothing else counts where nobody touches."""
    if held.excluded:
        return _Key(True, 0, session, held.open, held.known if held.open else DEFAULT_PRESSURE)
    return _Key(False, held.pressure, min(held.minutes, session), held.open)


def _row(key: _Key, area: int, standing: Standing, screening: Screening, knowledge: Knowledge) -> Row:
    here = list({id(held): held for leaf, held in standing.leaves.items() if AREA[leaf] & area}.values())
    names = _setters(key, area, here, screening, knowledge)
    off = frozenset.intersection(*(held.off for held in here))
    return Row(
        area=area,
        place=title(area),
        level=None if key.excluded else key.pressure,
        until_answered=key.until,
        reasons=tuple(lower_first(knowledge.rules[name].title) for name in names[:_REASONS]),
        more_reasons=max(0, len(names) - _REASONS),
        minutes=key.minutes if key.minutes < screening.session.minutes else None,
        off=() if key.excluded else tuple(entry.title for id, entry in knowledge.techniques.items() if id in off),
        free=not key.excluded and key.pressure == DEFAULT_PRESSURE,
        then=key.then if key.then < DEFAULT_PRESSURE else None,
    )


def _setters(key: _Key, area: int, here: Iterable[Held], screening: Screening, knowledge: Knowledge) -> list[str]:
    """The rules that set the limit of a row, in the order of the screening; all that speak here if none is exact."""
    if not key.excluded and key.pressure == DEFAULT_PRESSURE:
        return []
    named = frozenset().union(*(held.waiting if key.until else held.because for held in here))
    ordered = [one.id for one in screening.rules if one.id in named]
    return [name for name in ordered if _sets(name, key, area, knowledge)] or ordered


def _sets(name: str, key: _Key, area: int, knowledge: Knowledge) -> bool:
    """Does this rule, somewhere in this area, ask for just this limit?"""
    for effect in knowledge.rules[name].effects:
        if area_of(effect, knowledge) & area and (shuts(effect) if key.excluded else effect.pressure == key.pressure):
            return True
    return False


def common_off(rows: Iterable[Row]) -> tuple[str, ...]:
    """The techniques that are off wherever anything is touched: said once, not in every row."""
    touched = [row.off for row in rows if row.level is not None]
    return tuple(one for one in touched[0] if all(one in off for off in touched)) if touched else ()
