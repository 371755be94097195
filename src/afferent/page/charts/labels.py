"""Where words go inside a plot: near what they name, over as little ink as may be, never over each other.

Ask here: `Words` with the `Wish`es of where they would best stand, and `settle`, which gives each a free place or says
that there is none. It goes through them in order; whoever comes first stands where it wishes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from msgspec import Struct

from afferent.page.charts.layout import LEAD, TYPE, widest

Anchor = Literal["start", "middle", "end"]
_SHARE: Final[dict[Anchor, float]] = {"start": 0.0, "middle": 0.5, "end": 1.0}
_CELL: Final = 5  # px; ink is remembered on a raster of this
_INK: Final = 4.0  # what a cell of ink under words costs, in px of distance
_GAP: Final = 2  # px between words and words


class Wish(NamedTuple):
    """A place for words: where their first, middle or last letter stands, and their upper edge."""

    x: float
    y: float
    anchor: Anchor = "start"
    cost: float = 0.0


class Words(Struct, frozen=True):
    """Some lines of words and where they would stand, best first."""

    lines: tuple[str, ...]
    look: str
    wishes: tuple[Wish, ...]

    @property
    def width(self) -> float:
        return widest(self.lines, bold=True)

    @property
    def height(self) -> float:
        return LEAD * len(self.lines)


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Box) -> bool:
        return all(
            near <= far + 0.01
            for near, far in (
                (self.left, other.left), (self.top, other.top), (other.right, self.right), (other.bottom, self.bottom),
            )
        )  # fmt: skip

    def touches(self, other: Box) -> bool:
        return (
            self.left < other.right + _GAP
            and other.left < self.right + _GAP
            and self.top < other.bottom + _GAP
            and other.top < self.bottom + _GAP
        )


class Settled(NamedTuple):
    """Words and the place they got."""

    words: Words
    wish: Wish
    box: Box


class Ink:
    """What is drawn, on a coarse raster."""

    def __init__(self) -> None:
        self._cells: set[tuple[int, int]] = set()

    def stroke(self, points: Sequence[tuple[float, float]]) -> None:
        """A line through these points; a single one is a dot."""
        self._cells.update((int(x // _CELL), int(y // _CELL)) for x, y in points)
        for (x, y), (u, v) in pairwise(points):
            steps = int(max(abs(u - x), abs(v - y)) // _CELL) + 1
            for n in range(steps):
                self._cells.add((int((x + (u - x) * n / steps) // _CELL), int((y + (v - y) * n / steps) // _CELL)))

    def under(self, box: Box) -> int:
        """How many cells of ink lie under a box."""
        rows = range(int(box.top // _CELL), int(box.bottom // _CELL) + 1)
        return sum(
            (column, row) in self._cells
            for column in range(int(box.left // _CELL), int(box.right // _CELL) + 1)
            for row in rows
        )


def settle(all_words: Iterable[Words], bounds: Box, ink: Ink) -> list[Settled] | None:
    """Each with its place, inside the bounds; None where there is no room for all."""
    settled: list[Settled] = []
    for words in all_words:
        free = list(_free(words, words.wishes, bounds, settled))
        free = free or list(_free(words, _anywhere(words, bounds), bounds, settled))
        if not free:
            return None
        settled.append(min(free, key=lambda one: one.wish.cost + _INK * ink.under(one.box)))
    return settled


def _free(words: Words, wishes: Iterable[Wish], bounds: Box, settled: Sequence[Settled]) -> Iterator[Settled]:
    """The places that are inside and touch nobody."""
    for wish in wishes:
        left = wish.x - _SHARE[wish.anchor] * words.width
        box = Box(left, wish.y, left + words.width, wish.y + words.height)
        if bounds.holds(box) and not any(box.touches(other.box) for other in settled):
            yield Settled(words, wish, box)


def _anywhere(words: Words, bounds: Box) -> Iterator[Wish]:
    """Every place on a raster; the nearer to the first wish, the better."""
    first = words.wishes[0]
    near = first.x - _SHARE[first.anchor] * words.width
    for row in range(int((bounds.bottom - bounds.top - words.height) // 4) + 1):
        for step in range(int((bounds.right - bounds.left - words.width) // 12) + 1):
            x, y = bounds.left + 12 * step, bounds.top + 4 * row
            yield Wish(x, y, "start", abs(x - near) + 2 * abs(y - first.y))


def rows(lines: Iterable[str]) -> Iterator[tuple[float, str]]:
    """How far below the upper edge each line of words stands."""
    for number, line in enumerate(lines):
        yield LEAD * number + LEAD / 2 + TYPE * 0.35, line
