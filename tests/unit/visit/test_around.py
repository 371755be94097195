"""What was asked before the first touch and after the last, and what the note tells of it."""

from __future__ import annotations

import msgspec
import pytest

from afferent.errors import InputError
from afferent.visit.around import answers
from afferent.visit.events import PAIN_NOW, decode
from afferent.visit.fold import course
from afferent.visit.last_time import Earlier, last_time
from afferent.visit.note import Names, note
from afferent.visit.pain import scores, start
from afferent.words.note import sections
from tests.unit.visit.made import Tape

NUMB = "nrs_numbness_now"
NAMES = Names(
    "Joan", "Mae", measures={PAIN_NOW: "Pain now (0–10 numeric rating, pain, right now)", NUMB: "Numbness now"}
)


def rated(tape: Tape, second: float, asked: str, value: int | None, measure: str = PAIN_NOW, by: str = "client") -> str:
    if value is None:
        return tape.put(second, "Skipped", measure=measure, asked=asked, by=by)
    return tape.put(second, "Scored", value=value, measure=measure, asked=asked, by=by)


def visit(before: int | None = 6, **opened: object) -> Tape:
    tape = Tape()
    tape.opened(**opened)
    rated(tape, 1, "before_visit", before)
    tape.put(5, "Began")
    tape.moved(5)
    return tape


def ended(tape: Tape, after: int | None = 3) -> Tape:
    tape.put(600, "Ended")
    rated(tape, 660, "after_visit", after)
    return tape


def lines(tape: Tape, view: str = "soap") -> list[str]:
    made = sections(note(tape.kept, None, NAMES), view)  # type: ignore[arg-type]
    return [one.text for section in made for one in section.lines]


def around(tape: Tape, view: str = "soap") -> list[str]:
    return [one for one in lines(tape, view) if one.startswith(("Pain now", "Numbness now"))]


def test_before_and_after_stand_side_by_side_with_the_name_of_the_scale() -> None:
    tape = ended(visit())
    told = ["Pain now (0–10 numeric rating, pain, right now): 6 before the first touch, 3 after the last."]
    assert around(tape) == around(tape, "care") == told
    assert not [one for one in lines(tape) if "put the pain at" in one], "the start is told once"


def test_not_asked_and_skipped_are_told_apart() -> None:
    assert around(visit())[0].endswith(": 6 before the first touch, after the last it was not asked.")
    assert around(ended(visit(), None))[0].endswith(": 6 before the first touch, after the last it was skipped.")
    skipped = ended(visit(None), 4)
    assert around(skipped)[0].endswith(": before the first touch it was skipped, 4 after the last.")
    assert start(course(skipped.kept)) is None


def test_each_measure_has_a_line_and_what_nobody_asked_has_none() -> None:
    tape = visit()
    assert len(around(tape)) == 1
    rated(ended(tape), 670, "after_visit", 8, NUMB)
    assert around(tape)[1] == "Numbness now: before the first touch it was not asked, 8 after the last."


def test_a_note_without_such_answers_is_as_it_was() -> None:
    tape = Tape()
    tape.opened()
    tape.put(0, "Scored", value=2)
    tape.put(5, "Began")
    tape.moved(5)
    tape.put(600, "Ended")
    assert around(tape) == []
    assert "Before the first touch Joan put the pain at 2 of 10." in lines(tape)


def test_the_start_is_one_number_whoever_gave_it_and_the_last_one_holds() -> None:
    tape = visit(6)
    rated(tape, 2, "before_visit", 4, by="therapist")
    rated(tape, 3, "before_visit", None)  # takes no number back
    tape.put(60, "Scored", value=6)
    seen = course(tape.kept)
    assert start(seen) == ("event-0005", 4)
    (one,) = scores(seen)
    assert (one.rise, one.verdict) == (2, "lighten")


def test_an_answer_that_arrives_late_is_of_when_it_was_asked_and_holds_no_hand_on() -> None:
    tape = visit(None)
    tape.put(60, "HandsOff")
    rated(tape, 90, "before_visit", 5)
    seen = course(tape.kept)
    assert start(seen) == ("event-0006", 5)
    assert scores(seen) == ()
    assert seen.seconds == 55


def test_what_is_asked_after_the_last_touch_is_no_number_of_a_place() -> None:
    tape = ended(visit(2), 9)
    seen = course(tape.kept)
    assert scores(seen) == ()
    assert last_time([Earlier(seen)], ("back",)).levels[0].how == "unknown"
    assert answers(seen)["after_visit", PAIN_NOW].value == 9


def test_a_number_taken_back_counts_no_more() -> None:
    tape = visit(None)
    tape.put(70, "TakenBack", of=rated(tape, 2, "before_visit", 7))
    assert start(course(tape.kept)) is None


def test_of_whoever_can_hardly_say_it_a_number_is_no_guide() -> None:
    assert around(ended(visit(rules=("NO-FEEDBACK",))))[0].endswith("Feeling is no guide there.")


@pytest.mark.parametrize("more", [
    {"kind": "scored", "value": 3, "asked": "during"}, {"kind": "scored", "value": None, "asked": "after_visit"},
    {"kind": "scored", "value": 3, "measure": "<b>"}, {"kind": "skipped", "measure": "nrs_pain_now"},
    {"kind": "skipped", "measure": "nrs_pain_now", "asked": ""},
])  # fmt: skip
def test_what_is_no_answer_is_refused(more) -> None:
    with pytest.raises(InputError):
        decode(msgspec.json.encode({"id": "event-0001", "at": "2026-11-24T10:00:00Z"} | more))
