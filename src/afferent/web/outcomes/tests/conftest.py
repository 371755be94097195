"""A client with an agreed trial: pain, eight visits, before and after. The numbers are those of an invented person."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.utils import timezone

BEFORE = (6, 7, 6, 5, 7, 6, 8, 6, 5, 7, 6, 6, 7, 5)
DURING = (6, 7, 5, 6, 6, 5, 4, 6, 5, 5, 6, 4, 5, 5, 6, 4, 5, 4, 5, 6, 4, 4, 5, 5, 4, 5, 3, 5)
VISITS = (14, 17, 21, 24, 28, 31, 35, 38)  # days, counted from the first that was scored


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def ada(signed_in):
    return signed_in("therapist", name="Ada Okonkwo")


@pytest.fixture
def ruth(a_client):
    return a_client("Ruth", "Amsler", born=dt.date(1955, 2, 11))


@pytest.fixture
def today(clinic) -> dt.date:
    from afferent.web.clinics.clock import today

    return today(clinic)


@pytest.fixture
def agreed(ruth, ada, today) -> Callable[..., Any]:
    """`agreed()` is a trial of today; `agreed(days=42, also=["peg"], visits=4)` one that began 42 days ago."""
    from afferent.outcomes.person.trial import Agreement
    from afferent.web.outcomes.trials import Wanted, agree

    def make(days: int = 0, also: tuple[str, ...] = (), pauses_on: dt.date | None = None, **more: Any):
        begins, late = today - dt.timedelta(days), more.pop("late", None)
        on = more.pop("on", begins)
        wanted = Wanted(Agreement(**more), tuple(also), begins, pauses_on, late=late)
        user = ada.member.user
        return agree(
            ruth, wanted, by=user, actor=f"user:{user.pk}", today=on, now=timezone.now(), key=uuid.uuid4()
        )  # fmt: skip

    return make


@pytest.fixture
def scored(ruth, ada, today) -> Callable[..., None]:
    """`scored([6, 7, None, 5], days=10)`: one a day from ten days ago on; None: nobody said."""
    from afferent.knowledge import load
    from afferent.web.outcomes.keeping import Told, Who, keep_all

    def make(values, days: int, measure: str = "nrs_pain", told: str = "paper", asked: str = "daily") -> None:
        known = load().measures[measure]
        one = known.items[0].id
        given = [
            Told(known, {one: value}, today - dt.timedelta(days - n), asked, uuid.uuid4().hex)
            for n, value in enumerate(values)
            if value is not None
        ]
        by = None if told == "link" else ada.member.user
        keep_all(ruth, given, Who(told, "link:1" if by is None else f"user:{by.pk}", by), now=timezone.now())

    return make


@pytest.fixture
def visits(ruth, ada, today, clinic) -> Callable[..., list[Any]]:
    """`visits(28, 25)`: done so many days ago."""
    from afferent.web.book.models import Visit

    def make(*days: int, state: str = "done") -> list[Visit]:
        made = []
        for back in days:
            at = dt.datetime.combine(today - dt.timedelta(back), dt.time(10), clinic.zone)
            made.append(
                Visit.objects.create(
                    client=ruth, therapist=ada.member.user, starts_at=at, ends_at=at + dt.timedelta(hours=1),
                    state=state,
                )
            )  # fmt: skip
        return made

    return make


@pytest.fixture
def whole_trial(agreed, scored, visits) -> Any:
    """Fourteen days before, 28 with eight visits, the last of them yesterday."""
    trial = agreed(42)
    visits(*(42 - day for day in VISITS))
    scored(BEFORE + DURING, 42)
    return trial


@pytest.fixture
def link(ada, ruth) -> Callable[[], str]:
    """`link()` is the address of a link that was just made."""

    def make() -> str:
        page = ada.post(f"/clients/{ruth.pk}/outcome/link", {"do": "link"}).content.decode()
        return re.search("http://testserver(/o/[0-9a-z-]+)", page)[1]

    return make


@pytest.fixture
def phone() -> Browser:
    return Browser(enforce_csrf_checks=True)


@pytest.fixture
def form_of() -> Callable[[str], dict[str, str]]:
    """The hidden fields of a page's form."""

    def read(page: str) -> dict[str, str]:
        return dict(re.findall('<input type="hidden" name="([a-z]+)" value="([^"]*)"', page))

    return read


@pytest.fixture
def a_lived_visit(ruth, ada, clinic, examples, today) -> Callable[..., Any]:
    """`a_lived_visit(back=3, level=2, seconds=600, worse="longer")`: opened, hands on the back, ended, and the day
    after. Without a level no hand was on."""
    from afferent.knowledge import load
    from afferent.outline.model import Outline, Step
    from afferent.records.read import read
    from afferent.visit import events
    from afferent.visit.after import NextDay
    from afferent.web.clients.current import current, whole
    from afferent.web.clients.knowing import write
    from afferent.web.clinics.knowledge import in_force
    from afferent.web.demo.fill import moved
    from afferent.web.live.opening import open_visit
    from afferent.web.live.store import append
    from afferent.web.notes.after import answer
    from afferent.web.notes.again import plan_of

    write(ruth, "answers", moved(read(examples / "hands-at-ease.yaml", as_of=None, knowledge=load()), today), on=today)

    def make(back: int, level: int | None, seconds: int = 600, worse: str = ""):
        from afferent.web.book.models import Visit

        at = dt.datetime.combine(today - dt.timedelta(back), dt.time(10), clinic.zone)
        visit = Visit.objects.create(
            client=ruth, therapist=ada.member.user, starts_at=at, ends_at=at + dt.timedelta(minutes=45), state="done"
        )
        screened = current(ruth, today)
        screening = whole(screened, today)
        outline = Outline("with_affected", (Step(("back",), "effleurage", level or 1, 40),))
        plan = plan_of(outline, screening, in_force(clinic), "Ruth")
        session = open_visit(
            visit, outline, plan=plan, screened=screened, screening=screening, by=ada.member.user, now=at
        )

        def happens(second: int, kind: str, **more: Any) -> None:
            when = at + dt.timedelta(seconds=second)
            event = getattr(events, kind)(id=f"{kind.lower()}-{second:06d}", at=when, **more)
            append(session.pk, [event], now=when)

        if level is not None:
            happens(60, "Began")
            happens(60, "Moved", regions=("back",), work="effleurage", level=level, step=0)
        happens(60 + seconds, "Ended")
        if worse:
            day = NextDay(at.date() + dt.timedelta(1), worse=worse)
            session.refresh_from_db()
            answer(session, day, actor="program", now=at + dt.timedelta(days=1))
        return visit

    return make
