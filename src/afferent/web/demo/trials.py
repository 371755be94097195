"""The trials of the demo: agreed, scored day by day, some of their visits lived through event by event.

Ask here: `run_trials(clinic, therapist, today, client_of)`. The numbers stand in trials.toml.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from importlib.resources import files
from typing import Any, Final

import msgspec
import tomli
from django.db.models import QuerySet

from afferent.knowledge import load
from afferent.outcomes.person.trial import Agreement
from afferent.outline.model import Outline, Step
from afferent.visit.after import NextDay
from afferent.visit.events import Began, Ended, Event, Look, Moved, SkinChecked
from afferent.web.accounts.models import User
from afferent.web.book.models import Visit
from afferent.web.clients.current import current, whole
from afferent.web.clients.models import Client
from afferent.web.clinics.knowledge import in_force
from afferent.web.clinics.models import Clinic
from afferent.web.live.models import Session
from afferent.web.live.opening import open_visit
from afferent.web.live.store import append
from afferent.web.notes.after import answer
from afferent.web.notes.again import plan_of
from afferent.web.outcomes.keeping import Told, Who, keep_all
from afferent.web.outcomes.trials import Wanted, agree

_FEET: Final = ("foot.left", "foot.right")
_SEEN: Final = ("back", *(f"{foot}.{face}" for foot in _FEET for face in ("top", "sole")))


def run_trials(
    clinic: Clinic, therapist: User, today: dt.date, client_of: Callable[[dict[str, Any]], Client]
) -> QuerySet[Client]:
    """Every trial of the file; gives the clients, for their screening."""
    told = tomli.loads(files("afferent.web.demo").joinpath("trials.toml").read_text("utf-8"))
    return Client.objects.filter(
        pk__in=[_run(entry, clinic, therapist, today, client_of).pk for entry in told["trial"]]
    )


def _run(
    entry: dict[str, Any],
    clinic: Clinic,
    therapist: User,
    today: dt.date,
    client_of: Callable[[dict[str, Any]], Client],
) -> Client:
    client = client_of(entry)
    client.clinic = clinic
    first = today - dt.timedelta(days=entry["began"])
    begun = dt.datetime.combine(first, dt.time(9), clinic.zone)
    wanted = Wanted(
        msgspec.convert(entry["agreement"], Agreement), tuple(entry["also"]), first, said=entry.get("said", "")
    )
    by = f"user:{therapist.pk}"
    agree(client, wanted, by=therapist, actor=by, today=first, now=begun, key=uuid.uuid4())
    for n, day in enumerate(entry["visits"]):
        _visit(entry, n, client, therapist, begun + dt.timedelta(days=day, hours=1), today)
    _score(entry, client, first, clinic)
    return client


def _visit(entry: dict[str, Any], n: int, client: Client, therapist: User, at: dt.datetime, today: dt.date) -> None:
    visit = Visit.objects.create(
        client=client, therapist=therapist, starts_at=at, ends_at=at + dt.timedelta(minutes=45), state="done",
        number=n + 1,
    )  # fmt: skip
    if "level" in entry:
        _live_through(visit, entry["level"][n], therapist, today, sore=n in entry.get("sore", ()))
    for when in ("before", "after"):
        if when in entry:
            asked = Told(
                load().measures["nrs_pain_now"], {"pain": entry[when][n]}, at.date(), f"{when}_visit",  # type: ignore[arg-type]
                f"demo-{when}-{n}-{client.pk.hex[:8]}",
            )  # fmt: skip
            keep_all(client, [asked], Who("visit", "program", visit=visit), now=at)


def _live_through(visit: Visit, level: int, therapist: User, today: dt.date, *, sore: bool) -> None:
    """Twelve minutes on the back, twelve on the feet; and the day after."""
    day = visit.starts_at.date()
    screened = current(visit.client, today)  # what is known now was known then
    screening = whole(screened, today)
    if screening is None:
        return
    steps = (Step(("back",), "effleurage", level, 12), Step(_FEET, "effleurage", 1, 12, affected=True))
    outline = Outline("with_affected", steps)
    plan = plan_of(outline, screening, in_force(visit.client.clinic), visit.client.given)
    session = open_visit(
        visit, outline, plan=plan, screened=screened, screening=screening, by=therapist, now=visit.starts_at
    )
    for event in _events(visit, steps):
        append(session.pk, [event], now=event.at)
    read = Session.objects.select_related("client__clinic").get(pk=session.pk)
    after = NextDay(
        day + dt.timedelta(1), sore="a_little" if sore else "no", mark="no", blister="no", worse="no", swollen="no",
        breathless="no", fall="no",
    )  # fmt: skip
    answer(read, after, actor=f"user:{therapist.pk}", by=therapist, now=visit.starts_at + dt.timedelta(days=1))


def _events(visit: Visit, steps: tuple[Step, ...]) -> tuple[Event, ...]:
    def at(seconds: int) -> dict[str, Any]:
        return {"id": f"demo-{visit.pk.hex[:10]}-{seconds:05d}", "at": visit.starts_at + dt.timedelta(seconds=seconds)}

    looks = tuple(Look(region, "intact") for region in _SEEN)
    return (
        SkinChecked(**at(60), when="before", looks=looks),
        Began(**at(180)),
        _on(steps[0], 0, at(181)),
        _on(steps[1], 1, at(901)),
        SkinChecked(**at(1630), when="after", looks=looks),
        Ended(**at(1690)),
    )


def _on(step: Step, number: int, at: dict[str, Any]) -> Moved:
    return Moved(**at, regions=step.regions, work=step.work, level=step.level, step=number)


def _score(entry: dict[str, Any], client: Client, first: dt.date, clinic: Clinic) -> None:
    measures = load().measures
    told = [
        Told(
            measures[key],
            {measures[key].items[0].id: value},
            first + dt.timedelta(n),
            "daily",
            f"demo-{key}-{n}-{client.pk.hex[:8]}",
        )
        for key, values in entry["scores"].items()
        for n, value in enumerate(values)
        if value >= 0
    ]
    for one in told:
        evening = dt.datetime.combine(one.on, dt.time(20), clinic.zone)
        keep_all(client, [one], Who("link", "program"), now=evening)
