"""What is to be sent because of a visit: written into the outbox in the same transaction as the visit itself.

Ask here: `remind(*visits)` when visits were booked or moved, `forget(visit)` when one ended in the book,
`after_visit(visit)` when the last touch is over, `again(client)` when a client wants messages otherwise, and
`all_again` when the clinic does. Each brings the outbox into line with how things stand, as often as one likes: what is
wanted waits there once, what is not any more is withdrawn. No channel, no consent and no quiet hours are decided here
beyond what the client chose: that is asked when it is sent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from django.db import transaction
from django.utils import timezone

from afferent.web.book.models import Visit
from afferent.web.clients.models import Client
from afferent.web.clinics.models import Clinic
from afferent.web.post.choosing import preferences
from afferent.web.post.manners import manner, zone_of
from afferent.web.post.models import Manner, Message, Preference
from afferent.web.post.outbox import Wanted, put, withdraw
from afferent.web.post.quiet import at_wall
from afferent.web.scope import clinic_id

BEFORE: Final = dt.timedelta(hours=2)  # a reminder later than this helps nobody. Ours (N)
AFTER: Final = {"day_after": 1, "scores": 3}  # days after the visit. Ours (N)
NOT_BOOKED: Final = "The visit was moved, was cancelled or is over"
LATE: Final = dt.timedelta(days=2)  # then it is not asked any more. Ours (N)


@transaction.atomic
def remind(*visits: Visit, now: dt.datetime) -> None:
    """Reminders of these visits as they stand now. A fixed number of queries."""
    gone = [one.pk for one in visits if one.state != "booked"]
    if gone:
        withdraw(Message.objects.filter(visit__in=gone, kind="visit"), NOT_BOOKED, now)
    coming = [one for one in visits if one.state == "booked" and one.starts_at > now]
    if coming:
        put(_reminders(coming, now), now=now)


def forget(visit: Visit) -> None:
    """It is not booked any more. One query."""
    withdraw(Message.objects.filter(visit=visit, kind="visit"), NOT_BOOKED, timezone.now())


@transaction.atomic
def after_visit(visit: Visit, *, now: dt.datetime) -> None:
    """Questions for the days after a visit that took place."""
    holds = preferences([visit.client_id]).get(visit.client_id)
    if holds is None:
        return
    how = manner()
    zone = zone_of(holds, Clinic.objects.get(pk=clinic_id()))
    over = visit.starts_at.astimezone(zone).date()
    wanted = []
    for kind, days in AFTER.items():
        due = at_wall(over + dt.timedelta(days=days), how.at, zone)
        if kind in holds.kinds and due > now:
            wanted += [_wanted(visit, kind, channel, due, due + LATE) for channel in holds.channels]
    put(wanted, now=now)


@transaction.atomic
def again(client: Client, *, now: dt.datetime) -> None:
    """The client has chosen otherwise: reminders of the visits that are booked."""
    remind(*Visit.objects.filter(client=client, state="booked", starts_at__gt=now), now=now)


@transaction.atomic
def all_again(*, now: dt.datetime) -> None:
    """The clinic sends otherwise from now on: reminders of all visits that are booked."""
    if not manner().remind:
        withdraw(Message.objects.filter(kind="visit"), "Reminders are switched off", now)
        return
    remind(*Visit.objects.filter(state="booked", starts_at__gt=now), now=now)


def _reminders(visits: list[Visit], now: dt.datetime) -> Iterator[Wanted]:
    how = manner()
    if not how.remind:
        return
    holds = preferences(one.client_id for one in visits)
    clinic = Clinic.objects.get(pk=clinic_id())
    for visit in visits:
        yield from _reminder(visit, holds.get(visit.client_id), how, clinic, now)


def _reminder(
    visit: Visit, holds: Preference | None, how: Manner, clinic: Clinic, now: dt.datetime
) -> Iterable[Wanted]:
    """None where the time for it is past already: whoever books so late has the day in mind."""
    if holds is None or "visit" not in holds.kinds:
        return []
    zone = zone_of(holds, clinic)
    day = visit.starts_at.astimezone(zone).date() - dt.timedelta(days=how.days_before)
    due, last = at_wall(day, how.at, zone), visit.starts_at - BEFORE
    if not now < due <= last:
        return []
    return [_wanted(visit, "visit", channel, due, last) for channel in holds.channels]


def _wanted(visit: Visit, kind: str, channel: str, due: dt.datetime, last: dt.datetime) -> Wanted:
    key = f"{kind}:{visit.pk.hex}:{channel}"
    return Wanted(key, kind, channel, visit.client_id, visit.pk, due, last)
