"""A chart where it is read: as a figure on a page, and as a file of its own.

Ask here: `figure` (title, sentence, the picture once for broad and once for narrow places, the table folded away) and
`standalone` (an .svg file that brings its colours, light and dark).
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Final

from afferent.page.charts.drawing import NARROW, WIDE, content, drawn
from afferent.page.charts.glyphs import px
from afferent.page.charts.labels import rows
from afferent.page.charts.layout import LEAD, lines
from afferent.page.charts.model import Chart
from afferent.page.charts.table import table
from afferent.page.icons import icon
from afferent.page.markup import Html, el, join
from afferent.page.styles import tokens

_ROOM: Final = 20  # px round the picture in a file of its own
_USED: Final = ("surface", "sunk", "ink", "ink-2", "accent", "stop", "stop-tint", "care", "care-tint", "edge", "line")


def figure(chart: Chart, id: str, at: Sequence[float] = ()) -> Html:
    """The figure. `id` is its own on the page; `at` are the places along x the table reads."""
    wide, narrow = (drawn(chart, f"{id}-{kind}", width) for kind, width in (("wide", WIDE), ("narrow", NARROW)))
    return framed(chart.title, chart.about, wide, narrow, table(chart, at), id)


def framed(title: str, about: str, wide: Html, narrow: Html, table: Html, id: str) -> Html:
    """Any picture as a figure: words above, a drawing for broad and one for narrow places, the table folded away."""
    return el(
        "figure",
        el("figcaption", el("strong", title), el("span", about)),
        el("div", wide, class_="chart-wide"),
        el("div", narrow, class_="chart-narrow"),
        el(
            "details",
            el("summary", icon("open", "turn"), el("span", "The same as a table")),
            table,
            class_="more",
        ),
        class_="chart",
        id=id,
    )


def standalone(chart: Chart, width: float = WIDE) -> str:
    """The text of an .svg file."""
    picture, height = content(chart, width)
    title = lines(chart.title, width, bold=True)
    head = LEAD * len(title) + 12
    wide, high = px(width + 2 * _ROOM), px(height + head + 2 * _ROOM)
    drawing = el(
        "svg",
        el("title", chart.title, id="title"),
        el("desc", chart.about, id="about"),
        Html(f"<style>{_style()}</style>"),
        el("rect", class_="chart-ground", width=wide, height=high, rx=20),
        el("g", _heading(title), transform=f"translate({_ROOM} {_ROOM})"),
        el("g", picture, transform=f"translate({_ROOM} {_ROOM + head})"),
        xmlns="http://www.w3.org/2000/svg",
        class_="chart-svg",
        width=wide,
        height=high,
        viewBox=f"0 0 {wide} {high}",
        role="img",
        aria_labelledby="title",
        aria_describedby="about",
    )
    return f"{drawing}\n"


def _heading(title: tuple[str, ...]) -> Html:
    return join(el("text", line, class_="chart-heading", x=3, y=px(below)) for below, line in rows(title))


def _style() -> str:
    """The part of `chart.css` that is about the picture, on the colours of light and dark."""
    own = files("afferent.page").joinpath("chart.css").read_text("utf-8").split("/* The figure")[0]
    return f"svg{{{_colours('light')}}}@media (prefers-color-scheme:dark){{svg{{{_colours('dark')}}}}}\n{own.strip()}\n"


def _colours(theme: str) -> str:
    return "".join(f"--{token}:{tokens()[theme][token]};" for token in _USED)
