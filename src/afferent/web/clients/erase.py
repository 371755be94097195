"""Erasing everything about one client. The only place in the program that removes what was written once.

Ask here: `erase(client, actor, reason, now=...)` and `kept_until(client)`. All of it goes in one transaction: who they
are, what was said, screenings, consents, documents, links, drafts, and the visits too. A visit to a massage therapist
for neuropathy is itself about health, and without its client it would be a time with nobody; what a business must keep
of it for the taxes stands in its books, not here. A visit that is still to come has to be cancelled first.

The audit stays: it holds ids and digests, no word about anybody, so its chain stays whole; and it gains one entry that
says who erased whom, when. Backups made before still hold the client until they are thrown away.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Max
from msgspec import Struct

from afferent.errors import AfferentError
from afferent.web.audit.chain import note
from afferent.web.book.models import Visit
from afferent.web.clients.models import Client, Record, SetAside
from afferent.web.clinics.models import Clinic
from afferent.web.consents.models import Consent
from afferent.web.documents.models import Document
from afferent.web.letters.models import Answer, Call, Letter, Sending
from afferent.web.notes.models import Amendment, Incident, NextDay, Note
from afferent.web.outcomes.models import Ending, Score, Trial
from afferent.web.programme.models import Offer
from afferent.words.dates import day

# A closed list: the audit keeps a digest of the reason, and whoever knows the list can tell which one it was.
REASONS: Final = {
    "asked": "The client asked for it",
    "over": "The years it has to be kept are over",
    "mistake": "It was written by mistake, or twice",
}
_DATED: Final[tuple[tuple[type[models.Model], str], ...]] = (
    (Visit, "starts_at"),
    (Record, "at"),
    (SetAside, "at"),
    (Consent, "at"),
    (Document, "at"),
    (Letter, "made_at"),
    (Sending, "at"),
    (Answer, "at"),
    (Call, "at"),
    (Note, "signed_at"),
    (Amendment, "at"),
    (NextDay, "at"),
    (Incident, "at"),
    (Score, "at"),
    (Trial, "at"),
    (Ending, "at"),
    (Offer, "at"),
)


class Kept(AfferentError):
    """This client's data may not be erased now. The sentence says why, and what would open it."""


class Erased(Struct, frozen=True):
    """What was removed, and where the audit says so."""

    client: uuid.UUID
    at: dt.datetime
    rows: dict[str, int]  # by kind
    entry: int
    hash: str


def kept_until(client: Client) -> dt.date:
    """The day on which the clinic's years since the last visit or entry are over."""
    clinic = Clinic.objects.get(pk=client.clinic_id)
    last = client.made_at
    for model, column in _DATED:
        found = model._default_manager.filter(client_id=client.pk).aggregate(last=Max(column))["last"]
        last = max(last, found) if found else last
    return _years_after(last.astimezone(clinic.zone).date(), clinic.retention_years)


@transaction.atomic
def erase(client: Client, by_actor: str, reason: str, *, now: dt.datetime, override_reason: str = "") -> Erased:
    """Remove every row about a client. Raises Kept while it has to be kept, unless a reason overrides the years."""
    if reason not in REASONS:
        raise KeyError(reason)
    client = Client.objects.select_for_update().get(pk=client.pk)  # nothing can be added to them from here on
    _refuse(client, now, override_reason.strip())
    _leave_no_trace()
    rows = {model._meta.verbose_name: _remove(model, client) for model in about_a_client()}
    rows["client"] = _raw(Client, pk=client.pk)
    what = {"reason": reason, "override": override_reason.strip(), "rows": rows}
    entry = note(by_actor, "client.erased", f"client:{client.pk}", what)
    return Erased(client.pk, entry.at, {name: count for name, count in rows.items() if count}, entry.seq, entry.hash)


def about_a_client() -> list[type[models.Model]]:
    """Every table with a client in it, found by its column: a new one is erased without a word here."""
    return [
        model
        for model in apps.get_models()
        if any(field.attname == "client_id" for field in model._meta.concrete_fields)
    ]


def _refuse(client: Client, now: dt.datetime, override_reason: str) -> None:
    coming = Visit.objects.filter(client=client, state="booked", starts_at__gt=now).order_by("starts_at").first()
    if coming is not None:
        raise Kept("There is still a visit in the book; cancel it first, then erase")
    clinic = Clinic.objects.get(pk=client.clinic_id)
    until = kept_until(client)
    if now.astimezone(clinic.zone).date() < until and not override_reason:
        raise Kept(
            f"This clinic keeps what it wrote for {clinic.retention_years} years, which end on {day(until)}; to erase "
            "it earlier, say why that is right"
        )


def _remove(model: type[models.Model], client: Client) -> int:
    return _raw(model, clinic_id=client.clinic_id, client_id=client.pk)


def _raw(model: type[models.Model], **of: object) -> int:
    """Past the managers, which refuse it."""
    return int(models.QuerySet(model).filter(**of)._raw_delete(connection.alias) or 0)


def _leave_no_trace() -> None:
    """SQLite would leave the words standing in free pages of its file, and in the log beside it."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = ON")
    transaction.on_commit(_empty_the_log, robust=True)


def _empty_the_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _years_after(date: dt.date, years: int) -> dt.date:
    try:
        return date.replace(year=date.year + years)
    except ValueError:  # 29 February
        return date.replace(year=date.year + years, month=3, day=1)
