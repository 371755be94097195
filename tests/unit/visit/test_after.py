"""The day after: what is asked, how much gentler the next visit is, and what the rules hear."""

from __future__ import annotations

import datetime as dt
from typing import get_args, get_type_hints

import pytest

from afferent.knowledge import load
from afferent.safety import resolve, screen
from afferent.visit.after import QUESTIONS, STEP, Gentler, NextDay, facts, step_down

DAY = dt.date(2026, 11, 25)
FINE = NextDay(DAY, sore="no", mark="no", blister="no", worse="no")
WORSE = NextDay(DAY, sore="a_lot", mark="no", blister="no", worse="longer")
STILL = NextDay(DAY, sore="a_little", mark="no", blister="no", worse="still")
SHORT = NextDay(DAY, sore="a_little", mark="no", blister="no", worse="short")
BLISTER = NextDay(DAY, sore="no", mark="no", blister="yes", blister_where=("foot.left.sole.heel",), worse="no")
UNSURE = NextDay(DAY)


def test_the_answers_are_those_of_the_questions() -> None:
    hints = get_type_hints(NextDay)
    for name, question in QUESTIONS.items():
        assert tuple(question.options) == get_args(hints[name]), name
        assert question.ask.endswith((".", "?"))
        assert question.where == hasattr(NextDay(DAY), f"{name}_where")


@pytest.mark.parametrize(
    ("history", "gentler"),
    [
        ([], Gentler(0, 0)),
        ([FINE], Gentler(0, 0)),
        ([SHORT], Gentler(0, 0)),
        ([UNSURE], Gentler(0, 0)),
        ([WORSE], Gentler(1, 5)),
        ([STILL], Gentler(1, 5)),
        ([BLISTER], Gentler(1, 5)),
        ([WORSE, WORSE], Gentler(2, 10)),
        ([WORSE, FINE], Gentler(1, 5)),
        ([WORSE, FINE, FINE], Gentler(0, 0)),
        ([WORSE, FINE, None, FINE], Gentler(1, 5)),
        ([WORSE, FINE, UNSURE, FINE], Gentler(1, 5)),
        ([WORSE, None, None, None], Gentler(1, 5)),
        ([FINE, FINE, FINE, FINE, WORSE], Gentler(1, 5)),
    ],
)
def test_each_bad_day_is_one_step_and_two_fine_ones_in_a_row_give_it_back(history: list, gentler: Gentler) -> None:
    assert step_down(history) == gentler


def test_what_nobody_answered_is_not_fine() -> None:
    for unanswered in ({"sore": "unknown"}, {"mark": "unknown"}, {"blister": "unknown"}, {"worse": "unknown"}):
        answers = {"sore": "no", "mark": "no", "blister": "no", "worse": "no", **unanswered}
        assert not NextDay(DAY, **answers).was_fine  # type: ignore[arg-type]


def test_the_steps_are_our_default_and_say_so() -> None:
    assert {one.strength for one in STEP.values()} == {"N"}


def test_a_blister_from_home_is_open_skin_for_the_rules() -> None:
    (one,) = facts(BLISTER)
    assert (one.fact, one.value, one.date, one.origin) == ("open_skin", ("foot.left.sole.heel",), DAY, "next-day check")
    screening = screen(resolve([one], load(), DAY), load())
    assert "foot.left" in screening.excluded


def test_a_blister_somewhere_holds_everything_back_until_it_is_said_where() -> None:
    (one,) = facts(NextDay(DAY, blister="yes"))
    assert one.value is True
    screening = screen(resolve([one], load(), DAY), load())
    assert "open_skin" in {question.fact for question in screening.questions if question.critical}


def test_no_blister_and_no_answer_tell_the_rules_nothing() -> None:
    assert facts(FINE) == facts(UNSURE) == facts(WORSE) == []
