"""Visits as the pages list them: all words ready, so that a template only lays them out.

Ask here: `visits` (those of some days, with all that a row says), `names_only` and `row`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from afferent.web.book.models import HOLDS, Visit
from afferent.web.book.pills import Pill, became
from afferent.web.book.times import bounds, clock, long_day


@dataclass(frozen=True)
class Row:
    """One visit in one line. `next`: it is the one that comes next."""

    id: UUID
    client_id: UUID
    day: str
    at: str
    until: str
    minutes: int
    name: str
    therapist: str
    line: str
    state: str
    pill: Pill | None
    next: bool = False

    @property
    def off(self) -> bool:
        """It takes no time any more."""
        return self.state in ("cancelled", "moved")


def visits(first: dt.date, zone: ZoneInfo, *, days: int = 1, therapist: int | None = None) -> QuerySet[Visit]:
    """In the order of the day, one query."""
    start, end = bounds(first, zone, days)
    found = Visit.objects.filter(starts_at__gte=start, starts_at__lt=end)
    if therapist is not None:
        found = found.filter(therapist_id=therapist)
    return found.select_related("client", "therapist", "series").order_by("starts_at", "id")


def row(
    visit: Visit,
    zone: ZoneInfo,
    *,
    line: str = "",
    pill: Pill | None = None,
    next_: bool = False,
    today: dt.date | None = None,
) -> Row:
    """What became of the visit goes before anything else that could be said of it."""
    starts, ends = visit.starts_at.astimezone(zone), visit.ends_at.astimezone(zone)
    return Row(
        visit.pk, visit.client_id, long_day(starts.date(), today), clock(starts), clock(ends), visit.minutes,
        visit.client.name, str(visit.therapist), line, visit.state, became(visit.state) or pill, next_,
    )  # fmt: skip


def names_only(found: QuerySet[Visit]) -> QuerySet[Visit]:
    """For long lists: no more of client and therapist than their names."""
    light = found.select_related(None).select_related("client", "therapist")
    return light.only(
        "starts_at", "ends_at", "state", "client__given", "client__family", "therapist__name", "therapist__email"
    )


def place(visit: Visit, first: bool = False) -> str:
    """Where it stands: "First visit", "Visit 4 of 8", "Review, visit 8 of 8"."""
    if visit.series is None:
        return "First visit" if first else ""
    said = f"visit {visit.number} of {visit.series.planned}"
    if visit.review:
        return f"Review, {said}"
    return f"First visit, {visit.number} of {visit.series.planned}" if first else said.capitalize()


def firsts(found: list[Visit]) -> set[UUID]:
    """Of these visits (in order) those before which the client had none. One query."""
    if not found:
        return set()
    start = found[0].starts_at
    known = set(
        Visit.objects.filter(client_id__in={v.client_id for v in found}, state__in=HOLDS, starts_at__lt=start)
        .values_list("client_id", flat=True)
        .distinct()
    )
    first: set[UUID] = set()
    for visit in found:
        if visit.state in HOLDS and visit.client_id not in known:
            known.add(visit.client_id)
            first.add(visit.pk)
    return first
