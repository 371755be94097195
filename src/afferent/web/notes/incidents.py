"""Incidents, near misses and wounds that were found: written once, followed up by new rows, counted apart.

Ask here: `write`, `of_visit`, `of_client`, `register` (every record of the clinic with its latest state),
`counts`, `table` (for a spreadsheet, without any name). No record says who was at fault.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable
from typing import Final

import msgspec
from django.db import transaction
from django.db.models import QuerySet
from msgspec import Struct

from afferent.visit.incident import Incident
from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.book.models import Visit
from afferent.web.clients.models import Client
from afferent.web.notes.incident_form import OUTCOME, SEVERITY, WHOM
from afferent.web.notes.models import KINDS
from afferent.web.notes.models import Incident as Row
from afferent.words.visit import where
from afferent.words.vocabulary import capital, level

_MANY: Final = {"incident": "Incidents", "near_miss": "Near misses", "found_wound": "Wounds that were found"}
_HEADER: Final = (
    "record", "entries", "kind", "at", "severity", "room", "place", "technique", "level", "minutes", "warmth",
    "celsius", "felt", "could_feel", "seen", "photo", "photo_consent", "first_aid", "told", "after_24_hours",
    "after_7_days", "related", "preventable", "rule", "follow_up",
)  # fmt: skip


class Record(Struct, frozen=True):
    """One record with everything that was added to it. `first`: the row that began it; `now`: how it stands."""

    first: Row
    now: Incident
    entries: tuple[Row, ...]

    @property
    def kind(self) -> str:
        return KINDS[self.now.kind]

    @property
    def place(self) -> str:
        return capital(where(self.now.regions)) if self.now.regions else ""

    @property
    def level(self) -> str:
        return "" if self.now.level is None else level(self.now.level)

    @property
    def severity(self) -> str:
        return SEVERITY.get(self.now.severity, "")

    @property
    def outcome(self) -> str:
        """ "After a day better, after a week not asked yet"."""
        day, week = OUTCOME[self.now.after_24_hours].lower(), OUTCOME[self.now.after_7_days].lower()
        return f"After a day: {day}. After a week: {week}."


@transaction.atomic
def write(visit: Visit, one: Incident, *, by: User, actor: str, now: dt.datetime, follows: Row | None = None) -> Row:
    """Write a record down, or what is known of one since."""
    made = Row.objects.create(
        client_id=visit.client_id, visit=visit, follows=follows, kind=one.kind, severity=one.severity,
        happened_at=one.at, by=by, at=now, body=msgspec.to_builtins(one),
    )  # fmt: skip
    note(actor, "incident.written", f"visit:{visit.pk}", made.body)
    return made


def of_visit(visit: Visit) -> list[Record]:
    """The records of one visit, the latest first."""
    return _together(Row.objects.filter(visit=visit))


def of_client(client: Client) -> list[Record]:
    """The records of one client, the latest first."""
    return _together(Row.objects.filter(client=client))


def register() -> list[Record]:
    """Every record of the clinic, the latest first."""
    return _together(Row.objects.all())


def _together(rows: QuerySet[Row]) -> list[Record]:
    """Each record with what was added to it. One query."""
    found: dict[object, list[Row]] = {}
    for row in rows.select_related("by").order_by("at", "pk"):
        found.setdefault(row.follows_id or row.pk, []).append(row)
    made = [Record(one[0], msgspec.convert(one[-1].body, Incident), tuple(one)) for one in found.values()]
    return sorted(made, key=lambda one: one.now.at, reverse=True)


def counts(records: Iterable[Record]) -> list[tuple[str, int]]:
    """How many of each kind; the kinds are never added up."""
    found: Counter[str] = Counter(one.now.kind for one in records)
    return [(title, found[kind]) for kind, title in _MANY.items()]


def table(records: Iterable[Record]) -> str:
    """For a spreadsheet: facts, no name of anybody."""
    text = io.StringIO()
    made = csv.writer(text)
    made.writerow(_HEADER)
    made.writerows([_cell(value) for value in _row(one)] for one in records)
    return text.getvalue()


def _row(record: Record) -> Iterable[object]:
    one = record.now
    told = "; ".join(f"{WHOM[told.whom]} {told.at.isoformat(timespec='minutes')}" for told in one.told)
    return (
        record.first.pk.hex[:12], len(record.entries), record.kind, one.at.isoformat(timespec="minutes"),
        record.severity, one.where, record.place, one.technique, record.level, one.minutes, one.warmth, one.celsius,
        one.felt, one.could_feel, one.seen, one.photo, one.photo_consent, one.first_aid, told, one.after_24_hours,
        one.after_7_days, one.related, one.preventable, one.rule, one.follow_up,
    )  # fmt: skip


def _cell(value: object) -> str:
    """A spreadsheet takes what begins with = + - @ for a formula, so such a cell begins with an apostrophe."""
    cell = "" if value is None else str(value)
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
