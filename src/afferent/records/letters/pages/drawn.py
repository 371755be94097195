"""The drawings of a progress report: scores over time, and the map of one day. Black on white."""

from __future__ import annotations

import re
from typing import Any, Final

from afferent.records.letters.chart import chart as drawing
from afferent.records.letters.course import MapAt, Scores
from afferent.records.letters.figure import marked_map
from afferent.records.letters.pages.parts import LONG
from afferent.records.letters.text import printable
from afferent.words.consents import long_day
from afferent.words.letters import say
from afferent.words.places import regions_phrase

_POINTS: Final = 400  # of one chart; more are no picture any more
_MAP: Final = 40  # millimetres high
_WORDS: Final = 26  # millimetres for the words below the front or the back of a body
_SIZE: Final = re.compile(r'width="([\d.]+)" height="([\d.]+)"')


def chart(scores: Scores) -> dict[str, Any]:
    """One measure over time, the latest scores where there are very many. `scores` with one point at least."""
    points = tuple(sorted(scores.points)[-_POINTS:])
    first, last = points[0], points[-1]
    values = ", ".join(f"{value:g}" for _, value in points)
    said = {"title": scores.title, "first_day": long_day(first[0]), "last_day": long_day(last[0])}
    return {
        "svg": drawing(Scores(scores.title, points, scores.low, scores.high)),
        "alt": printable(say("chart_alt", count=len(points), values=values, **said), LONG),
        "caption": printable(_caption(scores.title, first[1], last[1], said, len(points)), LONG),
        "height": 27,
    }


def _caption(title: str, first: float, last: float, said: dict[str, str], count: int) -> str:
    return say("score_one" if count == 1 else "score_line", first=f"{first:g}", last=f"{last:g}", **said)


def marked(at: MapAt, label: str, views: tuple[str, ...]) -> dict[str, Any]:
    """The map of one day, one layer."""
    place = regions_phrase(at.regions, spans=False) if at.regions else say("map_nowhere")
    words = say("map_marked", layer=at.layer, place=place)
    svg = marked_map(at.regions, at.pattern, _MAP, views)
    wide, high = (float(side) for side in _SIZE.search(svg).groups())  # type: ignore[union-attr]
    return {
        "svg": svg,
        "below": [say(f"view_{view.replace('.', '_')}") for view in views],
        "width": max(_MAP * wide / high, (0 if len(views) > 2 else _WORDS * len(views))),
        "alt": printable(words, LONG),
        "caption": printable(f"{label}: {words}", LONG),
        "height": _MAP,
    }
