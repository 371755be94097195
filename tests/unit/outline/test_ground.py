"""What is left for hands, asked directly: where a point, a zone or a work is open, and how hard."""

from __future__ import annotations

import pytest

from afferent.body.regions import AREA, area
from afferent.outline.adds import open_point, open_zone
from afferent.outline.ground import Ground
from afferent.outline.laid import Laid
from afferent.outline.model import Wish
from tests.unit.outline.made import FEET, KNOWLEDGE, LATER, cleared, numb_feet, screened, turned_off

POINT = KNOWLEDGE.library["acupressure"]
FOOT = KNOWLEDGE.library["foot_reflexology"]


def ground(screening, wish: Wish = LATER) -> Ground:
    return Ground(screening, KNOWLEDGE, wish)


def test_a_point_is_open_on_each_side_by_itself() -> None:
    one = ground(screened(touch_hurts=("hand.left",)))
    assert open_point(one, "LI4", POINT) == AREA["hand.right.back.thumb_side"]


def test_a_point_that_a_rule_leaves_out_is_not_open() -> None:
    assert open_point(ground(screened()), "LI4", POINT)
    assert not open_point(ground(screened(pregnant=True)), "LI4", POINT)
    assert open_point(ground(screened(pregnant=True)), "ST36", POINT)


def test_no_point_and_no_zone_on_a_numb_or_painful_place() -> None:
    assert not open_point(ground(numb_feet()), "KI1", POINT)
    assert not open_zone(ground(numb_feet()), "foot_arch", FOOT)
    tingles = Wish(minutes=60, first=False, affected=FEET)
    assert not open_point(ground(screened(), tingles), "KI1", POINT)
    assert not open_zone(ground(screened(), tingles), "foot_arch", FOOT)


def test_a_zone_that_is_partly_shut_is_shut() -> None:
    assert not open_zone(ground(screened(touch_hurts=("foot.left.sole.toe1",))), "foot_toes", FOOT) & AREA["foot.left"]


def test_work_is_open_where_nothing_it_needs_is_off() -> None:
    off = ground(turned_off(screened(), "thigh.left", "lubricant"))
    assert not off.can(KNOWLEDGE.library["effleurage"]) & AREA["thigh.left"]
    assert off.can(KNOWLEDGE.library["holding"]) & AREA["thigh.left"]


def test_fragile_skin_is_no_skin_to_begin_on() -> None:
    one = ground(screened(skin_fragile=("back.left.upper",)))
    assert not one.intact & AREA["back.left.upper"]
    assert not one.affected & AREA["back.left.upper"]


def test_a_numb_sole_makes_the_whole_foot_numb() -> None:
    assert ground(screened(numb=("foot.left.sole",))).numb & AREA["foot.left.top.instep"]


def test_limits_that_lie_on_one_place_count_the_strictest() -> None:
    one = turned_off(numb_feet(), "leg_whole.left", "stretch")
    laid = Laid(one.effective)
    assert laid.cap(AREA["foot.left"]) == 2
    assert laid.cap(AREA["thigh.left"]) == 5
    assert laid.minutes(AREA["leg_whole.left"]) == 10
    assert laid.off("stretch") == AREA["leg_whole.left"]
    assert dict(Laid({}).blocks(area(FEET))) == {area(FEET): 5}


ENDS = KNOWLEDGE.library["approximation"]


@pytest.mark.parametrize(
    ("hurts", "not_there"),
    [
        ("foot.left", "leg.left.back"), ("ankle.left", "leg.left.back"), ("leg.left.front", "thigh.left"),
        ("wrist.left", "forearm.left"), ("hand.left", "forearm.left"), ("hand.left", "shoulder.left.back"),
    ],
)  # fmt: skip
def test_a_muscle_is_not_shortened_where_that_moves_what_is_left_alone(hurts: str, not_there: str) -> None:
    open_to = ground(screened(touch_hurts=(hurts,))).can(ENDS)
    assert not open_to & AREA[not_there]
    assert open_to & AREA[not_there.replace("left", "right")], "the other side is free"


def test_after_a_clot_no_calf_of_that_leg_is_squeezed_or_stretched() -> None:
    old = screened(clot_ever=("leg_whole.right",), clearances=(cleared("VTE-HISTORY", **{"leg_whole.right": 1}),))
    for work in ("approximation", "calf_stretch"):
        assert not ground(old).can(KNOWLEDGE.library[work]) & AREA["leg.right.back"]


@pytest.mark.parametrize("work", ["petrissage", "acupressure", "foot_reflexology", "hand_reflexology"])
def test_kneading_and_thumbs_are_compression_and_a_poorly_supplied_leg_bears_none(work: str) -> None:
    narrow = screened(pad_diagnosed=True, clearances=(cleared("PAD-CLAUD", **{"leg_whole": 2}),))
    open_to = ground(narrow).can(KNOWLEDGE.library[work])
    assert not open_to & area(("leg.left", "leg.right", "foot.left", "foot.right"))


@pytest.mark.parametrize(
    "given",
    [
        {"cannot_tell": True, "helper_present": True},
        {"masking_medicine": True},
        {"platelets": 42.0, "clearances": (cleared("PLT-50", "PLT-100", body=1),)},
    ],
)
def test_nothing_is_pressed_for_long_where_nobody_can_say_or_blood_is_thin(given) -> None:
    one = ground(screened(**given))
    for work in ("acupressure", "foot_reflexology", "hand_reflexology"):
        assert not one.can(KNOWLEDGE.library[work]), work


def test_no_stroke_towards_the_trunk_and_no_point_where_lymph_nodes_are_gone() -> None:
    one = ground(screened(nodes_removed=("arm_whole.left",)))
    for work in ("effleurage", "acupressure", "hand_reflexology"):
        assert not one.can(KNOWLEDGE.library[work]) & AREA["arm_whole.left"], work
    assert one.can(KNOWLEDGE.library["holding"]) & AREA["arm_whole.left"], "a still hand stays"
    assert one.can(KNOWLEDGE.library["effleurage"]) & AREA["forearm.right"]
