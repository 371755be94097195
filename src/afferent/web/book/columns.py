"""The book as columns: one for each day or each therapist, of visits and of the free time between them.

Free time is shown from eight to six (our default) on days to come, where it is long enough for a visit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from afferent.web.accounts.models import User
from afferent.web.book.booking import FIRST
from afferent.web.book.models import HOLDS, Visit
from afferent.web.book.rows import Row, row
from afferent.web.book.times import clock

OPENS, CLOSES = dt.time(8), dt.time(18)
_STEP: Final = dt.timedelta(minutes=15)
_ENOUGH: Final = dt.timedelta(minutes=FIRST)


@dataclass(frozen=True)
class Gap:
    """Free time of one therapist."""

    day: dt.date
    at: str
    until: str
    therapist: int


@dataclass(frozen=True)
class Column:
    """`entries` are rows and gaps in the order of the day; `off` what was cancelled or moved."""

    title: str
    day: dt.date
    today: bool = False
    entries: list[Row | Gap] = field(default_factory=list)
    off: list[Row] = field(default_factory=list)

    @property
    def booked(self) -> int:
        return sum(isinstance(one, Row) for one in self.entries)


def column(
    title: str, day: dt.date, found: list[Visit], zone: ZoneInfo, now: dt.datetime, *, of: User | None, named: bool
) -> Column:
    """The visits given, and the gaps of one therapist. `named`: each row says whose it is."""
    rows = [row(v, zone, line=str(v.therapist) if named else "", today=now.astimezone(zone).date()) for v in found]
    free = list(_gaps(day, [v for v in found if v.state in HOLDS], zone, now, of)) if of else []
    entries: list[Row | Gap] = [*(one for one in rows if not one.off), *free]
    entries.sort(key=lambda one: one.at)
    return Column(title, day, day == now.astimezone(zone).date(), entries, [one for one in rows if one.off])


def _gaps(day: dt.date, taken: list[Visit], zone: ZoneInfo, now: dt.datetime, of: User) -> Iterator[Gap]:
    free, closes = dt.datetime.combine(day, OPENS, zone), dt.datetime.combine(day, CLOSES, zone)
    local = now.astimezone(zone)
    if local > free:
        free = local.replace(minute=0, second=0, microsecond=0) + _STEP * (local.minute // 15 + 1)
    for visit in taken:
        yield from _gap(day, free, min(visit.starts_at.astimezone(zone), closes), of)
        free = max(free, visit.ends_at.astimezone(zone))
    yield from _gap(day, free, closes, of)


def _gap(day: dt.date, start: dt.datetime, end: dt.datetime, of: User) -> Iterator[Gap]:
    if end - start >= _ENOUGH and start.date() == day:
        yield Gap(day, clock(start), clock(end), of.pk)
