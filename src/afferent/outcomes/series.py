"""One person's scores of one measure, in order, and what is wrong with them.

Ask here: `series(measure, readings, today=...)`. Nothing is guessed and nothing is dropped in silence: what is used
stands in `used`, what is not in `set_aside` with a sentence each, and `faults` says everything a person should know
before believing it; where nothing at all can be used, `unusable` says so. A day without a score stays empty; two scores
of one day that differ are both set aside; the same score twice counts once. A day is a date or a day number, never both
in one series.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec import Struct

from afferent.knowledge.measures import Measure
from afferent.outcomes.days import Sorting
from afferent.outcomes.labels import MEND, blocks, sides
from afferent.outcomes.noticed import backwards, block_faults, flare_faults, gaps, order, phase_faults, visit_faults
from afferent.outcomes.readings import Day, Fault, Reading, SetAside

Phased = tuple[int, float, bool, int]
"""Number of the day, score, with massage, number of the block."""


class Series(Struct, frozen=True):
    """`used`: one reading a day, each with a score, by day; `on` (with massage; None: not known) and `block` beside it.

    unanswered: days that stand there without a score, by day; there may have been a visit.
    """

    measure: str
    scale: str
    used: tuple[Reading, ...]
    on: tuple[bool | None, ...]
    block: tuple[int | None, ...]
    unanswered: tuple[Reading, ...]
    set_aside: tuple[SetAside, ...]
    faults: tuple[Fault, ...]

    def number(self, day: Day) -> int:
        """A date counted from that of the first score, which is 0; a day number as it is."""
        if isinstance(day, int):
            return day
        first = self.used[0].day if self.used else day
        return 0 if isinstance(first, int) else (day - first).days

    @property
    def visits(self) -> tuple[Reading, ...]:
        """Days on which there was one, scored or not, by day."""
        return tuple(one for one in sorted((*self.used, *self.unanswered), key=lambda one: one.day) if one.visit)

    @property
    def phased(self) -> tuple[Phased, ...]:
        """What a trial is judged by: every score whose phase is known."""
        return tuple(
            (self.number(one.day), one.value, on, block)
            for one, on, block in zip(self.used, self.on, self.block, strict=True)
            if one.value is not None and on is not None and block is not None
        )

    @property
    def design(self) -> str:
        """The blocks in their order: "A", "AB", "ABAB"; A is without massage."""
        return "".join("B" if next(rows)[2] else "A" for _, rows in groupby(self.phased, key=lambda one: one[3]))

    @property
    def unusable(self) -> str:
        """One sentence, with the first reason, where a trial can use none of the scores that were given; else empty."""
        given = len(self.used) + len(self.set_aside)
        if self.phased or not given:
            return ""
        unknown = [fault.says for fault in self.faults if fault.kind == "phase"]
        reasons = unknown if self.used else [one.why for one in self.set_aside]
        return none_of(given, "score", next(iter(reasons), f"no phase is given; {MEND}"))

    @property
    def days(self) -> int:
        """Days from the first score to the last, both counted; `len(used)` of them are scored."""
        return self.number(self.used[-1].day) - self.number(self.used[0].day) + 1 if self.used else 0


def none_of(given: int, what: str, why: str) -> str:
    """ "None of 24 scores could be used: …"."""
    if given == 1:
        return f"The one {what} could not be used: {why}"
    return f"None of {given:,} {what}s could be used: {why}"


def series(
    measure: Measure, readings: Iterable[Reading], *, today: dt.date | None = None, name: str = "",
    unread: Sequence[SetAside] = (), cells: Sequence[str] = (),
) -> Series:  # fmt: skip
    """The readings of one person and one measure, in any order. Never raises for what somebody wrote.

    today: dates after it cannot be. name: of the file they stand in, for the sentences. unread: rows set aside
    before they were readings, handed on; cells: a sentence for each cell that was, with the rest of its row used.
    """
    sorted_out = Sorting(measure, readings, today, name, unread, cells)
    days = sorted_out.days
    used = tuple(one for one in days if one.value is not None)
    told, unknown = sides(one.phase for one in used)
    on = tuple(told.get(one.phase) for one in used)
    block = blocks(on, [one.block for one in used])
    return Series(
        measure=measure.id,
        scale=measure.scale,
        used=used,
        on=on,
        block=block,
        unanswered=tuple(one for one in days if one.value is None),
        set_aside=tuple(sorted_out.aside),
        faults=(
            *sorted_out.faults,
            *order(sorted_out.written, name),
            *gaps(used),
            *phase_faults(used, unknown, name),
            *backwards(used, on),
            *visit_faults(days, told, name),
            *block_faults(used, on, block),
            *flare_faults(days, name),
        ),
    )
