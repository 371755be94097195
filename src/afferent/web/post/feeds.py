"""What the calendar behind a door shows: nothing clinical, and as few names as the clinic has set.

Ask here: `shown(door, now)`, inside the clinic: the appointments as a `Sheet`, which `icalendar` writes out, and its
`tag`, the same as long as nothing changes. A visit keeps its UID when it is moved, and its SEQUENCE grows; one that is
cancelled stays as cancelled for a while, so that every calendar hears of it. Bounded in days and in number.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Final

import msgspec
from django.db.models import QuerySet
from msgspec import Struct

from afferent.web.book.models import Visit
from afferent.web.clients.models import Client
from afferent.web.post.manners import manner
from afferent.web.post.models import Door, Manner
from afferent.web.post.moves import Moves, moves

BACK: Final = dt.timedelta(days=30)
AHEAD: Final = dt.timedelta(days=366)
MOST: Final = 1000
BOOKED: Final = "Appointment"
_FORMAT: Final = 1  # part of the tag: raised when the same appointments are written otherwise


class Appointment(Struct, frozen=True):
    """One of them. `made_at`: when this time was written down; `off`: it does not take place."""

    uid: str
    sequence: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    made_at: dt.datetime
    off: bool
    summary: str


class Sheet(Struct, frozen=True):
    """A whole calendar. `says`: a line below each appointment, or ""."""

    title: str
    says: str
    appointments: tuple[Appointment, ...]

    @property
    def tag(self) -> str:
        return hashlib.sha256(msgspec.json.encode((_FORMAT, self))).hexdigest()


def shown(door: Door, now: dt.datetime) -> Sheet:
    """Four queries at most."""
    how = manner()
    found = list(_visits(door, now))
    moved = moves({one.client_id for one in found})
    there = [_appointment(one, door, how, moved) for one in found if not _goes_on(one, moved, door)]
    says = f"To change it, call {how.phone}." if door.client_id and how.phone else ""
    return Sheet(f"Appointments, {how.signs_as}" if how.signs_as else "Appointments", says, tuple(there))


def _visits(door: Door, now: dt.datetime) -> Iterable[Visit]:
    mine: QuerySet[Visit] = Visit.objects.filter(starts_at__gte=now - BACK, starts_at__lt=now + AHEAD)
    mine = mine.filter(client_id=door.client_id) if door.client_id else mine.filter(therapist=door.user)
    light = mine.select_related("client").only(
        "starts_at", "ends_at", "state", "made_at", "client__given", "client__family"
    )
    return light.order_by("starts_at", "pk")[:MOST]


def _goes_on(visit: Visit, moved: Moves, door: Door) -> bool:
    """Does it stand elsewhere in this calendar, under the same UID?"""
    whose = moved.ends_with(visit.pk)
    return whose is not None and (door.client_id is not None or whose == door.user_id)


def _appointment(visit: Visit, door: Door, how: Manner, moved: Moves) -> Appointment:
    first, number = moved.first(visit.pk)
    off = visit.state in ("cancelled", "moved")
    starts, ends, made = (at.astimezone(dt.UTC) for at in (visit.starts_at, visit.ends_at, visit.made_at))
    return Appointment(
        f"{first}@afferent", number + off, starts, ends, made.replace(microsecond=0), off,
        _summary(visit.client, door, how),
    )  # fmt: skip


def _summary(client: Client, door: Door, how: Manner) -> str:
    if door.client_id or how.names == "none":
        return f"{BOOKED}, {how.signs_as}" if door.client_id and how.signs_as else BOOKED
    return client.name if how.names == "names" else initials(client)


def initials(client: Client) -> str:
    """ "R. A."."""
    return " ".join(f"{name[0]}." for name in (client.given, client.family) if name)
