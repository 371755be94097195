"""The places one may choose by a button on the pages of heat and of the stroke.

Ask here: `PLACES` (heading -> key in the address -> words and region, `S` standing for left and right), `place` and
`region_of`.
"""

from __future__ import annotations

from typing import Final

from afferent.body.regions import SIDES
from afferent.errors import InputError

PLACES: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "Leg and foot": {
        "thigh-front": ("Thigh, front", "thigh.S.front"),
        "thigh-back": ("Thigh, back", "thigh.S.back"),
        "shin": ("Shin", "leg.S.front"),
        "calf": ("Calf", "leg.S.back"),
        "foot-top": ("Top of the foot", "foot.S.top"),
        "sole": ("Sole", "foot.S.sole"),
    },
    "Arm and hand": {
        "upper-arm": ("Upper arm", "upper_arm.S"),
        "forearm-front": ("Forearm, front", "forearm.S.front"),
        "forearm-back": ("Forearm, back", "forearm.S.back"),
        "hand-back": ("Back of the hand", "hand.S.back"),
        "palm": ("Palm", "hand.S.palm"),
    },
    "Trunk": {
        "neck": ("Back of the neck", "head_neck.S.neck_back"),
        "shoulder": ("Shoulder", "shoulder.S"),
        "back": ("Back", "back.S"),
        "chest": ("Chest", "chest.S"),
        "abdomen": ("Abdomen", "abdomen.S"),
    },
}
KEYS: Final = {key: entry for places in PLACES.values() for key, entry in places.items()}


def place(key: str) -> tuple[str, str]:
    """Words and region of a key. Raises InputError."""
    if key not in KEYS:
        raise InputError("there is no such place to choose here: take one of the buttons")
    return KEYS[key]


def region_of(key: str, side: str) -> str:
    """The region of a key on one side. Raises InputError."""
    if side not in SIDES:
        raise InputError("choose left or right by one of the buttons")
    return place(key)[1].replace(".S", f".{side}")
