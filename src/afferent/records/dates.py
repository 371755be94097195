"""Dates as records carry them: whole, in part, with a time, or not at all.

A date known in part ("2026-11", "2026") is a span of days. Which end counts depends on what is asked: an event may have
been as late as `last`, a result may be as old as `first`. Placeholders such as 0001-01-01 are no dates.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache
from typing import Final, NamedTuple

EARLIEST: Final = 1900  # a year before this is a placeholder, not a memory
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?|(\d{4})(\d{2})(\d{2})(?:\d{4,6}.*)?")
_YEAR: Final = 365.2425
OLDEST: Final = 125


class Span(NamedTuple):
    """The first and the last day that a date may mean; the same day when it is whole."""

    first: dt.date
    last: dt.date

    def latest(self, as_of: dt.date) -> dt.date:
        """The last possible day that is not after `as_of`."""
        return min(self.last, as_of)


@lru_cache(maxsize=4096)
def span(text: str | None) -> Span | None:
    """A FHIR date, dateTime or instant, or HL7's 20261105, as a span of days; None for anything else.

    The day is taken as written: a time zone moves no date.
    """
    found = _DATE.fullmatch(text.strip()) if text else None
    if found is None:
        return None
    year, month, day = (
        int(part) if part else None for part in (found.groups()[:3] if found[1] else found.groups()[3:])
    )
    try:
        if year is None or year < EARLIEST:
            return None
        if month is None:
            return Span(dt.date(year, 1, 1), dt.date(year, 12, 31))
        if day is None:
            return Span(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))
        return Span(dt.date(year, month, day), dt.date(year, month, day))
    except ValueError:
        return None


def years_after(born: Span, years: float) -> Span | None:
    """The year of life in which somebody was `years` old: "at the age of 45"."""
    try:
        return Span(
            born.first + dt.timedelta(days=int(years * _YEAR)),
            born.last + dt.timedelta(days=int((years + 1) * _YEAR)),
        )
    except (OverflowError, ValueError):
        return None


def age(born: dt.date, as_of: dt.date) -> int:
    """Whole years lived on `as_of`; negative before birth. Born on 29 February: older on 1 March."""
    return as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))


def born(text: str, as_of: dt.date) -> Span | None:
    """A birth date, in part or whole; None where it is none, lies in the future, or makes somebody older than 125."""
    found = span(text)
    if found is None or found.first > as_of or age(found.last, as_of) > OLDEST:
        return None
    return Span(found.first, min(found.last, as_of))


def adult_age(birth: Span, as_of: dt.date) -> float | None:
    """The least age on the day; None where the person may or may not be under 18."""
    least, most = age(birth.last, as_of), age(birth.first, as_of)
    return float(least) if least >= 18 or most < 18 else None
