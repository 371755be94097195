"""The picture of a forest plot: names, strokes and figures in three columns; on a phone one below the other.

Ask here: `drawn`. Colours, weights and dashes are classes of `chart.css` and `evidence.css`, as for every chart.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from typing import Final

from msgspec import Struct

from afferent.page.charts.glyphs import path, px
from afferent.page.charts.labels import rows as below
from afferent.page.charts.layout import LEAD, lines
from afferent.page.charts.model import Axis
from afferent.page.charts.values import Scale, scale, ticks
from afferent.page.forest.model import Forest, Row
from afferent.page.markup import EMPTY, Html, el, join

_BROAD: Final = 480  # px; from here on three columns
_NAMES: Final = 0.36  # of the width
_FIGURES: Final = 196  # px: "−1.85 (−2.35 to −1.34)" in one line
_GAP: Final = 12
_INSET: Final = 10  # px from the edge of the picture on a phone
_STRIP: Final = 22  # px high: a row's strokes on a phone
_HALF: Final = 7.0  # px: half of the largest square


class _Frame(Struct, frozen=True):
    """Where the three columns lie."""

    width: float
    left: float
    right: float
    broad: bool
    scale: Scale

    def x(self, value: float) -> float:
        return self.left + self.scale.share(value) * (self.right - self.left)

    @property
    def edge(self) -> float:
        """Where words begin."""
        return 0.0 if self.broad else _INSET

    @property
    def room(self) -> float:
        """For the words of one row."""
        return self.left - _GAP if self.broad else self.width - 2 * _INSET


def drawn(forest: Forest, id: str, width: float) -> Html:
    """The picture, with its title and sentence for whoever does not see it."""
    broad = width >= _BROAD
    frame = _Frame(
        width,
        left=width * _NAMES if broad else _INSET + _GAP,
        right=width - _FIGURES - _GAP if broad else width - _INSET - _GAP,
        broad=broad,
        scale=scale(forest.axis),
    )
    parts, y = [], 4.0
    for group in forest.groups:
        if group.title:
            head = lines(group.title, width - 2 * frame.edge, bold=True)
            parts.append(_text(frame.edge, y, head, "start", "forest-group"))
            y += LEAD * len(head) + 6
        for row in group.rows:
            piece, high = _row(row, frame, y, forest.nought)
            parts.append(piece)
            y += high + 8
        y += 8
    grid = _grid(forest, frame, y) if broad else EMPTY
    axis, high = _axis(forest, frame, y)
    return el(
        "svg",
        el("title", forest.title, id=f"{id}-title"),
        el("desc", forest.about, id=f"{id}-about"),
        grid,
        parts,
        axis,
        class_="chart-svg forest",
        viewBox=f"0 0 {px(width)} {px(y + high)}",
        role="img",
        aria_labelledby=f"{id}-title",
        aria_describedby=f"{id}-about",
    )


def _row(row: Row, frame: _Frame, y: float, nought: float) -> tuple[Html, float]:
    """One row from `y` downwards, and how high it is."""
    name = lines(row.name, frame.room, bold=row.shape == "pooled")
    words = "forest-strong" if row.shape == "pooled" else "chart-title"
    if frame.broad:
        figures = lines(row.figures, _FIGURES)
        high = LEAD * max(len(name), len(figures))
        piece = join(
            _text(0, y, name, "start", words),
            _text(frame.width - _FIGURES, y, figures, "start", words),
            _strokes(row, frame, y + LEAD / 2),
        )
        return piece, high
    figures = lines(row.figures, frame.room)
    high = LEAD * (len(name) + len(figures))
    middle = y + high + _STRIP / 2
    zero = el(
        "path", class_="chart-level", d=path([[(frame.x(nought), y + high), (frame.x(nought), y + high + _STRIP)]])
    )
    piece = join(
        _text(frame.edge, y, name, "start", words),
        _text(frame.edge, y + LEAD * len(name), figures, "start", None),
        zero,
        _strokes(row, frame, middle),
    )
    return piece, high + _STRIP


def _strokes(row: Row, frame: _Frame, y: float) -> Html:
    """Interval and effect; what reaches beyond the axis ends in an arrow there."""
    own = frame.scale
    reach = _line(frame, row.reach[0], row.reach[1], y, "forest-reach") if row.reach else EMPTY
    if row.shape == "pooled" and row.low is not None and row.high is not None:
        ends = [frame.x(min(max(at, own.low), own.high)) for at in (row.low, row.at, row.high)]
        diamond = f"M{px(ends[0])} {px(y)}L{px(ends[1])} {px(y - 8)}L{px(ends[2])} {px(y)}L{px(ends[1])} {px(y + 8)}z"
        return join(reach, el("path", class_="forest-pooled", d=diamond))
    stroke = EMPTY
    if row.low is not None and row.high is not None:
        stroke = _line(frame, row.low, row.high, y, "forest-dashed" if row.shape == "yardstick" else "forest-line")
    return join(reach, stroke, _mark(row, frame, y) if own.holds(row.at) else None)


def _mark(row: Row, frame: _Frame, y: float) -> Html:
    x = frame.x(row.at)
    if row.shape == "yardstick":
        return el("path", class_="forest-hollow", d=f"M{px(x - 6)} {px(y)}l6-6 6 6-6 6z")
    if row.low is None:
        return el("path", class_="forest-hollow", d=f"M{px(x - 5)} {px(y)}a5 5 0 1 0 10 0a5 5 0 1 0-10 0z")
    half = max(2.5, _HALF * sqrt(min(row.weight, 1.0)))
    return el(
        "path",
        class_="forest-square",
        d=f"M{px(x - half)} {px(y - half)}h{px(2 * half)}v{px(2 * half)}h-{px(2 * half)}z",
    )


def _line(frame: _Frame, low: float, high: float, y: float, look: str) -> Html:
    own = frame.scale
    if high < own.low or low > own.high:
        return EMPTY
    first, last = frame.x(max(low, own.low)), frame.x(min(high, own.high))
    arrows = []
    if low < own.low:
        arrows.append([(first + 6, y - 4), (first, y), (first + 6, y + 4)])
    if high > own.high:
        arrows.append([(last - 6, y - 4), (last, y), (last - 6, y + 4)])
    tips = el("path", class_="forest-line", d=path(arrows)) if arrows else None
    return join(el("path", class_=look, d=path([[(first, y), (last, y)]])), tips)


def _grid(forest: Forest, frame: _Frame, bottom: float) -> Html:
    """Upright lines at the values of the axis, and a stronger one where there is no difference."""
    fine = [[(frame.x(at), 0), (frame.x(at), bottom)] for at, _ in _values(forest.axis, frame)]
    nought = frame.x(forest.nought)
    return join(
        el("path", class_="chart-grid", d=path(fine)),
        el("path", class_="chart-level", d=path([[(nought, 0), (nought, bottom)]])),
    )


def _axis(forest: Forest, frame: _Frame, y: float) -> tuple[Html, float]:
    """The base line with its values, its title, and what either side means."""
    values = list(_values(forest.axis, frame))
    strokes = [[(frame.left, y), (frame.right, y)], *([(frame.x(at), y), (frame.x(at), y + 6)] for at, _ in values)]
    left, right = (frame.left - 40, frame.right + 40) if frame.broad else (frame.edge, frame.width - frame.edge)
    title = lines(forest.axis.title, right - left)
    sides, middle = y + 8 + LEAD, (frame.left + frame.right) / 2
    return join(
        el("path", class_="chart-axis", d=path(strokes)),
        [_text(frame.x(at), y + 8, (label,), "middle", None) for at, label in values],
        _text(left, sides, (f"◂ {forest.left}",), "start", "chart-title"),
        _text(right, sides, (f"{forest.right} ▸",), "end", "chart-title"),
        _text(middle, sides + LEAD, title, "middle", None),
    ), 8 + LEAD * (2 + len(title)) + 6


def _values(axis: Axis, frame: _Frame) -> Iterator[tuple[float, str]]:
    for tick in ticks(axis, int((frame.right - frame.left) // 44)):
        yield tick.at, tick.label


def _text(x: float, top: float, words: tuple[str, ...], anchor: str, class_: str | None) -> Html:
    return join(
        el("text", line, class_=class_, x=px(x), y=px(top + down), text_anchor=None if anchor == "start" else anchor)
        for down, line in below(words)
    )
