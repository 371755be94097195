"""Booking, moving and ending one visit. No HTTP here; the moment is passed in, never read.

Ask here: `book`, `move`, `cancel`, `missed`, `done`. Each gives the visit and whether anything was written: the same
thing sent twice is written once. What cannot be is a `NotBooked` with one sentence, or a `Clash` where somebody is
taken; then nothing is written. Nothing is ever removed from the book.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final, TypeAlias

from django.db import transaction

from afferent.errors import AfferentError
from afferent.web.accounts.models import User
from afferent.web.book.clashes import LONGEST, clashes, hold, short
from afferent.web.book.models import HOLDS, STATES, Visit
from afferent.web.book.times import clock, long_day, the_zone
from afferent.web.clients.models import Client
from afferent.web.post.planning import forget, remind
from afferent.web.scope import clinic_id

SHORTEST: Final = 15
USUAL: Final = 45
FIRST: Final = 30  # the first visit of a client: our default, no published source found
ADVICE: Final = "30–45 minutes, more often rather than longer."
EARLY: Final = dt.timedelta(minutes=30)

Written: TypeAlias = tuple[Visit, bool]


class NotBooked(AfferentError):
    """This cannot stand in the book. Nothing was written."""


class Clash(NotBooked):
    """Therapist or client is taken."""


def own_id(key: uuid.UUID) -> uuid.UUID:
    """The id of what a form makes, so that the form sent twice makes it once. Another clinic's form cannot meet it."""
    return uuid.uuid5(clinic_id(), key.hex)


def is_first(client: Client, starts_at: dt.datetime, *, but: uuid.UUID | None = None) -> bool:
    """Was there no visit before, and is none booked before?"""
    earlier = Visit.objects.filter(client=client, state__in=HOLDS, starts_at__lt=starts_at)
    return not earlier.exclude(pk=but).exists()


@transaction.atomic
def book(
    client: Client,
    therapist: User,
    starts_at: dt.datetime,
    minutes: int | None = None,
    *,
    now: dt.datetime,
    key: uuid.UUID | None = None,
    afterwards: bool = False,
) -> Written:
    """A new visit. `minutes`: without them what is usual, and less for a first visit. `afterwards`: it was already."""
    here = hold([therapist.pk], client.pk)
    id_ = own_id(key or uuid.uuid4())
    minutes = minutes or (FIRST if is_first(client, starts_at) else USUAL)
    visit = Visit(id=id_, client=client, therapist=therapist, **_span(starts_at, minutes))
    sent = Visit.objects.filter(pk=id_).select_related("client", "therapist").first()
    if sent is not None:
        if _same(sent, visit):
            return sent, False
        raise NotBooked(f"This form was sent before and booked {short(sent.client)}. Open a new one for another visit")
    _may_stand(visit, here, now, afterwards)
    visit.save()
    remind(visit, now=now)
    return visit, True


@transaction.atomic
def move(
    visit: Visit,
    starts_at: dt.datetime,
    minutes: int | None = None,
    therapist: User | None = None,
    *,
    now: dt.datetime,
    why: str = "",
    afterwards: bool = False,
) -> Written:
    """The visit at another time, for longer, or with somebody else. The old time stays in the book as moved."""
    whom = therapist or visit.therapist
    here = hold([visit.therapist_id, whom.pk], visit.client_id)
    old = _now(visit)
    new = Visit(
        client=old.client, therapist=whom, series=old.series, number=old.number, review=old.review,
        **_span(starts_at, minutes or old.minutes),
    )  # fmt: skip
    if old.became is not None and _same(old.became, new):
        return old.became, False
    _must_be_booked(old, "moved")
    if _same(old, new):
        return old, False
    _may_stand(new, here, now, afterwards, but=old.pk)
    new.save()
    old.state, old.why, old.became = "moved", why.strip()[:200], new
    old.save(update_fields=["state", "why", "became"])
    remind(old, new, now=now)
    return new, True


@transaction.atomic
def cancel(visit: Visit, why: str) -> Written:
    """It will not be. The first reason given stays."""
    now = _now(visit)
    if now.state == "cancelled":
        return now, False
    if not why.strip():
        raise NotBooked("Say why it is cancelled: one tap is enough")
    _must_be_booked(now, "cancelled")
    return _ended(now, "cancelled", why)


@transaction.atomic
def missed(visit: Visit, *, now: dt.datetime) -> Written:
    """The client did not come. A visit noted by mistake as having taken place can be set right."""
    found = _now(visit)
    if found.state == "missed":
        return found, False
    if found.state != "done":
        _must_be_booked(found, "missed")
    if found.starts_at > now:
        raise NotBooked("This visit has not begun yet. Move it or cancel it")
    return _ended(found, "missed")


@transaction.atomic
def done(visit: Visit, *, now: dt.datetime) -> Written:
    """It took place."""
    hold([visit.therapist_id], visit.client_id)
    found = _now(visit)
    if found.state == "done":
        return found, False
    if found.state != "missed":
        _must_be_booked(found, "noted as having taken place")
    if found.starts_at - EARLY > now:
        raise NotBooked("This visit is still to come. Move it first if it was earlier")
    if found.state == "missed":
        _must_be_free(found, but=found.pk)
    return _ended(found, "done")


def _now(visit: Visit) -> Visit:
    """The visit as it is now, held until the transaction ends."""
    Visit.objects.select_for_update(no_key=True).values_list("pk").get(pk=visit.pk)
    return Visit.objects.select_related("client", "therapist", "series", "became").get(pk=visit.pk)


def _ended(visit: Visit, state: str, why: str = "") -> Written:
    visit.state, visit.why = state, why.strip()[:200]
    visit.save(update_fields=["state", "why"])
    forget(visit)
    return visit, True


def _span(starts_at: dt.datetime, minutes: int) -> dict[str, dt.datetime]:
    if not SHORTEST <= minutes <= LONGEST:
        raise NotBooked(f"A visit is {SHORTEST} to {LONGEST} minutes long. {ADVICE[:-1]}")
    return {"starts_at": starts_at, "ends_at": starts_at + dt.timedelta(minutes=minutes)}


def _same(one: Visit, other: Visit) -> bool:
    asked = ("client_id", "therapist_id", "starts_at", "ends_at")
    return all(getattr(one, name) == getattr(other, name) for name in asked)


def _must_be_booked(visit: Visit, what: str) -> None:
    if visit.state != "booked":
        raise NotBooked(f"This visit can no longer be {what}. In the book it says: {STATES[visit.state].lower()}")


def _may_stand(visit: Visit, here: set[int], now: dt.datetime, afterwards: bool, but: uuid.UUID | None = None) -> None:
    if visit.therapist_id not in here:
        raise NotBooked(f"{visit.therapist} does not work here as a therapist. Choose somebody else")
    if visit.client.archived_at is not None:
        raise NotBooked(f"{visit.client.name} is archived. Bring them back first")
    if visit.starts_at < now and not afterwards:
        local = visit.starts_at.astimezone(the_zone())
        raise NotBooked(
            f"{long_day(local.date())}, {clock(local)} is past. Choose a later time, or enter it afterwards"
        )
    _must_be_free(visit, but)


def _must_be_free(visit: Visit, but: uuid.UUID | None) -> None:
    span = (visit.starts_at, visit.ends_at)
    if why := clashes(visit.therapist, visit.client, [span], the_zone(), but=but)[0]:
        raise Clash(why)
