"""Where the plot lies in the picture: room for the words of both axes and, on broad pictures, a column of names.

Ask here: `Plot` and `lay_out`. All lengths are in px of a picture as wide as it is shown; type is 16 px.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from afferent.body.label_layout import text_width, wrap
from afferent.page.charts.model import Axis, Chart
from afferent.page.charts.traces import Share
from afferent.page.charts.values import Scale, scale, ticks

TYPE: Final = 16  # px; never smaller on screen
LEAD: Final = 20  # px from one line of words to the next
EDGE: Final = 3  # px between words and the edge of the picture
_COLUMN: Final = 0.3  # of the width, at most; the column of names
_TICK: Final = 0.3  # of the width, at most; the words of one value on an axis


class Written(Struct, frozen=True):
    """A value on an axis: where it lies, as a share of the axis, and its words; none where there is no room."""

    share: float
    lines: tuple[str, ...]


class Plot(Struct, frozen=True):
    """The picture and, in it, the plot with its scales and the values written on them."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    x: Scale
    y: Scale
    x_ticks: tuple[Written, ...]
    y_ticks: tuple[Written, ...]
    x_title: tuple[str, ...]
    y_title: tuple[str, ...]

    def across(self, share: float) -> float:
        return self.left + share * (self.right - self.left)

    def up(self, share: float) -> float:
        return self.bottom - share * (self.bottom - self.top)

    def at(self, share: Share) -> tuple[float, float]:
        return self.across(share[0]), self.up(share[1])


def lines(text: str, width: float, *, bold: bool = False) -> tuple[str, ...]:
    """The text in lines no wider than `width`; a word that is wider alone is broken."""
    words: list[str] = []
    for word in text.split():
        while text_width(word, TYPE, bold=bold) > width and len(word) > 1:
            fits = max(n for n in range(1, len(word)) if n == 1 or text_width(word[:n], TYPE, bold=bold) <= width)
            words.append(word[:fits])
            word = word[fits:]
        words.append(word)
    return tuple(wrap(" ".join(words), TYPE, width, bold=bold))


def widest(lines: Sequence[str], *, bold: bool = False) -> float:
    return max((text_width(line, TYPE, bold=bold) for line in lines), default=0.0)


def lay_out(chart: Chart, width: float, height: float, column: float = 0.0) -> Plot:
    """The plot `height` px high in a picture `width` px wide, with `column` px to its right for names."""
    y_ticks = _written(chart.y, int(height // 40), width * _TICK)
    left = max((widest(tick.lines) for tick in y_ticks), default=0.0) + 12
    x_ticks = _written(chart.x, int((width - left - column) // 76), width * _TICK)
    left = max(left, _half(x_ticks[:1]) + EDGE)
    right = width - max(column, _half(x_ticks[-1:]) + EDGE)
    y_title, x_title = (lines(axis.title, width - 2 * EDGE) for axis in (chart.y, chart.x))
    top = LEAD * len(y_title) + 12
    under = max((len(tick.lines) for tick in x_ticks), default=0) + len(x_title)
    return Plot(
        width=width,
        height=top + height + 10 + LEAD * under + 8,
        left=left,
        right=right,
        top=top,
        bottom=top + height,
        x=scale(chart.x),
        y=scale(chart.y),
        x_ticks=_spaced(x_ticks, [(tick.share * (right - left), widest(tick.lines) / 2 + 5) for tick in x_ticks]),
        y_ticks=_spaced(y_ticks, [(tick.share * height, LEAD * len(tick.lines) / 2) for tick in y_ticks]),
        x_title=x_title,
        y_title=y_title,
    )


def column(names: Sequence[str], width: float) -> float:
    """How wide a column for these names is, beside a plot."""
    return 20 + max(widest(lines(name, width * _COLUMN, bold=True), bold=True) for name in names) + EDGE


def _written(axis: Axis, most: int, room: float) -> tuple[Written, ...]:
    own = scale(axis)
    return tuple(Written(own.share(tick.at), lines(tick.label, room)) for tick in ticks(axis, max(most, 2)))


def _half(some: tuple[Written, ...]) -> float:
    return max((widest(tick.lines) / 2 for tick in some), default=0.0)


def _spaced(some: tuple[Written, ...], places: list[tuple[float, float]]) -> tuple[Written, ...]:
    """Every tick, or every second, third …: the most whose words do not touch. The rest keep their stroke only."""
    for step in range(1, len(some) + 1):
        kept = sorted(places[::step])
        if all(a + half <= b - other for (a, half), (b, other) in pairwise(kept)):
            return tuple(Written(tick.share, tick.lines if n % step == 0 else ()) for n, tick in enumerate(some))
    return some
