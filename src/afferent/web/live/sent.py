"""Events as a device sends them: a list, read whole before any of it is kept, and what it is told in return.

Ask here: `receive(request, session, by)`. 200 with the ids that are kept, also those that were; 409 with the id of one
that may not be and a sentence; 400 for what is no event.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

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
    Linked,
    Lost,
    Opened,
    Rescreened,
    Said,
    Silent,
)
from afferent.web.accounts.tries import count
from afferent.web.audit.chain import note
from afferent.web.book.booking import NotBooked, done
from afferent.web.live.models import Happening, Session
from afferent.web.live.pairing import refuse
from afferent.web.live.store import NotKept, append

_LIST: msgspec.json.Decoder[list[Event]] = msgspec.json.Decoder(list[Event])
_MOST = 200
_PRESSES, _WITHIN = 60, 10  # lists of one client's device, in seconds
_OF_THE_PROGRAM = (Linked, Lost, Silent)  # what a face notices by itself
_OURS = (Opened, Rescreened, Crossed)  # written by the server only


def receive(request: HttpRequest, session: Session, by: By, actor: str) -> HttpResponse:
    """Keep what was sent, one after the other, so that one that is refused holds nothing back that came before it."""
    if b"\\u0000" in request.body:  # in nothing that anybody writes, and PostgreSQL takes none
        return _told("A NUL is in what was sent.", 400)
    try:
        events = _LIST.decode(request.body)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        return _told(f"This is no list of events: {error}", 400)
    if len(events) > _MOST or any(one.at.tzinfo is None for one in events):
        return _told(f"At most {_MOST} events at once, each with the zone of its time.", 400)
    if (
        by == "client"
        and _too_many(session)
        and not any(isinstance(one, Said) and one.word == "stop" for one in events)
    ):
        return _told("That is more than a hand presses. Wait a moment.", 429)
    now = timezone.now()
    kept: list[str] = []
    last = 0
    for one in events:
        try:
            last = max([last, *(row.seq for row in _keep(_dated(one, session, now), session, by, actor, now))])
        except NotKept as why:
            return JsonResponse({"id": one.id, "says": str(why), "kept": kept}, status=409)
        kept.append(one.id)
    return JsonResponse({"kept": kept, "last": last, "now": timezone.now().isoformat()})


def _too_many(session: Session) -> bool:
    """One device must not keep the server from the STOP of another visit."""
    return count(f"live:{session.pk}", _WITHIN) > _PRESSES


def _dated(event: Event, session: Session, now: dt.datetime) -> Event:
    """No device says that something happened before the visit was opened, or after now."""
    at = min(max(event.at, session.opened_at), now)
    return event if at == event.at else msgspec.structs.replace(event, at=at)


@transaction.atomic
def _keep(event: Event, session: Session, by: By, actor: str, now: dt.datetime) -> list[Kept]:
    """The event, and what it means for the book and for the device, both or neither."""
    found = append(session.pk, [_of(event, by, session)], now=now)
    if isinstance(event, Ended) and session.ended_at is None:
        _took_place(session, actor, now)
        refuse(session)
        session.ended_at = now
    return found


def _took_place(session: Session, actor: str, now: dt.datetime) -> None:
    """The book says so too, unless somebody has written otherwise meanwhile."""
    note(actor, "visit.ended", f"visit:{session.visit_id}")
    with suppress(NotBooked):
        done(session.visit, now=now)


def _of(event: Event, by: By, session: Session) -> Event:
    """The event as it is kept: who said it is for the server to say. Raises NotKept for what is not theirs to send."""
    if isinstance(event, _OURS) or (by == "client" and not isinstance(event, OF_THE_CLIENT)):
        raise NotKept("This device may not send that.")
    whose: By = "program" if isinstance(event, _OF_THE_PROGRAM) else by
    changed: Event = msgspec.structs.replace(event, by=whose)
    if isinstance(changed, Drilled) and _begun(session):
        # The device had not heard yet that it began. What was meant as practice is meant.
        return Said(id=changed.id, at=changed.at, by=whose, word=changed.word)
    if isinstance(changed, Said) and by == "client":
        return msgspec.structs.replace(changed, aloud=False)
    return changed


def _begun(session: Session) -> bool:
    return Happening.objects.filter(session=session, body__kind="began").exists()


def _told(says: str, status: int) -> HttpResponse:
    return JsonResponse({"says": says}, status=status)
