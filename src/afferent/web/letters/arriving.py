"""A physician's answer as it arrives: kept whole, read once, and unverified whichever way it came.

Ask here: `arrive`. The client's screening is no longer current after it: what the answer holds back counts at once, in
a visit that runs as well (`told_to_visits`).
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

import msgspec
from django.db import transaction
from django.utils import timezone

from afferent.records.letters.answer import read
from afferent.records.letters.answer_form import Answer as Given
from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.clients.models import Client
from afferent.web.clinics.knowledge import in_force
from afferent.web.documents.models import Document
from afferent.web.letters.keeping import value
from afferent.web.letters.models import Answer, Letter
from afferent.web.letters.reading import kept
from afferent.web.live.models import Session
from afferent.web.notes.looking import screen_again

RUNS: Final = dt.timedelta(hours=12)  # one that nobody has ended after that is forgotten, not running


@transaction.atomic
def arrive(
    letter: Letter, given: Given, *, actor: str, by: User | None = None, scan: Document | None = None,
    key: uuid.UUID | None = None,
) -> Answer:  # fmt: skip
    """Keep it. Raises nothing for what somebody answered: what cannot stand is named in its reading. `key`: of the form
    it was typed into, so that sent twice it is kept once."""
    Client.objects.select_for_update(no_key=True).get(pk=letter.client_id)
    if key is not None and (known := Answer.objects.filter(pk=key, letter=letter).first()):
        return known
    reading = read(given, value(letter), in_force(letter.clinic))
    row = Answer.objects.create(
        pk=key or uuid.uuid4(),
        client_id=letter.client_id,
        letter=letter,
        route=given.route,
        on=given.date,
        by=by,
        scan=scan,
        until=min((one.until for one in reading.clearances if one.until), default=None),
        body=msgspec.to_builtins(given),
        reading=kept(reading),
    )
    Client.objects.filter(pk=letter.client_id).update(stale=True)
    told_to_visits(letter.client_id)
    said = [str(letter.pk), row.body]
    note(actor, "answer.typed" if by else "answer.arrived", f"answer:{row.pk}", said)
    return row


def told_to_visits(client: uuid.UUID) -> None:
    """A visit that runs is held to what is known now: its faces hear at once what has closed."""
    now = timezone.now()
    for session in Session.objects.filter(client_id=client, ended_at=None, opened_at__gt=now - RUNS):
        screen_again(session, now)


def given_of(row: Answer) -> Given:
    """The answer as it came."""
    return msgspec.convert(row.body, Given)
