"""What the scores of one client come to, under what was agreed.

Ask here: `Found` (everything about one client, read once: `found(client, today)`), its `series(measure)` and
`outcome(measure)`. What contradicts itself, was asked on another scale or answered in part is named and not used.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from afferent.knowledge.measures import Measure
from afferent.outcomes.person.outcome import Outcome, outcome
from afferent.outcomes.readings import Fault, Reading, number
from afferent.outcomes.series import Series, series
from afferent.web.clients.models import Client
from afferent.web.outcomes.keeping import held, missing
from afferent.web.outcomes.models import TOLD, Score
from afferent.web.outcomes.phases import Phases, Stretch
from afferent.web.outcomes.trials import Standing, trials
from afferent.web.outcomes.visited import Visited, visited
from afferent.words.dates import day
from afferent.words.vocabulary import counted

AROUND: Final = ("before_visit", "after_visit")


class Clash(Struct, frozen=True):
    """Scores of one measure and day that contradict each other: none counts until somebody says which is right."""

    measure: str
    on: dt.date
    rows: tuple[Score, ...]


class Found(Struct, frozen=True):
    """One client. `rows`: the scores that hold. `standing`: the latest trial, running or ended; None: there is none.
    `last`: the last day that counts: of a trial that ended, or of its last block, no later one."""

    client: Client
    today: dt.date
    standing: Standing | None
    former: tuple[Standing, ...]
    rows: tuple[Score, ...]
    visits: tuple[Visited, ...]
    phases: Phases
    last: dt.date

    @property
    def begins(self) -> dt.date:
        return self.standing.trial.begins if self.standing else dt.date.min

    def of(self, measure: Measure, *, whole: bool = False) -> tuple[Score, ...]:
        """What holds of a measure on the days that count, on its scale of today; not what was asked around a visit.
        `whole`: on all days."""
        mine = [one for one in self.rows if (one.measure, one.scale) == (measure.id, measure.scale)]
        return tuple(one for one in mine if one.asked not in AROUND and (whole or self._counts(one.on)))

    def _counts(self, on: dt.date) -> bool:
        return self.begins <= on <= self.last

    def series(self, measure: Measure, *, whole: bool = False) -> Series:
        """The scores of one measure with their phases, and the days of visits."""
        says = []
        visits = {one.on: one for one in self.visits if whole or self._counts(one.on)}
        values: dict[dt.date, float] = {}
        scored = [one for one in self.of(measure, whole=whole) if one.value is not None]
        for on, rows in groupby(scored, lambda one: one.on):
            those = list(rows)
            if len({one.value for one in those}) == 1:
                values[on] = those[0].value
            else:
                says.append(Fault("repeated", _against(on, those)))
        readings = [
            _reading(on, values.get(on), self.phases.of(on) if self._counts(on) else None, visits.get(on))
            for on in sorted({*values, *visits})
        ]
        made = series(measure, readings, today=self.today)
        own = (*says, *self._left_out(measure, made), *(one for one in made.faults if one.kind != "phase"))
        return replace(made, faults=own)

    def _left_out(self, measure: Measure, made: Series) -> list[Fault]:
        """What is not compared, and why."""
        says = []
        other = [one for one in self.rows if one.measure == measure.id and one.scale != measure.scale]
        if other:
            says.append(f"{counted(len(other), 'score')} on another scale ({other[-1].scale}) are not compared")
        part = [one for one in self.of(measure) if one.value is None]
        says += [f"{day(one.on)}: answered in part, so there is no score" for one in part]
        blocks = self.standing.agreement.blocks if self.standing else None
        if blocks is not None:
            apart = sum(one is None for one in made.on)
            if apart:
                says.append(f"{counted(apart, 'score')} from before the blocks and from washout days are not compared")
            off = sum(stretch is not None and stretch.on is False for stretch in self._stretches_of_visits())
            if off:
                says.append(f"{counted(off, 'visit')} took place in blocks that were drawn to be without massage")
        if self.standing and self.standing.trial.after_visits:
            after = counted(self.standing.trial.after_visits, "visit")
            says.append(f"Agreed after {after}: how these went was known by then")
        return [Fault("block", one) for one in says]

    def _stretches_of_visits(self) -> list[Stretch | None]:
        return [self.phases.of(one.on) for one in self.visits if self._counts(one.on)]

    def outcome(self, measure: Measure) -> Outcome | None:
        """None without a trial. Of a measure that was not agreed only the chart may be shown."""
        if self.standing is None:
            return None
        found = self.series(measure)
        made = outcome(found, replace(self.standing.agreement, measure=measure.id), measure)
        return made if found.used else replace(made, faults=tuple(one.says for one in found.faults))

    def first_day(self, measure: Measure) -> dt.date | None:
        """The date of day 0 of a chart."""
        return next((one.on for one in self.of(measure) if one.value is not None), None)

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """Of all measures, the latest first."""
        found = []
        for (on, measure, *_), rows in groupby(sorted(filter(_has_value, self.rows), key=_same_thing), _same_thing):
            those = tuple(rows)
            if len({one.value for one in those}) > 1:
                found.append(Clash(measure, on, those))
        return tuple(found[::-1])


def _has_value(row: Score) -> bool:
    return row.value is not None


def _same_thing(row: Score) -> tuple[dt.date, str, str, str]:
    """Before a visit and after it are two things."""
    around = row.asked in AROUND
    return row.on, row.measure, row.asked if around else "", str(row.visit_id or "") if around else ""


def found(client: Client, today: dt.date, *, whole: bool = False) -> Found:
    """Everything about one client, with the visits of the trial, or all. A fixed number of queries."""
    every = trials(client)
    rows = tuple(held(client).select_related("by", "visit"))
    since = every[0].trial.begins if every and not whole else None
    return under(every, client=client, today=today, rows=rows, visits=visited(client, since))


def under(
    standing: Sequence[Standing], *, client: Client, today: dt.date, rows: tuple[Score, ...],
    visits: tuple[Visited, ...],
) -> Found:  # fmt: skip
    """What was read already, as the first of these trials has it; those after it are its former ones."""
    latest, *former = standing or (None,)
    phases = latest.phases(visits) if latest else Phases(())
    ends = phases.ends - dt.timedelta(1) if phases.ends else None
    until = latest.until if latest else None
    last = min(one for one in (today, until, ends) if one is not None)
    return Found(client, today, latest, tuple(former), rows, visits, phases, last)


def _reading(on: dt.date, value: float | None, stretch: Stretch | None, visit: Visited | None) -> Reading:
    compared = stretch is not None and stretch.on is not None
    said: Mapping[str, Any] = {} if visit is None else {
        "visit": True, "minutes": visit.minutes, "flare": visit.flare,
        "pressure": None if visit.level is None else float(visit.level),
    }  # fmt: skip
    if not compared:
        return Reading(on, value, **said)
    assert stretch is not None
    return Reading(on, value, phase="B" if stretch.on else "A", block=stretch.block, **said)


def _against(on: dt.date, rows: list[Score]) -> str:
    said = " and ".join(f"{number(one.value)} ({TOLD[one.told]})" for one in rows)
    return f"{day(on)}: {said} contradict each other; none counts until somebody says which is right"


def in_part(rows: tuple[Score, ...], measures: Mapping[str, Measure]) -> list[tuple[Score, tuple[str, ...]]]:
    """What was answered in part: the row, and the questions that are open."""
    parts = [one for one in rows if one.value is None and one.measure in measures]
    return [(one, missing(one, measures[one.measure])) for one in parts]
