"""When and by whom, as it is said to a client: "you, just now", "by helper Rosa, yesterday"."""

from __future__ import annotations

import datetime as dt
from typing import Final

from afferent.web.intake.models import Link
from afferent.web.intake.so_far import Saved
from afferent.words.consents import long_day

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_JUST_NOW: Final = dt.timedelta(minutes=30)


def until(link: Link) -> str:
    """Until when a link is good, by the clinic's clock."""
    at = link.ends_at.astimezone(link.clinic.zone)
    return f"{_DAYS[at.weekday()]}, {long_day(at.date())}, {at:%H:%M}"


def by_whom(saved: Saved, helper: str, now: dt.datetime, zone: dt.tzinfo) -> str:
    """Who answered, and when."""
    who = f"by helper {helper}".strip() if saved.helper else "you"
    return f"{who}, {_when(saved.at.astimezone(zone), now.astimezone(zone))}"


def _when(at: dt.datetime, now: dt.datetime) -> str:
    if now - at < _JUST_NOW:
        return "just now"
    days = (now.date() - at.date()).days
    return ("today", "yesterday")[days] if days < 2 else f"on {long_day(at.date())}"
