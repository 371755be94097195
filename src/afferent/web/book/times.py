"""The clinic's clock: days and times as they hang on its wall, and the moments they are.

A time that the wall clock skips (the clocks go forward) does not exist and is refused. One that comes twice is the
first of the two.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from afferent.web.clinics.models import Clinic
from afferent.web.scope import clinic_id


class NoSuchTime(ValueError):
    """The clocks go forward over this time. `str()` is one sentence."""


def the_zone() -> ZoneInfo:
    """The time zone of the clinic that queries are inside of."""
    return ZoneInfo(Clinic.objects.values_list("time_zone", flat=True).get(pk=clinic_id()))


def moment(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    """The moment at which the wall clock says so. Raises NoSuchTime."""
    wall = dt.datetime.combine(day, time, zone)
    if wall.astimezone(dt.UTC).astimezone(zone).time() != time:
        raise NoSuchTime(f"On {long_day(day)} there is no {clock(time)}: the clocks go forward then")
    return wall.astimezone(dt.UTC)


def bounds(first: dt.date, zone: ZoneInfo, days: int = 1) -> tuple[dt.datetime, dt.datetime]:
    """The first moment of a day, and the first after so many days."""
    ends = dt.datetime.combine(first + dt.timedelta(days=days), dt.time(), zone)
    return dt.datetime.combine(first, dt.time(), zone).astimezone(dt.UTC), ends.astimezone(dt.UTC)


def clock(at: dt.time | dt.datetime) -> str:
    """ "09:30"."""
    return f"{at:%H:%M}"


def long_day(day: dt.date, today: dt.date | None = None) -> str:
    """ "Tuesday 24 November"; with the year where it is not today's."""
    said = f"{day:%A} {day.day} {day:%B}"
    return said if today and day.year == today.year else f"{said} {day.year}"


def short_day(day: dt.date) -> str:
    """ "Tue 24 Nov"."""
    return f"{day:%a} {day.day} {day:%b}"
