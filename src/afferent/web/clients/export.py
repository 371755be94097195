"""One client's own data as machine-readable JSON: what they have a right to take with them (GDPR, article 20).

Ask here: `export(client, now)`. It only reads. Everything about the client is in it: who they are, each entry with its
statements as they were written, screenings whole, consents, visits, each event of a visit, notes, the days after. Of a
document stand title, kind and digest; its picture is downloaded from its own page. Links are left out: they are keys,
not data.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, Final

import msgspec
from django.db import models

from afferent import __version__
from afferent.web.accounts.models import User
from afferent.web.book.models import Series, Visit
from afferent.web.clients.current import whole
from afferent.web.clients.models import Client, NameWord, Record, Screened, SetAside, Statement
from afferent.web.clinics.models import Clinic
from afferent.web.consents.models import Consent
from afferent.web.documents.models import Document
from afferent.web.intake.models import Draft, Link
from afferent.web.letters.models import Answer, AnswerLink, Call, Letter, Sending
from afferent.web.live.models import Happening, Pairing, Session
from afferent.web.notes.models import Amendment, Incident, NextDay, NextDayLink, Note, NoteDraft
from afferent.web.outcomes.models import Ending, Score, ScoreLink, Trial
from afferent.web.outlines.models import Chosen
from afferent.web.post.models import Door, Message, Preference
from afferent.web.programme.models import Judged, Offer, Participant, Reckoned

FORMAT: Final = 1
# An index over the name; keys; what is worked out from the rest.
LEFT_OUT: Final = (NameWord, Link, Pairing, NextDayLink, ScoreLink, AnswerLink, Door, Participant, Reckoned, Judged)
_COLUMNS_LEFT_OUT: Final = frozenset({"clinic_id", "client_id", "sort_key", "stale", "screened_id", "screened_on"})

Row = dict[str, Any]


def export(client: Client, now: dt.datetime) -> bytes:
    """A JSON document in UTF-8."""
    names = dict(User.objects.values_list("pk", "name"))
    statements: dict[Any, list[Row]] = {}
    for one in Statement.objects.filter(client=client).order_by("pk"):
        statements.setdefault(one.record_id, []).append(_row(one, names))
    records = [
        _row(one, names) | {"statements": statements.get(one.pk, [])}
        for one in Record.objects.filter(client=client).order_by("at", "pk")
    ]
    made = {
        "format": FORMAT,
        "program": f"Afferent {__version__}",
        "made_at": now,
        "clinic": Clinic.objects.get(pk=client.clinic_id).name,
        "client": _row(client, names),
        "records": records,
        "screenings": _rows(Screened, client, names, lambda one: {"screening": whole(one)}),
        "set_aside": _rows(SetAside, client, names),
        "consents": _rows(Consent, client, names),
        "series": _rows(Series, client, names),
        "visits": _rows(Visit, client, names),
        "documents": _rows(Document, client, names),
        "drafts": _rows(Draft, client, names),
        "outlines": _rows(Chosen, client, names),
        "sessions": _rows(Session, client, names),
        "events": _rows(Happening, client, names),
        "note_drafts": _rows(NoteDraft, client, names),
        "notes": _rows(Note, client, names),
        "amendments": _rows(Amendment, client, names),
        "next_days": _rows(NextDay, client, names),
        "incidents": _rows(Incident, client, names),
        "offers": _rows(Offer, client, names),
        "scores": _rows(Score, client, names),
        "trials": _rows(Trial, client, names),
        "trials_ended": _rows(Ending, client, names),
        "letters": _rows(Letter, client, names),
        "letters_sent": _rows(Sending, client, names),
        "answers_of_clinicians": _rows(Answer, client, names),
        "calls": _rows(Call, client, names),
        "message_preferences": _rows(Preference, client, names),
        "messages": _rows(Message, client, names),
    }
    return msgspec.json.format(msgspec.json.encode(made), indent=2)


def _rows(
    model: type[models.Model], client: Client, names: dict[int, str], more: Callable[[Any], Row] | None = None
) -> list[Row]:
    found: Iterable[models.Model] = model._default_manager.filter(client_id=client.pk).order_by("pk")
    return [_row(one, names) | (more(one) if more else {}) for one in found]


def _row(one: models.Model, names: dict[int, str]) -> Row:
    """Every column with something to say; whoever of the staff wrote it by name."""
    told: Row = {}
    for field in one._meta.concrete_fields:
        value = getattr(one, field.attname)
        if field.attname in _COLUMNS_LEFT_OUT or isinstance(field, models.BinaryField) or value in (None, ""):
            continue
        if field.is_relation and field.related_model is User:
            told[field.name] = names.get(value, "")
        else:
            told[field.name if field.is_relation else field.attname] = value
    return told
