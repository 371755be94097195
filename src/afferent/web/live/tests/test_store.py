"""The event store: once, in order, within the outline."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from afferent.outline.model import Crossing, Outline, Step
from afferent.visit.events import (
    Began,
    Ended,
    Kept,
    Moved,
    Noted,
    Opened,
    Pressed,
    Rescreened,
    Said,
    Scored,
    TakenBack,
)
from afferent.web.live.models import Happening, Session
from afferent.web.live.store import Bounds, NotKept, append, kept, stream

NOW = timezone.now()


def said(number: int, word: str = "good") -> Said:
    return Said(id=f"said-{number:04d}", at=NOW, by="client", word=word)


def bounded() -> Bounds:
    """The sole is held to level 1, the shoulders to 2."""
    bounds = Bounds([])
    bounds.ceilings = {"shoulders": 2, "foot.left.sole": 1}
    return bounds


def test_the_first_event_says_how_it_was_opened(session) -> None:
    (first,) = stream(session.pk)
    assert first.seq == 1
    assert isinstance(first.event, Opened)
    assert first.event.outline.kind == "with_affected"


def test_events_stand_in_the_order_they_came_counted_without_a_gap(session) -> None:
    append(session.pk, [said(1), said(2)], now=NOW)
    append(session.pk, [said(3)], now=NOW)
    assert [one.seq for one in stream(session.pk)] == [1, 2, 3, 4]
    assert [one.event.id for one in stream(session.pk, after=2)] == ["said-0002", "said-0003"]


def test_sent_again_changes_nothing_and_is_told_as_kept(session) -> None:
    first = append(session.pk, [said(1)], now=NOW)
    again = append(session.pk, [said(1), said(1), said(2)], now=NOW + dt.timedelta(seconds=9))
    assert [(one.seq, one.event.id) for one in first] == [(2, "said-0001")]
    assert [(one.seq, one.event.id) for one in again] == [(2, "said-0001"), (3, "said-0002")]
    assert Happening.objects.filter(session=session).count() == 3


def test_an_event_is_never_changed(session) -> None:
    row = Happening.objects.get(session=session)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE live_happening SET body = '{}' WHERE seq = 1")
    assert kept(Happening.objects.get(pk=row.pk)).event == kept(row).event


def test_the_last_touch_ends_the_session(session) -> None:
    append(session.pk, [Ended(id="ended-001", at=NOW)], now=NOW)
    assert Session.objects.get(pk=session.pk).ended_at is not None


def test_a_place_that_is_not_in_the_outline_is_refused_and_nothing_is_kept(session) -> None:
    elsewhere = Moved(id="moved-001", at=NOW, regions=("head_neck",), work="effleurage", level=0)
    with pytest.raises(NotKept, match="not in the outline"):
        append(session.pk, [Began(id="began-001", at=NOW), elsewhere], now=NOW)
    assert len(stream(session.pk)) == 1


@pytest.mark.parametrize("regions", [("foot.right.sole",), ("shoulders", "foot.right"), ("no.such.place",), ("body",)])
def test_only_places_of_the_outline(regions) -> None:
    with pytest.raises(NotKept):
        bounded().check(Moved(id="moved-001", at=NOW, regions=regions, work="effleurage", level=0))


def test_a_part_of_a_place_is_within_it() -> None:
    bounded().check(Moved(id="moved-001", at=NOW, regions=("foot.left.sole.heel",), work="holding", level=1))


def test_no_more_than_the_ceiling() -> None:
    bounds = bounded()
    bounds.learn(Moved(id="moved-001", at=NOW, regions=("foot.left.sole",), work="holding", level=1))
    with pytest.raises(NotKept, match="at most 1 light lotioning"):
        bounds.check(Pressed(id="press-001", at=NOW, level=2))


def test_a_reason_given_beforehand_opens_its_step_as_far_as_it_says_and_nothing_else() -> None:
    outline = Outline("elsewhere", (Step(("shoulders",), "petrissage", 3, 6), Step(("back",), "effleurage", 2, 6)))
    reason = Crossing("pressure", ("shoulders",), "…", ("ANTICOAG",), "client_asks")
    opened = Opened(
        id="opened-01", at=NOW, outline=outline, screened="x", knowledge="x", ceilings={"shoulders": 2, "back": 2},
        crossings=(reason,),
    )  # fmt: skip
    bounds = Bounds([Kept(1, NOW, opened)])
    assert bounds.most(("shoulders",)) == 3
    assert bounds.most(("shoulder.left",)) == 3
    assert bounds.most(("back",)) == 2
    assert bounds.most(("shoulders", "back")) == 2


def test_of_two_limits_in_one_place_the_stricter_counts() -> None:
    bounds = bounded()
    bounds.ceilings = {"foot.left": 3, "foot.left.sole": 1}
    assert bounds.most(("foot.left",)) == 1


def test_after_a_finding_that_closes_nothing_is_worked() -> None:
    bounds = bounded()
    bounds.learn(Rescreened(id="again-001", at=NOW, screened="x", headline="No massage today.", closed=True))
    with pytest.raises(NotKept, match="closed"):
        bounds.check(Moved(id="moved-001", at=NOW, regions=("shoulders",), work="effleurage", level=1))
    bounds.check(Noted(id="noted-001", at=NOW, words="Told to see a clinician today."))


def scored(number: int, value: int, **more) -> Scored:
    return Scored(id=f"score-{number:03d}", at=NOW, value=value, **more)


def test_a_place_that_a_number_ended_stays_over_for_the_visit() -> None:
    """A lower number there afterwards opens nothing: neither more pressure nor a way back."""
    bounds, to = bounded(), {"at": NOW, "work": "effleurage", "level": 1}
    told = (
        scored(1, 2), Began(id="began-001", at=NOW), Moved(id="moved-001", regions=("shoulders",), **to),
        scored(2, 7), scored(3, 1),
    )  # fmt: skip
    for one in told:
        bounds.check(one)
        bounds.learn(one)
    bounds.check(Pressed(id="press-001", at=NOW, level=0))
    for event in (Pressed(id="press-002", at=NOW, level=2), Moved(id="moved-002", regions=("shoulders",), **to)):
        with pytest.raises(NotKept, match="over for this visit"):
            bounds.check(event)
    bounds.check(Moved(id="moved-003", regions=("foot.left.sole",), **to))
    bounds.learn(TakenBack(id="taken-001", at=NOW, of="score-002"))
    bounds.check(Moved(id="moved-004", regions=("shoulders",), **to))


def test_a_number_of_the_same_batch_counts(session) -> None:
    first = next(one for one in stream(session.pk) if isinstance(one.event, Opened)).event.outline.steps[0]
    to = {"at": NOW, "regions": first.regions, "work": first.work, "level": 0, "step": 0}
    batch = [Began(id="began-001", at=NOW), Moved(id="moved-001", **to), scored(1, 9)]
    with pytest.raises(NotKept, match="over for this visit"):
        append(session.pk, [*batch, Moved(id="moved-002", **to)], now=NOW)
