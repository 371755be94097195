"""A visit that runs: opened with a small outline of three places, the last of them numb."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from django.utils import timezone

from afferent.outline.model import Outline, Step
from afferent.safety.screening import Screening
from afferent.visit.pain import rule

OUTLINE = Outline(
    kind="with_affected",
    steps=(
        Step(("shoulders",), "effleurage", 2, 6),
        Step(("leg.left.back",), "effleurage", 1, 6),
        Step(("foot.left.sole",), "holding", 1, 4, affected=True),
    ),
)


def a_step(place: str, yours: str, regions: list[str], most: int, numb: str = "") -> dict:
    return {
        "place": place, "short": place.partition(",")[0], "yours": yours, "regions": regions, "work": "effleurage",
        "title": "slow effleurage", "level": 1, "ceiling": most, "minutes": 5, "numb": numb, "affected": bool(numb),
        "avoid": [], "ask": f"{yours.capitalize()}. More, less or the same?",
        "say": f"“Ruth, {yours}: more, less or the same?”",
        "score": f"“Ruth, {yours}: how strong is the pain now, from 0 to 10?”",
    }  # fmt: skip


PLAN = {
    "called": "Ruth",
    "minutes": 30,
    "bell": "Bell: right hand.",
    "steps": [
        a_step("Both shoulders", "both your shoulders", ["shoulders"], 2),
        a_step("LEFT lower leg, back", "your LEFT lower leg", ["leg.left.back"], 2),
        a_step("LEFT foot, sole", "your LEFT foot", ["foot.left.sole"], 1, "NUMB to mid-calf"),
    ],
    "avoid": [
        {"what": "RIGHT leg: leave alone", "why": "old clot, physician has not answered"},
        {"what": "No heat, no cold", "why": "numb skin burns without pain"},
    ],
    "checkin": {
        "first": 300,
        "affected": 300,
        "elsewhere": 600,
        "answer": 15,
        "settle": {"region": 20, "pressure": 5, "turn": 0},
    },
    "pain": msgspec.to_builtins(rule("Ruth")),
}


@pytest.fixture
def session(a_client, signed_in):
    """A session of Ruth's with Ada, opened a moment ago; `session.ada` is Ada's browser."""
    from afferent.web.book.models import Visit
    from afferent.web.clients.current import current, whole
    from afferent.web.live.opening import open_visit

    ada, now = signed_in("therapist"), timezone.now()
    ruth = a_client("Ruth", "Amsler")
    visit = Visit.objects.create(
        client=ruth, therapist=ada.member.user, starts_at=now, ends_at=now + dt.timedelta(minutes=45)
    )
    screened = current(ruth, now.date())
    screening = whole(screened, now.date())
    assert isinstance(screening, Screening)
    # What the screening of somebody nobody asked yet allows is nothing; these tests are about the relay.
    opened = open_visit(
        visit, OUTLINE, plan=PLAN, screened=screened, screening=screening, by=ada.member.user, now=now,
    )  # fmt: skip
    opened.ada = ada
    return opened
