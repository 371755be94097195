"""When the next check-in is due, and in which words."""

from __future__ import annotations

import datetime as dt

import pytest

from afferent.knowledge import load
from afferent.visit.checkins import PAIN, SETTLE, SIGNS, WHEN, Due, due, question
from tests.unit.visit.made import START, Tape, minutes


def second(found: Due | None) -> float:
    assert found is not None
    return (found.at - START).total_seconds()


def touching(start: float = 0) -> Tape:
    tape = Tape()
    tape.opened()
    tape.put(start, "Began")
    tape.moved(start)
    return tape


def test_the_first_place_is_asked_about_once_hands_have_settled() -> None:
    found = due(touching(30).kept)
    assert second(found) == 30 + 20
    assert found is not None
    assert (found.why, found.regions, found.numb) == ("region", ("back",), False)


def test_the_first_comes_within_five_minutes_of_the_first_touch_however_often_hands_move() -> None:
    tape = touching()
    for number, seconds in enumerate(range(15, int(minutes(5)), 15)):
        tape.moved(seconds, ("shoulders", "back")[number % 2])
    assert second(due(tape.kept)) == minutes(5)
    assert due(tape.kept).why == "first"


def test_elsewhere_the_next_comes_after_ten_minutes_and_on_an_affected_place_after_five() -> None:
    tape = touching()
    asked = tape.asked(100, "back")
    tape.said(105, "same", to=asked)
    assert second(due(tape.kept)) == 100 + minutes(10)
    tape.moved(200, "foot.left", level=1)
    asked = tape.asked(220, "foot.left", "region")
    tape.said(225, "nothing_new", to=asked)
    found = due(tape.kept)
    assert second(found) == 220 + minutes(5)
    assert found is not None
    assert (found.why, found.numb) == ("clock", True)


def test_a_place_is_affected_because_the_outline_says_so_even_where_feeling_is_intact() -> None:
    tape = Tape()
    tape.opened(numb=())
    tape.moved(0, "foot.left.top", level=1)
    asked = tape.asked(10, "foot.left.top")
    tape.said(12, "same", to=asked)
    assert second(due(tape.kept)) == 10 + minutes(5)


@pytest.mark.parametrize(
    ("why", "kind", "fields", "settled"),
    [
        ("region", "Moved", {"regions": "shoulders", "work": "petrissage", "level": 2}, 20),
        ("pressure", "Pressed", {"level": 3}, 5),
        ("pressure", "Moved", {"regions": "back", "work": "petrissage", "level": 3}, 5),
        ("turn", "Turned", {"position": "side_lying"}, 0),
    ],
)
def test_a_new_place_a_step_up_and_a_turn_are_asked_about_once_hands_have_settled(
    why: str, kind: str, fields: dict, settled: int
) -> None:
    tape = touching()
    asked = tape.asked(50, "back")
    tape.said(52, "same", to=asked)
    tape.put(60, kind, **fields)
    found = due(tape.kept)
    assert second(found) == 60 + settled == 60 + SETTLE[why].value
    assert found is not None
    assert found.why == why


def test_less_pressure_is_not_asked_about() -> None:
    tape = touching()
    asked = tape.asked(50, "back")
    tape.said(52, "same", to=asked)
    tape.put(60, "Pressed", level=1)
    found = due(tape.kept)
    assert found is not None
    assert found.why == "clock"


def test_while_an_answer_is_awaited_none_is_due() -> None:
    tape = touching()
    tape.asked(50, "back")
    assert due(tape.kept) is None


def test_a_silence_stays_due_and_is_asked_aloud_until_somebody_answers() -> None:
    tape = touching()
    asked = tape.asked(50, "back", "clock")
    tape.put(65, "Silent", to=asked, by="program")
    tape.said(70, "good")
    found = due(tape.kept)
    assert found is not None
    assert (second(found), found.aloud, found.why) == (65, True, "clock"), "a word unasked is no answer"
    tape.said(75, "same", to=asked, aloud=True, by="therapist")
    assert second(due(tape.kept)) == 50 + minutes(10)


def test_a_word_that_is_said_unasked_does_not_put_it_off() -> None:
    tape = touching()
    tape.said(200, "good")
    assert second(due(tape.kept)) == 20


def test_a_word_that_is_said_aloud_answers_whatever_was_asked() -> None:
    tape = touching()
    tape.asked(50, "back")
    tape.said(60, "same", aloud=True, by="therapist")
    assert second(due(tape.kept)) == 50 + minutes(10)


@pytest.mark.parametrize("kind", ["HandsOff", "Ended"])
def test_none_is_due_while_nobody_is_touched(kind: str) -> None:
    assert due([]) is None
    tape = touching()
    tape.put(10, kind)
    assert due(tape.kept) is None


def test_none_is_due_while_stop_holds() -> None:
    tape = touching()
    tape.said(10, "stop")
    assert due(tape.kept) is None


def test_the_question_says_your_left_and_on_a_numb_place_never_asks_for_more() -> None:
    intact, numb = question(("foot.left",), False, "Walter"), question(("foot.left",), True, "Walter")
    assert intact.ask == "Your LEFT foot: more, less or the same?"
    assert intact.say == "Walter, your left foot: more, less or the same?"
    assert numb.ask == "Your LEFT foot. Anything, anywhere – tingling, burning, warmth?"
    assert "more" not in numb.ask + numb.say
    assert "more" not in numb.answers


def test_who_can_hardly_say_it_is_given_a_sign_and_never_asked_for_more() -> None:
    for numb in (False, True):
        watched = question(("foot.left",), numb, "Walter", watched=True)
        assert "Raise your hand" in watched.ask
        assert "more" not in watched.ask + watched.say
        assert "stop" in watched.answers
        assert watched.strength == "N"


def test_the_signs_are_those_that_end_a_stroke_without_a_word() -> None:
    assert {"Breath held", "Jaw or fists clenched", "Toes curling", "A wince"} <= set(SIGNS.lighten)
    assert any("chest pain" in one for one in SIGNS.stop)
    assert not set(SIGNS.stop) & set(SIGNS.lighten)


def test_pain_stays_under_what_schools_of_massage_call_useful() -> None:
    assert (PAIN["aim"].value, PAIN["ceiling"].value) == (2, 3)
    assert (PAIN["lighten"].value, PAIN["leave"].value) == (2, 4)
    assert {one.strength for one in PAIN.values()} == {"N"}


def test_every_number_says_what_it_rests_on() -> None:
    sources = load().sources
    assert {name: one.value for name, one in WHEN.items()} == {
        "first": 300, "affected": 300, "elsewhere": 600, "answer": 15,
    }  # fmt: skip
    for one in [*WHEN.values(), question(("back",), False, "A"), question(("back",), True, "A")]:
        assert set(one.sources) <= set(sources)
        assert one.sources or one.strength == "N", "without a source it is our default"


def test_no_number_of_the_clock_is_longer_than_the_reference_allows() -> None:
    assert dt.timedelta(seconds=WHEN["first"].value) <= dt.timedelta(minutes=5)
