"""What somebody wrote into a form of the book, as values. What cannot be read is a `NotBooked` with its mend."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any, Final

from afferent.web.accounts.models import User
from afferent.web.book.booking import NotBooked
from afferent.web.book.staff import therapists
from afferent.web.book.times import NoSuchTime, moment, the_zone

MINUTES: Final = (15, 20, 30, 40, 45, 60, 75, 90)

Sent = Mapping[str, Any]


def a_day(sent: Sent, name: str = "day") -> dt.date:
    try:
        found = dt.date.fromisoformat(sent.get(name, ""))
    except ValueError:
        raise NotBooked("Choose a day, such as 2026-11-24") from None
    if not 2000 <= found.year < 2100:
        raise NotBooked("Choose a day of this century")
    return found


def a_time(sent: Sent, name: str = "time") -> dt.time:
    try:
        found = dt.time.fromisoformat(sent.get(name, ""))
    except ValueError:
        raise NotBooked("Choose a time, such as 09:30") from None
    return found.replace(second=0, microsecond=0, tzinfo=None)


def when(sent: Sent) -> dt.datetime:
    """Day and time on the clinic's clock, as a moment."""
    day, time = a_day(sent), a_time(sent)
    try:
        return moment(day, time, the_zone())
    except NoSuchTime as missing:
        raise NotBooked(f"{missing}. Choose another time") from None


def some_minutes(sent: Sent) -> int:
    raw = str(sent.get("minutes", ""))
    if not (raw.isascii() and raw.isdigit() and len(raw) < 4):
        raise NotBooked("Choose how long the visit is")
    return int(raw)


def a_therapist(sent: Sent) -> User:
    chosen = next((one for one in therapists() if str(one.pk) == sent.get("therapist")), None)
    if chosen is None:
        raise NotBooked("Choose a therapist who works here")
    return chosen


def a_key(sent: Sent) -> uuid.UUID:
    """The form's own name: sent twice, it counts once."""
    try:
        return uuid.UUID(sent.get("key", ""))
    except ValueError:
        raise NotBooked("This form is not whole. Open the page again and send it once more") from None
