"""Joan: numb feet, a trial with scores, three visits lived through, a blister found and not felt, maps then and now."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from afferent.visit.events import Look

HEEL = Look("foot.left.sole.heel", "blister", felt=False)


@pytest.fixture
def ada(signed_in):
    return signed_in("therapist", name="Ada Okonkwo")


@pytest.fixture
def today(clinic) -> dt.date:
    from afferent.web.clinics.clock import today

    return today(clinic)


@pytest.fixture
def joan(a_client, today, examples):
    from afferent.knowledge import load
    from afferent.records.body_map import body_map, statements
    from afferent.records.read import read
    from afferent.web.clients.knowing import write
    from afferent.web.demo.fill import moved

    made = a_client("Joan", "Petrie", born=dt.date(1955, 7, 19))
    first = today - dt.timedelta(42)
    write(made, "answers", moved(read(examples / "numb-feet.yaml", as_of=None, knowledge=load()), today), on=today)
    for on, regions in ((first, ("foot.left", "foot.right")), (today, ("foot.left.sole",))):
        drawn = {"zones": {"burning": dict.fromkeys(regions, 6)}}
        write(made, "map", statements(body_map(drawn, load()), load(), on), on=on, body={"map": drawn})
    return made


@pytest.fixture
def agreed(joan, ada, today) -> None:
    """Pain, eight visits, one point; scored each day for six weeks."""
    from afferent.knowledge import load
    from afferent.outcomes.person.trial import Agreement
    from afferent.web.outcomes.keeping import Told, Who, keep_all
    from afferent.web.outcomes.trials import Wanted, agree

    user, first = ada.member.user, today - dt.timedelta(42)
    wanted = Wanted(
        Agreement(points=1.0, visits=8, baseline_days=14), ("nrs_sleep",), first, said="To walk to the market"
    )
    agree(joan, wanted, by=user, actor="user:1", today=first, now=timezone.now(), key=uuid.uuid4())
    for measure in ("nrs_pain", "nrs_sleep"):
        known = load().measures[measure]
        told = [
            Told(known, {known.items[0].id: 7 - n // 14}, first + dt.timedelta(n), "daily", uuid.uuid4().hex)
            for n in range(43)
        ]
        keep_all(joan, told, Who("link", "link:1"), now=timezone.now())


@pytest.fixture
def visited(joan, ada, today, clinic) -> Callable[..., Any]:
    """`visited(days=14)`: so many days ago, with its session. `looks`: seen afterwards; `stop`: STOP was said."""
    from afferent.outline.model import Outline, Step
    from afferent.visit import events
    from afferent.visit.after import NextDay
    from afferent.web.book.models import Visit
    from afferent.web.clients.current import current, whole
    from afferent.web.clinics.knowledge import in_force
    from afferent.web.live.opening import open_visit
    from afferent.web.live.store import append
    from afferent.web.notes.after import answer
    from afferent.web.notes.again import plan_of

    outline = Outline(
        "with_affected", (Step(("back",), "effleurage", 2, 10), Step(("foot.left",), "effleurage", 1, 5, affected=True))
    )

    def make(days: int, *, looks: tuple[Look, ...] = (), stop: str = "", ended: bool = True, **after: Any):
        now = timezone.now()
        morning = dt.datetime.combine(today - dt.timedelta(days), dt.time(9, 30), clinic.zone)
        begins = morning if days else now - dt.timedelta(minutes=20)
        visit = Visit.objects.create(
            client=joan,
            therapist=ada.member.user,
            starts_at=begins,
            ends_at=begins + dt.timedelta(minutes=45),
            state="done",
        )
        screened = current(joan, today)
        screening = whole(screened, today)
        session = open_visit(
            visit, outline, plan=plan_of(outline, screening, in_force(clinic), "Joan"), screened=screened,
            screening=screening, by=ada.member.user, now=begins,
        )  # fmt: skip

        def happens(second: int, kind: str, **fields: Any) -> None:
            at = begins + dt.timedelta(seconds=second)
            event = getattr(events, kind)(id=f"{kind.lower()}-{second:06d}", at=at, **fields)
            append(session.pk, [event], now=at)

        whole_skin = tuple(Look(f"foot.{side}.sole", "intact") for side in ("left", "right"))
        happens(30, "SkinChecked", when="before", looks=whole_skin)
        happens(60, "Began")
        happens(60, "Moved", regions=("back",), work="effleurage", level=2, step=0)
        happens(660, "Moved", regions=("foot.left",), work="effleurage", level=1, step=1)
        if stop:
            happens(900, "Said", word="stop", by="client", detail=stop)
            happens(903, "HandsOff")
            happens(910, "StopBecause", detail=stop)
        if ended:
            happens(960, "Ended")
        if looks:
            happens(970, "SkinChecked", when="after" if ended else "during", looks=looks)
        session.refresh_from_db()
        if after:
            answer(session, NextDay(begins.date() + dt.timedelta(1), **after), actor="user:1", now=timezone.now())
        return visit

    return make


@pytest.fixture
def series(agreed, visited):
    """Three visits: the second with a blister found after it, the third with a STOP; days after were told."""
    return [
        visited(21, words="Slept through for the first time.", sore="no", worse="no", mark="no", blister="no"),
        visited(14, looks=(HEEL,)),
        visited(3, stop="too_hard", sore="a_lot", worse="longer"),
    ]


@pytest.fixture
def case(joan, ada, today, clinic):
    from afferent.web.careteam.case import Case

    def make(advised: bool = True) -> Case:
        joan.refresh_from_db()
        joan.clinic = clinic
        clinic.mode = "cds" if advised else "record"
        return Case(joan, ada.member, today)

    return make


@pytest.fixture
def shares(joan, today) -> Callable[[], None]:
    """The client says yes to telling the care team."""
    from afferent.knowledge import load
    from afferent.web.consents.asking import give

    def make() -> None:
        give(joan, "care_team", load().consents["care_team"].version, on=today, actor="user:1")

    return make
