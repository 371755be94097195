"""Writing the audit, and proving that nobody has changed it.

Ask here: `note` (one entry, in the transaction of what it speaks of), `noted` (how many this request wrote so far),
`digest` (of what was seen or written) and `faults` (what is wrong with a chain).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any, Final

import msgspec
from django.db import connection, transaction
from django.utils import timezone

from afferent.web.audit.actions import ACTIONS
from afferent.web.audit.models import Entry
from afferent.web.scope import clinic_id

_noted: Final[ContextVar[int]] = ContextVar("noted", default=0)


def noted() -> int:
    """How many entries were written so far; every request counts its own."""
    return _noted.get()


def digest(what: Any) -> str:
    """SHA-256 of a value, the same for equal values."""
    data = what if isinstance(what, bytes) else msgspec.json.encode(what, order="deterministic")
    return hashlib.sha256(data).hexdigest()


@transaction.atomic
def note(actor: str, action: str, subject: str = "", what: Any = None) -> Entry:
    """Append one entry to the chain of the clinic. `what` is never stored, only its digest."""
    if action not in ACTIONS:
        raise KeyError(f"{action}: not among the actions of the audit")
    _queue()
    last = Entry.objects.order_by("-seq").values_list("seq", "hash").first() or (0, "")
    entry = Entry(
        clinic_id=clinic_id(),
        seq=last[0] + 1,
        at=timezone.now(),
        actor=actor,
        action=action,
        subject=subject,
        digest="" if what is None else digest(what),
        before=last[1],
    )
    entry.hash = sealed(entry)
    entry.save()
    _noted.set(_noted.get() + 1)
    return entry


def sealed(entry: Entry) -> str:
    """The hash that belongs to an entry."""
    at = entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    parts = [str(entry.clinic_id), str(entry.seq), at, entry.actor, entry.action, entry.subject, entry.digest]
    return digest([*parts, entry.before])


def faults() -> Iterator[str]:
    """What is wrong with the clinic's chain, one sentence each; nothing where it is whole."""
    seq, before = 0, ""
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=2000):
        if entry.seq != seq + 1:
            yield f"Between entry {seq} and entry {entry.seq} something is missing."
        elif entry.before != before:
            yield f"Entry {entry.seq} does not follow entry {seq}."
        if entry.hash != sealed(entry):
            yield f"Entry {entry.seq} was changed after it was written."
        seq, before = entry.seq, entry.hash


def _queue() -> None:
    """One after the other per clinic. SQLite's own lock does it; PostgreSQL is asked for one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [clinic_id().int >> 65])
