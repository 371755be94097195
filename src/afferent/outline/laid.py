"""One table of limits seen as areas: few blocks, each with one limit, asked by masks and not leaf by leaf.

Ask here: `Laid(limits, excluded)` and of it `shut`, `cap(area)`, `minutes(area)`, `off(technique)`, `blocks(area)`. It
decides nothing that the table does not say; where two limits lie on one place, the stricter counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from afferent.body.regions import AREA, WHOLE
from afferent.body.regions import area as union
from afferent.knowledge.model import DEFAULT_MINUTES, DEFAULT_PRESSURE
from afferent.safety.screening import RegionLimit

FREE: Final = RegionLimit(DEFAULT_PRESSURE, False, False, DEFAULT_MINUTES, (), ())  # no rule speaks there


class Laid:
    """Limits laid over the body."""

    def __init__(self, limits: Mapping[str, RegionLimit], excluded: Iterable[str] = ()) -> None:
        laid: dict[RegionLimit, int] = {}
        for region, limit in limits.items():
            laid[limit] = laid.get(limit, 0) | AREA[region]
        self._laid = tuple(laid.items())
        self._off: dict[str, int] = {}
        self._at_most = [0] * DEFAULT_PRESSURE
        for limit, area in self._laid:
            if limit.pressure < DEFAULT_PRESSURE:
                self._at_most[max(0, limit.pressure)] |= area
        self.shut = union(excluded) | self.where(lambda limit: limit.excluded)

    def where(self, holds: Callable[[RegionLimit], bool]) -> int:
        """The area in which a limit does this."""
        found = 0
        for limit, area in self._laid:
            if holds(limit):
                found |= area
        return found

    def off(self, technique: str) -> int:
        """Where a technique is off."""
        if technique not in self._off:
            self._off[technique] = self.where(lambda limit: technique in limit.techniques_off)
        return self._off[technique]

    def cap(self, area: int) -> int:
        """The highest Walton level that holds in all of an area; 0 also where nobody works."""
        if area & self.shut:
            return 0
        return min([limit.pressure for limit, here in self._laid if here & area], default=DEFAULT_PRESSURE)

    def minutes(self, area: int) -> int:
        """The fewest minutes that hold in an area."""
        return min([limit.minutes for limit, here in self._laid if here & area], default=DEFAULT_MINUTES)

    def within(self, here: int, there: int) -> bool:
        """Does `here` bear less than `there` in something, and more in nothing?"""
        one, other = self._held(here), self._held(there)
        tighter = one[0] <= other[0] and one[1] <= other[1] and one[2] >= other[2]
        return tighter and one != other

    def _held(self, area: int) -> tuple[int, int, frozenset[str]]:
        """Level, minutes and techniques off in all of an area."""
        off = [limit.techniques_off for limit, here in self._laid if here & area]
        return self.cap(area), self.minutes(area), frozenset().union(*off)

    def because(self, area: int, holds: Callable[[RegionLimit], bool]) -> tuple[str, ...]:
        """The rules named by the limits in an area that do this."""
        found: dict[str, None] = {}
        for limit, here in self._laid:
            if here & area and holds(limit):
                found |= dict.fromkeys(limit.because)
        return tuple(found)

    def of_rules(self, rules: frozenset[str]) -> int:
        """Where one of these rules sets a limit."""
        return self.where(lambda limit: not rules.isdisjoint(limit.because))

    def blocks(self, area: int) -> Iterator[tuple[int, int]]:
        """An area cut into pieces of one cap each, the lowest first; what is shut is left out."""
        area &= ~self.shut
        for cap, held in enumerate(self._at_most):
            here = area & held
            if here:
                yield here, cap
            area &= ~here
        if area:
            yield area, DEFAULT_PRESSURE

    def timed(self) -> Iterator[tuple[int, RegionLimit]]:
        """The pieces that have minutes of their own, and the whole body."""
        for limit, here in self._laid:
            if limit.minutes < DEFAULT_MINUTES:
                yield here, limit
        yield WHOLE, FREE
