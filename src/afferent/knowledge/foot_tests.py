"""The shape of a foot test: where it is done, from where on its result is abnormal, and who says so.

The entries stand in `foot_tests.toml`. Nothing here tests a foot or decides what follows.
"""

from __future__ import annotations

from msgspec import Struct

from afferent.knowledge.model import Strength


class FootPlace(Struct, frozen=True, forbid_unknown_fields=True):
    """Where on a foot: in words, and the region (`S` stands for the side)."""

    words: str
    region: str


class FootTest(Struct, frozen=True, forbid_unknown_fields=True):
    """One test of the foot check.

    `fact`: what an abnormal result states. `says`: what `threshold` counts, `of` how many there are. A count is
    abnormal from there on, a measured number above it. `lowest` and `highest`: what is believed of a number.
    `strength`: of the threshold; `ours`: what of it is our default.
    """

    title: str
    says: str
    threshold: float
    sources: tuple[str, ...]
    strength: Strength
    fact: str = ""
    how: str = ""
    of: int = 0
    lowest: float | None = None
    highest: float | None = None
    places: dict[str, FootPlace] = {}
    ours: str = ""
    id: str = ""
