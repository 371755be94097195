"""Heights on foot and hand: they nest, they are whole regions of one side, and they are found again."""

from __future__ import annotations

import pytest

from afferent.body.heights import HEIGHTS, LIMBS, area_up_to, exactly, height_of, regions_up_to
from afferent.body.regions import AREA, SIDES, area, mirror, side

CASES = [(limb, which, one.id) for limb in LIMBS for which in SIDES for one in HEIGHTS[limb]]


@pytest.mark.parametrize(("limb", "which", "height"), CASES)
def test_a_height_holds_every_height_below_it_and_more(limb, which, height) -> None:
    ids = [one.id for one in HEIGHTS[limb]]
    for lower in ids[: ids.index(height)]:
        below, own = area_up_to(limb, which, lower), area_up_to(limb, which, height)
        assert below & ~own == 0
        assert below != own


@pytest.mark.parametrize(("limb", "which", "height"), CASES)
def test_a_height_is_found_again_and_stays_on_its_side(limb, which, height) -> None:
    regions = regions_up_to(limb, which, height)
    assert height_of(regions, which, limb) == height
    assert {side(region) for region in regions} <= {which}
    assert {mirror(region) for region in regions} == set(regions_up_to(limb, mirrored(which), height))
    if regions:
        assert height_of(regions, mirrored(which), limb) is None
        assert exactly(area(regions), which, limb).id == height


def mirrored(which: str) -> str:
    return SIDES[1 - SIDES.index(which)]


def test_the_lowest_height_that_covers_a_place() -> None:
    assert height_of(["foot.left.sole.toe1"], "left", "foot") == "toes"
    assert height_of(["foot.left.sole.ball.outer"], "left", "foot") == "ball"
    assert height_of(["foot.left.sole.heel"], "left", "foot") == "ankle"
    assert height_of(["leg.left.back"], "left", "foot") == "mid_calf"
    assert height_of(["leg.left"], "left", "foot") == "knee"
    assert height_of(["thigh.left"], "left", "foot") is None
    assert height_of(["hand.right.palm.finger2.base"], "right", "hand") == "fingers"
    assert height_of([], "right", "hand") == "not"


def test_a_region_without_a_half_counts_whole() -> None:
    assert AREA["leg.left.back"] & ~area_up_to("foot", "left", "mid_calf") == 0
    assert AREA["foot.left.top"] & ~area_up_to("foot", "left", "ball") == 0
    assert AREA["elbow.left"] & ~area_up_to("hand", "left", "forearm") == 0


def test_one_place_within_a_height_is_not_said_as_that_height() -> None:
    assert exactly(AREA["foot.left.sole.heel"], "left", "foot") is None
    assert exactly(0, "left", "foot") is None
    with pytest.raises(KeyError):
        area_up_to("foot", "left", "hip")
