"""What is left of an outline: only ever less, and inside the limits that hold now."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from afferent.body.regions import area
from afferent.knowledge import load
from afferent.outline import faults, outlines
from afferent.outline.model import Outline, Step, Wish
from afferent.records.read import read
from afferent.safety import resolve, screen
from afferent.visit.events import Look
from afferent.visit.skin import facts, rescreening
from afferent.web.notes.narrow import left

KNOWLEDGE = load()
INTAKE = read(Path(__file__).parents[5] / "examples" / "numb-feet.yaml", as_of=None, knowledge=KNOWLEDGE)
AT = dt.datetime.combine(INTAKE.as_of, dt.time(10), dt.UTC)
BEFORE = screen(resolve(INTAKE.statements, KNOWLEDGE, INTAKE.as_of), KNOWLEDGE)
OFFERED = [one for one in outlines(BEFORE, KNOWLEDGE, Wish(first=False)) if one.steps]
PLACES = ("foot.left.sole.heel", "foot.right.top", "hand.left.palm", "leg.left.back", "back.left.lower", "shoulders")
FOUND = ("red", "open", "blister", "swollen", "hot", "callus")
LENIENT = Wish(minutes=120, first=False, warmth=True)


def found(*looks: Look):
    held = tuple(INTAKE.statements)
    told = rescreening(held, facts(looks, AT, held))
    return screen(resolve(told, KNOWLEDGE, INTAKE.as_of), KNOWLEDGE)


looks = some.builds(Look, some.sampled_from(PLACES), some.sampled_from(FOUND), some.sampled_from([True, False, None]))


@settings(max_examples=300, derandomize=True, deadline=None)
@given(outline=some.sampled_from(OFFERED), seen=some.lists(looks, min_size=1, max_size=3))
def test_whatever_is_found_only_less_is_left_and_all_of_it_inside_the_limits(outline, seen) -> None:
    after = found(*seen)
    kept = left(outline, BEFORE, after, KNOWLEDGE)
    for step, now in zip(outline.steps, kept, strict=True):
        if now is not None:
            assert set(now.regions) <= set(step.regions)
            assert now.level <= step.level
            assert now.minutes <= step.minutes
            assert (now.work, now.points, now.source) == (step.work, step.points, step.source)
            assert not area(now.regions) & area(after.excluded)
    rest = Outline(outline.kind, tuple(step for step in kept if step is not None))
    crossed = faults(rest, after, KNOWLEDGE, LENIENT) if rest.steps else ()
    assert [one.says for one in crossed if one.crosses != "start"] == []


@pytest.mark.parametrize("outline", OFFERED, ids=lambda one: one.kind)
def test_nothing_found_nothing_taken_away(outline) -> None:
    assert left(outline, BEFORE, BEFORE, KNOWLEDGE) == outline.steps


def test_of_two_feet_the_one_that_is_whole_stays() -> None:
    outline = Outline(
        "with_affected", (Step(("back",), "effleurage", 2, 5), Step(("foot.left", "foot.right"), "effleurage", 1, 6))
    )
    (back, feet) = left(outline, BEFORE, found(Look("foot.left.sole.heel", "blister", felt=False)), KNOWLEDGE)
    assert back == outline.steps[0]
    assert feet is not None
    assert feet.regions == ("foot.right",)


def test_a_visit_that_is_closed_has_nothing_left() -> None:
    for outline in OFFERED:
        assert set(left(outline, BEFORE, found(Look("foot.right.top", "hot")), KNOWLEDGE)) == {None}


def test_what_was_settled_with_a_reason_stays_settled() -> None:
    outline = Outline(
        "with_affected", (Step(("foot.right",), "effleurage", 1, 11), Step(("back",), "effleurage", 2, 5))
    )
    assert [one.crosses for one in faults(outline, BEFORE, KNOWLEDGE, LENIENT)] == ["start", "minutes"]
    kept = left(outline, BEFORE, found(Look("hand.left.palm", "callus")), KNOWLEDGE)
    assert kept == outline.steps
    without = left(outline, None, BEFORE, KNOWLEDGE)
    assert without[0] is not None
    assert without[0].minutes == 10
