"""The day after a visit: the answers that were given, and what follows from them.

Ask here: `gentler(client)` (how much gentler the next outline is), `answers_of` (of some visits, each with the one that
counts), `answer` (write answers down; what the rules must hear of is told them in the same transaction).

Nobody answered is never "fine". Of several answers to one visit the last one counts, but a later one does not unsay a
day that was worse, or a blister.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Final

import msgspec
from django.db import transaction
from msgspec.structs import replace

from afferent.safety.evidence import ELSEWHERE, Evidence
from afferent.visit.after import Gentler, facts, step_down
from afferent.visit.after import NextDay as Day
from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.clients.current import current
from afferent.web.clients.knowing import known, write
from afferent.web.clients.models import Client
from afferent.web.clinics.knowledge import in_force
from afferent.web.live.models import Session
from afferent.web.notes.models import NextDay

_BEGUN: Final = 1  # a session has its first event from the start; one with no other never touched anybody


def gentler(client: Client) -> Gentler:
    """From the days after all visits so far. Two queries, however many they are."""
    sessions = Session.objects.filter(client=client, ended_at__isnull=False, last__gt=_BEGUN).order_by("opened_at")
    visits = list(sessions.values_list("pk", flat=True))
    days = answers_of(visits)
    return step_down(days.get(pk) for pk in visits)


def answers_of(sessions: Iterable[uuid.UUID]) -> dict[uuid.UUID, Day]:
    """The answers that count, of each visit to which anybody answered."""
    found: dict[uuid.UUID, list[Day]] = {}
    rows = NextDay.objects.filter(session__in=list(sessions)).order_by("at", "pk")
    for session, told in rows.values_list("session_id", "answers"):
        found.setdefault(session, []).append(msgspec.convert(told, Day))
    return {session: _counts(days) for session, days in found.items()}


def _counts(days: list[Day]) -> Day:
    """The last that was bad, else the last of all."""
    bad = [day for day in days if day.was_worse or day.blister == "yes"]
    return (bad or days)[-1]


@transaction.atomic
def answer(session: Session, day: Day, *, actor: str, by: User | None = None, now: dt.datetime) -> NextDay:
    """Write the answers down. A blister goes to the rules as open skin, and the client is screened at once."""
    client = Client.objects.select_for_update(no_key=True).get(pk=session.client_id)  # nobody says more meanwhile
    made = NextDay.objects.create(client=client, session=session, by=by, at=now, answers=msgspec.to_builtins(day))
    note(actor, "next_day.answered", f"visit:{session.visit_id}", made.answers)
    found = facts(day)
    if found:
        said = [_beside(one, client, day.on) for one in found]
        write(client, "next_day", said, on=day.on, by=by, source="the day after", body={"next_day": str(made.pk)})
        current(client, day.on)
    return made


def _beside(one: Evidence, client: Client, today: dt.date) -> Evidence:
    """With the places told before: an answer from home takes none of them away."""
    held = known([client], in_force(client.clinic), today)[client.pk].intake.statements
    before: list[str] = []
    for other in held:
        if other.fact == one.fact and (other.value is True or isinstance(other.value, tuple)):
            before += [ELSEWHERE] if other.value is True else other.value
    if not before:
        return one
    new = one.value if isinstance(one.value, tuple) else (ELSEWHERE,)
    return replace(one, value=tuple(dict.fromkeys((*before, *new))))
