""" "Last time: level 2 was fine here, 3 flared." """

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from afferent.visit.after import NextDay
from afferent.visit.events import Look
from afferent.visit.fold import course
from afferent.visit.last_time import Earlier, LastTime, last_time
from afferent.words.last_time import last_time_words
from tests.unit.visit.made import Tape

DAY = dt.date(2026, 11, 25)
FINE = NextDay(DAY, sore="no", mark="no", blister="no", worse="no", swollen="no", breathless="no", fall="no")
SWOLLEN = replace(FINE, swollen="yes", swollen_where=("leg.left",))
FAINTED = replace(FINE, fall="faint")
WORSE = NextDay(DAY, sore="a_lot", mark="no", blister="no", worse="longer")


def shoulders(*levels: int) -> Tape:
    tape = Tape()
    tape.opened()
    for number, level in enumerate(levels):
        tape.moved(100 * number, "shoulders", level=level)
    return tape


def told(tape: Tape, day: NextDay | None, region: str = "shoulders") -> LastTime:
    return last_time([Earlier(course(tape.kept), day)], (region,))


def hows(found: LastTime) -> dict[int, str]:
    return {one.level: one.how for one in found.levels}


def test_a_level_was_fine_if_the_day_after_was_said_to_be() -> None:
    found = told(shoulders(2, 3), FINE)
    assert hows(found) == {2: "fine", 3: "fine"}
    assert last_time_words(found) == "Last time: 2 heavy lotioning and 3 medium were fine here."


def test_without_an_answer_nobody_knows() -> None:
    found = told(shoulders(2), None)
    assert hows(found) == {2: "unknown"}
    assert last_time_words(found) == (
        "Last time: 2 heavy lotioning was used here; how the day after was, nobody has said."
    )


def test_less_asked_for_in_the_visit_flared_even_after_a_fine_day() -> None:
    tape = shoulders(2, 3)
    tape.said(150, "ease_off")
    found = told(tape, FINE)
    assert last_time_words(found) == "Last time: 2 heavy lotioning was fine here, 3 medium flared."
    assert found.highest_fine == 2


def test_a_bad_day_blames_the_highest_level_and_clears_none_below() -> None:
    assert hows(told(shoulders(2, 3), WORSE)) == {2: "unknown", 3: "flared"}


def test_a_day_that_was_bad_elsewhere_blames_nothing_here_and_clears_nothing_either() -> None:
    elsewhere = NextDay(DAY, sore="no", mark="no", blister="no", worse="longer", worse_where=("foot.left",))
    assert hows(told(shoulders(2), elsewhere)) == {2: "unknown"}


def test_a_limb_that_swelled_blames_its_own_place_and_a_faint_every_place() -> None:
    tape = Tape()
    tape.opened()
    tape.moved(0, "leg.left", level=2)
    tape.moved(100, "shoulders", level=2)
    assert hows(told(tape, SWOLLEN, "leg.left")) == {2: "flared"}
    assert hows(told(tape, SWOLLEN)) == {2: "unknown"}
    assert hows(told(tape, FAINTED)) == {2: "flared"}


def test_a_stop_for_a_pause_blames_nothing() -> None:
    tape = shoulders(2)
    tape.said(50, "stop")
    tape.put(51, "HandsOff")
    tape.put(55, "StopBecause", detail="pause")
    assert hows(told(tape, FINE)) == {2: "fine"}


def test_a_stop_without_a_reason_does() -> None:
    tape = shoulders(2)
    tape.said(50, "stop")
    assert hows(told(tape, FINE)) == {2: "flared"}


def test_new_marks_on_the_skin_blame_the_highest_level_and_old_ones_none() -> None:
    tape = Tape()
    tape.opened()
    tape.looked(0, "before", Look("foot.left.sole.ball", "callus"))
    tape.moved(10, "foot.left", level=1)
    tape.looked(60, "after", Look("foot.left.sole.ball", "callus"))
    assert hows(told(tape, FINE, "foot.left")) == {1: "fine"}
    tape.looked(70, "after", Look("foot.left.sole.heel", "blister", felt=False))
    assert hows(told(tape, FINE, "foot.left")) == {1: "flared"}


def test_over_a_numb_place_it_is_said_that_feeling_was_no_guide() -> None:
    tape = Tape()
    tape.opened()
    tape.moved(0, "foot.left", level=1)
    tape.said(5, "good")
    assert hows(told(tape, None, "foot.left")) == {1: "unknown"}, "good is no guide there"
    words = last_time_words(told(tape, FINE, "foot.left"))
    assert words.startswith("Last time: 1 light lotioning was fine here.")
    assert "Feeling is no guide here" in words


def test_of_each_level_the_latest_visit_counts() -> None:
    early, late = shoulders(2, 3), shoulders(2)
    found = last_time([Earlier(course(early.kept), WORSE), Earlier(course(late.kept), FINE)], ("shoulder.left",))
    assert [(one.level, one.how, one.visits_ago) for one in found.levels] == [(2, "fine", 1), (3, "flared", 2)]
    assert last_time_words(found) == "At earlier visits: 2 heavy lotioning was fine here, 3 medium flared."


def test_a_level_above_one_that_flared_is_never_the_highest_fine_one() -> None:
    early, late = shoulders(1), shoulders(2)
    early.said(10, "ease_off")
    found = last_time([Earlier(course(early.kept), FINE), Earlier(course(late.kept), FINE)], ("shoulders",))
    assert found.highest_fine is None


def test_a_place_that_was_never_touched_has_no_last_time() -> None:
    found = told(shoulders(2), FINE, "hand.left")
    assert found.levels == ()
    assert last_time_words(found) == "No hands were here before."
