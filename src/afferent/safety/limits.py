"""Limits and how they combine: a lattice in which every further limit can only tighten.

A `Limit` is what holds in one region. A `Sheet` lays many limits over the body: each kind of limit is an area, so
that laying one more down is a union of areas, whose order and repetition do not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from msgspec import Struct

from afferent.body.regions import AREA, LEAVES, WHOLE
from afferent.knowledge.model import DEFAULT_MINUTES, DEFAULT_PRESSURE


class Limit(Struct, frozen=True):
    """What holds in one region: Walton cap 0-5, exclusion, minutes, heat and cold allowed, techniques off."""

    pressure: int = DEFAULT_PRESSURE
    excluded: bool = False
    minutes: int = DEFAULT_MINUTES
    heat: bool = True
    cold: bool = True
    off: frozenset[str] = frozenset()
    because: frozenset[str] = frozenset()

    def meet(self, other: Limit) -> Limit:
        """The stricter of both in everything. Commutative, associative, idempotent."""
        return Limit(
            pressure=min(self.pressure, other.pressure),
            excluded=self.excluded or other.excluded,
            minutes=min(self.minutes, other.minutes),
            heat=self.heat and other.heat,
            cold=self.cold and other.cold,
            off=self.off | other.off,
            because=self.because | other.because,
        )

    def allows(self, other: Limit) -> bool:
        """Is `other` at least as strict in everything? (`because` is no limit.)"""
        return (
            other.pressure <= self.pressure
            and other.excluded >= self.excluded
            and other.minutes <= self.minutes
            and other.heat <= self.heat
            and other.cold <= self.cold
            and other.off >= self.off
        )


NO_LIMIT = Limit()
K = TypeVar("K")


class Sheet:
    """Limits laid over the body. Areas are leaf masks (see `body.regions`)."""

    def __init__(self) -> None:
        self.excluded = 0
        self.no_heat = 0
        self.no_cold = 0
        self.pressure: dict[int, int] = {}
        self.minutes: dict[int, int] = {}
        self.off: dict[str, int] = {}
        self.because: dict[str, int] = {}

    def lay(
        self,
        area: int,
        rule: str,
        *,
        pressure: int | None = None,
        excluded: bool = False,
        minutes: int | None = None,
        heat: bool | None = None,
        cold: bool | None = None,
        off: tuple[str, ...] = (),
    ) -> None:
        """Lay one limit over an area, because of one rule."""
        if not area:
            return
        self.because[rule] = self.because.get(rule, 0) | area
        if pressure is not None:
            self.pressure[pressure] = self.pressure.get(pressure, 0) | area
        if minutes is not None:
            self.minutes[minutes] = self.minutes.get(minutes, 0) | area
        if excluded:
            self.excluded |= area
        if heat is False:
            self.no_heat |= area
        if cold is False:
            self.no_cold |= area
        for technique in off:
            self.off[technique] = self.off.get(technique, 0) | area

    def meet(self, other: Sheet) -> Sheet:
        """Both sheets, one over the other."""
        both = Sheet()
        both.excluded = self.excluded | other.excluded
        both.no_heat = self.no_heat | other.no_heat
        both.no_cold = self.no_cold | other.no_cold
        both.pressure = _union(self.pressure, other.pressure)
        both.minutes = _union(self.minutes, other.minutes)
        both.off = _union(self.off, other.off)
        both.because = _union(self.because, other.because)
        return both

    def at(self, area: int) -> Limit:
        """What holds in an area that lies wholly inside or outside of every limit laid."""
        return Limit(
            pressure=min((level for level, mask in self.pressure.items() if mask & area), default=DEFAULT_PRESSURE),
            excluded=bool(self.excluded & area),
            minutes=min((m for m, mask in self.minutes.items() if mask & area), default=DEFAULT_MINUTES),
            heat=not self.no_heat & area,
            cold=not self.no_cold & area,
            off=frozenset(name for name, mask in self.off.items() if mask & area),
            because=frozenset(rule for rule, mask in self.because.items() if mask & area),
        )

    def region(self, name: str) -> Limit:
        """What holds in a region: the strictest of its leaves."""
        return self.at(AREA[name])

    def blocks(self) -> Iterator[tuple[int, Limit]]:
        """The body cut into areas of one limit each; areas without any are left out."""
        parts = [WHOLE]
        for mask in self._masks():
            parts = [piece for part in parts for piece in (part & mask, part & ~mask) if piece]
        for part in parts:
            limit = self.at(part)
            if limit.because:
                yield part, limit

    def _masks(self) -> set[int]:
        masks = {self.excluded, self.no_heat, self.no_cold}
        for table in (self.pressure, self.minutes, self.off, self.because):
            masks.update(table.values())
        return masks - {0, WHOLE}

    def by_leaf(self) -> dict[str, Limit]:
        """The limit of every leaf of the body."""
        return {leaf: self.region(leaf) for leaf in LEAVES}


def _union(one: dict[K, int], two: dict[K, int]) -> dict[K, int]:
    return {key: one.get(key, 0) | two.get(key, 0) for key in (*one, *(k for k in two if k not in one))}
