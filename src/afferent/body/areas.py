"""Areas that are not one region: limbs, margins, quadrants and dermatomes, as the clinical rules speak of them.

An area is an integer of leaf bits (see `regions`). Sources: safety-clarifications.md 9 (limbs), 11 (margin),
12 (quadrants), 13 (dermatomes); all of them are our own engineering definitions.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from afferent.body.regions import AREA, SIDES, area

# A part is named without its side; `S` is filled in. The order is the order of the body, head to toe.
PARTS: Final[dict[str, str]] = {
    "head_neck": "head_neck.S",
    "shoulder": "shoulder.S",
    "chest": "chest.S",
    "abdomen": "abdomen.S",
    "back": "back.S",
    "pelvis": "pelvis.S",
    "arm_whole": "arm_whole.S",
    "arm": "arm.S",
    "forearm": "forearm.S",
    "wrist": "wrist.S",
    "hand": "hand.S",
    "leg_whole": "leg_whole.S",
    "thigh": "thigh.S",
    "leg": "leg.S",
    "ankle": "ankle.S",
    "foot": "foot.S",
    "foot_and_ankle": "foot.S ankle.S",
    "lower_leg_and_foot": "leg.S foot.S",
    "chest_and_arm": "chest.S arm_whole.S",
    "spine_and_ribs": "head_neck.S.neck_back back.S chest.S",
    "limb": "arm_whole.S leg_whole.S",
}

_QUADRANTS: Final = (
    "arm_whole.S shoulder.S chest.S abdomen.S.upper back.S.upper back.S.mid_upper back.S.mid_lower",
    "leg_whole.S abdomen.S.lower pelvis.S.groin pelvis.S.hip_front pelvis.S.hip_back pelvis.S.buttock back.S.lower",
)

_DERMATOMES: Final = (
    ("C2 C3 C4", "head_neck.S.neck_front head_neck.S.neck_back shoulder.S"),
    ("C5 C6 C7 C8 T1", "arm_whole.S"),
    ("T2 T3 T4 T5 T6", "chest.S back.S.upper back.S.mid_upper"),
    ("T7 T8 T9", "abdomen.S.upper back.S.mid_lower"),
    ("T10 T11 T12", "abdomen.S.lower back.S.lower"),
    ("L1 L2 L3", "pelvis.S.groin pelvis.S.hip_front pelvis.S.hip_back thigh.S"),
    ("L4 L5 S1", "leg.S foot.S"),
    ("S2 S3 S4", "pelvis.S.buttock"),
)

# Segments that lie beside each other; an open place at a joint takes both neighbours with it.
_JOINTS: Final = {
    "shoulder": "upper_arm.S",
    "elbow": "upper_arm.S forearm.S",
    "wrist": "forearm.S hand.S",
    "knee": "thigh.S leg.S.front leg.S.back",
    "ankle": "leg.S.front leg.S.back foot.S",
    "pelvis.hip": "pelvis.S thigh.S",
}


def _on(side: str, spelled: str) -> int:
    return area(spelled.replace(".S", f".{side}").split())


@cache
def part(name: str, side: str | None = None) -> int:
    """The area of a part (`foot`, `leg_whole`, `limb` ...) on one side, or on both when no side is given.

    Raises KeyError on an unknown part.
    """
    return sum(_on(s, PARTS[name]) for s in SIDES if side in (None, s))


def dermatomes() -> dict[str, int]:
    """Place ids `T5.left` ... and `T5` (both sides) with their areas."""
    named: dict[str, int] = {}
    for roots, spelled in _DERMATOMES:
        for root in roots.split():
            for side in SIDES:
                named[f"{root}.{side}"] = _on(side, spelled)
            named[root] = named[f"{root}.left"] | named[f"{root}.right"]
    return named


# Every place a finding may name: regions, parts with or without side, and dermatomes.
PLACES: Final[dict[str, int]] = (
    {name: part(name) for name in PARTS}
    | {f"{name}.{side}": part(name, side) for name in PARTS for side in SIDES}
    | dermatomes()
    | AREA
)


@cache
def within(name: str, places: int) -> int:
    """Every whole `name` (part) that the places touch: `within("leg_whole", left sole)` is the left leg."""
    found = 0
    for side in SIDES:
        bits = part(name, side)
        if name == "limb":  # an arm stays an arm: the limb touched, not both limbs of the side
            for limb in ("arm_whole", "leg_whole"):
                found |= part(limb, side) if part(limb, side) & places else 0
        elif bits & places:
            found |= bits
    return found


@cache
def other(name: str, places: int) -> int:
    """The same part on the side that the places do not touch; nothing when they touch both or none."""
    touched = [side for side in SIDES if part(name, side) & places]
    return part(name, SIDES[1 - SIDES.index(touched[0])]) if len(touched) == 1 else 0


@cache
def segment(places: int) -> int:
    """The whole hand or foot for every place on one, everything else as it is."""
    found = places
    for name in ("hand", "foot"):
        found |= within(name, places)
    return found


@cache
def margin(places: int) -> int:
    """One place and its margin: whole hand or foot; at a joint both adjoining segments; elsewhere the place."""
    found = segment(places)
    for joint, neighbours in _JOINTS.items():
        for side in SIDES:
            at = _joint(joint, side)
            if at & places and not places & ~at & _limb_of(joint, side):
                found |= at | _on(side, neighbours)
    return found


def _joint(joint: str, side: str) -> int:
    if joint == "pelvis.hip":
        return area((f"pelvis.{side}.hip_front", f"pelvis.{side}.hip_back"))
    return AREA[f"{joint}.{side}"]


def _limb_of(joint: str, side: str) -> int:
    """The limb a joint belongs to: a sore already named wider than the joint needs no margin from it."""
    upper = joint in ("shoulder", "elbow", "wrist")
    return part("arm_whole" if upper else "leg_whole", side)


@cache
def quadrant(places: int) -> int:
    """The limb and the quarter of the trunk whose lymph drains with it, one side, for whatever part of it is named."""
    found = 0
    for spelled in _QUADRANTS:
        for side in SIDES:
            if _on(side, spelled) & places:
                found |= _on(side, spelled)
    return found
