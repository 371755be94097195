"""Which skin a region has: the nerve fibres for slow touch are described in hairy skin.

Ask here: `skin(region)`, "hairy", "glabrous" (palm and sole) or "both", and `on_the_hand`. Declared in `skin.toml`.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from afferent.body.regions import AREA, SIDES, leaves
from afferent.errors import InputError
from afferent.physiology.touch.data import sided, skin_table

Skin = Literal["hairy", "glabrous", "both"]


def skin(region: str) -> Skin:
    """What a region bears; "both" where its parts differ. Raises InputError on an unknown region."""
    if region not in AREA:
        raise InputError(f"there is no region {region!r}")
    found = {_of_leaf()[leaf] for leaf in leaves(AREA[region])}
    return found.pop() if len(found) == 1 else "both"


def on_the_hand(region: str) -> bool:
    """Does the hairless skin of this region lie on a hand? There a few such fibres were found; on a sole none."""
    return any(AREA[region] & AREA[f"hand.{side}.palm"] for side in SIDES)


@cache
def _of_leaf() -> dict[str, Skin]:
    table = skin_table()
    listed: dict[Skin, tuple[str, ...]] = {"hairy": table.hairy, "glabrous": table.glabrous, "both": table.both}
    return {
        leaf: kind
        for kind, regions in listed.items()
        for spelled in regions
        for region in sided(spelled)
        for leaf in leaves(AREA[region])
    }
