"""What a series of visits comes to: minutes added up over visits, and what was seen on the skin."""

from __future__ import annotations

import datetime as dt

from afferent.knowledge import load
from afferent.records.letters.course import Dose, SkinFinding, doses_of, highest_of, skin_of
from afferent.visit.course import Course
from afferent.visit.events import Look
from afferent.visit.fold import course
from afferent.visit.ledger import Ledger, ledger
from tests.unit.visit.made import Tape, minutes

KNOWLEDGE = load()
FIRST, SECOND = dt.date(2026, 11, 3), dt.date(2026, 11, 10)


def visit(*spells: tuple[float, str, int], ends: float, looks: tuple[Look, ...] = ()) -> Course:
    tape = Tape()
    for second, regions, level in spells:
        tape.moved(second, regions, level=level)
    tape.put(ends, "Ended")
    if looks:
        tape.looked(ends + 1, "after", *looks)
    return course(tape.kept)


def of(*visits: Course) -> tuple[Dose, ...]:
    return doses_of([ledger(one) for one in visits], KNOWLEDGE)


def test_minutes_of_all_visits_are_added_up_by_place_work_and_level_the_longest_first() -> None:
    one = visit((0, "foot.left", 1), (minutes(5), "back", 2), ends=minutes(11))
    two = visit((0, "foot.left", 1), (minutes(4), "foot.left", 2), ends=minutes(5))
    work = KNOWLEDGE.library["effleurage"].title
    assert of(one, two) == (
        Dose("LEFT foot", work, 1, 9), Dose("back", work, 2, 6), Dose("LEFT foot", work, 2, 1),
    )  # fmt: skip


def test_the_order_of_visits_changes_nothing() -> None:
    one, two = visit((0, "back", 2), ends=90), visit((0, "foot.left", 1), ends=90)
    assert of(one, two) == of(two, one)


def test_what_was_shorter_than_a_minute_counts_as_one_and_seconds_are_added_before_they_are_rounded() -> None:
    short = visit((0, "back", 2), ends=20)
    assert [dose.minutes for dose in of(short)] == [1]
    assert [dose.minutes for dose in of(short, short, short, short, short, short)] == [2]


def test_work_that_the_library_does_not_know_keeps_its_name() -> None:
    tape = Tape()
    tape.moved(0, work="a-work-of-its-own")
    tape.put(120, "Ended")
    assert of(course(tape.kept))[0].work == "a-work-of-its-own"


def test_without_a_visit_nothing_was_done_and_nothing_was_highest() -> None:
    assert of() == ()
    assert highest_of(()) is None
    assert doses_of([Ledger((), (), (), (), ())], KNOWLEDGE) == ()


def test_the_highest_level_is_that_of_any_place() -> None:
    assert highest_of(of(visit((0, "foot.left", 1), (60, "back", 3), (90, "back", 2), ends=120))) == 3


def test_the_skin_of_each_visit_in_words_felt_not_felt_or_not_said() -> None:
    looks = (
        Look("foot.left.sole.heel", "blister", felt=False), Look("foot.right.top", "red", felt=True),
        Look("back", "bruise"), Look("foot.right.sole", "intact"), Look("hand.left.palm", "not_looked"),
    )  # fmt: skip
    seen = skin_of([(FIRST, visit((0, "back", 2), ends=60, looks=looks)), (SECOND, visit((0, "back", 2), ends=60))])
    assert seen == (
        SkinFinding(FIRST, "LEFT foot, sole, heel", "a blister", False),
        SkinFinding(FIRST, "RIGHT foot, top", "red", True),
        SkinFinding(FIRST, "back", "a bruise, or pin-point red dots", None),
    )


def test_the_same_finding_on_another_day_stands_with_its_day() -> None:
    looks = (Look("foot.left.sole.heel", "callus"),)
    one = visit((0, "back", 2), ends=60, looks=looks)
    assert [found.on for found in skin_of([(FIRST, one), (SECOND, one)])] == [FIRST, SECOND]
