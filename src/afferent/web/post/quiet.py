"""When nothing is sent: quiet hours on the client's own clock. No database and no clock of its own.

Ask here: `Quiet` (from when until when, on the wall), `is_quiet`, `not_quiet_from` (the moment itself, or the first
afterwards that is not quiet) and `at_wall` (the moment at which a wall clock somewhere says so).

A wall clock may skip an hour or show it twice. A time that is skipped is taken as long after the jump as it would have
been after it began; of one that comes twice the first counts.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from msgspec import Struct


class Quiet(Struct, frozen=True):
    """`starts` and `ends` on the wall; over midnight where it ends before it starts; never where both are the same."""

    starts: dt.time
    ends: dt.time

    def covers(self, wall: dt.time) -> bool:
        """Is this time of day quiet?"""
        if self.starts <= self.ends:
            return self.starts <= wall < self.ends
        return wall >= self.starts or wall < self.ends


def is_quiet(at: dt.datetime, zone: ZoneInfo, quiet: Quiet) -> bool:
    """Does a clock there show a quiet time at this moment?"""
    return quiet.covers(at.astimezone(zone).time())


def not_quiet_from(at: dt.datetime, zone: ZoneInfo, quiet: Quiet) -> dt.datetime:
    """`at` where it is not quiet; else when the quiet hours end that it lies in. In UTC."""
    found = at.astimezone(dt.UTC)
    if not is_quiet(found, zone, quiet):
        return found
    today = found.astimezone(zone).date()
    days = [today + dt.timedelta(days=n) for n in range(3)]  # one may be missing: some places skipped a whole day
    ends = [at_wall(day, quiet.ends, zone, fold=fold) for day in days for fold in (0, 1)]
    return min(one for one in ends if one > found and not is_quiet(one, zone, quiet))


def at_wall(day: dt.date, time: dt.time, zone: ZoneInfo, *, fold: int = 0) -> dt.datetime:
    """The moment at which a clock there shows this day and time. In UTC."""
    return dt.datetime.combine(day, time.replace(fold=fold), zone).astimezone(dt.UTC)
