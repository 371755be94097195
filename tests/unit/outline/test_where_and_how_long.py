"""Where hands go and for how long, for people of whom one side, one nerve or one position needs care."""

from __future__ import annotations

import pytest

from afferent.body.regions import AREA, area
from afferent.outline import outlines
from afferent.outline.model import Outline, Wish
from tests.unit.outline.made import FEET, KNOWLEDGE, LATER, cleared, numb_feet, screened

HANDS = ("hand.left", "hand.right")


def offered(screening, wish: Wish = LATER) -> dict[str, Outline]:
    return {one.kind: one for one in outlines(screening, KNOWLEDGE, wish)}


def minutes(one: Outline, region: str, *works: str) -> int:
    """All the minutes that a place has, of this work or of any."""
    return sum(
        step.minutes for step in one.steps if area(step.regions) & AREA[region] and (not works or step.work in works)
    )


@pytest.mark.parametrize("wish", [LATER, Wish(aims=("ease_pain",), minutes=60), Wish(aims=("feet",), minutes=45)])
def test_the_leg_of_an_old_clot_has_no_more_time_than_the_other(wish: Wish) -> None:
    old = screened(
        numb=FEET, clot_ever=("leg_whole.right",),
        clearances=(cleared("VTE-HISTORY", **{"leg_whole.right": 1}),),
    )  # fmt: skip
    for one in offered(old, wish).values():
        for place in ("foot", "leg", "thigh"):
            assert minutes(one, f"{place}.right") <= minutes(one, f"{place}.left")
            assert not minutes(one, f"{place}.right", "approximation", "calf_stretch", "acupressure")
    assert minutes(offered(old, wish)["with_affected"], "foot.left")


def test_the_hand_of_an_arm_without_lymph_nodes_has_no_more_time_than_the_other() -> None:
    at_risk = screened(numb=HANDS, nodes_removed=("arm_whole.left",))
    one = offered(at_risk, Wish(aims=("hands",), minutes=45, first=False))["with_affected"]
    assert 0 < minutes(one, "hand.left") <= minutes(one, "hand.right")
    assert not minutes(one, "arm_whole.left", "effleurage", "acupressure", "hand_reflexology")


@pytest.mark.parametrize(
    ("tunnel", "limb", "points"),
    [
        ("wrist", "arm_whole", {"PC6", "TE5"}),
        ("elbow", "arm_whole", {"LI11", "PC6", "TE5", "LI4"}),
        ("knee", "leg_whole", {"ST36", "GB34"}),
        ("ankle", "leg_whole", {"KI3", "BL60", "SP6"}),
    ],
)
def test_a_tunnel_is_no_step_and_nothing_is_pressed_on_that_limb(tunnel: str, limb: str, points: set[str]) -> None:
    trapped = screened(entrapment=(f"{tunnel}.right",))
    for aims in (("ease_pain", "feet"), ("hands",), ("calm", "sleep")):
        for one in offered(trapped, Wish(aims=aims, minutes=45, first=False)).values():
            assert minutes(one, f"{tunnel}.right") <= 2
            for step in one.steps:
                there = area(step.regions) & AREA[f"{limb}.right"]
                assert not (there and step.points), "no point, no zone, also distal to the tunnel"
                assert not there or not points & set(step.points)


def test_beside_the_tunnel_at_most_heavy_lotioning() -> None:
    for one in offered(screened(entrapment=("knee.right",), numb=("foot.right",))).values():
        assert all(step.level <= 2 for step in one.steps if area(step.regions) & AREA["leg.right"])


@pytest.mark.parametrize("given", [{"touch_hurts": ("hand.left",)}, {"touch_hurts": ("forearm.left",)}])
def test_elsewhere_keeps_the_next_part_free_where_touch_hurts(given) -> None:
    one = offered(screened(**given), Wish(aims=("ease_pain", "hands"), minutes=45, first=False))["elsewhere"]
    assert not minutes(one, "forearm.left")
    assert not minutes(one, "wrist.left")
    assert minutes(one, "back.left")


def test_with_heart_failure_limbs_come_first_and_nobody_reaches_for_the_lower_back() -> None:
    failing = screened(
        heart_failure=True, heart_failure_worse=False, systolic=120.0, diastolic=75.0,
        clearances=(cleared("HF", body=2),),
    )  # fmt: skip
    found = offered(failing)
    assert found["elsewhere"].steps
    for one in found.values():
        assert not minutes(one, "back.left.lower")
        if one.steps:
            assert area(one.steps[0].regions) & area(("arm_whole.left", "leg_whole.left"))


def test_pregnant_no_foot_is_pressed_for_reflexology() -> None:
    for one in offered(screened(pregnant=True), Wish(aims=("feet", "sleep"), minutes=45, first=False)).values():
        assert "foot_reflexology" not in {step.work for step in one.steps}


def test_pregnant_legs_are_offered_the_level_of_their_inner_side() -> None:
    seen = 0
    for aims in (("ease_pain",), ("feet", "sleep"), ("loosen",)):
        for one in offered(screened(pregnant=True), Wish(aims=aims, minutes=45, first=False)).values():
            for step in one.steps:
                if area(step.regions) & area(("thigh.left", "leg.left")) and not step.points:
                    assert step.level <= 1
                    seen += 1
    assert seen


def test_a_tight_calf_is_stretched_and_has_the_most_time() -> None:
    wish = Wish(aims=("loosen",), minutes=45, first=False, tight=("leg.left.back",))
    one = offered(screened(), wish)["with_affected"]
    assert minutes(one, "leg.left.back", "calf_stretch") == 4
    assert not minutes(one, "leg.right.back", "calf_stretch")
    for other in ("back.left.lower", "thigh.left"):
        assert minutes(one, "leg.left.back") >= minutes(one, other)


def test_nobody_strokes_a_chest_or_the_hair() -> None:
    painful = screened(phn=("T5.left",))
    for wish in (LATER, Wish(aims=("calm", "sleep"), minutes=45, first=False)):
        for one in offered(painful, wish).values():
            assert not minutes(one, "chest.left")
            assert not minutes(one, "head_neck.left.head_back", "effleurage")


def test_no_place_is_kneaded_or_pressed_for_long() -> None:
    assert KNOWLEDGE.library["petrissage"].minutes[1] <= 8
    assert KNOWLEDGE.library["acupressure"].minutes[1] <= 4


def test_numb_feet_have_little_time_when_the_visit_is_for_the_hands() -> None:
    one = offered(numb_feet(), Wish(aims=("hands",), minutes=45, first=False))["with_affected"]
    assert 0 < minutes(one, "foot.left") <= 5


def test_feet_with_a_past_ulcer_are_worked_for_a_few_minutes_when_cleared() -> None:
    ulcer = screened(
        numb=FEET, diabetes=True, past_foot_ulcer=("foot.left",), clearances=(cleared("IWGDF-3", **{"foot": 1}),)
    )
    one = offered(ulcer, Wish(aims=("feet",), minutes=45, first=False))["with_affected"]
    assert minutes(one, "foot.left") <= 5
