"""One figure of the body map: front, back or a close-up, with one layer marked in its pattern.

Ask here: `map_figure`. Type stands beside it, not in it, so that it can be large; the drawing itself is hidden from
whoever listens, for the list beside it says the same. What may be tapped carries `data-region`, `data-in` (zones inside
it, or itself) and `data-around` (zones that hold it); without a script nothing in it does anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from afferent.body.colours import paint
from afferent.body.figures import HEIGHT, Figure, load_figures
from afferent.body.limit_classes import fill, pattern
from afferent.body.regions import AREA, area
from afferent.knowledge.model import Layer
from afferent.page.markup import Html

_WIDTH: Final = {"body": 328, "hand": 320, "foot": 290}  # px; patterns keep their size at this width
_EDGE: Final = 6  # px round the figure
_THIN: Final = 'vector-effect="non-scaling-stroke"'


def map_figure(
    figure_id: str, layer: Layer, marked: Iterable[str], *, prefix: str, ghost: Iterable[str] = (),
    zones: Collection[str] = (), share: float = 1.0,
) -> Html:  # fmt: skip
    """A figure with the layer's pattern wherever a marked region lies, and a dashed line round the `ghost` of before.

    `zones`: what can be marked in the list, where this is to be tapped. `prefix` differs between figures of one page.
    `share`: of the width of a figure to be tapped; patterns keep their size.
    """
    figure = load_figures()[figure_id]
    left, _, wide, _ = figure.box
    page = _WIDTH[figure_id.partition(".")[0]] * share
    scale = (page - 2 * _EDGE) / wide
    name = f"{prefix}-{figure_id.replace('.', '-')}"
    on, off = fill(layer.pattern, name), paint("none-fill")
    bits = area(marked)
    shapes = "".join(
        f'<path data-region="{shape.id}"{_tapped(shape.id, zones)} d="{shape.drawn}"'
        f' fill="{on if AREA[shape.id] & bits else off}"/>'
        for shape in figure.regions
    )
    return Html(
        f'<svg class="map-figure" data-on="{on}" data-off="{off}"'
        f' viewBox="0 0 {page:.0f} {HEIGHT * scale + 2 * _EDGE:.0f}" width="{page:.0f}" aria-hidden="true"'
        f' focusable="false"><defs>{pattern(layer.pattern, name, scale)}</defs>'
        f'<g transform="translate({_EDGE - left * scale:.2f} {_EDGE}) scale({scale:.5g})">'
        f'<path d="{figure.outline}" fill="{paint("gap")}"/>{shapes}{_lines(figure)}'
        f"{_ghost(figure, area(ghost), layer)}</g></svg>"
    )


def _tapped(region: str, zones: Collection[str]) -> str:
    own = AREA[region]
    inside = [zone for zone in zones if AREA[zone] & ~own == 0]
    around = [zone for zone in zones if own & ~AREA[zone] == 0 and zone != region]
    if not inside and not around:
        return ""
    edge = f'stroke="{paint("detail")}" stroke-width="1" {_THIN}'
    return f' data-in="{" ".join(inside)}" data-around="{" ".join(around)}" {edge}'


def _lines(figure: Figure) -> str:
    fine = f'stroke="{paint("detail")}" stroke-width=".75" {_THIN}'
    nails = f'<path d="{figure.nails}" fill="{paint("nail")}" fill-opacity=".5" {fine}/>' if figure.nails else ""
    return (
        f'<g pointer-events="none"><path d="{figure.detail}" fill="none" {fine}/>{nails}'
        f'<path d="{figure.outline}" fill="none" stroke="{paint("outline")}" stroke-width="1.5" {_THIN}'
        ' stroke-linejoin="round" stroke-linecap="round"/></g>'
    )


def _ghost(figure: Figure, bits: int, layer: Layer) -> str:
    """Dashed round what was marked on the map before."""
    regions = [region for region in figure.shapes if AREA[region] & bits]
    if not regions:
        return ""
    border = figure.border(regions)
    halo = f'stroke="{paint("halo")}" stroke-width="5.5"'
    dash = f'stroke="{paint(layer.colour)}" stroke-width="2.6" stroke-dasharray="7 5"'
    return "".join(
        f'<path d="{border}" fill="none" {one} {_THIN} stroke-linejoin="round" pointer-events="none"/>'
        for one in (halo, dash)
    )
