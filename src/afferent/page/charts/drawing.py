"""A chart as SVG: zones, grid, axes, levels, series, names, in this order, so that nothing hides a name.

Ask here: `drawn`. Colours, weights and dashes are classes of `chart.css`, never attributes, so that every theme and
print restyle one picture. Type is 16 px of a picture `width` px wide: a phone gets its own, narrower drawing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from afferent.page.charts.glyphs import At, glyphs, hatch, path, px
from afferent.page.charts.key import key
from afferent.page.charts.labels import Settled, rows
from afferent.page.charts.layout import EDGE, LEAD, Plot, widest
from afferent.page.charts.model import Band, Chart, Level, Marks, Tone
from afferent.page.charts.naming import Named, named
from afferent.page.charts.traces import Trace, simpler
from afferent.page.charts.values import fine_ticks
from afferent.page.charts.wishes import across
from afferent.page.markup import EMPTY, Html, el, join

NARROW: Final = 280  # px: shown in full on a screen 320 px wide
WIDE: Final = 640
_LEAST: Final = 240
_SLACK: Final = 0.2  # px by which a curve may be simplified
# px between hatching strokes, and whether they rise: tones differ without any colour.
_HATCH: Final[dict[Tone, tuple[float, bool]]] = {"plain": (12, True), "care": (9, False), "stop": (6, True)}


def drawn(chart: Chart, id: str, width: float = WIDE) -> Html:
    """The picture, with its title and sentence for whoever does not see it. `id` is its own on the page."""
    if width < _LEAST:
        raise ValueError(f"A chart {width} px wide has no room for words; give it {_LEAST} px or more.")
    inside, height = content(chart, width)
    return el(
        "svg",
        el("title", chart.title, id=f"{id}-title"),
        el("desc", chart.about, id=f"{id}-about"),
        inside,
        class_="chart-svg",
        viewBox=f"0 0 {px(width)} {px(height)}",
        role="img",
        aria_labelledby=f"{id}-title",
        aria_describedby=f"{id}-about",
    )


def content(chart: Chart, width: float) -> tuple[Html, float]:
    """Everything in the picture, and how high it is."""
    words = named(chart, width)
    plot = words.plot
    under, high = key(words.letters, plot.height + 4, width) if words.letters else (EMPTY, 0.0)
    picture = join(
        [_band(band, plot) for band in chart.bands],
        _axes(chart, plot),
        [_level(level, plot) for level in chart.levels],
        [_series(trace, plot) for trace in words.traces],
        [_name(one) for one in (*words.inside, *words.beside)],
        _leaders(words),
        under,
    )
    return picture, plot.height + high


def _axes(chart: Chart, plot: Plot) -> Html:
    left, base = plot.left - 8, plot.bottom + 8
    middle = (plot.left + plot.right) / 2
    half = widest(plot.x_title) / 2
    under = plot.height - LEAD * len(plot.x_title) - 4
    return join(
        el("path", class_="chart-grid", d=path(_grid(chart, plot))),
        el("path", class_="chart-axis", d=path(_axis(chart, plot))),
        [_lines(left, plot.up(tick.share) - LEAD * len(tick.lines) / 2, tick.lines, "end") for tick in plot.y_ticks],
        [_lines(plot.across(tick.share), base, tick.lines, "middle") for tick in plot.x_ticks],
        _lines(EDGE, 0, plot.y_title, "start", "chart-title"),
        _lines(max(min(middle, plot.width - half - EDGE), half + EDGE), under, plot.x_title, "middle", "chart-title"),
    )


def _grid(chart: Chart, plot: Plot) -> Iterator[list[At]]:
    """Level lines; upright ones too where values must be read off a logarithmic axis."""
    for tick in plot.y_ticks:
        yield [plot.at((0, tick.share)), plot.at((1, tick.share))]
    if chart.x.log:
        for tick in plot.x_ticks:
            yield [plot.at((tick.share, 0)), plot.at((tick.share, 1))]


def _axis(chart: Chart, plot: Plot) -> Iterator[list[At]]:
    """The base line, a stroke at each value, and on logarithmic axes a small one at those between."""
    yield [plot.at((0, 0)), plot.at((1, 0))]
    strokes = [(tick.share, 6) for tick in plot.x_ticks] + [(plot.x.share(at), 3) for at in fine_ticks(chart.x)]
    for share, long in strokes:
        yield [(plot.across(share), plot.bottom), (plot.across(share), plot.bottom + long)]
    if chart.y.log:
        yield [plot.at((0, 0)), plot.at((0, 1))]
        for at in fine_ticks(chart.y):
            y = plot.up(plot.y.share(at))
            yield [(plot.left, y), (plot.left - 3, y)]


def _band(band: Band, plot: Plot) -> Html:
    """A tint, hatching in a direction of its own for each tone, and its two edges. Cut at the ends of the axis."""
    own = plot.y if band.axis == "y" else plot.x
    low, high = (min(max(own.share(at), 0.0), 1.0) for at in (band.low, band.high))
    if low >= high:
        return EMPTY
    shares = ((0.0, low), (1.0, high)) if band.axis == "y" else ((low, 0.0), (high, 1.0))
    (left, bottom), (right, top) = (plot.at(share) for share in shares)
    step, rising = _HATCH[band.tone]
    slants = hatch(left, top, right, bottom, step, rising=rising)
    size = {"x": px(left), "y": px(top), "width": px(right - left), "height": px(bottom - top)}
    return el("g", el("rect", **size), el("path", d=slants), class_=f"chart-band chart-{band.tone}")


def _level(level: Level, plot: Plot) -> Html:
    ends = [plot.at(end) for end in across(level, plot)]
    return el("path", class_=f"chart-level chart-{level.tone}", d=path([ends])) if ends else EMPTY


def _series(trace: Trace, plot: Plot) -> Html:
    series, seen = trace.series, [[plot.at(point) for point in piece] for piece in trace.pieces]
    if not seen:
        return EMPTY
    if isinstance(series, Marks):
        places = [point for piece in seen for point in piece]
        return el("path", class_=f"chart-marks {trace.look}", d=glyphs(series.shape, places, _tick_height(places)))
    lonely = [piece[0] for piece in seen if len(piece) == 1]
    if lonely:
        return el("path", class_=f"chart-marks chart-dot chart-{series.tone}", d=glyphs("dot", lonely))
    curve = el("path", class_=f"chart-line {trace.look}", d=path([simpler(piece, _SLACK) for piece in seen]))
    if series.look != "beaded":
        return curve
    beads = glyphs("circle", [point for piece in seen for point in _beads(piece)])
    return join(curve, el("path", class_=f"chart-marks {trace.look}", d=beads))


def _tick_height(places: list[At]) -> float:
    """Rows of a raster stay apart, however many there are."""
    rows = sorted({y for _, y in places})
    return min(max(0.7 * min((b - a for a, b in pairwise(rows)), default=14.0), 1.0), 14.0)


def _beads(piece: list[At]) -> list[At]:
    """Every point, or about ten of many."""
    return piece if len(piece) <= 12 else [piece[round(n * (len(piece) - 1) / 9)] for n in range(10)]


def _name(one: Settled) -> Html:
    return _lines(one.wish.x, one.wish.y, one.words.lines, one.wish.anchor, f"chart-name {one.words.look}")


def _leaders(words: Named) -> Html:
    """From the end of a curve to its name in the column, where that had to move."""
    plot, strokes = words.plot, []
    for end, one in zip(words.ends, words.beside, strict=True):
        middle = (one.box.top + one.box.bottom) / 2
        if abs(plot.up(end[1]) - middle) > LEAD / 2:
            strokes.append([(plot.across(end[0]) + 3, plot.up(end[1])), (one.box.left - 3, middle)])
    return el("path", class_="chart-leader", d=path(strokes)) if strokes else EMPTY


def _lines(x: float, top: float, lines: tuple[str, ...], anchor: str, class_: str | None = None) -> Html:
    """Lines of words, the upper edge of the first at `top`."""
    return join(
        el("text", line, class_=class_, x=px(x), y=px(top + below), text_anchor=None if anchor == "start" else anchor)
        for below, line in rows(lines)
    )
