"""Events as a device sends them: a list, read whole before any of it is kept, and what it is told in return.

Ask here: `receive(request, session, by)`. 200 with the ids that need not be sent again, for they are kept, or were, or
are nothing to keep (see `quiet`); 409 with the id of one that may not be and a sentence; 400 for what is no
event; 429 where the client's device sends more than a hand presses, with the id of a STOP that was kept all the same.
A list is one transaction, so that no device makes the others wait for one after each of its events.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Any

import msgspec
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from afferent.visit.events import (
    OF_THE_CLIENT,
    By,
    Crossed,
    Drilled,
    Ended,
    Event,
    Kept,
    Opened,
    Rescreened,
    Said,
    Scored,
    Skipped,
)
from afferent.visit.stopping import is_stop
from afferent.web.accounts.models import User
from afferent.web.accounts.tries import count
from afferent.web.audit.chain import note
from afferent.web.book.booking import NotBooked, done
from afferent.web.live.around import around, keep_score
from afferent.web.live.models import Happening, Session
from afferent.web.live.pairing import let_go_soon
from afferent.web.live.quiet import OF_THE_PROGRAM, by_itself, only_looked_at
from afferent.web.live.store import NotKept, append

_LIST: msgspec.json.Decoder[list[Event]] = msgspec.json.Decoder(list[Event])
_MOST = 40  # as many as a device sends at once (outbox.js)
_PRESSES, _WITHIN = 80, 10  # lists of one client's device, in seconds; it sends 67 at most (GAP in outbox.js), and STOP
_OURS = (Opened, Rescreened, Crossed)  # written by the server only


def receive(request: HttpRequest, session: Session, by: By, actor: str, user: User | None = None) -> HttpResponse:
    """Keep what was sent, one after the other, so that one that is refused holds nothing back that came before it.

    `user`: whoever is signed in there; None on the client's device.
    """
    if b"\\u0000" in request.body:  # in nothing that anybody writes, and PostgreSQL takes none
        return _told("A NUL is in what was sent.", 400)
    try:
        events = _LIST.decode(request.body)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        return _told(f"This is no list of events: {error}", 400)
    if len(events) > _MOST or any(one.at.tzinfo is None for one in events):
        return _told(f"At most {_MOST} events at once, each with the zone of its time.", 400)
    taken = _a_stop(events) if by == "client" and _too_many(session) else events
    told, status = _all(taken, session, by, actor, user) if taken else ({"kept": []}, 200)
    if status == 200 and len(taken) < len(events):
        told, status = told | {"says": "That is more than a hand presses. Wait a moment."}, 429
    return JsonResponse(told | {"now": timezone.now().isoformat()}, status=status)


@transaction.atomic
def _all(events: list[Event], session: Session, by: By, actor: str, user: User | None) -> tuple[dict[str, Any], int]:
    """What the device is told, and how. The visit is held from the first to the last, so that what was practice, and
    what came after the end, is judged by what stands.
    """
    held = Session.objects.select_for_update().filter(pk=session.pk).values_list("ended_at", flat=True)
    session.ended_at = held.get()
    now = timezone.now()
    kept: list[str] = []
    last = 0
    for one in events:
        try:
            whole = _of(_dated(one, session, now), by, session)
            last = max([last, *(row.seq for row in _keep(whole, session, actor, user, now))])
        except NotKept as why:
            return {"id": one.id, "says": str(why), "kept": kept}, 409
        kept.append(one.id)
    return {"kept": kept, "last": last}, 200


def _a_stop(events: list[Event]) -> list[Event]:
    """The first STOP, if there is one: that is always taken, and one of them is enough."""
    return [one for one in events if is_stop(one)][:1]


def _too_many(session: Session) -> bool:
    """One device must not keep the server from the STOP of another visit."""
    return count(f"live:{session.pk}", _WITHIN) > _PRESSES


def _dated(event: Event, session: Session, now: dt.datetime) -> Event:
    """No device says that something happened before the visit was opened, or after now."""
    at = min(max(event.at, session.opened_at), now)
    return event if at == event.at else msgspec.structs.replace(event, at=at)


@transaction.atomic
def _keep(event: Event, session: Session, actor: str, user: User | None, now: dt.datetime) -> list[Kept]:
    """The event, and what it means for the book and for the device, both or neither."""
    if by_itself(event) and only_looked_at(session, now):
        return []
    if user is not None and user.pk != session.therapist_id:
        _takes_part(session, actor, user)
    found = append(session.pk, [event], now=now, by=user)
    if isinstance(event, Scored) and all(one.received == now for one in found):  # not one that was kept before
        when = around(event, begun=_begun(session))
        if when is not None:
            keep_score(session, event, when, now=now, actor=actor, by=user)
    if isinstance(event, Ended) and session.ended_at is None:
        _took_place(session, actor, now)
        let_go_soon(session)
        session.ended_at = now
    return found


def _takes_part(session: Session, actor: str, user: User) -> None:
    """Somebody else of the staff, for the first time in this visit."""
    if not Happening.objects.filter(session=session, by=user).exists():
        note(actor, "visit.joined", f"visit:{session.visit_id}")


def _took_place(session: Session, actor: str, now: dt.datetime) -> None:
    """The book says so too, unless somebody has written otherwise meanwhile."""
    note(actor, "visit.ended", f"visit:{session.visit_id}")
    with suppress(NotBooked):
        done(session.visit, now=now)


def _of(event: Event, by: By, session: Session) -> Event:
    """The event as it is kept: who said it is for the server to say. Raises NotKept for what is not theirs to send."""
    if isinstance(event, _OURS) or (by == "client" and not _may_send(event)):
        raise NotKept("This device may not send that.")
    if by == "client" and session.ended_at and event.at > session.ended_at and not _afterwards(event):
        raise NotKept("The visit is over.")
    whose: By = "program" if isinstance(event, OF_THE_PROGRAM) else by
    changed: Event = msgspec.structs.replace(event, by=whose)
    if isinstance(changed, Drilled) and _begun(session):
        # The device had not heard yet that it began. What was meant as practice is meant.
        return Said(id=changed.id, at=changed.at, by=whose, word=changed.word)
    if isinstance(changed, Said) and by == "client":
        return msgspec.structs.replace(changed, aloud=False)
    return changed


def _afterwards(event: Event) -> bool:
    """What is asked after the last touch; and STOP, for whoever presses it may still be touched."""
    return isinstance(event, Scored | Skipped) or is_stop(event)


def _may_send(event: Event) -> bool:
    """The client's words and ratings; the pain while somebody is touched is the therapist's to ask, and to tap."""
    return isinstance(event, OF_THE_CLIENT) and not (isinstance(event, Scored) and not event.asked)


def _begun(session: Session) -> bool:
    return Happening.objects.filter(session=session, body__kind__in=("began", "moved")).exists()


def _told(says: str, status: int) -> HttpResponse:
    return JsonResponse({"says": says}, status=status)
