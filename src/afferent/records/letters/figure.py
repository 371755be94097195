"""Drawings for a letter, black on white, legible by fax: the body map of limits, its samples, and the code for a phone.

Ask here: `body_map`, `marked_map`, `sample` and `code`. All are SVG text. Millimetres in, so that hatching has the same
size on every page; letters stand beside a drawing, never in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Final

import segno

from afferent.body.drawing import looks_on
from afferent.body.figures import HEIGHT, Figure, load_figures
from afferent.body.limit_classes import NO_LIMIT, RegionLook, fill, pattern
from afferent.body.regions import AREA, area
from afferent.body.shown import UNIT, shown
from afferent.errors import InputError

PX: Final = 96 / 25.4  # SVG pixels in one millimetre
QUIET: Final = 4  # empty squares round a code, without which readers do not find it
_VIEWS: Final = ("body.front", "body.back")
# Close-ups, where a finding lies nowhere else: a foot on a whole body is a few dots.
_CLOSE: Final = {
    "foot": ("foot.right.sole", "foot.left.sole", "foot.left.top", "foot.right.top"),
    "hand": ("hand.right.palm", "hand.left.palm", "hand.left.back", "hand.right.back"),
}
_COARSE: Final = 1.15  # hatching a little wider than on a screen: a fax has 100 dots to the inch
_FULL: Final = 60  # millimetres; a smaller figure has finer lines
_CELL: Final = 400  # grid units between the two views


@lru_cache(maxsize=64)
def body_map(limits: tuple[tuple[str, str], ...], numb: tuple[str, ...], height: float) -> str:
    """Front and back beside each other. `limits`: region and class of its limit; `height` in millimetres."""
    looks = {region: RegionLook(cls) for region, cls in limits}
    on = {region: look for view in _VIEWS for region, look in looks_on(view, looks).items()}
    return _drawn(on, numb, height)


def _drawn(
    looks: Mapping[str, RegionLook], numb: tuple[str, ...], height: float, views: tuple[str, ...] = _VIEWS
) -> str:
    """The views beside each other; `looks` by the regions that they draw."""
    tall = height * PX
    scale = tall / (HEIGHT / UNIT)
    used = sorted({look.cls for look in looks.values() if look.cls != "none"})
    defs = "".join(pattern(cls, "p", scale / _COARSE, theme="print") for cls in used)
    parts, x = [], 0.0
    for view in views:
        one = shown(view)
        left, _, wide, _ = (each / UNIT for each in load_figures()[view].box)
        shapes = "".join(
            f'<path d="{one.region(region)}" fill="{_fill(looks.get(region, NO_LIMIT))}"/>' for region in one.numbers
        )
        across = -scale if one.mirrored else scale
        parts.append(
            f'<g transform="translate({(x - left) * scale:.2f} 0) scale({across:.5g} {scale:.5g})">'
            f'<path d="{one.figure.outline}" fill="#fff"/>{shapes}'
            f"{_lines(one.figure, scale)}{_numb(view, numb, scale)}</g>"
        )
        x += wide + _CELL / UNIT
    width = (x - _CELL / UNIT) * scale
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-3 -3 {width + 6:.1f} {tall + 6:.1f}"'
        f' width="{width + 6:.1f}" height="{tall + 6:.1f}"><defs>{defs}</defs>{"".join(parts)}</svg>'
    )


def _fill(look: RegionLook) -> str:
    return fill(look.cls, "p", theme="print") if look.cls != "none" else "#fff"


def _lines(figure: Figure, scale: float) -> str:
    thin = min(1.0, scale * HEIGHT / UNIT / PX / _FULL)  # a small figure would otherwise be all outline
    fine, bold = 0.7 * thin / scale, 1.5 * thin / scale
    return (
        f'<path d="{figure.detail}" fill="none" stroke="#000" stroke-width="{fine:.2f}"/>'
        f'<path d="{figure.outline}" fill="none" stroke="#000" stroke-width="{bold:.2f}" stroke-linejoin="round"/>'
    )


def _numb(view: str, numb: Collection[str], scale: float) -> str:
    bits = area(numb)
    one = shown(view)
    regions = [region for region in one.numbers if AREA[region] & bits]
    if not regions:
        return ""
    border = one.border(regions)
    halo = f'stroke="#fff" stroke-width="{6 / scale:.2f}"'
    dash = f'stroke="#000" stroke-width="{2.4 / scale:.2f}" stroke-dasharray="{7 / scale:.2f} {5 / scale:.2f}"'
    return "".join(f'<path d="{border}" fill="none" {each}/>' for each in (halo, dash))


@lru_cache(maxsize=64)
def marked_map(regions: tuple[str, ...], finding: str, height: float, views: tuple[str, ...] = _VIEWS) -> str:
    """One finding's pattern wherever it was marked. `height` in millimetres; `views`: of `views_for`."""
    bits = area(regions)
    looks = {one: RegionLook(finding) for view in views for one in shown(view).numbers if AREA[one] & bits}
    return _drawn(looks, (), height, views)


def views_for(regions: Iterable[str]) -> tuple[str, ...]:
    """Close-ups of both feet, or of both hands, where everything lies there; otherwise front and back of the body."""
    bits = area(regions)
    for part, views in _CLOSE.items():
        if bits and bits & ~area((f"{part}.left", f"{part}.right")) == 0:
            return views
    return _VIEWS


def sample(cls: str, width: float = 7, height: float = 3.6) -> str:
    """A small field of one limit's hatching, for the legend."""
    wide, high = width * PX, height * PX
    defs = pattern(cls, "s", 1 / _COARSE, theme="print") if cls != "none" else ""
    inside = fill(cls, "s", theme="print") if cls != "none" else "#fff"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.1f} {high:.1f}" width="{wide:.1f}"'
        f' height="{high:.1f}"><defs>{defs}</defs><rect x=".6" y=".6" width="{wide - 1.2:.1f}"'
        f' height="{high - 1.2:.1f}" fill="{inside}" stroke="#000" stroke-width="1.2"/></svg>'
    )


@lru_cache(maxsize=256)
def code(text: str) -> str:
    """The code for a phone, one drawing of bars. Raises InputError when the text is too long for one."""
    try:
        squares = segno.make(text, error="m", boost_error=False, micro=False).matrix
    except segno.DataOverflowError:
        raise InputError(f"A code holds about 2,300 letters; this address has {len(text):,}. Shorten it.") from None
    side = len(squares) + 2 * QUIET
    bars = []
    for y, row in enumerate(squares):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                bars.append(f"M{start + QUIET} {y + QUIET}h{x - start}v1h{start - x}z")
                start = None
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}"'
        f' shape-rendering="crispEdges"><rect width="{side}" height="{side}" fill="#fff"/>'
        f'<path d="{"".join(bars)}" fill="#000"/></svg>'
    )


def squares_of(text: str) -> int:
    """How many squares a side of the code has, its quiet edge included."""
    return len(segno.make(text, error="m", boost_error=False, micro=False).matrix) + 2 * QUIET
