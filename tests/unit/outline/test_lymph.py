"""Arms, legs and trunk where lymph nodes are gone: no milking by the untrained [safety.md 1A NODES-LYMPHOEDEMA]."""

from __future__ import annotations

import pytest

from afferent.outline import faults
from afferent.outline.model import Outline, Step, Wish
from tests.unit.outline.made import KNOWLEDGE, LATER, cleared, only, screened, step


def found(one: Outline, screening, wish: Wish = LATER):
    return faults(one, screening, KNOWLEDGE, wish)


def right_first(*steps: Step) -> Outline:
    """An outline that begins on the free side."""
    return Outline("with_affected", (step("back.right.upper"), *steps))


@pytest.mark.parametrize("place", ["hand.left", "forearm.left", "upper_arm.left", "shoulder.left.back", "chest.left"])
@pytest.mark.parametrize("answered", [False, True])
def test_strokes_towards_the_trunk_where_lymph_nodes_are_gone_take_no_reason(place: str, answered: bool) -> None:
    """On the whole limb and the quarter of the trunk beside it, not on the hand alone."""
    yes = (cleared("NODES-LYMPHOEDEMA", **{"arm_whole.left": 2}),) if answered else ()
    at_risk = screened(nodes_removed=("arm_whole.left",), clearances=yes)
    milked = only(found(right_first(step(place, level=1)), at_risk))
    assert (milked.crosses, milked.rules, milked.never) == ("technique", ("NODES-LYMPHOEDEMA",), True)
    assert found(right_first(step(place.replace("left", "right"), level=1)), at_risk) == ()


@pytest.mark.parametrize("place", ["foot.left", "leg.left.back", "thigh.left"])
def test_the_same_for_the_leg_where_they_are_gone_from_the_groin(place: str) -> None:
    assert only(found(right_first(step(place, level=1)), screened(nodes_removed_groin=("leg_whole.left",)))).never


def test_a_swollen_arm_is_left_alone_and_with_an_answer_still_not_milked() -> None:
    arm = right_first(step("upper_arm.left", level=1))
    assert only(found(arm, screened(lymphoedema=("hand.left",)))).crosses == "excluded"
    yes = (cleared("NODES-LYMPHOEDEMA", **{"arm_whole.left": 1}),)
    assert only(found(arm, screened(lymphoedema=("hand.left",), clearances=yes))).never
