"""What can be chosen from, for people one can picture."""

from __future__ import annotations

import pytest

from afferent.body.regions import AREA, area
from afferent.errors import InputError
from afferent.knowledge.library import both_sides
from afferent.outline import ceilings, outlines
from afferent.outline.model import Outline, Wish
from tests.unit.outline.made import FEET, KNOWLEDGE, LATER, cleared, held_still, numb_feet, screened, turned_off


def offered(screening, wish: Wish = LATER) -> dict[str, Outline]:
    return {one.kind: one for one in outlines(screening, KNOWLEDGE, wish)}


def worked(one: Outline) -> int:
    return area(region for step in one.steps for region in step.regions)


def test_numb_feet_are_worked_last_lightly_and_briefly() -> None:
    found = offered(numb_feet())
    assert list(found) == ["with_affected", "elsewhere", "still", "not_today"]
    steps = found["with_affected"].steps
    feet = [n for n, step in enumerate(steps) if step.affected]
    assert feet == [len(steps) - 2], "last but for the quiet end"
    assert set(steps[feet[0]].regions) == set(FEET)
    assert steps[feet[0]].level == 2
    assert steps[feet[0]].minutes <= 10
    assert steps[0].regions == steps[-1].regions


def test_elsewhere_leaves_them_alone_and_says_what_was_found() -> None:
    one = offered(numb_feet())["elsewhere"]
    assert not worked(one) & area((*FEET, "leg_whole.left", "leg_whole.right"))
    assert "elsewhere" in one.because
    assert "LOPS" in one.because


def test_above_the_numb_feet_comes_before_them() -> None:
    steps = offered(numb_feet())["with_affected"].steps
    assert any(area(step.regions) & AREA["leg.left.back"] for step in steps[1:-2])


@pytest.mark.parametrize(
    ("wish", "most"),
    [
        (Wish(minutes=60), 30),
        (Wish(minutes=60, first=False), 45),
        (Wish(minutes=20, first=False), 20),
        (Wish(minutes=60, first=False, shorter=5), 40),
        (Wish(minutes=60, first=True, shorter=5), 25),
    ],
)
def test_a_first_visit_has_thirty_minutes_a_later_one_forty_five_and_never_more_than_booked(wish, most) -> None:
    found = offered(screened(), wish)
    assert max(one.minutes for one in found.values()) == most


def test_a_visit_that_a_rule_keeps_short_is_short() -> None:
    kept = screened(gbs_ever=True, gbs_recovering=True, clearances=(cleared("GBS-RECOVERY", back=2),))
    assert kept.session.minutes == 30
    assert max(one.minutes for one in offered(kept, Wish(minutes=60, first=False)).values()) <= 30


def test_no_time_no_visit() -> None:
    assert list(offered(screened(), Wish(minutes=4))) == ["not_today"]
    assert list(offered(screened(), Wish(minutes=30, shorter=30))) == ["not_today"]


def test_a_closed_visit_offers_only_not_today() -> None:
    closed = screened(breathless_or_chest_pain=True)
    one = outlines(closed, KNOWLEDGE, LATER)
    assert [each.kind for each in one] == ["not_today"]
    assert "PE-SUSPECT" in one[0].because
    assert not one[0].steps


def test_nobody_asked_about_numb_places_so_no_skin_is_known_to_be_intact() -> None:
    assert list(offered(screened(unasked=("numb",)))) == ["not_today"]


def test_an_open_question_that_holds_one_place_leaves_the_rest_and_is_said() -> None:
    found = offered(screened(unasked=("clot_ever",)))
    assert list(found)[-1] == "not_today"
    for one in found.values():
        assert "ask_first" in one.because
        assert not worked(one) & area(("leg_whole.left", "leg_whole.right"))


def test_not_today_can_always_be_chosen_and_comes_last() -> None:
    for screening in (screened(), numb_feet()):
        assert list(offered(screening))[-1] == "not_today"
        assert len(offered(screening)) >= 2


def test_where_touch_hurts_no_hand_goes() -> None:
    for one in offered(screened(touch_hurts=FEET), Wish(aims=("feet",), first=False)).values():
        assert not worked(one) & area(FEET)


def test_hands_stand_in_for_numb_feet_and_ears_for_numb_hands() -> None:
    wish = Wish(aims=("feet",), minutes=45, first=False)
    assert "hand_reflexology" in works(offered(numb_feet(), wish)["with_affected"])
    both = screened(numb=(*FEET, "hand.left", "hand.right"))
    assert "ear_reflexology" in works(offered(both, wish)["with_affected"])
    assert "foot_reflexology" in works(offered(screened(), wish)["with_affected"])


def works(one: Outline) -> set[str]:
    return {step.work for step in one.steps}


