"""Regions merged as people say them; left and right always as words."""

from __future__ import annotations

import random

import pytest

from afferent.body.names import name, names_of, short_name
from afferent.body.regions import LEAVES, REGIONS, WHOLE, area
from afferent.words.places import phrase, regions_phrase, title


def test_every_region_has_a_name_of_its_own() -> None:
    names = [name(region) for region in REGIONS]
    assert len(set(names)) == len(names)
    assert all("." not in one and "_" not in one for one in names)


@pytest.mark.parametrize("region", [region for region in REGIONS if ".left" in region])
def test_the_side_is_a_word(region: str) -> None:
    assert "left" in name(region)
    assert "left" not in short_name(region).split()


@pytest.mark.parametrize(
    ("region", "full", "short"),
    [
        ("foot.left.sole.ball.inner", "left foot, sole, inner ball", "inner ball"),
        ("leg_whole.right", "right leg, thigh to toes", "leg"),
        ("leg.left.front", "left shin", "shin"),
        ("hand.right.palm.finger1.tip", "right hand, palm, thumb tip", "thumb tip"),
        ("body", "whole body", "whole body"),
    ],
)
def test_names(region: str, full: str, short: str) -> None:
    assert (name(region), short_name(region)) == (full, short)


@pytest.mark.parametrize(
    ("regions", "words"),
    [
        (["leg_whole.right"], "the right leg, thigh to toes"),
        (["foot.left", "foot.right"], "both feet"),
        (["thigh.right", "leg.right", "foot.right"], "the right leg, thigh to toes"),
        (["hand.left", "foot.left", "foot.right"], "the left hand and both feet"),
        (["foot.left.sole.heel"], "the left foot (sole, heel)"),
        (["leg_whole.left", "leg_whole.right", "chest"], "the chest; and both legs, thigh to toes"),
        (["body"], "the whole body"),
    ],
)
def test_phrases(regions: list[str], words: str) -> None:
    assert regions_phrase(regions) == words


def test_most_of_the_body_is_said_by_what_is_left_out() -> None:
    everything_but = WHOLE & ~area(["foot.left.sole.heel"])
    assert phrase(everything_but) == "everything but the left foot (sole, heel)"


def test_names_cover_exactly_what_was_asked() -> None:
    rng = random.Random(3)
    for _ in range(300):
        bits = area(rng.sample(LEAVES, rng.randint(1, len(LEAVES))))
        names = names_of(bits)
        assert sum(one.area for one in names) == bits
        assert title(bits)


def test_nothing_is_said_by_twice_leaving_out() -> None:
    assert regions_phrase(["hand.left", "hand.right", "foot.left", "foot.right"]) == "both hands and both feet"
    rng = random.Random(5)
    for _ in range(200):
        words = phrase(area(rng.sample(REGIONS[1:], rng.randint(1, 6))))
        assert words.count(" but ") <= 1
