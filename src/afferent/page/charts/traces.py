"""What of a series lies within the axes, in shares of the plot: (0, 0) low and left, (1, 1) high and right.

Ask here: `traces`, one for each series; `pieces` of a line, cut off at the edges; `inside` for single values; and
`simpler`, a line without points that change nothing. Nothing here knows a pixel.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from afferent.page.charts.model import Chart, Line, Marks, Point
from afferent.page.charts.values import Scale, scale

Share: TypeAlias = tuple[float, float]


class Trace(NamedTuple):
    """A series and what of it is seen. `owner` is a bit of its own."""

    series: Line | Marks
    pieces: list[list[Share]]
    owner: int

    @property
    def points(self) -> list[Share]:
        return [point for piece in self.pieces for point in piece]

    @property
    def ends_right(self) -> bool:
        """Its name may stand beside the plot, where it ends."""
        return self.series.label_at == "end" and bool(self.pieces) and self.pieces[-1][-1][0] >= 0.97

    @property
    def look(self) -> str:
        """The classes that say how it looks."""
        kind = self.series.look if isinstance(self.series, Line) else self.series.shape
        return f"chart-{kind}" if self.series.tone == "plain" else f"chart-{kind} chart-{self.series.tone}"


def traces(chart: Chart) -> tuple[Trace, ...]:
    """What is seen of each series."""
    x, y = scale(chart.x), scale(chart.y)
    found = []
    for number, series in enumerate(chart.series):
        single = isinstance(series, Marks)
        seen = [[one] for one in inside(series.points, x, y)] if single else pieces(series.points, x, y)
        found.append(Trace(series, seen, 1 << number))
    return tuple(found)


def inside(points: Iterable[Point], x: Scale, y: Scale) -> list[Share]:
    """The values that lie within both axes."""
    return [(x.share(a), y.share(b)) for a, b in points if x.holds(a) and y.holds(b)]


def pieces(points: Iterable[Point], x: Scale, y: Scale) -> list[list[Share]]:
    """The parts of a line within both axes. A line of one point is that point."""
    shares = [(x.share(a), y.share(b)) for a, b in points]
    if len(shares) == 1:
        return [shares] if all(-1e-9 <= at <= 1 + 1e-9 for at in shares[0]) else []
    found: list[list[Share]] = []
    for start, end in pairwise(shares):
        kept = _cut(start, end)
        if kept and found and found[-1][-1] == kept[0]:
            found[-1].append(kept[1])
        elif kept:
            found.append(list(kept))
    return found


def _cut(start: Share, end: Share) -> tuple[Share, Share] | None:
    """The part of one stroke within the unit square, after Liang and Barsky."""
    first, last = 0.0, 1.0
    for a, b in zip(start, end, strict=True):
        if a == b and not 0 <= a <= 1:
            return None
        if a != b:
            near, far = sorted(((0 - a) / (b - a), (1 - a) / (b - a)))
            first, last = max(first, near), min(last, far)
    return (_between(start, end, first), _between(start, end, last)) if first <= last else None


def _between(start: Share, end: Share, share: float) -> Share:
    """The ends themselves stay exactly as they are, so that strokes join."""
    if share in (0, 1):
        return end if share else start
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def simpler(line: list[Share], slack: float) -> list[Share]:
    """The line without points that lie within `slack` of the straight way [Ramer, Douglas and Peucker]."""
    keep = {0, len(line) - 1}
    stack = [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        far, worst = 0, slack
        for n in range(first + 1, last):
            off = _off(line[n], line[first], line[last])
            if off > worst:
                far, worst = n, off
        if far:
            keep.add(far)
            stack += [(first, far), (far, last)]
    return [line[n] for n in sorted(keep)]


def _off(point: Share, start: Share, end: Share) -> float:
    """How far a point lies from the stroke between two others."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    long = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / long if long else 0.0
    along = min(max(along, 0.0), 1.0)
    return float(((point[0] - start[0] - along * dx) ** 2 + (point[1] - start[1] - along * dy) ** 2) ** 0.5)
