"""What a screening allows where: the effective limit, leaf by leaf, as a stroke needs it.

Ask here: `Held(screening)` and of it `at(area)`, the strictest of an area, `free`, the area that may be stroked or held
at all, and `numb`. It reads the *effective* limits: what is known, and what open questions hold back for now.
"""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from afferent.body.regions import AREA, WHOLE, area, leaves
from afferent.knowledge.model import DEFAULT_MINUTES, DEFAULT_PRESSURE
from afferent.physiology.touch.data import elsewhere_table
from afferent.safety.screening import RegionLimit, Screening

_STILL = "moving_strokes"


class Allowed(Struct, frozen=True, order=True):
    """What holds in a place. `pressure`: Walton, 0 where nobody works. `moving`: false where only a hand may lie."""

    pressure: int = DEFAULT_PRESSURE
    moving: bool = True
    minutes: int = DEFAULT_MINUTES


class Held:
    """One screening, seen leaf by leaf."""

    def __init__(self, screening: Screening) -> None:
        self._screening = screening
        self._closed = screening.decision in elsewhere_table().closed

    @cached_property
    def _leaves(self) -> dict[int, list[RegionLimit]]:
        """Leaf bit -> the limits that lie there; more than one only if the screening lays them twice."""
        found: dict[int, list[RegionLimit]] = {}
        for region, limit in self._screening.effective.items():
            for leaf in leaves(AREA[region]):
                found.setdefault(AREA[leaf], []).append(limit)
        return found

    @cached_property
    def shut(self) -> int:
        """Where nobody works: excluded, level 0, or the whole visit is closed."""
        if self._closed:
            return WHOLE
        found = area(self._screening.excluded)
        for bit, limits in self._leaves.items():
            if any(one.excluded or one.pressure < 1 for one in limits):
                found |= bit
        return found

    @cached_property
    def numb(self) -> int:
        """Where feeling is lost, or may be as long as nobody has said where."""
        found = area(self._screening.numb)
        for bit, limits in self._leaves.items():
            if any(not elsewhere_table().numb_rules.isdisjoint(one.because) for one in limits):
                found |= bit
        return found

    @cached_property
    def free(self) -> int:
        """Where hands may work and feeling is not known to be lost."""
        return WHOLE & ~self.shut & ~self.numb

    def at(self, places: int) -> Allowed:
        """The strictest of everything that lies in an area."""
        if places & self.shut:
            return Allowed(0, False, 0)
        limits = [one for bit, those in self._leaves.items() if bit & places for one in those]
        return Allowed(
            pressure=min([one.pressure for one in limits], default=DEFAULT_PRESSURE),
            moving=not any(_STILL in one.techniques_off for one in limits),
            minutes=min([one.minutes for one in limits] + [self._screening.session.minutes]),
        )

    def blocks(self, places: int) -> list[tuple[int, Allowed]]:
        """An area cut into pieces of one limit each, in the order of the body."""
        found: dict[Allowed, int] = {}
        for leaf in leaves(places):
            here = self.at(AREA[leaf])
            found[here] = found.get(here, 0) | AREA[leaf]
        return [(area, allowed) for allowed, area in found.items()]
