"""The messages of the demo: who wants them, what waits, and one of each end a message can come to.

Ask here: `write_to_some(clinic, by, now)`, once the visits are booked. Addresses are of example.org, and numbers of
those that are kept free for stories, so that nobody could ever be reached.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from afferent.knowledge import load
from afferent.web.accounts.models import User
from afferent.web.book.models import Visit
from afferent.web.clients.models import Client
from afferent.web.clinics.models import Clinic
from afferent.web.consents.asking import give
from afferent.web.post.choosing import choose
from afferent.web.post.claims import KILLED
from afferent.web.post.models import Manner, Message
from afferent.web.post.planning import again

_WHO: Final = {
    "Samira": ("samira@example.org", "", ("email",), ("visit", "day_after")),
    "Dieter": ("", "+1 212 555 0142", ("text",), ("visit",)),
    "Tomasz": ("", "+1 212 555 0171", ("text",), ("visit",)),
    "Edda": ("edda@example.org", "+1 212 555 0183", ("email", "text"), ("visit", "day_after", "scores")),
}
_ENDS: Final = (
    ("Tomasz", "in_doubt", "text", "+12125550171", KILLED),
    ("Edda", "failed", "email", "edda@example.org", "The mail server refused it (code 550)"),
    ("Edda", "sent", "text", "+12125550183", ""),
)


def write_to_some(clinic: Clinic, by: User, now: dt.datetime) -> None:
    """Four clients want messages; each has a visit to come."""
    today = now.astimezone(clinic.zone).date()
    Manner.objects.create(signs_as="Lindenhof", phone="+1 212 555 0100", country="+1")
    people = {given: _person(given) for given in _WHO}
    for given, state, channel, address, why in _ENDS:
        _ended(people[given], state, channel, address, why, now)
    for given, (email, phone, channels, kinds) in _WHO.items():
        person = people[given]
        person.email, person.phone = email, phone
        person.save(update_fields=["email", "phone", "sort_key"])
        give(person, "reminders", load().consents["reminders"].version, on=today, actor="program", by=by)
        choose(person, channels=channels, kinds=kinds, zone="", by=by, now=now)
        again(person, now=now)


def _person(given: str) -> Client:
    return Client.objects.filter(given=given).order_by("sort_key")[0]


def _ended(person: Client, state: str, channel: str, address: str, why: str, now: dt.datetime) -> None:
    """The reminder of a visit that is still to come: it went some hours ago, or did it?"""
    visit = Visit.objects.filter(client=person, state="booked").latest("starts_at")
    at = now - dt.timedelta(hours=3)
    Message.objects.create(
        client=person, visit=visit, kind="visit", channel=channel, key=f"visit:{visit.pk.hex}:{channel}", due_at=at,
        not_after=visit.starts_at - dt.timedelta(hours=2), next_try=at, state=state, why=why, address=address,
        ended_at=at, tries=1,
    )  # fmt: skip
