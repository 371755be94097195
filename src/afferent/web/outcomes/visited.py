"""The visits of one client as a trial counts them: those in which hands were on.

Ask here: `visited(client, since)`, and `events_of(sessions)`. The day, the firmest level and the minutes come from the
ledger of the visit's own events; a visit that was only noted as having taken place has neither. A fixed number of
queries, however many visits.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final

from msgspec import Struct

from afferent.outcomes.readings import LONGEST_VISIT
from afferent.visit.course import Course
from afferent.visit.events import Kept
from afferent.visit.fold import course
from afferent.visit.ledger import ledger
from afferent.visit.looked import findings
from afferent.web.book.models import Visit
from afferent.web.clients.models import Client
from afferent.web.clinics.models import Clinic
from afferent.web.live.models import Happening
from afferent.web.live.store import kept
from afferent.web.notes.after import answers_of

_NOT: Final = ("moved", "cancelled", "missed")


class Visited(Struct, frozen=True):
    """A day on which there was a visit, or several. `level`, `minutes`: None where nobody wrote them down. `flare`:
    worse for more than a day was told; None: nobody said. `found`: new findings on the skin; None: nobody
    wrote it down."""

    on: dt.date
    level: int | None = None
    minutes: float | None = None
    flare: bool | None = None
    found: int | None = None


def visited(client: Client, since: dt.date | None = None) -> tuple[Visited, ...]:
    """By day; `since` a day, at the clinic."""
    zone = Clinic.objects.get(pk=client.clinic_id).zone
    rows = Visit.objects.filter(client=client).exclude(state__in=_NOT).select_related("session").order_by("starts_at")
    if since is not None:
        rows = rows.filter(starts_at__gte=dt.datetime.combine(since, dt.time(), zone))
    visits = [(one, getattr(one, "session", None)) for one in rows]
    sessions = [session.pk for _, session in visits if session is not None]
    events, days = events_of(sessions), answers_of(sessions)
    found = []
    for visit, session in visits:
        on = visit.starts_at.astimezone(zone).date()
        if session is not None:
            told = days.get(session.pk)
            one = _of(on, course(events.get(session.pk, [])), None if told is None else told.was_worse)
        else:
            one = Visited(on) if visit.state == "done" else None
        found += [] if one is None else [one]
    return tuple(_one_day(list(those)) for _, those in groupby(found, lambda one: one.on))


def events_of(sessions: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Kept]]:
    """The events of many sessions, each in its order. One query."""
    found: dict[uuid.UUID, list[Kept]] = {}
    for row in Happening.objects.filter(session__in=list(sessions)).order_by("session", "seq"):
        found.setdefault(row.session_id, []).append(kept(row))
    return found


def _of(on: dt.date, visit: Course, flare: bool | None) -> Visited | None:
    """None where no hand was on."""
    doses = ledger(visit).doses
    seconds = sum(one.seconds for one in doses)
    if not seconds:
        return None
    minutes = None if visit.open_end or seconds > 60 * LONGEST_VISIT else float(round(seconds / 60))
    return Visited(on, max(one.level for one in doses), minutes, flare, sum(one.new for one in findings(visit)))


def _one_day(those: list[Visited]) -> Visited:
    """Two visits of one day are one day with a visit: the firmest level, all minutes."""
    levels = [one.level for one in those if one.level is not None]
    minutes = [one.minutes for one in those if one.minutes is not None]
    looks = [one.found for one in those if one.found is not None]
    flares: list[Any] = [one.flare for one in those if one.flare is not None]
    return Visited(
        those[0].on, max(levels, default=None), sum(minutes) if len(minutes) == len(those) else None,
        any(flares) if flares else None, sum(looks) if looks else None,
    )  # fmt: skip
