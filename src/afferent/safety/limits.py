"""Limits and how they combine: a lattice in which every further limit can only tighten.

A `Limit` is what holds in one region. A `Sheet` lays many limits over areas of the body; what holds in a place is the
meet of all that lie there, whatever the order, and however often one was laid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from afferent.body.regions import AREA, LEAVES, WHOLE, leaves
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


def meet(limits: Iterable[Limit]) -> Limit:
    """The strictest of all of them in everything."""
    those = list(limits)
    if not those:
        return NO_LIMIT
    return Limit(
        pressure=min([one.pressure for one in those]),
        excluded=any(one.excluded for one in those),
        minutes=min([one.minutes for one in those]),
        heat=all(one.heat for one in those),
        cold=all(one.cold for one in those),
        off=frozenset().union(*[one.off for one in those]),
        because=frozenset().union(*[one.because for one in those]),
    )


class Sheet:
    """Limits laid over the body. Areas are leaf masks (see `body.regions`)."""

    def __init__(self, laid: list[tuple[int, Limit]] | None = None) -> None:
        self._laid: list[tuple[int, Limit]] = laid if laid is not None else []

    def lay(self, area: int, limit: Limit) -> None:
        """Lay one limit over an area."""
        if area:
            self._laid.append((area, limit))

    def meet(self, other: Sheet) -> Sheet:
        """Both sheets, one over the other."""
        return Sheet(self._laid + other._laid)

    def at(self, area: int) -> Limit:
        """The strictest of everything that touches an area."""
        return meet(limit for mask, limit in self._laid if mask & area)

    def region(self, name: str) -> Limit:
        """What holds in a region: the strictest of its leaves."""
        return self.at(AREA[name])

    def where(self, holds: Callable[[Limit], bool]) -> int:
        """The area in which some limit does this: `where(lambda limit: limit.excluded)`."""
        found = 0
        for mask, limit in self._laid:
            if holds(limit):
                found |= mask
        return found

    def by_rule(self) -> dict[str, int]:
        """Rule -> the area that it limits."""
        found: dict[str, int] = {}
        for mask, limit in self._laid:
            for rule in limit.because:
                found[rule] = found.get(rule, 0) | mask
        return found

    def blocks(self) -> Iterator[tuple[int, Limit]]:
        """The body cut into areas of one limit each; areas without any are left out."""
        everywhere = meet(limit for mask, limit in self._laid if mask == WHOLE)
        local = [(mask, limit) for mask, limit in self._laid if mask != WHOLE]
        parts = [WHOLE]
        for mask in {mask for mask, _ in local}:
            parts = [piece for part in parts for piece in (part & mask, part & ~mask) if piece]
        for part in parts:
            limit = meet([everywhere, *(one for mask, one in local if mask & part)])
            if limit.because:
                yield part, limit

    def by_leaf(self) -> dict[str, Limit]:
        """The limit of every leaf of the body."""
        found = dict.fromkeys(LEAVES, NO_LIMIT)
        for area, limit in self.blocks():
            found |= dict.fromkeys(leaves(area), limit)
        return found
