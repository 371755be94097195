"""A sheet of appointments as iCalendar (RFC 5545). Ask here: `written(sheet)`, bytes.

All times are in UTC, which every calendar shows on its own clock: no time zone has to be described, and none can be
described wrongly. Lines end in CRLF and are folded at 75 octets.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from icalendar import Calendar, Event, vText

from afferent.web.post.feeds import Appointment, Sheet

PRODUCT: Final = "-//Afferent//Appointments//EN"
OFTEN: Final = dt.timedelta(hours=1)  # how soon a calendar is asked to look again; many look less often


def written(sheet: Sheet) -> bytes:
    """The whole file."""
    calendar = Calendar()
    for name, value in (
        ("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH"),
        ("name", vText(sheet.title)), ("x-wr-calname", vText(sheet.title)), ("x-published-ttl", "PT1H"),
    ):  # fmt: skip
        calendar.add(name, value)
    calendar.add("refresh-interval", OFTEN, parameters={"value": "DURATION"})
    for one in sheet.appointments:
        calendar.add_component(_event(one, sheet.says))
    return calendar.to_ical()


def _event(one: Appointment, says: str) -> Event:
    event = Event()
    for name, value in (
        ("uid", one.uid), ("dtstamp", one.made_at), ("dtstart", one.starts_at), ("dtend", one.ends_at),
        ("sequence", one.sequence), ("status", "CANCELLED" if one.off else "CONFIRMED"),
        ("transp", "TRANSPARENT" if one.off else "OPAQUE"), ("class", "PRIVATE"), ("summary", one.summary),
    ):  # fmt: skip
        event.add(name, value)
    if says:
        event.add("description", says)
    return event
