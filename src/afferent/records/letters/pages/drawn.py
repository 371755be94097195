"""The drawings of a progress report: scores over time, and the map of one day. Black on white."""

from __future__ import annotations

from typing import Any, Final

from afferent.records.letters.course import MapAt, Scores
from afferent.records.letters.figure import marked_map
from afferent.records.letters.pages.parts import LONG
from afferent.records.letters.text import printable
from afferent.words.consents import long_day
from afferent.words.dates import day as short_day
from afferent.words.letters import say
from afferent.words.places import regions_phrase

_POINTS: Final = 400  # of one chart; more are no picture any more
_WIDE, _HIGH = 300, 84  # px of the drawing: its plot without words
_STYLE: Final = (
    ".chart-grid{fill:none;stroke:#000;stroke-width:.35}.chart-axis{fill:none;stroke:#000;stroke-width:1.1}"
    ".chart-line{fill:none;stroke:#000;stroke-width:1.3}.chart-marks{fill:#000;stroke:#000;stroke-width:.5}"
    'text{font-family:"Libertinus Serif";font-size:17px}'
)


def chart(scores: Scores) -> dict[str, Any]:
    """One measure over time: every score a square, its scale on the left, first and last day below."""
    from afferent.page.charts import Axis, Chart, Line, Marks, Tick
    from afferent.page.charts.drawing import content

    points = sorted(scores.points)[-_POINTS:]
    first, last = points[0], points[-1]
    at = [(float((day - first[0]).days), float(value)) for day, value in points]
    end = max(at[-1][0], 1.0)
    days = (Tick(0, short_day(first[0])), Tick(end, short_day(last[0])) if len(at) > 1 else Tick(end, " "))
    low, high = min([scores.low, *(y for _, y in at)]), max([scores.high, *(y for _, y in at)])
    drawn = Chart(
        scores.title,
        "",
        Axis("", -0.03 * end, 1.03 * end, days),
        Axis("", low, high, tuple(Tick(value, f"{value:g}") for value in (low, (low + high) / 2, high))),
        (Line("", tuple(at), look="fine", label_at="none"), Marks("", tuple(at), shape="square", label_at="none")),
        height=_HIGH,
    )
    inside, height = content(drawn, _WIDE)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {height}" width="{_WIDE}" height="{height}">'
        f"<style>{_STYLE}</style>{inside}</svg>"
    )
    values = ", ".join(f"{value:g}" for _, value in points)
    said = {"title": scores.title, "first_day": long_day(first[0]), "last_day": long_day(last[0])}
    return {
        "svg": svg,
        "alt": printable(say("chart_alt", count=len(points), values=values, **said), LONG),
        "caption": printable(_caption(scores.title, points[0][1], points[-1][1], said, len(points)), LONG),
        "height": 27,
    }


def _caption(title: str, first: float, last: float, said: dict[str, str], count: int) -> str:
    return say("score_one" if count == 1 else "score_line", first=f"{first:g}", last=f"{last:g}", **said)


def marked(at: MapAt, label: str, views: tuple[str, ...]) -> dict[str, Any]:
    """The map of one day, one layer."""
    place = regions_phrase(at.regions, spans=False) if at.regions else say("map_nowhere")
    words = say("map_marked", layer=at.layer, place=place)
    return {
        "svg": marked_map(at.regions, at.pattern, 40, views),
        "alt": printable(words, LONG),
        "caption": printable(f"{label}: {words}", LONG),
        "height": 40,
    }
