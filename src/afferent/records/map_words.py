"""A body map read back in words: "Numb: both feet to mid-calf, right hand fingertips".

Ask here: `spoken` (one sentence for each layer that was answered), `layer_words` for one, and `changes` between two
maps. Left and right are always words. Nothing here calls a change better or worse; a zone that is no longer marked is
just that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from afferent.body.heights import LIMBS, Height, Limb, exactly
from afferent.body.names import name, names_of
from afferent.body.regions import AREA, SIDES, area
from afferent.knowledge import Knowledge
from afferent.knowledge.model import Layer

if TYPE_CHECKING:
    from afferent.records.body_map import BodyMap, Zones

_BOTH: Final[dict[Limb, str]] = {"foot": "both feet", "hand": "both hands"}


def spoken(found: BodyMap, knowledge: Knowledge) -> list[str]:
    """One sentence for each layer that was answered, in their order."""
    return [f"{words}." for layer in knowledge.layers.values() if (words := layer_words(found, layer))]


def layer_words(found: BodyMap, layer: Layer) -> str:
    """ "Numb: both feet to mid-calf"; nothing for a layer that is open."""
    if zones := found.of(layer.id):
        return f"{layer.title}: {places(area(zones))}{_strongest(zones)}"
    if layer.id in found.none:
        return f"{layer.title}: nowhere"
    return f"{layer.title}: not sure" if layer.id in found.unsure else ""


def places(bits: int) -> str:
    """An area as a client would say it, feet first: by heights where they fit, by regions where they do not."""
    said: list[str] = []
    for limb in LIMBS:
        heights = {side: exactly(bits, side, limb) for side in SIDES}
        said += _by_height(limb, heights)
        bits &= ~sum(AREA[_reach(limb, side)] for side, height in heights.items() if height)
    said += [one.full for one in names_of(bits)]
    return f"{'; ' if any(', ' in one for one in said) else ', '}".join(said)


def changes(before: BodyMap, after: BodyMap, knowledge: Knowledge) -> list[str]:
    """What is otherwise than on the map before, as sentences; empty where nothing is."""
    return [sentence for layer in knowledge.layers.values() for sentence in _changed(before, after, layer)]


def _changed(before: BodyMap, after: BodyMap, layer: Layer) -> Iterator[str]:
    was, now = before.area(layer.id), after.area(layer.id)
    if not after.is_answered(layer.id):
        if before.is_answered(layer.id):
            yield f"{layer.title}: not answered this time; last time {places(was) or 'nowhere'}."
        return
    if not before.is_answered(layer.id):
        yield f"{layer.title}, for the first time: {places(now) or 'nowhere'}."
        return
    if now & ~was:
        yield f"{layer.title}, new: {places(now & ~was)}."
    if was & ~now:
        yield f"{layer.title}, no longer marked: {places(was & ~now)}."
    yield from _stronger(before.of(layer.id), after.of(layer.id), layer)


def _stronger(was: Zones, now: Zones, layer: Layer) -> Iterator[str]:
    for zone, number in now.items():
        old = was.get(zone)
        if number is not None and old is not None and number != old:
            yield f"{layer.title}, {name(zone)}: {number} of 10, last time {old}."


def _by_height(limb: Limb, heights: dict[str, Height | None]) -> Iterator[str]:
    left, right = heights["left"], heights["right"]
    if left and left == right:
        yield f"{_BOTH[limb]} {left.said}"
        return
    for side, height in heights.items():
        if height:
            yield f"{side} {limb} {height.said}"


def _reach(limb: Limb, side: str) -> str:
    return f"{'leg' if limb == 'foot' else 'arm'}_whole.{side}"


def _strongest(zones: Zones) -> str:
    numbers = [number for number in zones.values() if number is not None]
    if not numbers:
        return ""
    return f" ({max(numbers)} of 10)" if len(zones) == 1 else f" (strongest {max(numbers)} of 10)"
