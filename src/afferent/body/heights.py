""" "How far up does it go?": heights on a foot and leg or a hand and arm, and the regions each stands for.

Ask here: `HEIGHTS` in order, `regions_up_to` a height, and back, `height_of` regions. Regions are whole: where a height
ends inside one, all of it counts, for the stricter reading is the larger. So mid-calf takes shin and calf up to the
knee, and the ball of the foot takes the whole top. Each height holds all that is below it. Our own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from msgspec import Struct

from afferent.body.regions import AREA, area, cover

Limb = Literal["foot", "hand"]
LIMBS: Final[tuple[Limb, ...]] = ("foot", "hand")
NOT: Final = "not"


class Height(Struct, frozen=True):
    """One height: its id, the word under its picture, and how it is said after "up to"."""

    id: str
    word: str
    said: str


HEIGHTS: Final[dict[Limb, tuple[Height, ...]]] = {
    "foot": (
        Height(NOT, "Not at all", "not at all"),
        Height("toes", "Toes", "toes only"),
        Height("ball", "Ball of the foot", "to the ball of the foot"),
        Height("ankle", "Ankle", "to the ankle"),
        Height("mid_calf", "Mid-calf", "to mid-calf"),
        Height("knee", "Knee", "to the knee"),
    ),
    "hand": (
        Height(NOT, "Not at all", "not at all"),
        Height("fingertips", "Fingertips", "fingertips"),
        Height("fingers", "Fingers", "fingers"),
        Height("wrist", "Wrist", "to the wrist"),
        Height("forearm", "Forearm or elbow", "to the elbow"),
    ),
}

_FINGERS: Final = [f"hand.S.{face}.finger{n}" for face in ("palm", "back") for n in range(1, 6)]
_TOES: Final = [f"foot.S.{face}.toe{n}" for face in ("sole", "top") for n in range(1, 6)]
_WEBS: Final = [f"foot.S.top.web{n}{n + 1}" for n in range(1, 5)]

# What each height adds to the one below it; `S` stands for the side.
_ADDS: Final[dict[Limb, dict[str, list[str]]]] = {
    "foot": {
        NOT: [],
        "toes": [*_TOES, *_WEBS],
        "ball": ["foot.S.sole.ball", "foot.S.top"],
        "ankle": ["foot.S", "ankle.S"],
        "mid_calf": ["leg.S.front", "leg.S.back"],
        "knee": ["knee.S"],
    },
    "hand": {
        NOT: [],
        "fingertips": [f"{finger}.tip" for finger in _FINGERS],
        "fingers": _FINGERS,
        "wrist": ["hand.S", "wrist.S"],
        "forearm": ["forearm.S", "elbow.S"],
    },
}


def area_up_to(limb: Limb, side: str, height: str) -> int:
    """The area from the tips up to a height; nothing for "not". Raises KeyError on an unknown height."""
    adds, bits = _ADDS[limb], 0
    for name in list(adds)[: list(adds).index(_known(limb, height)) + 1]:
        bits |= area(region.replace(".S", f".{side}") for region in adds[name])
    return bits


def regions_up_to(limb: Limb, side: str, height: str) -> tuple[str, ...]:
    """The fewest regions of that side from the tips up to a height. Raises KeyError on an unknown height."""
    return cover(area_up_to(limb, side, height))


def height_of(regions: Iterable[str], side: str, limb: Limb) -> str | None:
    """The lowest height of a limb that covers all these regions; None where none does. No region at all is "not"."""
    bits = area(regions)
    return next((one.id for one in HEIGHTS[limb] if bits & ~area_up_to(limb, side, one.id) == 0), None)


def exactly(bits: int, side: str, limb: Limb) -> Height | None:
    """The height that stands for exactly what is marked on this limb, so that it can be said in one word."""
    reach = AREA[f"{'leg' if limb == 'foot' else 'arm'}_whole.{side}"]
    return next((one for one in HEIGHTS[limb][1:] if area_up_to(limb, side, one.id) == bits & reach), None)


def _known(limb: Limb, height: str) -> str:
    if height not in _ADDS[limb]:
        raise KeyError(height)
    return height
