"""A sheet of paper: fourteen days by what the trial asks, and the same sheet as it is typed back.

Ask here: `sheet(...)` (days and cells, with what is known already) and `typed(...)` (the cells that were filled in, or
a sentence for each that cannot be). An empty cell stays empty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from afferent.knowledge.measures import Asked, Item, Measure
from afferent.outcomes.readings import number
from afferent.outcomes.scoring import NotScored, score
from afferent.web.outcomes.keeping import Told
from afferent.web.outcomes.models import TOLD, Score
from afferent.words.dates import day

DAYS: Final = 14
_WEEK: Final = 7
Columns = tuple[tuple[Measure, Asked], ...]


class Column(Struct, frozen=True):
    """One question. `weekly`: only in every seventh row."""

    measure: Measure
    item: Item
    asked: Asked
    number: int

    @property
    def head(self) -> str:
        """The word above the column."""
        return self.measure.title if len(self.measure.items) == 1 else self.item.id.capitalize()

    @property
    def title(self) -> str:
        """The word before the question."""
        return self.measure.title if len(self.measure.items) == 1 else f"{self.measure.title}: {self.item.id}"


class Cell(Struct, frozen=True):
    """`name`: of its box; empty where nothing is asked on that day. `known`: what is kept already, and through whom.
    `title`: the word before the question."""

    name: str
    label: str
    known: str = ""
    typed: str = ""
    fault: str = ""
    title: str = ""


class Line(Struct, frozen=True):
    """One day."""

    on: dt.date
    cells: tuple[Cell, ...]


def columns(asked: Columns) -> tuple[Column, ...]:
    """A column for each question."""
    return tuple(Column(one, item, when, n) for n, (one, when) in enumerate(asked) for item in one.items)


def sheet(
    first: dt.date, asked: Columns, rows: Iterable[Score] = (), sent: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> tuple[Line, ...]:  # fmt: skip
    """The days from `first` on. `sent`: what was typed, where it comes back."""
    there: dict[tuple[dt.date, str], list[Score]] = {}
    for row in rows:
        there.setdefault((row.on, row.measure), []).append(row)
    lines = []
    for n in range(DAYS):
        on = first + dt.timedelta(n)
        cells = [
            _cell(one, on, n, there.get((on, one.measure.id), []), sent or {}, faults or {}) for one in columns(asked)
        ]
        lines.append(Line(on, tuple(cells)))
    return tuple(lines)


def _cell(
    one: Column, on: dt.date, n: int, rows: list[Score], sent: Mapping[str, str], faults: Mapping[str, str]
) -> Cell:
    name = name_of(one, on)
    known = " and ".join(f"{_value(row, one)}, {TOLD[row.told]}" for row in rows)
    label = f"{one.title}, {day(on)}"
    if one.asked == "weekly" and n % _WEEK and not known:
        return Cell("", label)
    return Cell(name, label, known, sent.get(name, ""), faults.get(name, ""), one.title)


def name_of(one: Column, on: dt.date) -> str:
    return f"{on}.{one.number}.{one.item.id}"


def _value(row: Score, one: Column) -> str:
    if one.item.id in row.answers:
        return str(row.answers[one.item.id])
    return "in part" if row.value is None else number(row.value)


def typed(first: dt.date, asked: Columns, sent: Mapping[str, str], today: dt.date) -> tuple[list[Told], dict[str, str]]:
    """What was filled in; and for each box that cannot be so, a sentence."""
    told: list[Told] = []
    faults: dict[str, str] = {}
    every = columns(asked)
    for on in (first + dt.timedelta(n) for n in range(DAYS)):
        for n, (measure, when) in enumerate(asked):
            mine = [one for one in every if one.number == n]
            given = {one.item.id: text for one in mine if (text := sent.get(name_of(one, on), "").strip()[:40])}
            if not given:
                continue
            faults |= {name_of(one, on): why for one in mine if (why := _fault(one, given, on, today))}
            told.append(Told(measure, given, on, when, f"paper-{on:%Y%m%d}-{measure.id}"[:64]))
    return told, faults


def _fault(one: Column, given: Mapping[str, str], on: dt.date, today: dt.date) -> str:
    if one.item.id not in given:
        return ""
    if on > today:
        return f"{day(on)} is still to come."
    match score(one.measure, {one.item.id: given[one.item.id]}):
        case NotScored(faults=faults) if faults:
            return f"{day(on)}, {faults[0]}."
    return ""
