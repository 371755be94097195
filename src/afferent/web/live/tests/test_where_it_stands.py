"""What STOP, a finding and the outline forbid, whatever a device sends."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from afferent.visit.events import (
    Began,
    HandsOff,
    Look,
    Moved,
    Noted,
    Rescreened,
    Said,
    SkinChecked,
    StopBecause,
    TakenBack,
    Warmed,
    WentOn,
)
from afferent.web.live import pairing
from afferent.web.live.models import Pairing, Session
from afferent.web.live.store import Bounds, NotKept
from afferent.web.live.tests.test_sent import event, send

NOW = timezone.now()
READING = {"celsius": 38, "seconds": 300}
STEPS = [
    {"regions": ["back"], "work": "effleurage", "ceiling": 2},
    {"regions": ["back"], "work": "petrissage", "ceiling": 3},
    {
        "regions": ["shoulders"],
        "work": "warm_towel",
        "ceiling": 0,
        "warmth": {"source": "towel", "readings": [READING]},
    },
]


def made(kind, **more):
    return kind(id=uuid.uuid4().hex, at=NOW, **more)


def begun(*events) -> Bounds:
    bounds = Bounds([], {"steps": STEPS})
    bounds.ceilings = {"back": 3, "shoulders": 2}
    for one in (made(Began), *events):
        bounds.check(one)
        bounds.learn(one)
    return bounds


def test_a_visit_begins_once() -> None:
    with pytest.raises(NotKept, match="begun already"):
        begun().check(made(Began))


def test_after_stop_nothing_goes_on_before_hands_are_off() -> None:
    stopped = begun(made(Said, word="stop", by="client"))
    with pytest.raises(NotKept, match="STOP is on"):
        stopped.check(made(WentOn))
    stopped.learn(made(HandsOff))
    stopped.check(made(WentOn))


def test_a_stop_after_hands_off_is_a_new_one() -> None:
    again = begun(made(Said, word="stop"), made(HandsOff), made(Said, word="stop"))
    with pytest.raises(NotKept, match="STOP is on"):
        again.check(made(WentOn))


def test_who_feels_ill_stays_ill_whatever_is_tapped_next() -> None:
    ill = begun(
        made(Said, word="stop"), made(HandsOff), made(StopBecause, detail="ill"), made(StopBecause, detail="pause")
    )
    with pytest.raises(NotKept, match="feels ill"):
        ill.check(made(WentOn))


def test_a_stop_is_not_taken_back() -> None:
    stop = made(Said, word="stop", aloud=True)
    with pytest.raises(NotKept, match="not taken back"):
        begun(stop).check(made(TakenBack, of=stop.id))
    begun(stop).check(made(TakenBack, of=made(Noted, words="x").id))


def test_what_came_of_a_stop_is_not_taken_back_either() -> None:
    for kind in (HandsOff, WentOn):
        done = [made(Said, word="stop"), made(HandsOff), made(WentOn)]
        which = next(one for one in done if isinstance(one, kind))
        with pytest.raises(NotKept, match="not taken back"):
            begun(*done).check(made(TakenBack, of=which.id))


def test_a_visit_that_a_finding_closed_does_not_go_on() -> None:
    closing = made(Rescreened, screened="x", headline="No massage today.", closed=True)
    closed = begun(closing, made(Said, word="stop"), made(HandsOff))
    with pytest.raises(NotKept, match="closed this visit"):
        closed.check(made(WentOn))


def test_who_says_ill_as_it_goes_on_has_stopped_it() -> None:
    ill = begun(made(Said, word="stop"), made(HandsOff), made(WentOn), made(StopBecause, detail="ill"))
    assert ill.stopping.stop == "on"
    with pytest.raises(NotKept, match="feels ill"):
        ill.check(made(WentOn))


@pytest.mark.parametrize("found", ["open", "blister", "hot", "swollen", "red", "bruise", "pale", "black", "wet"])
def test_where_a_finding_was_marked_nobody_works(found) -> None:
    marked = begun(made(SkinChecked, when="during", looks=(Look("back.left.lower", found),)))
    with pytest.raises(NotKept, match="marked there"):
        marked.check(made(Moved, regions=("back",), work="effleurage", level=1, step=0))
    marked.check(made(Moved, regions=("shoulders",), work="effleurage", level=1))


def test_a_step_has_its_own_ceiling_and_its_own_work() -> None:
    bounds = begun()
    bounds.check(made(Moved, regions=("back",), work="petrissage", level=3, step=1))
    for work, level, step in (("effleurage", 3, 0), ("deep_tissue", 1, 0), ("effleurage", 1, 1), ("effleurage", 1, 9)):
        with pytest.raises(NotKept):
            bounds.check(made(Moved, regions=("back",), work=work, level=level, step=step))


@pytest.mark.parametrize(("where", "source", "celsius", "seconds"), [
    ("shoulders", "towel", 95, 300), ("shoulders", "towel", 38, 3600), ("back", "towel", 38, 300),
    ("shoulders", "bath", 38, 300), ("foot.left.sole", "towel", 38, 300),
])  # fmt: skip
def test_nothing_warm_but_what_was_worked_out(where, source, celsius, seconds) -> None:
    with pytest.raises(NotKept, match="warm or cold"):
        begun().check(made(Warmed, regions=(where,), source=source, celsius=celsius, seconds=seconds))
    begun().check(made(Warmed, regions=("shoulders",), source="towel", celsius=38, seconds=300))


def test_no_device_says_when_but_between_the_opening_and_now(session) -> None:
    late, early = event("noted", words="x"), event("ended")
    late["at"], early["at"] = "9999-01-01T00:00:00Z", "0001-01-01T00:00:00Z"
    assert send(session.ada, f"/live/{session.pk}/events", late, early).status_code == 200
    session.refresh_from_db()
    assert session.opened_at <= session.ended_at <= timezone.now() + dt.timedelta(seconds=1)


def test_a_second_end_moves_nothing_and_the_device_is_let_go_at_the_first(session) -> None:
    pairing.make(session)
    send(session.ada, f"/live/{session.pk}/events", event("ended"))
    first = Session.objects.get(pk=session.pk).ended_at
    send(session.ada, f"/live/{session.pk}/events", event("ended"))
    assert Session.objects.get(pk=session.pk).ended_at == first
    assert not Pairing.objects.filter(session_id=session.pk, withdrawn_at=None).exists()
