"""Whose sign of life counts, of all the windows that are open on a visit.

Of the therapist's it is the face that leads: the one that was opened last, or touched since. A window that was
forgotten stays open and shows all, but says nothing towards the client: neither that somebody sees it, nor that a press
was seen. It is told that it only watches, and one touch on it leads again. A colleague's window watches until it is
touched. Of the client's side it is the device that was let in, whichever of its windows.

Which one leads stands in the database, so that every process knows it, also after a restart; a stream reads it whenever
it looks, and no sign of life asks for it. Ask here: `fresh`, `is_of`, `lead`, `for_therapist`, `for_client`.
"""

from __future__ import annotations

import re
import secrets
import uuid
from collections.abc import Callable
from typing import Final, NamedTuple

from django.db import transaction
from django.utils import timezone

from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.live.bus import tell
from afferent.web.live.compiled import Ask, compiled, hexed
from afferent.web.live.models import Pairing, Session
from afferent.web.live.quiet import only_looked_at
from afferent.web.scope import clinic_id

_FACE: Final = re.compile(r"([1-9]\d{0,18})-[0-9a-f]{12}")


class Standing(NamedTuple):
    """What a stream goes by until it looks again. `counts`: the face of the other side whose signs of life count, None
    for nobody's; `leads`: do this one's own? `name`: of who leads.
    """

    counts: str | None
    leads: bool
    over: bool
    name: str = ""


def fresh(user: User) -> str:
    """The id of a window that is being opened: whose it is, and a random part."""
    return f"{user.pk}-{secrets.token_hex(6)}"


def is_of(face: str, user: User) -> bool:
    """Was this id given to a window of theirs, as far as one can see?"""
    found = _FACE.fullmatch(face)
    return found is not None and int(found[1]) == user.pk


@transaction.atomic
def lead(session: Session, face: str, actor: str) -> None:
    """This window leads from now on. After the end none does."""
    rows = Session.objects.filter(pk=session.pk, ended_at=None).exclude(face=face)
    if rows.update(face=face):
        note(actor, "visit.led", f"visit:{session.visit_id}")
        tell(session.pk)


def leads_when_opened(session: Session, user: User) -> bool:
    """Only the therapist's own, and not where an old visit is only looked at: a touch is then what makes it lead."""
    running = session.ended_at is None and not only_looked_at(session, timezone.now())
    return running and session.therapist_id == user.pk


def for_therapist(session: uuid.UUID, face: str) -> Callable[[], Standing | None]:
    """How it stands for a window of the therapist's, to be asked at each look. None: the visit is gone."""
    now = _now(session)
    mine = Pairing.objects.filter(clinic_id=clinic_id(), session_id=session, withdrawn_at=None)
    let_in = compiled(mine.exclude(confirmed_at=None).values_list("pk")[:1])

    def stands() -> Standing | None:
        for leading, ended in now():
            devices = let_in()
            return Standing(hexed(devices[0][0]) if devices else None, face == leading, ended is not None)
        return None

    return stands


def for_client(session: uuid.UUID, therapist: User) -> Callable[[], Standing | None]:
    """How it stands for the client's device, to be asked at each look. None: the visit is gone."""
    now = _now(session)

    def stands() -> Standing | None:
        for leading, ended in now():
            return Standing(leading, True, ended is not None, _name(leading, therapist))
        return None

    return stands


def _now(session: uuid.UUID) -> Ask:
    """The face that leads, and when the visit ended."""
    return compiled(Session.objects.filter(pk=session).values_list("face", "ended_at")[:1])


def _name(face: str, therapist: User) -> str:
    """Of who leads, as the client knows them."""
    found = _FACE.fullmatch(face)
    if found is None or int(found[1]) == therapist.pk:
        return called(therapist)
    return called(User.objects.filter(pk=int(found[1])).first() or therapist)


def called(user: User) -> str:
    return user.get_short_name() or "Your therapist"
