"""Where to work when a place is numb or hurts: beside it, above it on the same limb, then on the other side.

Ask here: `beside_and_above(screening)`. It offers no place that the effective limits exclude or hold at level 0, none
that is numb or may be, and none that is painful itself; a visit that is closed offers nothing. The order is ours (N).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

from msgspec import Struct

from afferent.body.areas import PLACES
from afferent.body.figures import load_figures
from afferent.body.regions import AREA, SIDES, area, cover, leaves, mirror, side
from afferent.physiology.touch.data import elsewhere_table, on
from afferent.physiology.touch.held import Held
from afferent.safety.screening import Screening

Relation = Literal["beside", "above", "other_side"]


class Place(Struct, frozen=True):
    """Somewhere to work instead. `regions`: all with one limit. `moving`: false where only a still hand may lie."""

    relation: Relation
    regions: tuple[str, ...]
    pressure: int
    moving: bool
    minutes: int


class Elsewhere(Struct, frozen=True):
    """The numb and painful places that are known, and where to work instead, the nearest first."""

    affected: tuple[str, ...]
    places: tuple[Place, ...]


def beside_and_above(screening: Screening) -> Elsewhere:
    """For one person on one day."""
    affected, held = affected_area(screening), Held(screening)
    left = held.free & ~affected & ~_left_out()
    places: list[Place] = []
    for relation, where in _nearest(affected):
        for piece, allowed in held.blocks(where & left):
            places.append(Place(relation, cover(piece), allowed.pressure, allowed.moving, allowed.minutes))
        left &= ~where  # nothing is offered twice
    return Elsewhere(cover(affected), tuple(places))


def affected_area(screening: Screening) -> int:
    """The numb places, and the painful ones that the screening shows."""
    found = area(screening.numb)
    for rule in screening.rules:
        for met in rule.facts:
            if met.fact in elsewhere_table().affected and isinstance(met.value, tuple | list):
                for place in met.value:
                    found |= PLACES.get(place, 0)
    return found


def _nearest(affected: int) -> Iterator[tuple[Relation, int]]:
    """All areas to look at, in the order in which they are offered."""
    limbs = [_links(chain, left_or_right) for chain in elsewhere_table().limbs for left_or_right in SIDES]
    for links in limbs:
        for link in links:
            if link & affected:
                yield "beside", link
    yield "beside", _neighbours(affected & ~_limbs())
    for links in limbs:
        touched = [n for n, link in enumerate(links) if link & affected]
        for link in links[touched[0] + 1 :] if touched else ():
            yield "above", link
    yield "other_side", _mirrored(affected)


def _links(chain: tuple[str, ...], of: str) -> list[int]:
    """From the tip to the trunk."""
    return [on(link, of) for link in chain]


@cache
def _limbs() -> int:
    """All links of all limbs but the last, which belongs to the trunk."""
    return area(f"{limb}.{one}" for limb in ("arm_whole", "leg_whole") for one in SIDES)


@cache
def _left_out() -> int:
    return sum(on(region, one) for region in elsewhere_table().left_out for one in SIDES)


def _neighbours(places: int) -> int:
    """What borders on these places on their side, in either view; the rest of a region beside its part counts too."""
    found = 0
    for figure in (load_figures()["body.front"], load_figures()["body.back"]):
        for region, beside in figure.neighbours.items():
            if AREA[region] & places:
                found |= AREA[region] | area(one for one in beside if side(one) == side(region))
    return found


def _mirrored(places: int) -> int:
    return area(mirror(leaf) for leaf in leaves(places))
