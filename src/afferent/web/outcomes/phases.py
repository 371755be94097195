"""Which days of a trial are with massage, and which without.

Ask here: `simple` or `drawn`, then `.of(day)`; and `order`. Before and after: the days before the first visit are
without, those from it on are with; a pause that was agreed is without again, until the next visit. Blocks: as they were
drawn; the days before the first block and the washout at the start of each are not compared.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable

from msgspec import Struct

from afferent.outcomes.person.trial import Agreement, Blocks, schedule


class Stretch(Struct, frozen=True):
    """Days from `begins` on, to the next stretch. `on` None: not compared. `block`: its number, from 1."""

    begins: dt.date
    on: bool | None
    block: int | None


class Phases(Struct, frozen=True):
    """The stretches, by day."""

    stretches: tuple[Stretch, ...]

    def of(self, day: dt.date) -> Stretch | None:
        """The stretch of a day; None before the first."""
        place = bisect_right(self.stretches, day, key=lambda one: one.begins)
        return self.stretches[place - 1] if place else None

    @property
    def ends(self) -> dt.date | None:
        """The day after the last block; None where there is no such day."""
        last = self.stretches[-1] if self.stretches else None
        return last.begins if last is not None and last.on is None and len(self.stretches) > 1 else None


def simple(begins: dt.date, pauses: Iterable[dt.date], days: Iterable[dt.date]) -> Phases:
    """Before and after. `pauses`: their first days; `days`: those with a visit. A visit ends a pause."""
    marks = (
        {begins: False} | {one: False for one in pauses if one > begins} | {one: True for one in days if one >= begins}
    )
    found: list[Stretch] = []
    for day in sorted(marks):
        if not found or found[-1].on != marks[day]:
            found.append(Stretch(day, marks[day], len(found) + 1))
    return Phases(tuple(found))


def drawn(begins: dt.date, baseline: int, blocks: Blocks) -> Phases:
    """Blocks in the order that was drawn, from the day after the baseline."""
    found = [Stretch(begins, None, None)]
    day = first_block(begins, baseline)
    for number, on in enumerate(schedule(blocks), 1):
        if blocks.washout:
            found.append(Stretch(day, None, None))
        found.append(Stretch(day + dt.timedelta(blocks.washout), on, number))
        day += dt.timedelta(blocks.days)
    return Phases((*found, Stretch(day, None, None)))


def first_block(begins: dt.date, baseline: int) -> dt.date:
    return begins + dt.timedelta(baseline)


def order(begins: dt.date, agreement: Agreement) -> tuple[tuple[dt.date, dt.date, bool], ...]:
    """The blocks as they were drawn: first day, last day, with massage."""
    if agreement.blocks is None:
        return ()
    days = agreement.blocks.days
    start = first_block(begins, agreement.baseline_days)
    return tuple(
        (start + dt.timedelta(n * days), start + dt.timedelta((n + 1) * days - 1), on)
        for n, on in enumerate(schedule(agreement.blocks))
    )
