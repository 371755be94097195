"""Scores as they are kept: once, whole, and never changed.

Ask here: `keep` (one measure, answered), `keep_all` (a sheet or a file: all or none), `correct` and `take_back` (a
further row that replaces one), `held` (the rows that hold: those that nothing replaced). What cannot be an answer is
refused in one sentence; what is answered in part is kept without a score.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from msgspec import Struct

from afferent.errors import InputError
from afferent.knowledge.measures import Asked, Measure
from afferent.outcomes.readings import number
from afferent.outcomes.scoring import NotScored, Scored, score
from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.book.models import Visit
from afferent.web.clients.models import Client
from afferent.web.outcomes.models import Score

OWN: Final = ("link", "visit")  # the client's own hand: a second answer of the day corrects the first


There = dict[tuple[str, dt.date], list[Score]]
"""What holds already, by measure and day."""


class Told(Struct, frozen=True):
    """One measure, answered. `answers`: question -> what was said. `event`: the id that the device gave it. `value`:
    the score alone, where a file has no more."""

    measure: Measure
    answers: Mapping[str, Any]
    on: dt.date
    asked: Asked
    event: str
    value: float | None = None


class Who(Struct, frozen=True):
    """Through whom it came: `told` as in `models.TOLD`; `by` nobody: the client. `actor`: as the audit writes it."""

    told: str
    actor: str
    by: User | None = None
    visit: Visit | None = None


class Kept(NamedTuple):
    """The row that holds it, and whether it was written just now."""

    row: Score
    new: bool


def keep(client: Client, said: Told, who: Who, *, now: dt.datetime) -> Kept:
    """Keep one measure. Raises InputError where nothing was answered, or where something cannot be an answer."""
    return keep_all(client, [said], who, now=now)[0]


@transaction.atomic
def keep_all(
    client: Client, told: Iterable[Told], who: Who, *, now: dt.datetime, action: str = "score.kept"
) -> list[Kept]:
    """All of them, or none. The same again writes nothing. One entry of the audit for all that is new."""
    Client.objects.select_for_update(no_key=True).get(pk=client.pk)  # two at the same moment are one after the other
    wanted = list(told)
    days = {one.on for one in wanted}
    there: There = {}
    for row in held(client).filter(on__in=days):
        there.setdefault((row.measure, row.on), []).append(row)
    events = {one.event for one in wanted}
    sent = {one.event: one for one in Score.objects.filter(client=client, event__in=events)}
    kept = [_keep(client, one, who, now, there, sent) for one in wanted]
    new = [one.row for one in kept if one.new]
    if new:
        note(who.actor, action, f"client:{client.pk}", [_told(one) for one in new])
    return kept


def _keep(client: Client, said: Told, who: Who, now: dt.datetime, there: There, sent: dict[str, Score]) -> Kept:
    value, answers = (said.value, {}) if said.value is not None else _scored(said.measure, said.answers)
    before, first = _before(said, who, there, sent), sent.get(said.event)
    # Sent again, said again, or told before through somebody else: nothing new. A correction is, whoever says so too.
    again = [one for one in (first, before) if one is not None]
    for one in again if before else [*again, *_alike(said, there)]:
        if (one.measure, one.on, one.value) == (said.measure.id, said.on, value) and answers in (one.answers, {}):
            return Kept(one, False)
    row = Score.objects.create(
        client=client, measure=said.measure.id, scale=said.measure.scale, on=said.on, asked=said.asked, value=value,
        answers=answers, visit=who.visit, told=who.told, by=who.by, at=now, replaces=before,
        event=said.event if first is None else uuid.uuid4().hex,
    )  # fmt: skip
    same_day = there.setdefault((row.measure, row.on), [])
    same_day[:] = [one for one in same_day if one != before] + [row]
    sent.setdefault(said.event, row)
    return Kept(row, True)


def _before(said: Told, who: Who, there: There, sent: dict[str, Score]) -> Score | None:
    """The row that this takes the place of: the client's own earlier answer, or what the same cell of a sheet said."""
    mine = [one for one in _alike(said, there) if (one.told, one.asked) == (who.told, said.asked)]
    if who.told in OWN:
        return next((one for one in reversed(mine) if who.visit is None or one.visit_id == who.visit.pk), None)
    first = sent.get(said.event)
    return next((one for one in mine if _root(one, first)), None) if first else None


def _root(row: Score, first: Score) -> bool:
    """Is this the row, or did it come of it by corrections?"""
    seen: Score | None = row
    while seen is not None and seen != first:
        seen = seen.replaces
    return seen is not None


def _alike(said: Told, there: There) -> list[Score]:
    """What holds of the same measure and day. Before and after a visit are two things."""
    around = {"before_visit", "after_visit"}
    same_day = there.get((said.measure.id, said.on), [])
    return [one for one in same_day if one.asked == said.asked or not {one.asked, said.asked} & around]


def _scored(measure: Measure, answers: Mapping[str, Any]) -> tuple[float | None, dict[str, int]]:
    match score(measure, answers):
        case Scored(value=value, answers=taken):
            return value, taken
        case NotScored(faults=faults) if faults:
            raise InputError(faults[0])
        case NotScored(answers=taken) if taken:
            return None, taken
    raise InputError(f"{measure.title}: nothing was answered, so nothing was kept")


def missing(row: Score, measure: Measure) -> tuple[str, ...]:
    """What an answer in part leaves open: the questions in words."""
    found = score(measure, row.answers)
    return tuple(one.ask for one in measure.items if isinstance(found, NotScored) and one.id in found.missing)


@transaction.atomic
def correct(
    row: Score, measure: Measure | None, answers: Mapping[str, Any], who: Who, *, why: str, now: dt.datetime
) -> Score:
    """A further row in the place of this one; without any answer it takes it back. Raises InputError."""
    Client.objects.select_for_update(no_key=True).get(pk=row.client_id)
    if Score.objects.filter(replaces=row).exists():
        raise InputError("This entry was corrected already. Correct the newer one")
    given = {key: one for key, one in answers.items() if one not in ("", None)}
    if given and (measure is None or measure.scale != row.scale):
        raise InputError("It was asked on another scale than today's, so it can be taken back but not corrected")
    value, taken = _scored(measure, given) if given and measure is not None else (None, {})
    if (value, taken) == (row.value, row.answers):
        raise InputError("That is what stands there already. Nothing was changed")
    made = Score.objects.create(
        client_id=row.client_id, measure=row.measure, scale=row.scale, on=row.on, asked=row.asked, value=value,
        answers=taken, visit_id=row.visit_id, told=who.told, by=who.by, event=uuid.uuid4().hex, replaces=row,
        why=why.strip()[:200], at=now,
    )  # fmt: skip
    note(who.actor, "score.corrected", f"client:{row.client_id}", [str(row.pk), _told(made)])
    return made


def take_back(row: Score, who: Who, *, why: str, now: dt.datetime) -> Score:
    """It was no score of this day. The row stays legible."""
    return correct(row, None, {}, who, why=why, now=now)


def held(client: Client) -> QuerySet[Score]:
    """The rows that hold, by day and then as they were written."""
    rows = Score.objects.filter(client=client)
    replaced = (
        rows.filter(replaces__isnull=False).order_by().values("replaces")
    )  # few; a join would be looked up one by one
    found = rows.exclude(pk__in=replaced).exclude(value=None, answers={})
    return found.select_related("replaces").order_by("on", "at", "pk")


def _told(row: Score) -> list[str]:
    return [row.measure, str(row.on), "" if row.value is None else number(row.value), str(row.pk)]
