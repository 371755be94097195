"""Regions of the body as one declared tree.

Ask here: which regions exist, what a region contains, its side, its limb, its name in words, and the smallest
set of regions that covers an area. An area is an integer with one bit per leaf, so that union and intersection
are `|` and `&`. Containment is declared below and never read off the spelling of an id.

Ids and CHOIR keys: our own figures; CHOIR body map (Kao & Mackey, Stanford) for the 74 keys [users.md 5.2].
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

SIDES: Final = ("left", "right")
BODY: Final = "body"

# A parent and its children, `S` standing for left and right. A child not named as a parent is a leaf.
_DECLARED: Final[dict[str, str]] = {
    "body": "head_neck shoulders chest abdomen back pelvis arm_whole.S leg_whole.S",
    "head_neck": "head_neck.S",
    "head_neck.S": "head_neck.S.face head_neck.S.neck_front head_neck.S.head_back head_neck.S.neck_back",
    "shoulders": "shoulder.S",
    "shoulder.S": "shoulder.S.front shoulder.S.back",
    "chest": "chest.S",
    "abdomen": "abdomen.S",
    "abdomen.S": "abdomen.S.upper abdomen.S.lower",
    "back": "back.S",
    "back.S": "back.S.upper back.S.mid_upper back.S.mid_lower back.S.lower",
    "pelvis": "pelvis.S",
    "pelvis.S": "pelvis.S.hip_front pelvis.S.hip_back pelvis.S.groin pelvis.S.buttock",
    "arm_whole.S": "arm.S hand.S",
    "arm.S": "upper_arm.S elbow.S forearm.S wrist.S",
    "upper_arm.S": "upper_arm.S.front upper_arm.S.back",
    "elbow.S": "elbow.S.front elbow.S.back",
    "forearm.S": "forearm.S.front forearm.S.back",
    "wrist.S": "wrist.S.front wrist.S.back",
    "hand.S": "hand.S.palm hand.S.back",
    "hand.S.palm": "finger1 finger2 finger3 finger4 finger5 thumb_mound centre little_mound",
    "hand.S.back": "finger1 finger2 finger3 finger4 finger5 thumb_side centre little_side",
    "leg_whole.S": "thigh.S leg.S foot.S",
    "thigh.S": "thigh.S.front thigh.S.back",
    "leg.S": "knee.S leg.S.front leg.S.back ankle.S",
    "knee.S": "knee.S.front knee.S.back",
    "ankle.S": "ankle.S.front ankle.S.back",
    "foot.S": "foot.S.sole foot.S.top",
    "foot.S.sole": "toe1 toe2 toe3 toe4 toe5 ball arch outer_edge heel",
    "foot.S.sole.ball": "inner middle outer",
    "foot.S.top": "toe1 toe2 toe3 toe4 toe5 web12 web23 web34 web45 instep inner_side outer_side",
} | {f"hand.S.{face}.finger{n}": "tip base" for face in ("palm", "back") for n in range(1, 6)}

# Rows of the two body views, counted from the viewer's left: this is how the CHOIR keys are numbered.
_FRONT_ROWS: Final = (
    "head_neck.S.face", "head_neck.S.neck_front", "shoulder.S.front chest.S", "upper_arm.S.front abdomen.S.upper",
    "elbow.S.front", "forearm.S.front abdomen.S.lower", "wrist.S.front pelvis.S.hip_front pelvis.S.groin",
    "hand.S.palm thigh.S.front", "knee.S.front", "leg.S.front", "ankle.S.front", "foot.S.top",
)  # fmt: skip
_BACK_ROWS: Final = (
    "head_neck.S.head_back", "head_neck.S.neck_back", "shoulder.S.back back.S.upper",
    "upper_arm.S.back back.S.mid_upper", "elbow.S.back back.S.mid_lower", "forearm.S.back back.S.lower",
    "wrist.S.back pelvis.S.hip_back pelvis.S.buttock", "hand.S.back thigh.S.back", "knee.S.back", "leg.S.back",
    "ankle.S.back", "foot.S.sole",
)  # fmt: skip


def _children() -> dict[str, tuple[str, ...]]:
    tree: dict[str, tuple[str, ...]] = {}
    for parent, listed in _DECLARED.items():
        for side in SIDES if ".S" in parent else ("",):
            own = parent.replace(".S", f".{side}")
            names: list[str] = []
            for child in listed.split():
                if "." not in child and ".S" in parent:  # a short name inside its parent: `toe1`, `tip`
                    names.append(f"{own}.{child}")
                elif ".S" in child and ".S" not in parent:  # a midline parent holds both sides
                    names += [child.replace(".S", f".{s}") for s in SIDES]
                else:
                    names.append(child.replace(".S", f".{side}"))
            tree[own] = tuple(names)
    return tree


CHILDREN: Final = _children()
PARENT: Final = {child: parent for parent, children in CHILDREN.items() for child in children}


def _walk(region: str) -> Iterator[str]:
    yield region
    for child in CHILDREN.get(region, ()):
        yield from _walk(child)


REGIONS: Final = tuple(_walk(BODY))
LEAVES: Final = tuple(region for region in REGIONS if region not in CHILDREN)
_BIT: Final = {leaf: 1 << n for n, leaf in enumerate(LEAVES)}


def _masks() -> dict[str, int]:
    masks = dict(_BIT)
    for region in reversed(REGIONS):
        if region in CHILDREN:
            masks[region] = sum(masks[child] for child in CHILDREN[region])
    return masks


AREA: Final = _masks()
WHOLE: Final = AREA[BODY]


def known(region: str) -> bool:
    """Is this a region id?"""
    return region in AREA


def area(regions: Iterable[str]) -> int:
    """The area (one bit per leaf) that these regions cover together. Raises KeyError on an unknown id."""
    bits = 0
    for region in regions:
        bits |= AREA[region]
    return bits


@cache
def cover(bits: int) -> tuple[str, ...]:
    """The smallest set of regions that covers exactly this area, parents standing for children, in body order."""
    found: list[str] = []
    stack = [BODY]
    while stack:
        region = stack.pop()
        inside = AREA[region] & bits
        if inside == AREA[region]:
            found.append(region)
        elif inside:
            stack.extend(reversed(CHILDREN[region]))
    return tuple(found)


def leaves(bits: int) -> tuple[str, ...]:
    """The leaves of an area, in body order."""
    return tuple(leaf for leaf, bit in _BIT.items() if bits & bit)


def contains(outer: str, inner: str) -> bool:
    """Does `outer` hold all of `inner`? A region holds itself."""
    return AREA[inner] & ~AREA[outer] == 0


@cache
def ancestors(region: str) -> tuple[str, ...]:
    """The region itself and everything above it, nearest first, ending with `body`."""
    chain = [region]
    while chain[-1] in PARENT:
        chain.append(PARENT[chain[-1]])
    return tuple(chain)


@cache
def side(region: str) -> str | None:
    """`left`, `right`, or None for a region that crosses the midline."""
    return next((s for s in SIDES if AREA[region] & ~_SIDE_AREA[s] == 0), None)


_SIDE_AREA: Final = {s: sum(bit for leaf, bit in _BIT.items() if s in leaf.split(".")) for s in SIDES}


def mirror(region: str) -> str:
    """The same region on the other side; a midline region is its own mirror."""
    own = side(region)
    if own is None:
        return region
    other = SIDES[1 - SIDES.index(own)]
    return ".".join(other if part == own else part for part in region.split("."))


def _choir() -> dict[str, str]:
    keys: dict[str, str] = {}
    for letter, rows, first in (("f", _FRONT_ROWS, "right"), ("b", _BACK_ROWS, "left")):
        second = SIDES[1 - SIDES.index(first)]
        count = 0
        for row in rows:
            parts = row.split()
            ordered = [p.replace(".S", f".{first}") for p in parts]
            ordered += [p.replace(".S", f".{second}") for p in reversed(parts)]
            for region in ordered:
                count += 1
                keys[region] = f"{letter}{count:02d}"
    return keys


CHOIR: Final = _choir()  # region id -> CHOIR key, 74 of them
