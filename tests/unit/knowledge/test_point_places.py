"""Where points are drawn and what is asked of a place before one is pressed: the same regions."""

from __future__ import annotations

import pytest

from afferent.body.areas import PARTS, part
from afferent.body.regions import AREA, SIDES
from afferent.body.spots import named, spots
from afferent.knowledge import load
from afferent.knowledge.library import both_sides
from tests.unit.body.test_spots import regions_at

KNOWLEDGE = load()
OFF = [
    (rule.id, name, place)
    for rule in KNOWLEDGE.rules.values()
    for effect in rule.effects
    for name in effect.points_off
    for place in effect.where
]


def test_every_point_has_a_place_and_every_place_a_point() -> None:
    ears = {zone.id for zone in KNOWLEDGE.zones.values() if zone.part == "ear"}
    assert set(named()) == set(KNOWLEDGE.points) | ears


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", named())
def test_it_lies_in_a_region_of_the_point_and_on_its_side(name, side) -> None:
    point = KNOWLEDGE.points.get(name)
    declared = both_sides((point.region,) if point else KNOWLEDGE.zones[name].regions)
    found = spots(name, side)
    for place in found.at:
        (region,) = regions_at(found.figure, place)
        assert AREA[region] & ~declared == 0
        assert side in region.split(".")


@pytest.mark.parametrize(("rule", "name", "place"), OFF)
def test_a_rule_that_leaves_a_point_out_covers_every_region_of_it(rule, name, place) -> None:
    """Otherwise the rest of it would stay open."""
    where = part(place.partition(" of ")[0]) if place.partition(" of ")[0] in PARTS else AREA[place]
    assert both_sides((KNOWLEDGE.points[name].region,)) & ~where == 0
