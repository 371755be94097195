"""The pain as a number: what it asks for, and what the note tells of it."""

from __future__ import annotations

import msgspec
import pytest

from afferent.errors import InputError
from afferent.visit.events import decode
from afferent.visit.fold import course
from afferent.visit.last_time import Earlier, last_time
from afferent.visit.note import Names, note
from afferent.visit.pain import asked, judge, rule, scores
from afferent.words.note import sections
from tests.unit.visit.made import Tape

NAMES = Names("Joan", "Mae", works={"effleurage": "slow effleurage"})


def visit(start: int | None = 2, **opened: object) -> Tape:
    tape = Tape()
    tape.opened(**opened)
    if start is not None:
        tape.put(0, "Scored", value=start)
    tape.put(5, "Began")
    tape.moved(5)
    return tape


def of_pain(tape: Tape, view: str = "soap") -> list[str]:
    made = sections(note(tape.kept, None, NAMES), view)  # type: ignore[arg-type]
    return [one.text for section in made for one in section.lines if "put the pain" in one.text]


@pytest.mark.parametrize(
    ("start", "value", "verdict"),
    [
        (2, 2, ""), (2, 3, ""), (0, 3, "lighten"), (2, 4, "lighten"), (2, 5, "lighten"), (2, 6, "leave"),
        (0, 10, "leave"), (6, 6, ""), (6, 5, ""), (6, 7, "over"), (3, 4, "over"), (None, 1, ""), (None, 3, "lighten"),
        (None, 4, "leave"), (None, 10, "leave"), (8, 8, ""), (8, 9, "leave"), (10, 9, "leave"), (10, 10, "leave"),
    ],
)  # fmt: skip
def test_two_above_the_start_asks_for_less_and_four_ends_the_place(start, value, verdict) -> None:
    assert judge(value, start) == verdict


def test_more_pain_never_asks_for_less_easing() -> None:
    ranks = ["", "over", "lighten", "leave"]
    for start in (None, *range(11)):
        found = [ranks.index(judge(value, start)) for value in range(11)]
        assert found == sorted(found)


def test_the_note_tells_the_start_the_rise_and_what_was_done() -> None:
    tape = visit()
    word = tape.said(130, "changed")
    tape.put(140, "Scored", value=5, to=word)
    tape.put(150, "Pressed", level=1)
    tape.put(200, "Scored", value=6)
    tape.moved(230, "shoulders")
    assert of_pain(tape) == [
        "Before the first touch Joan put the pain at 2 of 10.",
        "After 2 minutes, on the back during slow effleurage at 2 heavy lotioning, asked after CHANGED FEELING, Joan "
        "put the pain at 5 of 10, three above the start. That asks for less, or for leaving the place (our default). "
        "The pressure was lowered.",
        "After 3 minutes, on the back during slow effleurage at 1 light lotioning, Joan put the pain at 6 of 10, four "
        "above the start. That ends the place for this visit (our default). Hands went on elsewhere.",
    ]
    assert sorted(of_pain(tape)) == sorted(of_pain(tape, "care"))


def test_nothing_done_about_it_is_said_too_and_a_number_that_asks_for_nothing_is_never_called_good() -> None:
    tape = visit(None)
    tape.put(60, "Scored", value=5)
    tape.put(90, "Scored", value=1)
    eased, low = of_pain(tape)
    assert eased.endswith("That ends the place for this visit (our default). Nobody noted that it was eased.")
    assert low.endswith("Joan put the pain at 1 of 10.")


def test_over_a_numb_place_and_where_it_can_hardly_be_said_a_number_is_no_guide() -> None:
    numb = visit()
    numb.moved(60, "foot.left", level=1)
    numb.put(90, "Scored", value=0)
    assert of_pain(numb)[-1].endswith("Feeling is no guide there.")
    unsaid = visit(rules=("NO-FEEDBACK",))
    unsaid.put(90, "Scored", value=0)
    assert of_pain(unsaid)[-1].endswith("Feeling is no guide there.")


def test_the_last_number_before_the_first_touch_is_the_start() -> None:
    tape = Tape()
    tape.opened()
    tape.put(0, "Scored", value=7)
    tape.put(2, "Scored", value=1)
    tape.put(5, "Began")
    tape.moved(5)
    tape.put(60, "Scored", value=5)
    (one,) = scores(course(tape.kept))
    assert (one.rise, one.verdict) == (4, "leave")


def test_a_level_at_which_pain_rose_flared() -> None:
    tape = visit()
    tape.put(60, "Scored", value=4)
    then = last_time([Earlier(course(tape.kept))], ("back",))
    assert [(one.level, one.how, one.why) for one in then.levels] == [(2, "flared", "said_so")]
    quiet = visit()
    quiet.put(60, "Scored", value=2)
    assert last_time([Earlier(course(quiet.kept))], ("back",)).levels[0].how == "unknown"


def test_only_whole_numbers_from_0_to_10_are_kept() -> None:
    told = {"kind": "scored", "id": "event-0001", "at": "2026-11-24T10:00:00Z"}
    for value in (-1, 11, 3.5, "3", None):
        with pytest.raises(InputError):
            decode(msgspec.json.encode(told | {"value": value}))
    assert decode(msgspec.json.encode(told | {"value": 10})).value == 10


def test_the_question_names_the_place_and_nobody_is_asked_who_can_hardly_say_it() -> None:
    assert asked(("foot.left",), "Joan") == "Joan, your left foot: how strong is the pain now, from 0 to 10?"
    assert rule("Joan").after == ("changed", "more")
    assert (rule("Joan", asks=False).after, rule("Joan", asks=False).before) == ((), "")
    assert {name: one.do for name, one in rule("Joan").says.items()} == {
        "over": "LIGHTEN", "lighten": "LIGHTEN, OR LEAVE", "leave": "LEAVE THIS PLACE",
    }  # fmt: skip
