"""The rows of an export, person by person: visits and scores, with days that lead to no date.

Ask here: `histories`. Two hundred people at a time are read, whatever the size of the clinic. What stands in a row is a
number, a code, or the name of a measure or scale: never what anybody wrote.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db.models import Min
from msgspec import Struct

from afferent.outcomes.readings import LONGEST_VISIT
from afferent.web.book.models import Visit
from afferent.web.notes.models import NextDay
from afferent.web.outcomes.models import Score
from afferent.web.programme.columns import Dates
from afferent.web.programme.counts import Span, was_worse
from afferent.web.programme.holds import holding
from afferent.web.programme.models import Reckoned
from afferent.web.programme.people import Person

_AT_ONCE: Final = 200
Row = dict[str, Any]


class History(Struct, frozen=True):
    """One person: a row of their own, one for each visit, one for each score."""

    person: Person
    own: Row
    visits: list[Row]
    scores: list[Row]


class _Read(Struct):
    """What was read of some people."""

    first: dict[uuid.UUID, dt.datetime]
    visits: dict[uuid.UUID, list[tuple[uuid.UUID, dt.datetime]]]
    totals: dict[uuid.UUID, Reckoned]
    worse: dict[uuid.UUID, bool]
    scores: dict[uuid.UUID, list[Score]]


def histories(span: Span, people: Sequence[Person], dates: Dates) -> Iterator[History]:
    """In the order of `people`."""
    for start in range(0, len(people), _AT_ONCE):
        some = people[start : start + _AT_ONCE]
        read = _read(span, [one.client for one in some])
        yield from (_history(span, one, read, dates) for one in some)


def _read(span: Span, clients: list[uuid.UUID]) -> _Read:
    done = Visit.objects.filter(client__in=clients, state="done").order_by()
    visits: dict[uuid.UUID, list[tuple[uuid.UUID, dt.datetime]]] = {}
    rows = span.visits.filter(client__in=clients, state="done").order_by("starts_at", "pk")
    for pk, client, at in rows.values_list("pk", "client_id", "starts_at"):
        visits.setdefault(client, []).append((pk, at))
    wanted = [pk for those in visits.values() for pk, _ in those]
    totals = {
        one.session.visit_id: one
        for one in Reckoned.objects.filter(session__visit__in=wanted).select_related("session")
    }
    worse: dict[uuid.UUID, bool] = {}
    told = NextDay.objects.filter(session__visit__in=wanted).order_by()
    for visit, answers in told.values_list("session__visit_id", "answers"):
        worse[visit] = worse.get(visit, False) or was_worse(answers)
    scores: dict[uuid.UUID, list[Score]] = {}
    period = span.period
    held = holding(
        Score.objects.filter(client__in=clients, on__gte=period.first, on__lte=period.last, value__isnull=False)
    )
    for one in held.order_by("on", "at", "pk"):
        scores.setdefault(one.client_id, []).append(one)
    first = dict(done.values_list("client_id").annotate(Min("starts_at")))
    return _Read(first, visits, totals, worse, scores)


def _history(span: Span, person: Person, read: _Read, dates: Dates) -> History:
    mine, scores = read.visits.get(person.client, []), read.scores.get(person.client, [])
    begun = read.first.get(person.client)
    first = begun.astimezone(span.zone).date() if begun else min((one.on for one in scores), default=dt.date.min)
    days = _Days(first, person.shift, dates)
    number = {pk: n for n, (pk, _) in enumerate(mine, 1)}
    return History(
        person,
        {"age_band": person.age_band, "condition": person.condition, "visits": len(mine)},
        [
            {"visit_no": n, **days.told("visit", at.astimezone(span.zone).date()), **_visit(pk, read)}
            for n, (pk, at) in enumerate(mine, 1)
        ],
        [_score(n, one, days, number) for n, one in enumerate(scores, 1)],
    )


class _Days(Struct, frozen=True):
    first: dt.date
    shift: int
    dates: Dates

    def told(self, what: str, on: dt.date) -> Row:
        """A number of days since the first visit, or a date moved by the person's own days."""
        if self.dates == "numbers":
            return {f"{what}_day": (on - self.first).days}
        return {f"{what}_date": (on + dt.timedelta(self.shift)).isoformat()}


def _visit(visit: uuid.UUID, read: _Read) -> Row:
    totals = read.totals.get(visit)
    day = {True: "yes", False: "no", None: "not_said"}[read.worse.get(visit)]
    if totals is None:
        return {"visit_next_day": day}
    timed = not totals.open_end and 0 < totals.seconds <= 60 * LONGEST_VISIT
    return {
        "visit_minutes": round(totals.seconds / 60, 1) if timed else None,
        "visit_minutes_near": round(totals.near / 60, 1) if timed else None,
        "visit_level": totals.level,
        "visit_stops": totals.stops,
        "visit_not_felt": totals.found,
        "visit_next_day": day,
    }


def _score(n: int, one: Score, days: _Days, visits: dict[uuid.UUID, int]) -> Row:
    return {
        "score_no": n,
        "score_visit_no": visits.get(one.visit_id),
        **days.told("score", one.on),
        "score_asked": one.asked,
        "score_measure": one.measure,
        "score_scale": one.scale,
        "score_value": one.value,
        "score_told": one.told,
    }
