"""The words inside a chart: what each series, level and zone is called, and where it would like to be called so.

Ask here: `named`, every name with its place. Series that end at the right edge of a broad picture have theirs in a
column beside the plot; all others stand inside it. Where there is no room, the plot grows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from afferent.body.label_layout import Label, place
from afferent.page.charts.labels import Box, Ink, Settled, Wish, Words, settle
from afferent.page.charts.layout import LEAD, Plot, column, lay_out, lines
from afferent.page.charts.model import Chart, Line, Marks
from afferent.page.charts.traces import Share, inside, pieces
from afferent.page.charts.values import scale
from afferent.page.charts.wishes import at_level, in_band, near

_BROAD: Final = 480  # px; from here on there may be a column of names


class Trace(NamedTuple):
    """A series and what of it is seen, in shares of the plot."""

    series: Line | Marks
    pieces: list[list[Share]]

    @property
    def points(self) -> list[Share]:
        return [point for piece in self.pieces for point in piece]

    @property
    def in_column(self) -> bool:
        """Its name may stand beside the plot, where it ends."""
        named = self.series.label_at == "end" and bool(self.series.name.strip())
        return named and bool(self.pieces) and self.points[-1][0] >= 0.97


class Named(NamedTuple):
    """The plot, what is seen of every series, and every name with its place."""

    plot: Plot
    traces: tuple[Trace, ...]
    inside: tuple[Settled, ...]
    beside: tuple[Settled, ...]
    ends: tuple[Share, ...]  # where the curves named beside the plot end


def named(chart: Chart, width: float) -> Named:
    """All names placed; the plot grows until they have room."""
    traces = tuple(_trace(chart, series) for series in chart.series)
    beside = [trace for trace in traces if width >= _BROAD and trace.in_column]
    beside.sort(key=lambda trace: -trace.points[-1][1])
    others = [trace for trace in traces if trace not in beside]
    room = column([trace.series.name for trace in beside], width) if beside else 0.0
    height = float(chart.height)
    while True:
        plot = lay_out(chart, width, height, room)
        in_column = _beside(beside, plot)
        within = settle(_words(chart, others, plot), _bounds(plot), _ink(traces, plot))
        if within is not None and in_column is not None:
            return Named(plot, traces, tuple(within), tuple(in_column), tuple(t.points[-1] for t in beside))
        height *= 1.2


def look(series: Line | Marks) -> str:
    """The class that says how a series looks."""
    kind = series.look if isinstance(series, Line) else series.shape
    return f"chart-{kind}" if series.tone == "plain" else f"chart-{kind} chart-{series.tone}"


def _trace(chart: Chart, series: Line | Marks) -> Trace:
    x, y = scale(chart.x), scale(chart.y)
    if isinstance(series, Line):
        return Trace(series, pieces(series.points, x, y))
    return Trace(series, [[point] for point in inside(series.points, x, y)])


def _bounds(plot: Plot) -> Box:
    return Box(plot.left + 4, plot.top + 1, plot.right - 1, plot.bottom - 4)


def _ink(traces: Sequence[Trace], plot: Plot) -> Ink:
    ink = Ink()
    for trace in traces:
        for piece in trace.pieces:
            ink.stroke([plot.at(point) for point in piece])
    return ink


def _beside(traces: Sequence[Trace], plot: Plot) -> list[Settled] | None:
    """Names in the column, highest first; None where the plot is too low for all of them."""
    left, room = plot.right + 18, plot.width - plot.right - 20
    words = [Words(lines(trace.series.name, room, bold=True), look(trace.series), ()) for trace in traces]
    labels = [
        Label(one.width, one.height - 4, plot.up(trace.points[-1][1]) - one.height / 2)
        for trace, one in zip(traces, words, strict=True)
    ]
    tops = place(labels, lambda top, bottom: plot.width, plot.top - LEAD / 2, plot.bottom + LEAD / 2)
    if tops and tops[-1] + words[-1].height > plot.bottom + LEAD:
        return None
    return [
        Settled(one, Wish(left, top), Box(left, top, left + one.width, top + one.height))
        for one, top in zip(words, tops, strict=True)
    ]


def _words(chart: Chart, traces: Sequence[Trace], plot: Plot) -> Iterator[Words]:
    """Everything that is named inside the plot; what has least choice comes first."""
    room = min(plot.right - plot.left - 12, max(plot.width * 0.3, 160))
    for band in chart.bands:
        yield from _called(band.words, f"chart-{band.tone}", room, partial(in_band, band, plot))
    for level in chart.levels:
        yield from _called(level.words, f"chart-{level.tone}", room, partial(at_level, level, plot))
    for trace in traces:
        if trace.series.label_at != "none":
            seen = [plot.at(point) for point in trace.points]
            yield from _called(trace.series.name, look(trace.series), room, partial(near, seen, trace.series.label_at))


def _called(text: str, look: str, room: float, wishes: Callable[[float], Iterable[Wish]]) -> Iterator[Words]:
    """The words, unless there are none or nothing is seen of what they name."""
    found = lines(text, room, bold=True)
    if found and (where := tuple(wishes(LEAD * len(found)))):
        yield Words(found, look, where)
