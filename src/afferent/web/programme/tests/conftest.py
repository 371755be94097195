"""A small clinic counted by hand: seven clients, two therapists, November 2026 and the days around it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from afferent.web.programme.counts import Span
from afferent.web.programme.period import Period
from afferent.web.programme.whose import Whose

NOVEMBER = Period(dt.date(2026, 11, 1), dt.date(2026, 11, 30))


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def maren(signed_in):
    return signed_in("owner", name="Maren Voss")


@pytest.fixture
def ada(signed_in):
    return signed_in("therapist", name="Ada Okonkwo")


@pytest.fixture
def bao(signed_in):
    return signed_in("therapist", name="Bao Tran")


@pytest.fixture
def span(clinic) -> Callable[..., Span]:
    """`span()` is November of the whole clinic; `span(user)` that of one therapist."""

    def make(user: Any = None, period: Period = NOVEMBER) -> Span:
        return Span(period, clinic.zone, Whose(user))

    return make


@pytest.fixture
def visit(clinic) -> Callable[..., Any]:
    """`visit(ruth, ada, 3)`: on the third of November at ten, done."""
    from afferent.web.book.models import Visit

    def make(client: Any, who: Any, day: int | dt.date, state: str = "done", hour: int = 10) -> Visit:
        on = day if isinstance(day, dt.date) else dt.date(2026, 11, day)
        at = dt.datetime.combine(on, dt.time(hour), clinic.zone)
        return Visit.objects.create(
            client=client, therapist=who.member.user, starts_at=at, ends_at=at + dt.timedelta(minutes=45), state=state
        )

    return make


@pytest.fixture
def scored() -> Callable[..., None]:
    """`scored(visit, 6, 4)`: pain of this moment before and after it; None: not asked."""
    from afferent.knowledge import load
    from afferent.web.outcomes.models import Score

    def make(visit: Any, before: float | None, after: float | None, measure: str = "nrs_pain_now", **more: Any) -> None:
        scale = more.pop("scale", load().measures[measure].scale)
        for when, value in (("before_visit", before), ("after_visit", after)):
            if value is not None:
                Score.objects.create(
                    client_id=visit.client_id, visit=visit, measure=measure, scale=scale, on=visit.starts_at.date(),
                    asked=when, value=value, answers={"now": value}, told="visit", event=uuid.uuid4().hex,
                )  # fmt: skip

    return make


@pytest.fixture
def lived(clinic) -> Callable[..., Any]:
    """`lived(visit, level=2, minutes=20, numb=5, stop=True, not_felt=True)`: its events, as the faces send them."""
    from afferent.outline.model import Outline, Step
    from afferent.visit import events
    from afferent.visit.events import Look
    from afferent.web.clients.models import Screened
    from afferent.web.live.models import Happening, Session

    def make(
        visit: Any, *, level: int = 2, minutes: int = 20, numb: int = 0, stop: bool = False, not_felt: bool = False
    ):
        import msgspec

        screened = Screened.objects.filter(client_id=visit.client_id).first() or Screened.objects.create(
            client_id=visit.client_id, as_of=visit.starts_at.date(), knowledge="1", decision="treat", urgency="none",
            state="ready", headline="", digest="", body=b"",
        )  # fmt: skip
        session = Session.objects.create(
            visit=visit, client_id=visit.client_id, therapist=visit.therapist, screened=screened, called="R", plan={},
            opened_at=visit.starts_at, ended_at=visit.ends_at,
        )  # fmt: skip
        at = visit.starts_at
        outline = Outline("with_affected", (Step(("back",), "effleurage", 2, 40),))
        made = [events.Opened(
            id="event-opened", at=at, outline=outline, screened="", knowledge="1", ceilings={"back": 5},
            numb=("foot.left",),
        )]  # fmt: skip
        if not_felt:
            look = Look("foot.left.sole.heel", "blister", felt=False)
            made.append(events.SkinChecked(id="event-skin", at=at, when="before", looks=(look,)))
        begun = at + dt.timedelta(seconds=60)
        made += [
            events.Began(id="event-began", at=begun),
            events.Moved(id="event-moved", at=begun, regions=("back",), work="effleurage", level=level, step=0),
        ]
        until = begun + dt.timedelta(minutes=minutes)
        if numb:
            made.append(
                events.Moved(id="event-foot", at=until, regions=("foot.left",), work="effleurage", level=1, step=0)
            )
            until += dt.timedelta(minutes=numb)
        if stop:
            made += [
                events.Said(id="event-stop", at=until, word="stop", by="client"),
                events.HandsOff(id="event-off", at=until),
            ]  # fmt: skip
        made.append(events.Ended(id="event-ended", at=until))
        Happening.objects.bulk_create(
            Happening(session=session, client_id=visit.client_id, seq=n, event=one.id, received=one.at,
                      body=msgspec.to_builtins(one))
            for n, one in enumerate(made, 1)
        )  # fmt: skip
        Session.objects.filter(pk=session.pk).update(last=len(made))
        session.refresh_from_db()
        return session

    return make


@pytest.fixture
def day_after() -> Callable[..., None]:
    """`day_after(session, worse="longer")`."""
    import msgspec

    from afferent.visit.after import NextDay as Day
    from afferent.web.notes.models import NextDay

    def make(session: Any, **said: Any) -> None:
        on = session.opened_at.date() + dt.timedelta(1)
        NextDay.objects.create(
            client_id=session.client_id, session=session, answers=msgspec.to_builtins(Day(on=on, **said))
        )

    return make


@pytest.fixture
def offered() -> Callable[..., Any]:
    """`offered(ruth, ada, 3, "time")`: declined on the third of November; without a reason accepted."""
    from afferent.web.programme.offers import write

    def make(client: Any, who: Any, day: int, reason: str = "", **more: Any) -> Any:
        answer = "declined" if reason else "accepted"
        return write(
            client, answer, reason=reason, on=dt.date(2026, 11, day), by=who.member.user, now=timezone.now(), **more
        )

    return make
