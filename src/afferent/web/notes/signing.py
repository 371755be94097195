"""Words added to a note, its signature, and what is added to it later.

Ask here: `keep` (words so far), `sign`, `amend`, `as_signed` (is it still what was signed?), `end` and, where nobody
ended a visit, `end_at_its_last_event`. What is signed is exactly what was read: a note that changed meanwhile is read
once more.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from django.db import transaction

from afferent.errors import InputError
from afferent.visit.events import Ended
from afferent.web.accounts.models import User
from afferent.web.audit.chain import note as audit
from afferent.web.book.booking import NotBooked, done
from afferent.web.live.models import Session
from afferent.web.live.pairing import refuse
from afferent.web.live.store import Bounds, append, stream
from afferent.web.notes.models import Amendment, Note, NoteDraft
from afferent.web.notes.writing import digest_of, written

SECTIONS: Final = ("subjective", "objective", "assessment", "plan")
MOST: Final = 4000  # letters in one box


class NotSigned(InputError):
    """Why it was not signed, in one sentence. The words are kept all the same."""


def words_of(sent: Mapping[str, str]) -> dict[str, str]:
    """What stands in the four boxes, without the empty ones."""
    found = {name: sent.get(f"words.{name}", "").replace("\r\n", "\n").strip()[:MOST] for name in SECTIONS}
    return {name: text for name, text in found.items() if text}


@transaction.atomic
def keep(session: Session, words: dict[str, str], by: User, actor: str) -> None:
    """Keep the words for later. A signed note takes none: it is amended."""
    if Note.objects.filter(session=session).exists():
        raise NotSigned("This note is signed already. Add what is missing as an amendment.")
    NoteDraft.objects.update_or_create(
        session=session, defaults={"client_id": session.client_id, "words": words, "by": by}
    )
    audit(actor, "note.kept", f"visit:{session.visit_id}", words)


@transaction.atomic
def sign(session: Session, words: dict[str, str], *, seen: str, by: User, actor: str, now: dt.datetime) -> Note:
    """Sign the note as it was `seen`. Signing twice gives the note that is there. Raises NotSigned."""
    held = Session.objects.select_for_update(of=("self",)).select_related("client__clinic", "therapist", "screened")
    session = held.get(pk=session.pk)
    found = Note.objects.filter(session=session).first()
    if found is not None:
        return found
    if session.therapist_id != by.pk:
        raise NotSigned(f"Only {session.therapist.name} can sign it, who gave the massage.")
    now_is = written(session)
    if now_is.running:
        raise NotSigned("The visit is still running. End it, then sign.")
    if now_is.seen != seen:
        raise NotSigned("Something arrived while you read. Please read it once more, then sign.")
    body = now_is.body | {"words": words}
    made = Note.objects.create(
        client_id=session.client_id, session=session, signed_by=by, signed_at=now, knowledge=now_is.knowledge,
        upto=now_is.upto, body=body, digest=digest_of(now_is.events, body),
    )  # fmt: skip
    NoteDraft.objects.filter(session=session).delete()
    audit(actor, "note.signed", f"visit:{session.visit_id}", {"digest": made.digest})
    return made


def as_signed(note: Note) -> bool:
    """Are words and events still those that were signed?"""
    events = [one for one in stream(note.session_id) if one.seq <= note.upto]
    return digest_of(events, note.body) == note.digest


@transaction.atomic
def amend(note: Note, words: str, *, by: User, actor: str, now: dt.datetime) -> Amendment:
    """Add words below a signed note. Raises InputError where there are none."""
    text = words.replace("\r\n", "\n").strip()[:MOST]
    if not text:
        raise InputError("Write what is to be added; the note itself stays as it was signed.")
    made = Amendment.objects.create(client_id=note.client_id, note=note, by=by, at=now, words=text)
    audit(actor, "note.amended", f"visit:{note.session.visit_id}", {"words": text})
    return made


def end_at_its_last_event(session: Session, by: User, actor: str, now: dt.datetime) -> None:
    """Nobody marked the last touch. It is taken for over at its last event, so that no minute is invented."""
    end(session, max(one.event.at for one in stream(session.pk)), by, actor, now)


@transaction.atomic
def end(session: Session, at: dt.datetime, by: User, actor: str, now: dt.datetime) -> None:
    """The last touch was at this time. The client's device is let go. The book says so too, unless somebody has written
    otherwise meanwhile.
    """
    held = Session.objects.select_for_update(of=("self",)).select_related("visit").get(pk=session.pk)
    if held.ended_at is not None:
        return
    closed = Bounds(stream(held.pk)).closed
    ended = Ended(id=secrets.token_hex(16), at=at, why="rescreened" if closed else "other")
    append(held.pk, [ended], now=now, by=by)
    refuse(held)
    audit(actor, "visit.ended", f"visit:{held.visit_id}")
    with suppress(NotBooked):
        done(held.visit, now=now)
