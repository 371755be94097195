"""Days and how long ago they were, in words. Today is passed in, never read."""

from __future__ import annotations

import datetime as dt
from typing import Final

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_OLD: Final = 45  # days after which the age is said beside the date


def day(date: dt.date) -> str:
    """ "20 Nov 2026"."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def age(date: dt.date, as_of: dt.date) -> str:
    """ "7 months old", "12 years old"; empty for what is recent."""
    days = (as_of - date).days
    if days < _OLD:
        return ""
    months = round(days / 30.44)
    return f"{months} months old" if months < 24 else f"{days // 365} years old"


def ago(days: int) -> str:
    """ "today", "yesterday", "3 weeks ago"."""
    if days < 2:
        return "yesterday" if days == 1 else "today"
    for length, word in ((365.25, "year"), (30.44, "month"), (7, "week")):
        if days >= 2 * length:
            return f"{round(days / length)} {word}s ago"
    return f"{days} days ago"
