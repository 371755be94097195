"""The stroke: which skin, how fast, how long."""

from __future__ import annotations

import math
import re

import pytest

from afferent.body.figures import load_figures
from afferent.body.regions import AREA, LEAVES, REGIONS, leaves
from afferent.errors import InputError
from afferent.knowledge import load
from afferent.physiology.touch import FINDINGS, finding, length, pace, score, skin, stroke
from afferent.physiology.touch.data import sided, skin_table
from afferent.physiology.touch.skin import on_the_hand

# Skin


def test_every_leaf_has_its_skin_declared_once() -> None:
    table = skin_table()
    named = [leaf for kind in (table.hairy, table.glabrous, table.both) for spelled in kind for region in sided(spelled)
             for leaf in leaves(AREA[region])]  # fmt: skip
    assert sorted(named) == sorted(LEAVES)


@pytest.mark.parametrize(
    ("region", "kind"),
    [
        ("leg.left.front", "hairy"),
        ("forearm.right", "hairy"),
        ("head_neck", "hairy"),
        ("hand.left.back.centre", "hairy"),
        ("foot.left.sole", "glabrous"),
        ("foot.right.sole.toe3", "glabrous"),
        ("hand.right.palm.finger2.tip", "glabrous"),
        ("foot.left.top.web12", "both"),
        ("foot.left", "both"),
        ("leg_whole.right", "both"),
        ("body", "both"),
    ],
)
def test_skin(region: str, kind: str) -> None:
    assert skin(region) == kind


def test_a_palm_is_on_a_hand_and_a_sole_is_not() -> None:
    assert on_the_hand("hand.left.palm.centre")
    assert not on_the_hand("foot.left.sole")
    assert not on_the_hand("hand.left.back")


def test_an_unknown_region_has_no_skin() -> None:
    with pytest.raises(InputError, match="there is no region 'tail'"):
        skin("tail")


# Speed


def test_the_window_is_one_to_ten_and_its_ends_are_inside() -> None:
    assert [pace(speed) for speed in (0.3, 1, 3, 10, 30)] == ["slower", "inside", "inside", "inside", "faster"]


def test_the_shape_is_equal_at_both_ends_and_highest_between() -> None:
    assert score(1) == pytest.approx(score(10))
    assert score(math.sqrt(10)) == pytest.approx(1)
    assert score(0.3) == score(0.2) == 0.0
    for v in (1.2, 2, 3):
        assert score(v) == pytest.approx(score(10 / v)), "even over the logarithm"
        assert score(v) > score(1)


@pytest.mark.parametrize("speed", [0, -3, 31, 1e9, math.inf, math.nan])
def test_nobody_strokes_like_that(speed: float) -> None:
    with pytest.raises(InputError, match=r"was never tried: give 0.1 to 30 cm a second$"):
        stroke("leg.left.front", speed)


# Length


def test_lengths_are_those_of_a_body() -> None:
    """Our drawing against the shares of the height that it was drawn by."""
    assert length("leg.left.front") == pytest.approx(28, abs=1.5)
    assert length("hand.left.palm") == pytest.approx(0.108 * 170)
    assert length("foot.right.sole") == pytest.approx(0.15 * 170)
    assert length("foot.right.top") < length("foot.right.sole")
    assert length("leg_whole.left") == pytest.approx(82, abs=6)
    assert length("body") == pytest.approx(170)


def test_a_close_up_and_the_standing_figure_agree_on_the_hand() -> None:
    figure = load_figures()["body.front"]
    downs = [y for _, y in figure.ring("hand.left.palm")]
    assert length("hand.left.palm") == pytest.approx((max(downs) - min(downs)) / 10_000 * 170, rel=0.05)


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_has_a_length(region: str) -> None:
    assert 0.5 < length(region) <= 170
    assert length(region, 190) == pytest.approx(length(region) * 190 / 170)


def test_left_is_as_long_as_right() -> None:
    for region in REGIONS:
        if ".left" in region:
            assert length(region) == pytest.approx(length(region.replace(".left", ".right")), rel=0.01)


@pytest.mark.parametrize("height", [0, 40, 400, math.nan])
def test_nobody_is_so_tall(height: float) -> None:
    with pytest.raises(InputError, match=r"nobody is .* cm tall"):
        length("leg.left.front", height)


# Stroke


def test_a_stroke_along_the_shin() -> None:
    one = stroke("leg.left.front", speed=3, length=30)
    assert (one.seconds, one.per_minute) == (10, 6)
    assert (one.skin, one.pace, one.length_from) == ("hairy", "inside", "given")


def test_without_a_length_the_drawing_gives_it() -> None:
    one = stroke("leg.left.front", speed=3)
    assert one.length_from == "drawing"
    assert one.seconds == pytest.approx(one.length / 3)


@pytest.mark.parametrize(
    "region", ["foot.left.sole", "hand.right.palm.centre", "foot.left", "body", "foot.left.top.web12"]
)
def test_nothing_is_claimed_of_hairless_or_mixed_skin(region: str) -> None:
    one = stroke(region, speed=3)
    assert one.pace is None
    assert one.score is None


@pytest.mark.parametrize("given", [0, -1, 0.5, 121, math.inf, math.nan])
def test_no_stroke_is_so_long(given: float) -> None:
    with pytest.raises(InputError, match=r"does not fit a body: give 1 to 120 cm$"):
        stroke("leg.left.front", 3, given)


# Findings


@pytest.mark.parametrize("name", FINDINGS)
def test_every_finding_says_what_is_not_known_and_where_it_was_read(name: str) -> None:
    one = finding(name)
    assert one.found.endswith(".")
    assert one.not_known.endswith(".")
    assert all(load().sources[key].url.startswith("http") for key in one.sources)
    assert not re.search(r"\bheals?\b", one.found)
