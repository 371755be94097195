"""From a table of scores to one series for each person and measure.

Ask here: `read`, `read_bytes` and `Scores`. A row whose day, person or score cannot be read is set aside with its line,
column and mend; of a row with another such cell only that cell. What is wrong with the scores themselves (out of range,
twice, missing) is the business of `outcomes.series`.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from msgspec import Struct

from afferent.errors import InputError
from afferent.knowledge.measures import Measure
from afferent.outcomes.readings import KEPT, LONGEST_VISIT, Day, Reading, SetAside
from afferent.outcomes.series import Series, none_of, series
from afferent.records import source
from afferent.records.scores import cells
from afferent.records.scores.cells import Cells, Unread
from afferent.records.scores.columns import Columns, is_known, measure_of, names
from afferent.records.scores.dates import Days
from afferent.records.scores.table import Table

Key = tuple[str, str]
"""Person ("" where the table names none) and measure."""

_FEW: Final = 3
_SAID: Final[dict[str, Callable[[str], Any]]] = {
    "phase": cells.word,
    "block": cells.whole,
    "visit": cells.visited,
    "minutes": partial(cells.number, most=LONGEST_VISIT),
    "pressure": cells.level,
    "flare": cells.yes_no,
    "note": cells.word,
}


class Scores(Struct, frozen=True):
    """`series`: by person and measure, in the order they stand in the table. `notices`: columns and rows that belong to
    none of them. `lost`: the sentences of those rows among them that were set aside."""

    name: str
    series: dict[Key, Series]
    notices: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[str, ...]:
        """Everything that a person should know, once each; who and what is named where there are several."""
        several = len(self.series) > 1
        said = list(self.notices)
        for (person, measure), one in self.series.items():
            whose = f"{person + ', ' if person else ''}{measure}: " if several else ""
            said += [fault.says if fault.says.startswith(self.name) else whose + fault.says for fault in one.faults]
        return tuple(dict.fromkeys(said))

    @property
    def unusable(self) -> str:
        """One sentence, with the first reason, where a trial can use nothing of the whole table; else empty."""
        given = sum(len(one.used) + len(one.set_aside) for one in self.series.values())
        if not given:
            return none_of(len(self.lost), "row", self.lost[0]) if self.lost else ""
        why = [one.unusable for one in self.series.values()]
        if not all(why):
            return ""
        return none_of(given, "score", why[0].partition(" be used: ")[2])


def read(
    path: str | os.PathLike[str], *, today: dt.date, measures: Mapping[str, Measure], measure: str | None = None
) -> Scores:
    """A file; "-" is standard input. today: dates after it cannot be. measures: those that may head a column.

    measure: what a column called "score" holds, where no other column says it. Raises InputError.
    """
    name, data = source.fetch(path)
    return read_bytes(data, name=name, today=today, measures=measures, measure=measure)


def read_bytes(
    data: bytes, *, name: str, today: dt.date, measures: Mapping[str, Measure], measure: str | None = None
) -> Scores:
    """The same from bytes that were sent; `name` stands for the file in every sentence."""
    if measure is not None and measure not in measures:
        raise InputError(f"there is no measure {measure[:40]!r}; there are {', '.join(measures)}")
    measured = names(measures)
    try:
        table = Table(name, data, lambda head: is_known(head, measured))
        columns = Columns(table, measured, measures[measure] if measure else None)
        return _Rows(table, columns, measured).scores(today)
    except InputError as error:
        raise source.sentence(name, error) from None


def _number_of(measure: Measure) -> Callable[[str], float]:
    return partial(cells.number, most=measure.range[1], whole=measure.whole)


class _Rows:
    """The rows of one table on their way to series."""

    def __init__(self, table: Table, columns: Columns, measured: Mapping[str, Measure]) -> None:
        self.name, self.columns, self.measured = table.name, columns, measured
        self.rows = table.rows()
        self.readings: dict[Key, list[Reading]] = {}
        self.unread: dict[Key, list[SetAside]] = {}
        self.cells: dict[Key, list[str]] = {}
        self.notices = list(columns.notices)
        self.lost: list[str] = []
        self.said = [(role, columns.at[role], Cells(read)) for role, read in _SAID.items() if role in columns.at]
        self.values = {one.id: Cells(_number_of(one)) for one in measured.values()}
        self.of = {one.id: one for one in measured.values()}

    def scores(self, today: dt.date) -> Scores:
        width, day = len(self.columns.head), self.columns.at["day"]
        lines: dict[str, int] = {}
        self.longest = len(self.rows[0][1]) if len({len(row) for _, row in self.rows}) == 1 else width
        for line, row in self.rows:
            if len(row) < width:
                row += [""] * (width - len(row))
            lines.setdefault(row[day], line)
        head = self.columns.head[day][:40]
        self.days = Days(lines, f"{self.name}, column {head}", counted=self.columns.counted, step=self.columns.step).of
        for line, row in self.rows:
            self._row(line, row, width)
        if self.columns.step > 1:
            self._one_a_week()
        found = {
            key: series(
                self.of[key[1]],
                self.readings.get(key, ()),
                today=today,
                name=self.name,
                unread=self.unread.get(key, ()),
                cells=self.cells.get(key, ()),
            )
            for key in dict.fromkeys((*self.readings, *self.unread))
        }
        people = {person for person, _ in found}
        if "person" in self.columns.at and len(people) == len(self.rows) > _FEW:
            self.notices.append(
                f"{self.columns.place}: every row names another person; if that column numbers the rows, take it out"
            )
        return Scores(self.name, found, tuple(self.notices), tuple(self.lost))

    def _one_a_week(self) -> None:
        """Several scores of one week have days of their own, and nobody knows which."""
        for readings in self.readings.values():
            first: dict[Day, int] = {}
            for one in readings:
                if one.value is None or not isinstance(one.day, int):
                    continue
                if (line := first.setdefault(one.day, one.line)) != one.line:
                    raise InputError(
                        f"{self.name}, lines {line} and {one.line}: two scores of week "
                        f"{one.day // self.columns.step}; name a column day or date and write the day of each"
                    )

    def _row(self, line: int, row: list[str], width: int) -> None:
        at = self.columns.at
        person = cells.word(row[at["person"]]) if "person" in at else ""
        scores = self._scores(row)
        if isinstance(scores, Unread):
            self._put_aside(line, "measure", scores, person, ())
            return
        if len(row) > width and (len(row) != self.longest or any(row[width:])):
            why = Unread(f"{len(row)} cells where the head has {width}; put a cell with a comma in quotes")
            self._put_aside(line, "", why, person, scores)
            return
        if "person" in at and not 0 < len(person) <= 100:
            self._put_aside(line, "person", Unread("nobody is named here, or at too great length"), "", ())
            return
        day = self.days.get(row[at["day"]], Unread("no day is given; write the date"))
        if isinstance(day, Unread):
            self._put_aside(line, "day", day, person, scores)
            return
        said: dict[str, Any] = {}
        for role, column, read in self.said:
            cell = read(row[column])
            if isinstance(cell, Unread):
                sentence = self._sentence(line, role, Unread(f"{cell}; {KEPT}"))
                for measure, _ in scores:
                    self.cells.setdefault((person, measure), []).append(sentence)
            elif cell is not None:
                said[role] = cell
        for measure, column in scores:
            value = self.values[measure](row[column])
            if isinstance(value, Unread):
                self._put_aside(line, self.columns.head[column], value, person, ((measure, column),))
            else:
                reading = Reading(day=day, value=value, line=line, **said)
                self.readings.setdefault((person, measure), []).append(reading)

    def _scores(self, row: list[str]) -> tuple[tuple[str, int], ...] | Unread:
        """Which measures have a score in this row, and in which column."""
        if "measure" not in self.columns.at:
            return tuple((one.id, column) for column, one in self.columns.scores.items())
        named = row[self.columns.at["measure"]]
        one = measure_of(named, self.measured)
        if one is None:
            return Unread(f"there is no measure {named[:40]!r}")
        return ((one.id, self.columns.at["score"]),)

    def _put_aside(self, line: int, role: str, why: Unread, person: str, scores: tuple[tuple[str, int], ...]) -> None:
        sentence = self._sentence(line, role, why)
        if not scores:
            self.notices.append(sentence)
            self.lost.append(sentence)
        for measure, _ in scores:
            self.unread.setdefault((person, measure), []).append(SetAside(sentence))

    def _sentence(self, line: int, role: str, why: Unread) -> str:
        column = self.columns.head[self.columns.at[role]] if role in self.columns.at else role
        where = f", column {column[:40]}" if column else ""
        return str(source.sentence(self.name, InputError(f"{self.name}, line {line}{where}: {why}")))
