"""The visits of the demo that took place: opened, lived through event by event, some of them signed.

Ask here: `take_place(clinic, therapist)`, once the clients are screened. The events stand in visits.toml.
"""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from typing import Any

import msgspec
import tomli

from afferent.outline.model import Outline, Step
from afferent.visit.after import NextDay
from afferent.visit.events import Event
from afferent.visit.incident import Incident
from afferent.web.accounts.models import User
from afferent.web.book.models import Visit
from afferent.web.clients.current import whole
from afferent.web.clinics.knowledge import in_force
from afferent.web.clinics.models import Clinic
from afferent.web.live.models import Session
from afferent.web.live.opening import open_visit
from afferent.web.live.store import append
from afferent.web.notes.after import answer
from afferent.web.notes.again import plan_of
from afferent.web.notes.incidents import write
from afferent.web.notes.signing import sign
from afferent.web.notes.writing import written


def take_place(clinic: Clinic, therapist: User) -> None:
    """Every visit of the file, in its order."""
    told = tomli.loads(files("afferent.web.demo").joinpath("visits.toml").read_text("utf-8"))
    for entry in told["visit"]:
        visit = Visit.objects.select_related("client__screened", "client__clinic").get(
            client__given=entry["client"], number=entry["number"], state="done"
        )
        _live_through(visit, entry, clinic, therapist)


def _live_through(visit: Visit, entry: dict[str, Any], clinic: Clinic, therapist: User) -> None:
    screened = visit.client.screened
    screening = whole(screened, visit.starts_at.date()) if screened is not None else None
    if screened is None or screening is None:
        return
    outline = Outline("with_affected", tuple(msgspec.convert(one, Step) for one in entry["step"]))
    plan = plan_of(outline, screening, in_force(clinic), visit.client.given)
    session = open_visit(
        visit, outline, plan=plan, screened=screened, screening=screening, by=therapist, now=visit.starts_at
    )
    for number, one in enumerate(entry["event"]):
        event = _event(one, number, visit)
        append(session.pk, [event], now=event.at)
    _afterwards(session, entry, therapist)


def _event(told: dict[str, Any], number: int, visit: Visit) -> Event:
    """`whole` is short for looks at skin on which nothing was seen."""
    given = dict(told)
    at = visit.starts_at + dt.timedelta(seconds=given.pop("at"))
    if "whole" in given:
        given["looks"] = [{"region": region, "found": "intact"} for region in given.pop("whole")]
    return msgspec.convert({"id": f"demo-{visit.number}-{number:04d}", "at": at, **given}, Event)


def _afterwards(session: Session, entry: dict[str, Any], therapist: User) -> None:
    actor = f"user:{therapist.pk}"
    read = Session.objects.select_related("client__clinic", "therapist", "screened", "visit").get(pk=session.pk)
    end = read.ended_at or read.opened_at
    if "sign" in entry:
        signed = end + dt.timedelta(minutes=6)
        sign(read, entry["sign"], seen=written(read).seen, by=therapist, actor=actor, now=signed)
    if "next_day" in entry:
        tomorrow = end + dt.timedelta(days=1)
        day = msgspec.convert({"on": tomorrow.date(), **entry["next_day"]}, NextDay)
        answer(read, day, actor=actor, by=therapist, now=tomorrow)
    if "incident" in entry:
        incident = msgspec.convert({"at": end, **entry["incident"]}, Incident)
        write(read.visit, incident, by=therapist, actor=actor, now=end)
