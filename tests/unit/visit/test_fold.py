"""A visit folded from its events: what counts, when hands are on, and in which phase it is."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from msgspec.structs import replace

from afferent.visit.events import Kept, Look
from afferent.visit.fold import course
from tests.unit.visit.made import START, Tape


def names(kept: list[Kept]) -> list[str]:
    return [phase.name for phase in course(kept).phases]


def whole() -> Tape:
    tape = Tape()
    tape.opened()
    tape.put(10, "Drilled", word="stop", by="client")
    tape.looked(20, "before", Look("foot.left.sole", "intact"))
    tape.put(60, "Began")
    tape.moved(60)
    tape.put(180, "Pressed", level=3)
    tape.moved(240, "foot.left", level=1)
    tape.put(300, "Ended")
    return tape


def test_a_visit_goes_through_its_phases() -> None:
    assert names(whole().kept) == ["opened", "drill", "before", "touch", "ended"]
    assert course(whole().kept).phase == "ended"


def test_each_place_and_each_level_is_a_spell() -> None:
    spells = course(whole().kept).spells
    assert [(one.place.regions, one.place.level, one.seconds) for one in spells] == [
        (("back",), 2, 120), (("back",), 3, 60), (("foot.left",), 1, 60),
    ]  # fmt: skip
    assert spells[0].ids == ("event-0005", "event-0006"), "begun and ended by these events"


def test_nothing_at_all_is_a_visit_without_anything() -> None:
    found = course([])
    assert (found.phase, found.spells, found.seconds) == (None, (), 0)


def test_hands_count_as_on_from_stop_until_they_are_off() -> None:
    tape = Tape()
    tape.moved(0)
    stop = tape.said(100, "stop")
    tape.put(104, "HandsOff")
    tape.put(130, "StopBecause", detail="burning", words="in the toes")
    found = course(tape.kept)
    assert found.seconds == 104
    assert found.phase == "stopped"
    assert not found.hands_on
    (one,) = found.stops
    assert (one.id, one.seconds, one.detail, one.words, one.went_on) == (stop, 4, "burning", "in the toes", False)
    assert one.place is not None
    assert one.place.regions == ("back",)


def test_they_are_on_again_only_when_both_said_so() -> None:
    tape = Tape()
    tape.moved(0)
    tape.said(100, "stop")
    tape.put(100, "HandsOff")
    stray = tape.moved(120, "foot.left", level=1)
    tape.put(150, "WentOn")
    tape.put(200, "Ended")
    found = course(tape.kept)
    assert [(one.place.regions, one.seconds) for one in found.spells] == [(("back",), 100), (("foot.left",), 50)]
    assert found.stray == (stray,), "touch noted while hands were off is listed and not counted"
    assert names(tape.kept) == ["touch", "stopped", "touch", "ended"]
    assert found.stops[0].went_on


def test_a_second_press_while_stop_holds_is_the_same_stop() -> None:
    tape = Tape()
    tape.moved(0)
    tape.said(10, "stop")
    again = tape.said(11, "stop")
    tape.put(12, "HandsOff")
    (one,) = course(tape.kept).stops
    assert one.again == (again,)
    assert one.seconds == 2


def test_going_on_without_hands_off_leaves_no_gap_and_says_nobody_tapped_it() -> None:
    tape = Tape()
    tape.moved(0)
    tape.said(10, "stop")
    tape.put(20, "WentOn")
    tape.put(30, "Ended")
    found = course(tape.kept)
    assert found.seconds == 30
    assert found.stops[0].seconds is None


def test_a_stop_before_the_first_touch_is_listed_and_holds_nothing_back() -> None:
    tape = Tape()
    tape.opened()
    early = tape.said(5, "stop")
    tape.put(6, "HandsOff")
    tape.put(10, "Began")
    tape.moved(10)
    tape.put(40, "Ended")
    found = course(tape.kept)
    assert [(one.id, one.after, one.place) for one in found.stops] == [(early, None, None)]
    assert found.seconds == 30
    assert names(tape.kept) == ["opened", "touch", "ended"]


def test_hands_off_without_a_stop_takes_them_off_until_the_next_touch() -> None:
    tape = Tape()
    tape.moved(0)
    tape.put(10, "HandsOff")
    tape.moved(30, "foot.left")
    tape.put(50, "Ended")
    found = course(tape.kept)
    assert found.seconds == 30
    assert found.stray == ()


def test_without_an_end_the_last_spell_reaches_to_the_last_event_with_hands_on() -> None:
    tape = Tape()
    tape.moved(0)
    tape.said(90, "good")
    tape.put(500, "Noted", words="written much later")
    found = course(tape.kept)
    assert found.seconds == 90
    assert found.open_end


def test_the_look_at_the_skin_afterwards_takes_the_hands_off() -> None:
    tape = Tape()
    tape.moved(0)
    tape.looked(60, "after", Look("back", "intact"))
    found = course(tape.kept)
    assert found.seconds == 60
    assert not found.open_end


def test_a_look_during_the_visit_does_not() -> None:
    tape = Tape()
    tape.moved(0)
    tape.looked(30, "during", Look("back", "red"))
    tape.put(60, "Ended")
    assert course(tape.kept).seconds == 60


def test_after_the_end_nothing_is_touched_any_more() -> None:
    tape = Tape()
    tape.moved(0)
    tape.put(60, "Ended")
    late = tape.moved(90, "foot.left")
    tape.put(120, "WentOn")
    found = course(tape.kept)
    assert found.seconds == 60
    assert found.stray == (late,)
    assert found.phase == "ended"


def test_a_clock_that_jumps_back_makes_no_time_and_is_told() -> None:
    tape = Tape()
    tape.moved(0)
    tape.moved(100, "shoulders")
    back = tape.put(40, "Pressed", level=3)
    tape.put(160, "Ended")
    found = course(tape.kept)
    assert [one.seconds for one in found.spells] == [100, 0, 60]
    assert found.adrift == (back,)


def test_the_clock_of_the_clients_device_moves_no_spell() -> None:
    tape = Tape()
    tape.moved(0)
    tape.said(5000, "good")
    tape.put(60, "Ended")
    assert course(tape.kept).seconds == 60


def test_sent_again_and_in_any_order_it_is_the_same_visit() -> None:
    kept = whole().kept
    mixed = [*kept, *kept, *kept]
    random.Random(3).shuffle(mixed)
    assert course(mixed) == course(kept)
    assert len(course(mixed).events) == len(kept)


def test_of_two_events_with_one_id_the_first_holds() -> None:
    tape = Tape()
    tape.moved(0, level=1)
    other = replace(tape.kept[0], seq=2, event=replace(tape.kept[0].event, level=4))
    assert course([other, tape.kept[0]]).place.level == 1  # type: ignore[union-attr]


def test_what_was_taken_back_stays_and_counts_no_more() -> None:
    tape = Tape()
    tape.moved(0)
    slip = tape.put(10, "Pressed", level=4)
    tape.put(12, "TakenBack", of=slip)
    tape.put(60, "Ended")
    found = course(tape.kept)
    assert [(one.place.level, one.seconds) for one in found.spells] == [(2, 60)]
    assert [one.event.id for one in found.taken_back] == [slip, "event-0003"]
    assert len(found.events) == 4


def test_taking_back_what_took_back_restores_it() -> None:
    tape = Tape()
    tape.moved(0)
    slip = tape.put(10, "Pressed", level=4)
    back = tape.put(12, "TakenBack", of=slip)
    tape.put(14, "TakenBack", of=back)
    assert course(tape.kept).place.level == 4  # type: ignore[union-attr]


def test_nobody_else_unsays_a_word_of_the_client() -> None:
    tape = Tape()
    tape.moved(0)
    own = tape.said(10, "stop")
    tape.put(12, "TakenBack", of=own)
    assert course(tape.kept).stops[0].id == own


def test_a_word_that_the_therapist_wrote_down_may_be_taken_back() -> None:
    tape = Tape()
    tape.moved(0)
    slip = tape.said(10, "stop", by="therapist", aloud=True)
    tape.put(12, "TakenBack", of=slip)
    assert course(tape.kept).stops == ()


def test_only_what_came_earlier_can_be_taken_back() -> None:
    tape = Tape()
    tape.put(0, "TakenBack", of="event-0002")
    tape.moved(10)
    assert course(tape.kept).hands_on


def test_a_ceiling_holds_for_a_part_and_for_what_contains_it() -> None:
    tape = Tape()
    tape.opened(ceilings={"foot.left": 2, "foot.left.sole.heel": 1, "back": 3})
    tape.moved(0, "foot.left.sole.arch")
    tape.moved(10, "foot.left.sole")
    tape.moved(20, "leg_whole.left")
    tape.moved(30, "hand.left")
    assert [one.place.ceiling for one in course(tape.kept).spells] == [2, 1, 1, None]


@pytest.mark.parametrize(
    ("numb", "touched", "is_numb"),
    [
        ("foot.left.sole.toe1", "foot.left.top", True),
        ("hand.right.palm.finger2.tip", "arm_whole.right", True),
        ("leg.left.front", "leg.left.back", False),
        ("foot.left", "foot.right", False),
        ("back.left", "back", True),
    ],
)
def test_a_hand_or_foot_that_is_numb_somewhere_is_numb_as_a_whole(numb: str, touched: str, is_numb: bool) -> None:
    tape = Tape()
    tape.opened(numb=(numb,))
    tape.moved(0, touched)
    assert course(tape.kept).place.numb is is_numb  # type: ignore[union-attr]


def test_an_outline_opened_anew_brings_its_own_ceilings() -> None:
    tape = Tape()
    tape.opened(ceilings={"back": 3})
    tape.moved(0)
    tape.opened(60, ceilings={"back": 1}, id="opened-anew")
    tape.put(90, "Ended")
    found = course(tape.kept)
    assert [(one.place.ceiling, one.seconds) for one in found.spells] == [(3, 60), (1, 30)]
    assert names(tape.kept) == ["opened", "touch", "ended"]


def test_a_closing_finding_stops_the_visit_and_hands_count_until_they_are_off() -> None:
    tape = Tape()
    tape.moved(0)
    tape.put(50, "Rescreened", screened="x", headline="Not today.", closed=True, by="program")
    tape.put(55, "HandsOff")
    assert course(tape.kept).seconds == 55
    assert course(tape.kept).phase == "stopped"


def test_times_without_a_zone_and_at_the_edge_of_time_are_borne() -> None:
    tape = Tape()
    tape.moved(0)
    edge = replace(
        tape.kept[0].event, id="edge-of-time", at=dt.datetime.max.replace(tzinfo=dt.timezone(dt.timedelta(hours=-14)))
    )
    naive = replace(tape.kept[0].event, id="without-zone", at=START.replace(tzinfo=None))
    found = course([*tape.kept, Kept(2, START, edge), Kept(3, START, naive)])
    assert len(found.moments) == 3
