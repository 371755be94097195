"""What each button does to an outline, and when it says no."""

from __future__ import annotations

import pytest

from afferent.body.regions import AREA, area
from afferent.errors import InputError
from afferent.outline import edited, faults
from afferent.outline.change import (
    AddPoint,
    AddStep,
    ChangePlace,
    ChangeWork,
    Earlier,
    Later,
    LevelDown,
    LevelUp,
    Longer,
    Remove,
    RemovePoint,
    Shorter,
    decode,
)
from afferent.outline.model import Outline, Step, Wish
from tests.unit.outline.made import (
    BEGIN,
    KNOWLEDGE,
    LATER,
    cleared,
    held_still,
    kinds,
    numb_feet,
    outline,
    screened,
    step,
    turned_off,
)


def after(one: Outline, change, screening=None, wish: Wish = LATER):
    return edited(one, change, screening or screened(), KNOWLEDGE, wish)


def changed(one: Outline, change, screening=None, wish: Wish = LATER) -> Step:
    result = after(one, change, screening, wish)
    assert result.outline is not None, result.refused
    return result.outline.steps[change.step]


KNEAD = outline(step("thigh.left", work="petrissage", level=2))


def test_harder_and_lighter_by_one_level() -> None:
    assert changed(KNEAD, LevelUp(1)).level == 3
    assert changed(outline(step("thigh.left", level=2)), LevelDown(1)).level == 1


def test_lighter_than_kneading_is_stroking_and_lighter_than_stroking_is_a_still_hand() -> None:
    stroked = changed(KNEAD, LevelDown(1))
    assert (stroked.work, stroked.level) == ("effleurage", 1)
    held = changed(outline(step("thigh.left", level=1)), LevelDown(1))
    assert (held.work, held.level) == ("holding", 0)
    assert "3 medium is the most" in after(outline(step("thigh.left", work="petrissage", level=3)), LevelUp(1)).refused
    assert "least there is" in after(outline(step("thigh.left", work="holding", level=0)), LevelDown(1)).refused


def test_lighter_work_that_is_off_is_not_chosen() -> None:
    """Kneading of level 2 where no stroke may move: one level lighter there is nothing but a still hand."""
    result = after(KNEAD, LevelDown(1), turned_off(screened(), "thigh.left", "moving_strokes"))
    assert "Lighter than that it is no gentle petrissage" in result.refused


def test_a_still_hand_does_not_become_harder() -> None:
    assert "has no weight" in after(outline(step("thigh.left", work="holding", level=0)), LevelUp(1)).refused


def test_harder_than_a_cap_is_made_and_wants_a_reason() -> None:
    result = after(KNEAD, LevelUp(1), screened(antiplatelet=True, antiplatelet_two=True))
    assert result.outline is not None
    assert [(one.crosses, one.never) for one in result.faults] == [("pressure", False)]


def test_harder_on_a_numb_foot_is_refused_in_one_sentence() -> None:
    result = after(outline(step("foot.left", level=2)), LevelUp(1), numb_feet())
    assert result.outline is None
    assert "3 medium is above 2 heavy lotioning" in result.refused
    assert result.faults == ()


def test_beyond_what_a_clinician_named_is_refused() -> None:
    team = screened(crps=("arm_whole.left",), clearances=(cleared("CRPS", **{"arm_whole.left": 1}),))
    assert after(outline(step("forearm.left", level=1)), LevelUp(1), team).refused


def test_longer_and_shorter() -> None:
    assert changed(KNEAD, Longer(1, 3)).minutes == 8
    assert changed(KNEAD, Shorter(1, 3)).minutes == 2
    assert "Remove the step instead" in after(KNEAD, Shorter(1, 5)).refused


def test_longer_than_a_place_may_have_wants_a_reason() -> None:
    result = after(outline(step("foot.left", minutes=10)), Longer(1, 1), numb_feet())
    assert kinds(result.faults) == {"minutes"}


def test_steps_go_and_change_places_but_the_last_one_stays() -> None:
    three = outline(step("thigh.left"), step("thigh.right"))
    assert [one.regions for one in after(three, Remove(1)).outline.steps] == [BEGIN.regions, ("thigh.right",)]
    assert after(three, Later(1)).outline.steps[2].regions == ("thigh.left",)
    assert after(three, Earlier(2)).outline.steps[1].regions == ("thigh.right",)
    assert after(three, Earlier(0)).refused == "It is the first step already."
    assert after(three, Later(2)).refused == "It is the last step already."
    assert "needs at least one step" in after(Outline("elsewhere", (BEGIN,)), Remove(0)).refused
    assert after(three, Remove(7)).refused == "There is no such step any more."


def test_without_its_beginning_a_visit_wants_a_reason() -> None:
    result = after(outline(step("thigh.left", work="petrissage", level=2)), Remove(0))
    assert kinds(result.faults) == {"start"}


def test_other_work_has_a_level_that_it_has() -> None:
    kneaded = changed(outline(step("thigh.left", level=1)), ChangeWork(1, "petrissage"))
    assert (kneaded.work, kneaded.level) == ("petrissage", 2)
    assert changed(KNEAD, ChangeWork(1, "holding")).level == 0


def test_friction_is_not_in_the_library_and_cannot_be_had() -> None:
    assert after(KNEAD, ChangeWork(1, "friction")).refused == "'friction' is not in the technique library."
    assert after(KNEAD, AddStep(1, ("thigh.left",), "friction", 3, 5)).refused


