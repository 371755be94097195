"""The pressure ledger: how long, where, how hard; every word; every check-in."""

from __future__ import annotations

from afferent.outline.model import Crossing
from afferent.visit.fold import course
from afferent.visit.ledger import Ledger, ledger, seconds_on
from tests.unit.visit.made import Tape


def kept(tape: Tape) -> Ledger:
    return ledger(course(tape.kept))


def test_time_is_added_up_by_place_technique_and_level() -> None:
    tape = Tape()
    tape.moved(0)
    tape.moved(60, "foot.left", level=1)
    tape.moved(90)
    tape.put(100, "Pressed", level=3)
    tape.put(130, "Ended")
    assert [(one.regions, one.work, one.level, one.seconds) for one in kept(tape).doses] == [
        (("back",), "effleurage", 2, 70),
        (("foot.left",), "effleurage", 1, 30),
        (("back",), "effleurage", 3, 30),
    ]


def test_regions_worked_as_one_are_one_place_whatever_the_order() -> None:
    tape = Tape()
    tape.put(0, "Moved", regions=("foot.left", "foot.right"), work="holding", level=0)
    tape.put(60, "Moved", regions=("foot.right", "foot.left"), work="holding", level=0)
    tape.put(90, "Ended")
    (one,) = kept(tape).doses
    assert one.seconds == 90
    assert seconds_on(kept(tape).doses, ("foot.left.sole.heel",)) == 90
    assert seconds_on(kept(tape).doses, ("back",)) == 0


def test_the_highest_level_stands_beside_its_ceiling() -> None:
    tape = Tape()
    tape.opened()
    tape.moved(0)
    tape.put(10, "Pressed", level=3)
    tape.moved(20, "foot.left", level=2)
    tape.put(30, "Ended")
    found = {one.regions: one for one in kept(tape).highest}
    assert (found["back",].level, found["back",].ceiling, found["back",].beyond) == (3, 3, False)
    assert found["foot.left",].beyond
    assert found["foot.left",].crossing is None, "nobody gave a reason"


def test_a_reason_that_was_given_stands_beside_what_was_beyond() -> None:
    tape = Tape()
    tape.opened()
    why = Crossing("pressure", ("foot.left",), "Left foot: 2", ("LOPS",), "client_asks", "wants it")
    tape.put(5, "Crossed", crossing=why)
    tape.moved(20, "foot.left.sole", level=2)
    (one,) = kept(tape).beyond
    assert one.crossing == why


def test_every_word_has_its_place_level_and_time() -> None:
    tape = Tape()
    tape.opened()
    tape.moved(60)
    tape.said(90, "ease_off")
    tape.put(95, "Pressed", level=1)
    tape.said(100, "changed", detail="tingling", by="therapist", aloud=True)
    first, second = kept(tape).presses
    assert first.place is not None
    assert (first.word, first.place.regions, first.place.level, first.after) == ("ease_off", ("back",), 2, 30)
    assert second.place is not None
    assert (second.detail, second.aloud, second.place.level) == ("tingling", True, 1)


def test_a_word_over_a_numb_place_is_marked_and_one_elsewhere_is_not() -> None:
    tape = Tape()
    tape.opened()
    tape.moved(0)
    tape.said(5, "good")
    tape.moved(10, "foot.left.top", level=1)
    tape.said(15, "good")
    assert [one.numb for one in kept(tape).presses] == [False, True]


def test_a_word_with_hands_off_has_no_place() -> None:
    tape = Tape()
    tape.moved(0)
    tape.put(10, "HandsOff")
    tape.said(20, "good")
    assert kept(tape).presses[0].place is None


def test_check_ins_are_answered_by_button_aloud_late_or_not_at_all() -> None:
    tape = Tape()
    tape.moved(0)
    by_button = tape.asked(10, "back")
    tape.said(14, "same", to=by_button)
    aloud = tape.asked(20, "back")
    tape.said(27, "less", to=aloud, aloud=True, by="therapist")
    late = tape.asked(30, "back")
    tape.put(45, "Silent", to=late, by="program")
    tape.said(50, "same", to=late, aloud=True, by="therapist")
    silent = tape.asked(60, "back")
    tape.put(75, "Silent", to=silent, by="program")
    tape.asked(80, "back")
    found = kept(tape).check_ins
    assert [one.outcome for one in found] == ["button", "aloud", "late", "silent", "open"]
    assert [one.seconds for one in found] == [4, 7, 20, None, None]
    assert [one.answered for one in found] == [True, True, True, False, False]


def test_a_word_that_names_no_check_in_answers_none() -> None:
    tape = Tape()
    tape.moved(0)
    tape.asked(10, "back")
    tape.said(12, "good")
    (one,) = kept(tape).check_ins
    assert not one.answered


def test_a_silence_that_crosses_the_answer_on_its_way_is_none() -> None:
    tape = Tape()
    tape.moved(0)
    asked = tape.asked(10, "back")
    tape.said(24, "same", to=asked)
    tape.put(25, "Silent", to=asked, by="program")
    assert kept(tape).check_ins[0].outcome == "button"


def test_an_answer_from_a_device_whose_clock_is_behind_took_no_negative_time() -> None:
    tape = Tape()
    tape.moved(0)
    asked = tape.asked(100, "back")
    tape.said(40, "same", to=asked)
    assert kept(tape).check_ins[0].seconds == 0


def test_an_answer_that_was_taken_back_leaves_the_check_in_open() -> None:
    tape = Tape()
    tape.moved(0)
    asked = tape.asked(10, "back")
    slip = tape.said(12, "same", to=asked, by="therapist", aloud=True)
    tape.put(13, "TakenBack", of=slip)
    assert kept(tape).check_ins[0].outcome == "open"


def test_a_check_in_of_a_numb_place_is_known_as_one_even_if_the_device_did_not_say_so() -> None:
    tape = Tape()
    tape.opened()
    tape.asked(10, "foot.left.top", numb=False)
    assert kept(tape).check_ins[0].numb
