"""The words inside a chart: every series, level and zone called by its name, at a place that belongs to it alone.

Ask here: `named`. Series that end at the right edge of a broad picture have their names in a column beside the plot;
all others stand inside it. Where names would have to stand over or nearer to something else (a phone, many curves),
each series gets a letter instead, and the names stand under the picture, each with its letter and look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from string import ascii_uppercase
from typing import Final, NamedTuple

from afferent.body.label_layout import Label, place
from afferent.page.charts.ink import Box, Ink, dense
from afferent.page.charts.labels import Settled, Wish, Words, settle
from afferent.page.charts.layout import LEAD, Plot, column, lay_out, lines
from afferent.page.charts.model import Chart, Marks
from afferent.page.charts.traces import Share, Trace, traces
from afferent.page.charts.wishes import across, at_level, band_width, in_band, near

_BROAD: Final = 480  # px; from here on there may be a column of names
_CLEAR: Final = 80.0  # px; a name that is further than this from a clear place is better a letter


class Named(NamedTuple):
    """The plot, what is seen of every series, every name with its place, and what each letter stands for."""

    plot: Plot
    traces: tuple[Trace, ...]
    inside: tuple[Settled, ...]
    beside: tuple[Settled, ...]
    ends: tuple[Share, ...]  # where the curves named beside the plot end
    letters: tuple[tuple[str, Trace], ...] = ()


def named(chart: Chart, width: float) -> Named:
    """All names placed, or letters for them; the plot grows until these have room."""
    seen = traces(chart)
    called = [one for one in seen if one.points and one.series.label_at != "none" and one.series.name.strip()]
    called.sort(key=lambda one: -one.points[-1][1])
    names = [(one.series.name, one) for one in called]
    found = _placed(chart, seen, names, width, chart.height, beside=width >= _BROAD)
    if found and (len(called) < 2 or _clear(found, called)):
        return found
    letters = [(_letter(n), one) for n, one in enumerate(called)] if len(called) > 1 else names
    height = float(chart.height)
    while not (found := _placed(chart, seen, letters, width, height, beside=True)):
        height *= 1.2
    return found if letters is names else found._replace(letters=tuple(letters))


def _letter(number: int) -> str:
    """A, B, C … Z, A1, B1 …"""
    turn, letter = divmod(number, len(ascii_uppercase))
    return f"{ascii_uppercase[letter]}{turn or ''}"


def _clear(found: Named, called: Sequence[Trace]) -> bool:
    """Whether every name inside belongs to its series at a glance."""
    owners = sum(one.owner for one in called)
    return all(one.cost <= _CLEAR for one in found.inside if one.words.owner & owners)


def _placed(
    chart: Chart,
    seen: tuple[Trace, ...],
    names: Sequence[tuple[str, Trace]],
    width: float,
    height: float,
    *,
    beside: bool,
) -> Named | None:
    """Every name with its place; None where there is no room."""
    aside = [(name, one) for name, one in names if beside and one.ends_right]
    plot = lay_out(chart, width, height, column([name for name, _ in aside], width) if aside else 0.0)
    in_column = _column(aside, plot)
    within = settle(
        _words(chart, [pair for pair in names if pair not in aside], plot), _bounds(plot), _ink(chart, seen, plot)
    )
    if within is None or in_column is None:
        return None
    return Named(plot, seen, tuple(within), tuple(in_column), tuple(one.points[-1] for _, one in aside))


def _bounds(plot: Plot) -> Box:
    return Box(plot.left + 4, plot.top + 1, plot.right - 1, plot.bottom - 4)


def _ink(chart: Chart, seen: Sequence[Trace], plot: Plot) -> Ink:
    """What words inside the plot should rather not hide."""
    ink = Ink()
    for one in seen:
        if isinstance(one.series, Marks):
            ink.spots(map(plot.at, one.points), one.owner)
        for piece in one.pieces:
            ink.stroke([plot.at(point) for point in piece], one.owner)
    for number, level in enumerate(chart.levels):
        ink.stroke([plot.at(end) for end in across(level, plot)], 1 << (len(seen) + number), level=True)
    return ink


def _column(names: Sequence[tuple[str, Trace]], plot: Plot) -> list[Settled] | None:
    """Names in the column, highest first; None where the plot is too low for all of them."""
    left, room = plot.right + 18, plot.width - plot.right - 20
    words = [Words(lines(name, room, bold=True), one.look) for name, one in names]
    labels = [
        Label(one.width, one.height - 4, plot.up(trace.points[-1][1]) - one.height / 2)
        for (_, trace), one in zip(names, words, strict=True)
    ]
    tops = place(labels, lambda top, bottom: plot.width, plot.top - LEAD / 2, plot.bottom + LEAD / 2)
    if tops and tops[-1] + words[-1].height > plot.bottom + LEAD:
        return None
    wishes = [Wish(left, top) for top in tops]
    return [Settled(one, wish, one.at(wish)) for one, wish in zip(words, wishes, strict=True)]


def _words(chart: Chart, names: Sequence[tuple[str, Trace]], plot: Plot) -> Iterator[Words]:
    """Everything that is named inside the plot; what has least choice comes first."""
    whole = plot.right - plot.left - 16
    room = min(whole, max(plot.width * 0.36, 160))
    for band in chart.bands:
        own = whole if band.axis == "y" else min(whole, _zone_room(band_width(band, plot) - 16, room))
        yield from _called(band.words, f"chart-{band.tone}", own, partial(in_band, band, plot))
    for number, level in enumerate(chart.levels):
        own = whole if level.axis == "y" else room
        owner = 1 << (len(chart.series) + number)
        yield from _called(level.words, f"chart-{level.tone}", own, partial(at_level, level, plot), owner)
    for name, one in names:
        seen = [point for piece in one.pieces for point in dense([plot.at(point) for point in piece], 8)]
        yield from _called(name, one.look, room, partial(near, seen, one.series.label_at), one.owner)


def _zone_room(zone: float, room: float) -> float:
    """Words keep to their zone, unless it is too narrow for words."""
    return zone if zone >= 90 else room


def _called(
    text: str, look: str, room: float, wishes: Callable[[float], Iterable[Wish]], owner: int = 0
) -> Iterator[Words]:
    """The words, unless there are none or nothing is seen of what they name."""
    found = lines(text, room, bold=True)
    if found and (where := tuple(wishes(LEAD * len(found)))):
        yield Words(found, look, where, owner)