def test_acupressure_takes_the_open_points_of_its_place() -> None:
    pressed = changed(outline(step("leg.left.front", level=2)), ChangeWork(1, "acupressure"))
    assert "ST36" in pressed.points
    assert pressed.regions == ("leg.left.front", "leg.left.back"), "only on the side that was chosen"
    assert "Nothing is open" in after(outline(step("back.left.lower")), ChangeWork(1, "acupressure")).refused
    tingles = Wish(minutes=60, first=False, affected=("leg.left",))
    assert (
        "Nothing is open" in after(outline(step("leg.left.front")), ChangeWork(1, "acupressure"), None, tingles).refused
    )


def test_reflexology_of_numb_feet_is_not_open() -> None:
    result = after(outline(step("foot.left", level=1)), ChangeWork(1, "foot_reflexology"), numb_feet())
    assert result.refused == "Nothing is open for foot reflexology there."


def test_points_come_and_go() -> None:
    one = outline(step("leg.left.front", work="acupressure", points=("ST36",)))
    more = changed(one, AddPoint(1, "LI11"))
    assert more.points == ("ST36", "LI11")
    assert area(more.regions) & AREA["elbow.left.front"]
    result = after(one, AddPoint(1, "LI11"))
    assert changed(result.outline, RemovePoint(1, "LI11")).points == ("ST36",)
    assert after(one, AddPoint(1, "ST36")).refused == "It is in this step already."
    assert after(one, RemovePoint(1, "LI11")).refused == "It is not in this step."
    assert "the only one" in after(one, RemovePoint(1, "ST36")).refused
    assert "is no point or zone" in after(one, AddPoint(1, "foot_arch")).refused


def test_zones_come_too_but_only_those_of_the_part() -> None:
    one = outline(step("foot.left.sole.arch", work="foot_reflexology", points=("foot_arch",)))
    assert changed(one, AddPoint(1, "foot_heel")).points == ("foot_arch", "foot_heel")
    assert "is no point or zone" in after(one, AddPoint(1, "ear_lobe")).refused


def test_a_point_on_a_numb_foot_is_refused() -> None:
    one = outline(step("leg.left.front", work="acupressure", points=("ST36",)))
    assert after(one, AddPoint(1, "KI1"), numb_feet()).refused


def test_another_place_left_alone_is_refused() -> None:
    result = after(KNEAD, ChangePlace(1, ("foot.left",)), screened(touch_hurts=("foot.left",)))
    assert "left alone today" in result.refused
    assert after(KNEAD, ChangePlace(1, ("tail",))).refused == "There is no region 'tail'."


def test_a_new_step_marks_what_is_affected_itself() -> None:
    added = changed(KNEAD, AddStep(2, ("foot.left",), "effleurage", 1, 5), numb_feet())
    assert added.affected


def test_something_warm_brings_its_thermometer() -> None:
    wish = Wish(minutes=60, first=False, warmth=True)
    tested = screened(hot_cold_intact=("body",))
    warm = changed(KNEAD, ChangeWork(1, "warm_towel"), tested, wish)
    assert (warm.source, warm.celsius, warm.level) == ("warm_towel", 40.0, 0)
    assert "has not agreed" in after(KNEAD, ChangeWork(1, "warm_towel"), tested, LATER).refused
    assert after(KNEAD, ChangeWork(1, "warm_towel"), screened(), wish).refused


def test_only_so_many_steps() -> None:
    many = Outline("elsewhere", (BEGIN,) * 30)
    assert "30 steps are the most" in after(many, AddStep(1, ("thigh.left",), "effleurage", 1, 1)).refused


def test_not_today_and_a_closed_visit_have_nothing_to_change() -> None:
    assert after(Outline("not_today"), AddStep(0, ("back",), "effleurage", 1, 5)).refused
    assert after(KNEAD, LevelDown(1), screened(breathless_or_chest_pain=True)).refused


def test_what_was_wrong_from_outside_can_be_mended_step_by_step() -> None:
    """An outline from elsewhere that crosses what nothing opens: taking it back is not refused, adding to it is."""
    wrong = outline(step("foot.left"), step("foot.left", minutes=2))
    hurts = screened(touch_hurts=("foot.left",))
    mended = after(wrong, Remove(1), hurts)
    assert mended.outline is not None
    assert faults(after(mended.outline, Remove(1), hurts).outline, hurts, KNOWLEDGE, LATER) == ()
    assert after(wrong, AddStep(1, ("foot.left",), "effleurage", 1, 1), hurts).refused


def test_where_only_a_still_hand_is_open_other_work_is_refused() -> None:
    still = Outline("still", (step("back.left.lower", work="holding", level=0),))
    assert after(still, ChangeWork(0, "effleurage"), held_still()).refused


def test_a_change_is_read_as_it_was_sent() -> None:
    assert decode(b'{"change": "level_up", "step": 2}') == LevelUp(2)
    added = decode(b'{"change": "add", "step": 1, "regions": ["back"], "work": "effleurage", "level": 1, "minutes": 5}')
    assert added == AddStep(1, ("back",), "effleurage", 1, 5)


@pytest.mark.parametrize(
    "sent",
    [b"", b"[]", b'{"change": "cut"}', b'{"change": "level_up", "step": -1}', b'{"change": "level_up"}',
     b'{"change": "longer", "step": 1, "minutes": 1e9}', b'{"change": "place", "step": 1, "regions": []}'],
)  # fmt: skip
def test_what_is_no_change_is_refused_in_one_sentence(sent: bytes) -> None:
    with pytest.raises(InputError, match="this is no change of an outline"):
        decode(sent)
