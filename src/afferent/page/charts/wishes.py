"""Where a name would like to stand: in its zone, along its level, near the end of its curve.

Ask here: `in_band`, `at_level`, `near`; each gives wishes, best first, for words `high` px high. Also `across`, the
two ends of a level, and `band_width`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from afferent.page.charts.labels import Anchor, Wish
from afferent.page.charts.layout import Plot
from afferent.page.charts.model import Band, Level, Place
from afferent.page.charts.traces import Share

_NEAR: Final = 6  # px between a name and what it names
_ANCHORS: Final[tuple[tuple[Anchor, float], ...]] = (("middle", 0), ("end", 2), ("start", 2))
_ALONG: Final[dict[Place, tuple[float, ...]]] = {
    "end": (1.0, 0.93, 0.86, 0.78, 0.7, 0.6, 0.5, 0.3),
    "start": (0.0, 0.07, 0.14, 0.22, 0.3, 0.4, 0.5, 0.7),
    "middle": (0.5, 0.43, 0.57, 0.35, 0.65, 0.25, 0.75, 0.1, 0.9),
    "none": (),
}


def in_band(band: Band, plot: Plot, high: float) -> Iterator[Wish]:
    """In a corner of the zone, or in its middle."""
    if band.axis == "y":
        top, bottom = _within(plot.y.share(band.high)), _within(plot.y.share(band.low))
        if top > bottom:
            yield from _beside_edges(plot, plot.up(top), plot.up(bottom), high)
        return
    left, right = _within(plot.x.share(band.low)), _within(plot.x.share(band.high))
    if right > left:
        yield from _down(plot.across(left) + 8, plot, high)
        yield from _down((plot.across(left) + plot.across(right)) / 2, plot, high, "middle")


def band_width(band: Band, plot: Plot) -> float:
    """How broad an upright zone is, in px."""
    return plot.across(_within(plot.x.share(band.high))) - plot.across(_within(plot.x.share(band.low)))


def across(level: Level, plot: Plot) -> tuple[Share, ...]:
    """The two ends of a level; none where it lies outside its axis."""
    share = (plot.y if level.axis == "y" else plot.x).share(level.at)
    if not 0 <= share <= 1:
        return ()
    return ((0.0, share), (1.0, share)) if level.axis == "y" else ((share, 0.0), (share, 1.0))


def at_level(level: Level, plot: Plot, high: float) -> Iterator[Wish]:
    """On the line or under it, at either end; beside it where it stands upright."""
    ends = [plot.at(end) for end in across(level, plot)]
    if ends and level.axis == "y":
        y = ends[0][1]
        for cost, top in ((0, y - high - 5), (4, y + 5)):
            yield Wish(plot.left + 8, top, "start", cost)
            yield Wish(plot.right - 4, top, "end", cost + 2)
            yield Wish((plot.left + plot.right) / 2, top, "middle", cost + 6)
    elif ends:
        yield from _down(ends[0][0] + _NEAR, plot, high)
        yield from _down(ends[0][0] - _NEAR, plot, high, "end")


def near(seen: Sequence[tuple[float, float]], where: Place, high: float) -> Iterator[Wish]:
    """Beside the end it is named at, then above and below it, then further along."""
    if not seen:
        return
    if where in ("end", "start"):
        x, y = seen[-1 if where == "end" else 0]
        yield Wish(x + 9, y - high / 2, "start", 0)
        yield Wish(x - 9, y - high / 2, "end", 6)
    for number, share in enumerate(_ALONG[where]):
        x, y = seen[round(share * (len(seen) - 1))]
        for anchor, cost in _ANCHORS:
            for off in (_NEAR, 3 * _NEAR, 6 * _NEAR, 9 * _NEAR):
                for top in (y - high - off, y + off):
                    yield Wish(x, top, anchor, 4 + cost + 5 * number + off)


def _beside_edges(plot: Plot, top: float, bottom: float, high: float) -> Iterator[Wish]:
    """Left or right in a level zone: at its upper edge, in its middle, at its lower edge."""
    for cost, y in ((0, top + 3), (3, (top + bottom - high) / 2), (5, bottom - high - 3)):
        yield Wish(plot.left + 8, y, "start", cost)
        yield Wish(plot.right - 6, y, "end", cost + 2)
        yield Wish((plot.left + plot.right) / 2, y, "middle", cost + 6)


def _down(x: float, plot: Plot, high: float, anchor: Anchor = "start") -> Iterator[Wish]:
    """Beside an upright line: as high as may be."""
    for step in range(8):
        y = plot.top + 3 + (plot.bottom - plot.top - high - 8) * step / 7
        yield Wish(x, y, anchor, 3.0 * step + (0 if anchor == "start" else 8))


def _within(share: float) -> float:
    return min(max(share, 0.0), 1.0)
