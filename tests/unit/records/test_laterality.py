"""Sides in words, and places put on a side."""

from __future__ import annotations

import pytest

from afferent.records.laterality import side_of_words, sided, where
from tests.unit.records.made import KNOWLEDGE


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Deep vein thrombosis of left leg", "left"),
        ("LEFT foot", "left"),
        ("Lt. foot", "left"),
        ("right knee", "right"),
        ("bilateral feet", "both"),
        ("both legs", "both"),
        ("left and right foot", "both"),
        ("foot", ""),
        ("Left ventricular failure", ""),
        ("right heart failure", ""),
        ("left bundle branch block", ""),
        ("Left-sided weakness", "left"),
        ("upright posture", ""),
    ],
)
def test_side_of_words(text, side):
    assert side_of_words(text) == side


def test_places_on_a_side():
    assert sided("foot", "left") == ("foot.left",)
    assert sided("foot", "both") == ("foot.left", "foot.right")
    assert sided("foot", "") == ("foot",)
    assert sided("foot.right", "left") == ("foot.right",)
    assert sided("no such place", "left") == ()


def test_where_falls_back_from_place_to_side_to_somewhere():
    clot, skin = KNOWLEDGE.facts["clot_ever"], KNOWLEDGE.facts["open_skin"]
    assert where(clot, ("thigh",), "left") == ("thigh.left",)
    assert where(clot, ("thigh.right",), "left") == ("thigh.right", "left")
    assert where(clot, (), "left") == ("left",)
    assert where(skin, (), "left") is True  # the left of what?
    assert where(clot, (), "") is True
