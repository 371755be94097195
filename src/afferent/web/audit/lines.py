"""Entries of the audit as sentences, and which of them were asked for.

Ask here: `Wanted` (the filter), `page` (one page of entries, newest first), `lines` (entries with their words).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from afferent.web.accounts.models import User
from afferent.web.audit.actions import ACTIONS
from afferent.web.audit.models import Entry

PAGE: Final = 50
_KINDS: Final = {"client": "a client", "document": "a document", "visit": "a visit"}


@dataclass(frozen=True)
class Wanted:
    """What the viewer is asked to show."""

    actor: str = ""
    action: str = ""
    client: uuid.UUID | None = None
    day: dt.date | None = None

    def among(self, zone: ZoneInfo) -> QuerySet[Entry]:
        """The entries, newest first."""
        found = Entry.objects.order_by("-seq")
        if self.actor:
            found = found.filter(actor=self.actor)
        if self.action:
            found = found.filter(action=self.action)
        if self.client:
            found = found.filter(subject=f"client:{self.client}")
        if self.day:
            begins = dt.datetime.combine(self.day, dt.time(), zone)
            ends = dt.datetime.combine(self.day + dt.timedelta(days=1), dt.time(), zone)
            found = found.filter(at__gte=begins, at__lt=ends)
        return found


@dataclass(frozen=True)
class Line:
    """One entry in words."""

    seq: int
    at: dt.datetime
    who: str
    did: str
    client: str  # the id, where a client is spoken of
    entry: Entry

    @property
    def words(self) -> str:
        """ "Ada Okonkwo opened client 3f9c2a10"."""
        return f"{self.who}: {self.did}" if self.did.startswith(("a ", "an ")) else f"{self.who} {self.did}"


def page(wanted: Wanted, zone: ZoneInfo, before: int | None) -> tuple[list[Line], int | None]:
    """One page, and where the next one begins, if there is one."""
    found = wanted.among(zone)
    if before is not None:
        found = found.filter(seq__lt=before)
    entries = list(found[: PAGE + 1])
    further = entries[PAGE - 1].seq if len(entries) > PAGE else None
    return list(lines(entries[:PAGE], zone)), further


def lines(entries: Iterable[Entry], zone: ZoneInfo) -> Iterator[Line]:
    """Each entry with its words; the names of all people are looked up once."""
    entries = list(entries)
    numbers = {one for entry in entries for one in (_user(entry.actor), _user(entry.subject)) if one is not None}
    names = {user.pk: user.name for user in User.objects.filter(pk__in=numbers)}
    for entry in entries:
        kind, _, key = entry.subject.partition(":")
        who = _who(entry.actor, names)
        yield Line(
            seq=entry.seq,
            at=entry.at.astimezone(zone),
            who=who,
            did=_did(entry, names),
            client=key if kind == "client" else "",
            entry=entry,
        )


def _who(actor: str, names: dict[int, str]) -> str:
    number = _user(actor)
    if number is not None:
        return names.get(number, f"Person {number}")
    if actor.startswith("link:"):
        return f"Whoever holds link {actor[5:13]}"
    return {"program": "The program", "somebody": "Somebody not signed in"}.get(actor, actor)


def _did(entry: Entry, names: dict[int, str]) -> str:
    words = ACTIONS.get(entry.action, entry.action)
    kind, _, key = entry.subject.partition(":")
    general = _KINDS.get(kind)
    if general and general in words:
        return words.replace(general, f"{kind} {key[:8]}", 1)
    number = _user(entry.subject)
    if number is not None:
        named = names.get(number, f"person {number}")
        return words if entry.subject == entry.actor else words.replace("somebody", named, 1)
    if general:
        return f"{words}, {kind} {key[:8]}"
    return words


def _user(text: str) -> int | None:
    kind, _, number = text.partition(":")
    return int(number) if kind == "user" and number.isdigit() else None
