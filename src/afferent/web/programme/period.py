"""From when until when, and whose: what a page of figures is asked for.

Ask here: `read` (the query of an address, or a sentence why it cannot be) and `offered` (the periods one tap away).
Days are those of the clinic's clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from msgspec import Struct

from afferent.errors import InputError
from afferent.words.dates import day

_LONGEST = 366 * 20


class Period(Struct, frozen=True):
    """`last` is within. `title`: "November 2026", "1 Oct 2026 – 31 Dec 2026"."""

    first: dt.date
    last: dt.date

    @property
    def title(self) -> str:
        if self.first.day == 1 and self.last == _end_of_month(self.first):
            return f"{self.first:%B} {self.first.year}"
        return f"{day(self.first)} – {day(self.last)}"

    def moments(self, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
        """The first moment of it, and the first after it."""
        after = self.last + dt.timedelta(1)
        return dt.datetime.combine(self.first, dt.time(), zone), dt.datetime.combine(after, dt.time(), zone)


def month(of: dt.date) -> Period:
    return Period(of.replace(day=1), _end_of_month(of))


def quarter(of: dt.date) -> Period:
    first = of.replace(month=3 * ((of.month - 1) // 3) + 1, day=1)
    return Period(first, _end_of_month(first + dt.timedelta(70)))


def _end_of_month(of: dt.date) -> dt.date:
    return (of.replace(day=28) + dt.timedelta(4)).replace(day=1) - dt.timedelta(1)


def read(asked: Mapping[str, str], today: dt.date) -> Period:
    """Nothing asked for: this month. Raises InputError."""
    first, last = asked.get("from", "").strip(), asked.get("to", "").strip()
    if not first and not last:
        return month(today)
    period = Period(_day(first, "first"), _day(last, "last"))
    if period.last < period.first:
        raise InputError("The last day is before the first. Change one of them")
    if (period.last - period.first).days > _LONGEST:
        raise InputError("That is more than twenty years. Choose a shorter time")
    return period


def _day(text: str, which: str) -> dt.date:
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"The {which} day is missing or no date. Write it as 2026-11-24") from None
    if not 1990 <= found.year <= 2200:
        raise InputError(f"The {which} day is too far away. Choose one between 1990 and 2200")
    return found


def offered(today: dt.date) -> tuple[tuple[str, Period], ...]:
    """This month and quarter, and the ones before."""
    this, before = month(today), month(today.replace(day=1) - dt.timedelta(1))
    now = quarter(today)
    return (
        ("This month", this),
        ("Last month", before),
        ("This quarter", now),
        ("Last quarter", quarter(now.first - dt.timedelta(1))),
    )
