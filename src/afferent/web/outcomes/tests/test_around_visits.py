"""What the client's face of a visit may ask: the measures that are due, and answers kept once by their event."""

from __future__ import annotations

import pytest
from django.utils import timezone

from afferent.errors import InputError
from afferent.knowledge import load
from afferent.web.outcomes import shown
from afferent.web.outcomes.asked import due, keep
from afferent.web.outcomes.judged import found
from afferent.web.outcomes.models import Score


def ids(measures) -> list[str]:
    return [one.id for one in measures]


@pytest.fixture
def answer(ruth, today):
    def make(visit, when: str, value: int, event: str, measure: str = "nrs_pain_now"):
        return keep(
            ruth, measure, {load().measures[measure].items[0].id: value}, when=when, visit=visit, event=event, on=today,
            now=timezone.now(), actor="device:1",
        )  # fmt: skip

    return make


def test_without_a_trial_pain_of_this_moment_alone(ruth) -> None:
    assert ids(due(ruth, "before_visit")) == ["nrs_pain_now"]


def test_with_a_trial_the_twins_of_what_it_asks(agreed, ruth) -> None:
    agreed(also=("nrs_numbness", "nrs_anxiety", "peg"))
    assert ids(due(ruth, "after_visit")) == ["nrs_pain_now", "nrs_numbness_now", "nrs_anxiety"]


def test_what_this_visit_answered_is_asked_no_more(agreed, ruth, visits, answer) -> None:
    agreed()
    visit = visits(0)[0]
    answer(visit, "before_visit", 6, "event-0001")
    assert due(ruth, "before_visit", visit) == ()
    assert ids(due(ruth, "after_visit", visit)) == ["nrs_pain_now"]


def test_the_same_event_again_is_the_same_row(visits, answer) -> None:
    visit = visits(0)[0]
    assert answer(visit, "before_visit", 6, "event-0001").new
    assert not answer(visit, "before_visit", 6, "event-0001").new
    assert Score.objects.count() == 1


def test_an_answer_that_cannot_be_is_not_kept(visits, answer) -> None:
    with pytest.raises(InputError, match="0 to 10"):
        answer(visits(0)[0], "before_visit", 11, "event-0001")


def test_before_and_after_stand_side_by_side(agreed, ruth, today, visits, answer) -> None:
    agreed()
    for n, (before, after) in enumerate([(6, 3), (7, 4), (9, None)]):
        visit = visits(0)[0]
        answer(visit, "before_visit", before, f"event-b{n:04d}")
        if after is not None:
            answer(visit, "after_visit", after, f"event-a{n:04d}")
    row = shown.around(found(ruth, today), load().measures)[0]
    assert (row.title, row.visits, row.before, row.after) == ("Pain now", 2, "6.5", "3.5")
