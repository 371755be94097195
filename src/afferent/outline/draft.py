"""One outline while it is made: what is laid where, and how many minutes are left, there and in all.

Ask here: `pieces`, an area cut into places of one work and one level each, and `Draft`. A draft never gives a place
more minutes than its limit, and never more than the visit has. It chooses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import structs

from afferent.body.regions import cover
from afferent.knowledge.library import MOVES, Work
from afferent.outline.ground import Ground
from afferent.outline.model import Step


class Piece(NamedTuple):
    """A place that is worked as one."""

    area: int
    work: Work
    level: int

    @property
    def moving(self) -> bool:
        return self.work.does in MOVES


def pieces(ground: Ground, area: int, works: Iterable[Work], *, affected: bool = False) -> list[Piece]:
    """Each place with the first of the works that is open there, as hard as it may be; the largest place first."""
    found: dict[tuple[str, int], Piece] = {}
    liked = list(works)
    for block, cap in ground.blocks(area):
        rest = block
        for work in liked:
            level = ground.level(work, cap, affected)
            here = rest & ground.can(work) if work.levels[0] <= level else 0
            if here:
                before = found.get((work.id, level))
                found[work.id, level] = Piece(here | (before.area if before else 0), work, level)
                rest &= ~here
    return sorted(found.values(), key=lambda one: -one.area.bit_count())


class Draft:
    """Steps and the minutes that are left."""

    def __init__(self, ground: Ground, minutes: int) -> None:
        self.ground = ground
        self.left = minutes
        self._used: list[tuple[int, int]] = []

    def room(self, area: int) -> int:
        """How many minutes this place may still have."""
        open_here = self.ground.now.minutes(area)
        if area & self.ground.affected:
            open_here = min(open_here, self.ground.knowledge.practice["affected"].most)
        return max(0, min(self.left, open_here - sum(minutes for used, minutes in self._used if used & area)))

    def take(self, area: int, minutes: int, least: int = 1) -> int:
        """Up to so many minutes for this place; 0, and nothing taken, where not even the least are left."""
        given = min(minutes, self.room(area))
        if given < max(1, least):
            return 0
        self._used.append((area, given))
        self.left -= given
        return given

    def step(self, piece: Piece, minutes: int) -> Step:
        """The step of a piece."""
        affected = bool(piece.area & self.ground.affected)
        return Step(cover(piece.area), piece.work.id, piece.level, minutes, affected=affected)

    def longer(self, steps: list[tuple[Piece, Step]]) -> list[tuple[Piece, Step]]:
        """The same steps, with what minutes are left given to them one by one, as far as the work goes."""
        made = list(steps)
        grown = True
        while self.left > 0 and grown:
            grown = False
            for n, (piece, step) in enumerate(made):
                if step.minutes < piece.work.minutes[1] and self.take(piece.area, 1):
                    made[n] = piece, structs.replace(step, minutes=step.minutes + 1)
                    grown = True
        return made
