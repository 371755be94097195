"""What a face notices by itself is written down while hands are at work; looking at an old visit writes nothing."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django.utils import timezone

from afferent.visit.events import Began
from afferent.web.live import sent
from afferent.web.live.quiet import QUIET_MINUTES
from afferent.web.live.store import append, stream
from afferent.web.live.tests.test_sent import event, send

BY_ITSELF = [
    event("lost", by="program"), event("linked", by="program", again=True), event("silent", to="asked-0001"),
    event("asked", why="clock", regions=["shoulders"]), event("asked", why="first", regions=["shoulders"]),
]  # fmt: skip
BY_HAND = [event("asked", why="asked", regions=["shoulders"]), event("noted", words="x"), event("hands_off")]


@pytest.fixture
def passes(monkeypatch):
    """`passes(minutes)`: so many more, for what the faces send."""
    begins, all = timezone.now(), [0]

    def make(minutes: int) -> None:
        all.append(minutes)
        later = begins + dt.timedelta(minutes=sum(all))
        monkeypatch.setattr(sent, "timezone", SimpleNamespace(now=lambda: later))

    return make


@pytest.fixture
def begun(session, passes):
    """`begun(minutes)`: hands on so many minutes ago, and nothing since."""

    def make(minutes: int):
        now = timezone.now()
        append(session.pk, [Began(id="began-001", at=now)], now=now)
        passes(minutes)
        return session

    return make


def told(session, one) -> int:
    """How many more events there are once the face has said this."""
    before = len(stream(session.pk))
    answer = send(session.ada, f"/live/{session.pk}/events", one)
    assert answer.status_code == 200
    assert answer.json()["kept"] == [one["id"]], "the face need not send it again"
    return len(stream(session.pk)) - before


@pytest.mark.parametrize("one", BY_ITSELF, ids=lambda one: one["kind"])
def test_an_old_visit_that_is_only_looked_at_stays_as_it_is(begun, one) -> None:
    assert told(begun(QUIET_MINUTES + 1), one) == 0


@pytest.mark.parametrize("one", BY_ITSELF, ids=lambda one: one["kind"])
def test_in_a_visit_that_runs_it_is_written_down(begun, one) -> None:
    assert told(begun(QUIET_MINUTES - 1), one) == 1


@pytest.mark.parametrize("one", BY_HAND, ids=lambda one: one["kind"])
def test_what_a_hand_does_is_always_written_down(begun, one) -> None:
    assert told(begun(QUIET_MINUTES + 1), one) == 1


def test_a_hand_wakes_it_and_what_notices_itself_does_not(begun) -> None:
    session = begun(QUIET_MINUTES + 1)
    assert told(session, event("lost", by="program")) == 0
    assert told(session, event("noted", words="Back again.")) == 1
    assert told(session, event("lost", by="program")) == 1


def test_what_is_noticed_does_not_keep_a_visit_awake(begun, passes) -> None:
    session = begun(QUIET_MINUTES - 1)
    assert told(session, event("lost", by="program")) == 1
    passes(2)
    assert told(session, event("linked", by="program", again=True)) == 0


def test_before_the_first_touch_it_counts_from_the_opening(session) -> None:
    assert told(session, event("linked", by="program", again=True)) == 1
