"""One score on one day, and what about it cannot be.

Ask here: `Reading`, `SetAside`, `Fault`, `impossible` (of one reading), `beside` (of what stands beside its score),
`shown` and `at` (a day and a place as people read them). Nothing is corrected: what cannot be is set aside with a
sentence that names it, and a score is never set aside for what stands beside it.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import Final, Literal

from msgspec import Struct

from afferent.knowledge.measures import Measure

Day = dt.date | int
"""A date, or a day number of the person's own count (which may begin below 0)."""

EARLIEST: Final = 1900
FARTHEST: Final = 9_999  # day numbers either side of 0; a larger one is a spreadsheet's date that lost its form
LONGEST_VISIT: Final = 600  # minutes
LEVELS: Final = 5  # the Walton scale
MEND: Final = "correct it, or leave it out"
KEPT: Final = "the rest of the row is used"


class Reading(Struct, frozen=True):
    """What somebody said on one day of one measure.

    value: on the scale of the measure; None where the day was not answered. phase: as it was called ("A", "massage").
    block: its number, where somebody numbered them. visit: was there one that day; minutes: hands on; pressure: the
    firmest Walton level, 0 to 5. flare: worse for more than a day after *this* visit. None or empty: nobody said.
    line: where it stands in a file.
    """

    day: Day
    value: float | None = None
    phase: str = ""
    block: int | None = None
    visit: bool | None = None
    minutes: float | None = None
    pressure: float | None = None
    flare: bool | None = None
    note: str = ""
    line: int = 0


class SetAside(Struct, frozen=True):
    """What is not used, and the sentence why. `reading`: None where it was not even one."""

    why: str
    reading: Reading | None = None


class Fault(Struct, frozen=True):
    """One thing that a person should know. Those of kind "impossible" and "repeated" also stand in `set_aside`; of
    those of kind "cell" one cell is not used and the score beside it is."""

    kind: Literal["impossible", "repeated", "cell", "order", "gap", "phase", "block", "flare"]
    says: str


def shown(day: Day) -> str:
    """ "2026-10-14", "day 9"."""
    return day.isoformat() if isinstance(day, dt.date) else f"day {day}"


def at(reading: Reading, name: str) -> str:
    """Where it stands: "scores.csv, line 9: 2026-10-14"."""
    line = f"line {reading.line}" if reading.line else ""
    place = ", ".join(part for part in (name, line) if part)
    return f"{place}: {shown(reading.day)}" if place else shown(reading.day)


def impossible(reading: Reading, measure: Measure, today: dt.date | None) -> str:
    """Why this day or score cannot be, or an empty word. today: dates after it are still to come."""
    return _day(reading.day, today) or _value(reading.value, measure)


def beside(reading: Reading) -> dict[str, str]:
    """What stands beside the score and cannot be: field -> why."""
    found = {"minutes": _minutes(reading.minutes), "pressure": _pressure(reading.pressure)}
    return {field: why for field, why in found.items() if why}


def _day(day: object, today: dt.date | None) -> str:
    if isinstance(day, dt.date) and not isinstance(day, dt.datetime):
        if today is not None and day > today:
            return f"the day is still to come (today is {today}); {MEND}"
        return "" if day.year >= EARLIEST else f"the year {day.year} cannot be right; {MEND}"
    if isinstance(day, bool) or not isinstance(day, int) or not -FARTHEST <= day <= FARTHEST:
        return f"this is no day; write dates like 2026-10-14, or numbers of days up to {FARTHEST}"
    return ""


def _value(value: object, measure: Measure) -> str:
    if value is None:
        return ""
    if not _is_number(value):
        return f"{str(value)[:40]!r} is not a number; {MEND}"
    assert isinstance(value, int | float)
    least, most = measure.range
    if not least <= value <= most:
        return f"{number(value)} is not on the scale of {least:g} to {most:g}; {MEND}"
    if measure.whole and value % 1:
        return f"{number(value)} is a fraction, and this scale has whole numbers only; {MEND}"
    return ""


def _minutes(value: object) -> str:
    if value is None or (_is_number(value) and 0 <= value <= LONGEST_VISIT):  # type: ignore[operator]
        return ""
    return f"a visit of {number(value)} minutes is not believable (0 to {LONGEST_VISIT}); {MEND}"


def _pressure(value: object) -> str:
    if value is None or (_is_number(value) and value in range(LEVELS + 1)):
        return ""
    return f"{number(value)} is no pressure level; they are 0 to {LEVELS}; {MEND}"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def number(value: object) -> str:
    """A number as people write it, and never endless."""
    return f"{value:.10g}" if isinstance(value, float) else str(value)[:40]
