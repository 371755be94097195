"""The day after: what is asked, how much gentler the next visit is, and what the rules hear."""

from __future__ import annotations

import datetime as dt
from typing import get_args, get_type_hints

import msgspec
import pytest
from msgspec.structs import replace

from afferent.knowledge import load
from afferent.safety import resolve, screen
from afferent.visit.after import QUESTIONS, STEP, Gentler, NextDay, facts, step_down, urgent

DAY = dt.date(2026, 11, 25)
NOTHING = {"mark": "no", "blister": "no", "swollen": "no", "breathless": "no", "fall": "no"}
FINE = NextDay(DAY, sore="no", worse="no", **NOTHING)  # type: ignore[arg-type]
WORSE = NextDay(DAY, sore="a_lot", mark="no", blister="no", worse="longer")
STILL = NextDay(DAY, sore="a_little", mark="no", blister="no", worse="still")
SHORT = NextDay(DAY, sore="a_little", mark="no", blister="no", worse="short")
BLISTER = NextDay(DAY, sore="no", mark="no", blister="yes", blister_where=("foot.left.sole.heel",), worse="no")
UNSURE = NextDay(DAY)


def test_the_answers_are_those_of_the_questions() -> None:
    hints = get_type_hints(NextDay)
    for name, question in QUESTIONS.items():
        assert tuple(question.options) == tuple(one for one in get_args(hints[name]) if one != "not_asked"), name
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
    for name in QUESTIONS:
        assert not replace(FINE, **{name: "unknown"}).was_fine, name


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


SWOLLEN = replace(FINE, swollen="yes", swollen_where=("leg.right",))
BREATHLESS = replace(FINE, breathless="yes")
FELL, FAINTED = replace(FINE, fall="fall"), replace(FINE, fall="faint")


def screened(day: NextDay):
    return screen(resolve(facts(day), load(), DAY), load())


def test_a_leg_newly_swollen_is_a_clot_until_a_clinician_has_looked() -> None:
    (one,) = facts(SWOLLEN)
    assert (one.fact, one.value) == ("limb_swollen", ("leg.right",))
    assert screened(SWOLLEN).decision == "do_not_treat_refer"
    assert "today" in urgent(SWOLLEN)[0]


def test_a_swelling_that_was_told_of_no_limb_is_somewhere() -> None:
    (one,) = facts(replace(SWOLLEN, swollen_where=("back",)))
    assert one.value == ("elsewhere",)
    assert screened(replace(SWOLLEN, swollen_where=())).ask_first


@pytest.mark.parametrize("day", [BREATHLESS, FAINTED])
def test_breathlessness_or_a_faint_is_an_emergency(day: NextDay) -> None:
    assert screened(day).urgency == "emergency"
    assert urgent(day)[0].startswith("Call the emergency number now")


def test_a_fall_is_told_to_the_rules_and_the_client_hears_when_to_be_seen() -> None:
    assert [one.fact for one in facts(FELL)] == ["fall_risk"]
    assert "blood thinner" in urgent(FELL)[0]


def test_the_most_urgent_is_read_first_and_each_once() -> None:
    words = urgent(replace(SWOLLEN, breathless="yes", fall="faint"))
    assert words[0].startswith("Call the emergency number")
    assert len(words) == 2
    assert urgent(FINE) == urgent(UNSURE) == ()


@pytest.mark.parametrize("day", [SWOLLEN, BREATHLESS, FAINTED])
def test_such_a_day_is_one_step_gentler_and_never_fine(day: NextDay) -> None:
    assert step_down([day]) == Gentler(1, 5)
    assert not day.was_fine
    assert not FELL.was_fine


def test_every_answer_that_is_told_or_said_is_one_that_is_offered() -> None:
    for question in QUESTIONS.values():
        assert {*question.tells, *question.urgency, *question.says} <= set(question.options)
        assert set(question.says) == set(question.urgency)
        assert set(question.tells.values()) <= set(load().facts)


def test_a_day_told_before_these_questions_still_reads_and_is_as_fine_as_it_was() -> None:
    kept = {"on": "2026-11-25", "sore": "no", "mark": "no", "blister": "no", "worse": "no"}
    day = msgspec.convert(kept, NextDay)
    assert day.was_fine
    assert not replace(day, swollen="unknown").was_fine, "asked, and not known"
