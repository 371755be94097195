"""Where words go inside a plot: near what they name, over as little ink as may be, never over each other.

Ask here: `Words` with the `Wish`es of where they would best stand, and `settle`, which gives each a free place or says
that there is none. It goes through them in order; whoever comes first stands where it wishes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from msgspec import Struct

from afferent.page.charts.ink import Box, Ink
from afferent.page.charts.layout import LEAD, TYPE, widest

Anchor = Literal["start", "middle", "end"]
_SHARE: Final[dict[Anchor, float]] = {"start": 0.0, "middle": 0.5, "end": 1.0}
_ASTRAY: Final = 200.0  # px; what it costs to stand where one never wished to


class Wish(NamedTuple):
    """A place for words: where their first, middle or last letter stands, and their upper edge."""

    x: float
    y: float
    anchor: Anchor = "start"
    cost: float = 0.0


class Words(Struct, frozen=True):
    """Some lines of words and where they would stand. `owner` is the bit by which their own ink is known."""

    lines: tuple[str, ...]
    look: str
    wishes: tuple[Wish, ...] = ()
    owner: int = 0

    @property
    def width(self) -> float:
        return widest(self.lines, bold=True)

    @property
    def height(self) -> float:
        return LEAD * len(self.lines)

    def at(self, wish: Wish) -> Box:
        left = wish.x - _SHARE[wish.anchor] * self.width
        return Box(left, wish.y, left + self.width, wish.y + self.height)


class Settled(NamedTuple):
    """Words, the place they got, and how far that is from a clear place, in px."""

    words: Words
    wish: Wish
    box: Box
    cost: float = 0.0


def settle(all_words: Iterable[Words], bounds: Box, ink: Ink) -> list[Settled] | None:
    """Each with its place, inside the bounds; None where there is no room for all."""
    settled: list[Settled] = []
    for words in all_words:
        found = _best(words, words.wishes, bounds, settled, ink)
        found = found or _best(words, _anywhere(words, bounds), bounds, settled, ink)
        if not found:
            return None
        settled.append(found)
    return settled


def _best(words: Words, wishes: Iterable[Wish], bounds: Box, settled: Sequence[Settled], ink: Ink) -> Settled | None:
    """The cheapest place that is inside and touches nobody. Ink is counted only where it could still decide."""
    best: Settled | None = None
    for wish in sorted(wishes, key=lambda wish: wish.cost):
        if best and wish.cost >= best.cost:
            break
        box = words.at(wish)
        if bounds.holds(box) and not any(box.touches(other.box) for other in settled):
            cost = wish.cost + ink.cost(box, words.owner)
            best = Settled(words, wish, box, cost) if not best or cost < best.cost else best
    return best


def _anywhere(words: Words, bounds: Box) -> Iterator[Wish]:
    """Every place on a raster; the nearer to the first wish, the better."""
    wished = words.at(words.wishes[0])
    for row in range(int((bounds.bottom - bounds.top - words.height) // 4) + 1):
        for step in range(int((bounds.right - bounds.left - words.width) // 12) + 1):
            x, y = bounds.left + 12 * step, bounds.top + 4 * row
            yield Wish(x, y, "start", _ASTRAY + abs(x - wished.left) + 2 * abs(y - wished.top))


def rows(lines: Iterable[str]) -> Iterator[tuple[float, str]]:
    """How far below the upper edge each line of words stands."""
    for number, line in enumerate(lines):
        yield LEAD * number + LEAD / 2 + TYPE * 0.35, line
