"""Addresses that open without an account: a calendar, or where texts that come back are told. Made by the staff, shown
once, good until they are taken back.

Ask here: `make` (the door and its secret; the earlier one for the same is taken back), `find` (by its secret: only one
that is open), `open_one`, `withdraw` and `has_texts_in`.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.intake.links import digest, new_secret, typed
from afferent.web.post.models import Door
from afferent.web.scope import clinic_id


@transaction.atomic
def make(
    what: str, *, by: User, now: dt.datetime, user: User | None = None, client: UUID | None = None
) -> tuple[Door, str]:
    """A new door, and its secret as it stands in the address. `user`, `client`: whose calendar."""
    _of(what, user, client).update(withdrawn_at=now)
    secret = new_secret()
    made = Door.objects.create(
        digest=digest(secret), clinic_id=clinic_id(), what=what, user=user, client_id=client, made_by=by, made_at=now
    )
    note(f"user:{by.pk}", f"door.{what}", name(made))
    return made, secret


def name(door: Door) -> str:
    """As the audit writes it."""
    return f"client:{door.client_id}" if door.client_id else f"door:{door.id.hex[:12]}"


def find(secret: str, *what: str) -> Door | None:
    """The open door of a secret, if it is one of these."""
    found = Door.objects.select_related("clinic", "user").filter(digest=digest(typed(secret)), withdrawn_at=None)
    return found.filter(what__in=what).first()


def open_one(what: str, *, user: User | None = None, client: UUID | None = None) -> Door | None:
    """The one that is open, of this clinic."""
    return _of(what, user, client).first()


@transaction.atomic
def withdraw(what: str, *, by: User, now: dt.datetime, user: User | None = None, client: UUID | None = None) -> None:
    """From now on its address opens nothing."""
    for door in _of(what, user, client):
        note(f"user:{by.pk}", "door.withdrawn", name(door))
    _of(what, user, client).update(withdrawn_at=now)


def has_texts_in() -> bool:
    """Do answers to texts reach this clinic? Then a text says how to stop them."""
    return _of("texts", None, None).exists()


def _of(what: str, user: User | None, client: UUID | None) -> QuerySet[Door]:
    mine = Door.objects.filter(clinic_id=clinic_id(), what=what, withdrawn_at=None)
    return mine.filter(user=user, client_id=client)
