"""A small sole with numbered places, for whoever tests a foot. The side stands on it in words."""

from __future__ import annotations

from collections.abc import Mapping

from afferent.body.figures import HEIGHT, load_figures
from afferent.knowledge.foot_tests import FootPlace
from afferent.page.markup import Html, el

_RADIUS = 640  # grid units of a mark; the sole is ten thousand high
_MARGIN = 560
_TYPE = 860


def sole(side: str, places: Mapping[str, FootPlace], name: str) -> Html:
    """The sole of one foot as it faces you. `name` keeps its ids apart from those of other drawings of the page."""
    figure = load_figures()[f"foot.{side}.sole"]
    left, top, wide, _ = figure.box
    marks = []
    for number, place in enumerate(places.values(), start=1):
        x, y = figure.shapes[place.region.replace(".S.", f".{side}.")].anchor
        marks.append(
            f'<circle cx="{x}" cy="{y}" r="{_RADIUS}"/>'
            f'<text x="{x}" y="{y + _TYPE // 3}" text-anchor="middle" font-size="{_TYPE}">{number}</text>'
        )
    said = ", ".join(f"{number} {place.words}" for number, place in enumerate(places.values(), start=1))
    box = f"{left - _MARGIN} {top - _MARGIN} {wide + 2 * _MARGIN} {HEIGHT + 2 * _MARGIN}"
    return Html(
        f'<svg class="sole" role="img" aria-labelledby="{name}-t" viewBox="{box}" focusable="false">'
        f"{el('title', f'Sole of the {side.upper()} foot: {said}', id=f'{name}-t')}"
        f'<path class="sole-skin" d="{figure.outline}"/><path class="sole-line" d="{figure.detail}"/>'
        f'<g class="sole-marks">{"".join(marks)}</g></svg>'
    )