def test_after_a_clot_no_foot_is_pressed_for_reflexology_not_even_the_other() -> None:
    old = screened(clot_ever=("leg_whole.left",))
    for one in offered(old, Wish(aims=("feet",), first=False)).values():
        assert "foot_reflexology" not in works(one)


def test_points_of_a_pregnant_woman_are_those_that_tradition_leaves() -> None:
    wish = Wish(aims=("ease_pain", "feet", "hands"), minutes=45, first=False)
    for one in offered(screened(pregnant=True), wish).values():
        for step in one.steps:
            assert not {"LI4", "SP6", "BL60", "BL67", "GB21", "foot_below_ankle"} & set(step.points)


def test_a_bad_day_after_the_last_visit_takes_a_level_off_everywhere() -> None:
    usual = offered(numb_feet(), LATER)["with_affected"]
    gentler = offered(numb_feet(), Wish(aims=("ease_pain",), minutes=60, first=False, gentler=1))["with_affected"]
    assert max(step.level for step in usual.steps) == 3
    assert max(step.level for step in gentler.steps) == 2
    assert max(step.level for step in gentler.steps if step.affected) == 1
    assert "worse_after" in gentler.because


def test_tight_muscles_get_breath_and_time_and_nothing_forced() -> None:
    wish = Wish(aims=("loosen",), minutes=45, first=False, tight=("leg.left.back",))
    one = offered(screened(), wish)["with_affected"]
    assert {"calf_stretch", "breathing"} <= works(one)
    assert any(area(step.regions) & AREA["leg.left.back"] for step in one.steps if step.work == "petrissage")


def test_where_kneading_is_off_slow_strokes_take_its_place() -> None:
    off = turned_off(screened(), "back.left", "petrissage")
    there = [
        step for one in offered(off).values() for step in one.steps
        if area(step.regions) & AREA["back.left"] and step.work in ("petrissage", "effleurage")
    ]  # fmt: skip
    assert {step.work for step in there} == {"effleurage"}


def test_where_strokes_are_off_everywhere_it_begins_with_a_still_hand() -> None:
    still = turned_off(screened(), "body", "moving_strokes")
    for one in offered(still).values():
        assert {KNOWLEDGE.library[step.work].does for step in one.steps} <= {"still"}
        assert not one.steps or one.steps[0].work == "holding"
    assert offered(still)["elsewhere"].steps


def test_warmth_only_where_hot_and_cold_were_told_apart_and_only_if_agreed() -> None:
    tested = screened(hot_cold_intact=("body",))
    agreed = Wish(aims=("ease_pain",), minutes=45, first=False, warmth=True)
    warm = [step for one in offered(tested, agreed).values() for step in one.steps if step.source]
    assert warm
    assert all(step.celsius == 40 and step.minutes <= 5 for step in warm)
    not_agreed = Wish(aims=("ease_pain",), minutes=45, first=False)
    assert not any(step.source for one in offered(tested, not_agreed).values() for step in one.steps)
    assert not any(step.source for one in offered(screened(), agreed).values() for step in one.steps)


def test_only_still_hands_where_a_clinician_opened_no_more() -> None:
    found = offered(held_still())
    assert {"elsewhere", "still", "not_today"} <= set(found)
    assert all(step.level == 0 for one in found.values() for step in one.steps)
    assert found["elsewhere"].steps


def test_what_the_map_marks_counts_as_affected_though_no_rule_reads_it() -> None:
    wish = Wish(aims=("hands",), minutes=45, first=False, affected=("hand.left", "hand.right"))
    found = offered(screened(), wish)
    assert not worked(found["elsewhere"]) & area(("hand.left", "hand.right"))
    assert any(step.affected and step.level <= 2 for step in found["with_affected"].steps)


def test_a_place_that_does_not_exist_is_said() -> None:
    with pytest.raises(InputError, match="there is no region 'tail'"):
        outlines(screened(), KNOWLEDGE, Wish(affected=("tail",)))


def test_the_ceilings_of_an_outline_are_those_of_the_screening() -> None:
    one = offered(numb_feet())["with_affected"]
    found = ceilings(one, numb_feet())
    assert found["foot.left"] == 2
    assert set(found) == {region for step in one.steps for region in step.regions}


@pytest.mark.parametrize("aim", list(KNOWLEDGE.aims))
def test_every_aim_gives_its_own_outline(aim) -> None:
    found = offered(screened(), Wish(aims=(aim,), minutes=45, first=False))
    one = found.get("with_affected", found["elsewhere"])
    liked = 0
    for name in KNOWLEDGE.aims[aim].stations:
        liked |= both_sides(KNOWLEDGE.stations[name].regions)
    assert any(area(step.regions) & liked for step in one.steps[1:-1])
