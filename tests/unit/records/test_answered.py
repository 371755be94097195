"""What an earlier answer is still worth, and whether another makes light of it."""

from __future__ import annotations

import datetime as dt

import pytest

from afferent.knowledge import load
from afferent.records.answered import milder, weighs
from afferent.safety.evidence import Evidence
from tests.generative.people import AS_OF

KNOWLEDGE = load()
YESTERDAY = AS_OF - dt.timedelta(days=1)


def told(fact: str, value, day: dt.date = AS_OF) -> Evidence:
    return Evidence(fact, value, day)


@pytest.mark.parametrize(
    ("fact", "better", "worse"),
    [
        ("clot_ever", False, True),
        ("clot_ever", None, ("left",)),
        ("foot_pulses", True, False),
        ("clot_date", dt.date(2010, 1, 1), dt.date(2026, 1, 1)),
        ("clot_date", False, dt.date(2010, 1, 1)),
        ("inr", 2.0, 5.0),
        ("inr", None, 5.0),
        ("platelets", 200.0, 20.0),
        ("glucose", 300.0, 350.0),
        ("glucose", 60.0, 50.0),
        ("anticoagulant_reason", "valve", "clot"),
        ("weakness_onset", "longer", "hours"),
        ("hot_cold_intact", ("foot.left",), False),
    ],
)
def test_what_is_better_makes_light_of_what_is_worse_and_never_the_other_way(fact: str, better, worse) -> None:
    assert milder(told(fact, better), told(fact, worse), KNOWLEDGE)
    assert better is None or not milder(told(fact, worse), told(fact, better), KNOWLEDGE)
    assert not milder(told(fact, worse), told(fact, worse), KNOWLEDGE)


@pytest.mark.parametrize(
    ("fact", "one", "other"), [("glucose", 50.0, 320.0), ("anticoagulant_reason", "valve", "rhythm")]
)
def test_what_nobody_can_order_makes_light_of_each_other(fact: str, one, other) -> None:
    assert milder(told(fact, one), told(fact, other), KNOWLEDGE)
    assert milder(told(fact, other), told(fact, one), KNOWLEDGE)


def test_places_of_a_hazard_make_light_of_none() -> None:
    assert not milder(told("numb", ("foot.left",)), told("numb", ("foot.left", "foot.right")), KNOWLEDGE)
    assert not milder(told("numb", ("foot.left",)), told("numb", True), KNOWLEDGE)


@pytest.mark.parametrize(("days", "counts"), [(30, True), (31, False)])
def test_a_number_is_weighed_for_as_long_as_it_may_count(days: int, counts: bool) -> None:
    assert milder(told("inr", 2.0), told("inr", 5.0, AS_OF - dt.timedelta(days=days)), KNOWLEDGE) is counts


@pytest.mark.parametrize(
    ("fact", "value", "today", "another_day"),
    [
        ("numb", ("foot.left",), True, True),
        ("numb", False, False, False),
        ("numb", None, False, False),
        ("foot_pulses", True, False, False),
        ("inr", 2.0, True, True),
        ("weakness_onset", "hours", True, True),
        ("weakness_onset", "days", True, False),
        ("hot_cold_intact", ("foot.left",), True, False),
        ("hot_cold_intact", False, True, True),
    ],
)
def test_hazards_weigh_always_and_what_could_be_better_on_its_day(fact: str, value, today, another_day) -> None:
    assert weighs(told(fact, value), KNOWLEDGE, AS_OF) is today
    assert weighs(told(fact, value, YESTERDAY), KNOWLEDGE, AS_OF) is another_day
    assert weighs(told(fact, value), KNOWLEDGE, YESTERDAY) is today, "nor does what was said earlier make it better"
