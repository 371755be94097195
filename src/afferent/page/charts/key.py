"""What each letter in a picture stands for: letter, look and name, one under the other.

Ask here: `key`, as markup with its height. It is drawn only where names found no place of their own in the plot.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from afferent.page.charts.glyphs import glyphs, path, px
from afferent.page.charts.labels import rows
from afferent.page.charts.layout import EDGE, LEAD, lines
from afferent.page.charts.model import Line
from afferent.page.charts.traces import Trace
from afferent.page.markup import Html, el, join

_SAMPLE: Final = (28, 66)  # px from the left: where a curve is shown
_NAME: Final = 78
_BETWEEN: Final = 6  # px from one name to the next


def key(letters: Sequence[tuple[str, Trace]], top: float, width: float) -> tuple[Html, float]:
    """The list, from `top` downwards, and how high it is."""
    drawn, y = [], top
    for letter, trace in letters:
        name = lines(trace.series.name, width - _NAME - EDGE)
        drawn.append(_row(letter, trace, name, y))
        y += LEAD * len(name) + _BETWEEN
    return join(drawn), y - top


def _row(letter: str, trace: Trace, name: tuple[str, ...], y: float) -> Html:
    below = [el("text", line, class_="chart-title", x=_NAME, y=px(y + off)) for off, line in rows(name)]
    first = next(off for off, _ in rows(name))
    return join(
        el("text", letter, class_=f"chart-name {trace.look}", x=EDGE, y=px(y + first)),
        _sample(trace, y + LEAD / 2),
        below,
    )


def _sample(trace: Trace, y: float) -> Html:
    """A piece of the curve, or a few of the marks."""
    first, last = _SAMPLE
    marks = f"chart-marks {trace.look}"
    if not isinstance(trace.series, Line):
        return el("path", class_=marks, d=glyphs(trace.series.shape, [((first + last) / 2, y)]))
    curve = el("path", class_=f"chart-line {trace.look}", d=path([[(first, y), (last, y)]]))
    beads = el("path", class_=marks, d=glyphs("circle", [((first + last) / 2, y)]))
    return join(curve, beads if trace.series.look == "beaded" else None)
