"""What is drawn in a plot, on a coarse raster and by whom, so that words can keep clear of it.

Ask here: `Ink`: `stroke` and `spots` put something down, `cost` says what it costs to write in a box.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

_CELL: Final = 5  # px
_UNDER: Final = 4.0  # px of distance that a cell of ink under words is worth
_FOREIGN: Final = 2.5  # the same for ink of somebody else within _RING: it might be taken for what is named
_HIDDEN: Final = 8.0  # more, for a cell that must not be hidden: a value, a level somebody compares with
_RING: Final = 7.0  # px
_GAP: Final = 2  # px between words and words

At = tuple[float, float]


class Box(NamedTuple):
    """A rectangle in px."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Box) -> bool:
        near = min(other.left - self.left, other.top - self.top)
        return min(near, self.right - other.right, self.bottom - other.bottom) >= -0.01

    def touches(self, other: Box) -> bool:
        across = max(self.left, other.left) - min(self.right, other.right)
        return max(across, max(self.top, other.top) - min(self.bottom, other.bottom)) < _GAP

    def grown(self, by: float) -> Box:
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)


class Ink:
    """Cells with ink, each with the owners who put it there as bits of one number."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], int] = {}

    def stroke(self, points: Sequence[At], owner: int, *, level: bool = False) -> None:
        """A line through these points."""
        for x, y in dense(points, _CELL):
            self._put(int(x // _CELL), int(y // _CELL), owner, heavy=level)

    def spots(self, points: Iterable[At], owner: int) -> None:
        """Marks of three cells each way, at these points."""
        for x, y in points:
            for cell in range(9):
                self._put(int(x // _CELL) - 1 + cell % 3, int(y // _CELL) - 1 + cell // 3, owner, heavy=True)

    def cost(self, box: Box, owner: int) -> float:
        """What it costs this owner to write here."""
        foreign = sum(1 for found in self._within(box.grown(_RING)) if found >> 1 & ~owner)
        under = sum(_UNDER + _HIDDEN * (found & 1) for found in self._within(box))
        return under + _FOREIGN * foreign

    def _put(self, column: int, row: int, owner: int, *, heavy: bool) -> None:
        """The lowest bit says that the cell is heavy."""
        self._cells[column, row] = self._cells.get((column, row), 0) | owner << 1 | heavy

    def _within(self, box: Box) -> Iterator[int]:
        for column in range(int(box.left // _CELL), int(box.right // _CELL) + 1):
            for row in range(int(box.top // _CELL), int(box.bottom // _CELL) + 1):
                if found := self._cells.get((column, row)):
                    yield found


def dense(points: Sequence[At], step: float) -> list[At]:
    """The same line with a point at least every `step` px."""
    found = list(points[:1])
    for (x, y), (u, v) in pairwise(points):
        count = int(max(abs(u - x), abs(v - y)) // step) + 1
        found += [(x + (u - x) * n / count, y + (v - y) * n / count) for n in range(1, count + 1)]
    return found
