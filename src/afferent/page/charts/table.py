"""The values behind a chart as a table: for whoever does not see it, and for whoever wants the number.

Ask here: `table`. Long series are thinned to the values nearest to about a dozen places; nothing is ever computed
between two values. Two columns, one group of rows for each series, so that it fits a phone; what the chart compares
with stands in a last group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from afferent.page.charts.model import Axis, Chart, Line, Marks, Point
from afferent.page.charts.values import ticks, words
from afferent.page.markup import EMPTY, Html, el

MOST: Final = 12  # rows for one series


def table(chart: Chart, at: Sequence[float] = ()) -> Html:
    """The table. `at`: the places along x to read every series at; without it, round values along the axis."""
    head = el("tr", el("th", chart.x.title, scope="col"), el("th", chart.y.title, scope="col"))
    groups = [_group(one.name, _rows(chart, one, at)) for one in chart.series]
    return el(
        "table",
        el("caption", chart.title, _selection(chart, at)),
        el("thead", head),
        groups,
        _group("To compare with", list(_references(chart))),
        class_="chart-table",
    )


def picked(points: Sequence[Point], at: Sequence[float]) -> list[Point]:
    """The points nearest to these places, each once, in their order."""
    nearest = {min(range(len(points)), key=lambda n: (abs(points[n][0] - place), n)) for place in at if points}
    return [points[n] for n in sorted(nearest)]


def places(axis: Axis) -> list[float]:
    """About a dozen round values along an axis."""
    return [tick.at for tick in ticks(replace(axis, ticks=()), MOST)]


def _chosen(chart: Chart, series: Line | Marks, at: Sequence[float]) -> list[Point]:
    points = series.points
    if at:
        return picked(points, at)
    return list(points) if len(points) <= MOST else picked(points, places(chart.x))


def _rows(chart: Chart, series: Line | Marks, at: Sequence[float]) -> list[tuple[str, str]]:
    return [(words(chart.x, x), words(chart.y, y)) for x, y in _chosen(chart, series, at)]


def _references(chart: Chart) -> Iterator[tuple[str, str]]:
    for level in chart.levels:
        yield level.words, _on(chart.axis(level.axis), level.at)
    for band in chart.bands:
        yield band.words, _on(chart.axis(band.axis), band.low, band.high)


def _on(axis: Axis, *ends: float) -> str:
    return f"{axis.title}: {' to '.join(words(axis, end) for end in ends)}"


def _group(name: str, rows: list[tuple[str, str]]) -> Html:
    if not rows:
        return EMPTY
    heading = el("tr", el("th", name, scope="rowgroup", colspan=2)) if name else None
    return el("tbody", heading, [el("tr", el("th", x, scope="row"), el("td", y)) for x, y in rows])


def _selection(chart: Chart, at: Sequence[float]) -> Html:
    """Says so where not every value is shown."""
    shown = sum(len(_chosen(chart, one, at)) for one in chart.series)
    whole = sum(len(one.points) for one in chart.series)
    return el("small", f"{shown} of {whole:,} values") if shown < whole else EMPTY
