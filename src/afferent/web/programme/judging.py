"""The verdicts of many trials, each worked out once and kept until something of it is new.

Ask here: `judge` (bring them up to date, for as long as there is time) and `of_period` (the trials that ran in it). A
verdict is that of the client's own page; here it is only counted.
"""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections.abc import Collection, Iterable
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum

from afferent.knowledge import Knowledge
from afferent.knowledge.measures import Measure
from afferent.outcomes.person.outcome import outcome
from afferent.web.book.models import Visit
from afferent.web.clients.models import Client
from afferent.web.live.models import Session
from afferent.web.notes.models import NextDay
from afferent.web.outcomes.judged import Found, under
from afferent.web.outcomes.models import Ending, Score, Trial
from afferent.web.outcomes.trials import Standing, trials
from afferent.web.outcomes.visited import visited
from afferent.web.programme.holds import holding
from afferent.web.programme.models import Judged
from afferent.web.programme.period import Period

_FIELDS: Final = ("client_id", "basis", "measure", "scale", "drawn", "verdict", "points", "sd")


def of_period(period: Period) -> QuerySet[Trial]:
    """Those that had begun by its last day and had not ended before its first."""
    ran = Q(ending=None) | Q(ending__on__gte=period.first)
    return Trial.objects.filter(ran, begins__lte=period.last, agreed_on__lte=period.last)


def judge(wanted: Iterable[Trial], knowledge: Knowledge, today: dt.date, *, seconds: float | None = None) -> int:
    """Say how many are left. `seconds`: after so long it stops; None: until all are done."""
    until = None if seconds is None else time.monotonic() + seconds
    rows = list(wanted)
    basis = _basis({one.client_id for one in rows}, knowledge.version)
    there = dict(Judged.objects.filter(trial__in=[one.pk for one in rows]).values_list("trial_id", "basis"))
    left = [one for one in rows if there.get(one.pk) != basis[one.client_id]]
    people: dict[uuid.UUID, list[Trial]] = {}
    for one in left:
        people.setdefault(one.client_id, []).append(one)
    done = 0
    for those in people.values():
        if until is not None and time.monotonic() > until:
            break
        _write(those, knowledge.measures, today, basis)
        done += len(those)
    return len(left) - done


def _write(those: list[Trial], measures: dict[str, Measure], today: dt.date, basis: dict[uuid.UUID, str]) -> None:
    client = Client.objects.select_related("clinic").get(pk=those[0].client_id)
    every = trials(client)
    seen, rows = visited(client, min(one.trial.begins for one in every)), tuple(_held(client))
    wanted = {one.pk for one in those}
    made = []
    for n, one in enumerate(every):
        if one.trial.pk in wanted:
            visits = tuple(each for each in seen if each.on >= one.trial.begins)
            found = under(every[n:], client=client, today=today, rows=rows, visits=visits)
            made.append(_judged(found, one, measures.get(one.agreement.measure), basis[client.pk]))
    Judged.objects.bulk_create(made, update_conflicts=True, unique_fields=["trial"], update_fields=_FIELDS)


def _held(client: Client) -> QuerySet[Score]:
    """As `outcomes.keeping.held`, the quick way."""
    return holding(Score.objects.filter(client=client)).exclude(value=None, answers={}).order_by("on", "at", "pk")


def _judged(found: Found, standing: Standing, measure: Measure | None, basis: str) -> Judged:
    said: dict[str, Any] = {"verdict": "", "points": None, "sd": None}
    if measure is not None and measure.better != "none":
        series = found.series(measure)
        made = outcome(series, standing.agreement, measure)
        change = made.change
        said = {
            "verdict": made.verdict.is_,
            "points": change.points if change else None,
            "sd": change.sd if change else None,
        }
    return Judged(
        trial=standing.trial, client=found.client, basis=basis, measure=standing.agreement.measure,
        scale=measure.scale if measure else "", drawn=standing.agreement.randomised, **said,
    )  # fmt: skip


def _basis(clients: Collection[uuid.UUID], version: str) -> dict[uuid.UUID, str]:
    """What there is of each: nothing is ever taken away, so the numbers change whenever something is new."""
    if not clients:
        return {}
    parts: dict[uuid.UUID, list[str]] = {one: [version[:30]] for one in clients}
    for model, number in (
        (Score, Count("pk")), (Trial, Count("pk")), (Ending, Count("pk")), (NextDay, Count("pk")),
        (Session, Sum("last")), (Visit, Count("pk", filter=Q(state="done"))), (Visit, Count("pk")),
    ):  # fmt: skip
        rows = model.objects.filter(client_id__in=clients).order_by().values("client_id").annotate(number=number)
        found = dict(rows.values_list("client_id", "number"))
        for one in clients:
            parts[one].append(str(found.get(one, 0)))
    return {one: "|".join(said)[:80] for one, said in parts.items()}
