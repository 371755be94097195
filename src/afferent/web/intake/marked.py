"""The neuropathy map out of the answers: how far up it is numb, and each layer that was asked.

Ask here: `by_height` (what the four pictures say), `layer_map` (one layer, all that was said of it), `whole_map` and
`states`. A limb of which a client is not sure is never taken for one that feels: the places are then not all known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from afferent.body.heights import LIMBS, NOT, Limb, regions_up_to
from afferent.body.regions import AREA, SIDES
from afferent.records.body_map import UNSURE, BodyMap, body_map, statements
from afferent.safety.evidence import ELSEWHERE, Evidence
from afferent.web.intake.kinds.layers import YES
from afferent.web.intake.so_far import SoFar, Told

NUMB: Final = "numb"
LIMB_STEPS: Final[dict[str, tuple[Limb, str]]] = {f"{limb}-{side}": (limb, side) for limb in LIMBS for side in SIDES}


def by_height(so_far: SoFar) -> BodyMap:
    """The numb layer as far as the pictures tell it."""
    zones: dict[str, int | None] = {}
    for step, (limb, side) in LIMB_STEPS.items():
        height = so_far.given(step)
        if height not in (None, NOT, UNSURE):
            zones |= dict.fromkeys(regions_up_to(limb, side, height))
    return BodyMap({NUMB: zones} if zones else {})


def layer_map(layer: str, so_far: SoFar) -> BodyMap:
    """What was said of one layer, or an empty map."""
    asked, pictures = so_far.given(f"layer-{layer}"), by_height(so_far) if layer == NUMB else BodyMap()
    if asked == YES:
        marked = so_far.given(f"map-{layer}")
        return pictures if marked is None else body_map(marked, so_far.knowledge)
    if asked is None or pictures.of(layer):
        return pictures
    unsure = asked == UNSURE or (layer == NUMB and _unsure_limbs(so_far))
    return BodyMap(unsure=(layer,)) if unsure else BodyMap(none=(layer,))


def whole_map(so_far: SoFar) -> BodyMap:
    """Every layer, as one map: what stands in the record, and is drawn for the therapist."""
    layers = [layer_map(layer, so_far) for layer in so_far.knowledge.layers]
    return BodyMap(
        zones={name: zones for one in layers for name, zones in one.zones.items()},
        none=tuple(name for one in layers for name in one.none),
        unsure=tuple(name for one in layers for name in one.unsure),
    )


def states(layer: str, told: Told, so_far: SoFar) -> Iterator[Evidence]:
    """What one layer states. With a limb or "elsewhere" not sure, the places are not all named."""
    for one in statements(layer_map(layer, so_far), so_far.knowledge, told.day, origin=told.origin):
        open_end = layer == NUMB and isinstance(one.value, tuple) and _more_unsure(so_far)
        if open_end:
            said = f"{one.said}; not sure of the rest"
            yield replace(one, value=(*one.value, ELSEWHERE), said=said)  # type: ignore[misc]
        else:
            yield one


def _unsure_limbs(so_far: SoFar) -> bool:
    return any(so_far.given(step) == UNSURE for step in LIMB_STEPS)


def _more_unsure(so_far: SoFar) -> bool:
    """Is a limb, or "elsewhere", not sure, and nothing marked there?"""
    zones = layer_map(NUMB, so_far).area(NUMB)
    limbs = [LIMB_STEPS[step] for step in LIMB_STEPS if so_far.given(step) == UNSURE]
    return so_far.given(f"layer-{NUMB}") == UNSURE or any(not AREA[reach(*limb)] & zones for limb in limbs)


def reach(limb: Limb, side: str) -> str:
    """The whole limb that a foot or hand stands for."""
    return f"{'leg' if limb == 'foot' else 'arm'}_whole.{side}"
