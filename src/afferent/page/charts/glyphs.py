"""Numbers, paths and shapes as SVG spells them, short and always the same: one decimal, no exponent.

Ask here: `px` (a length), `path` (strokes through points), `glyphs` (one shape at every point, all in one path) and
`hatch` (slanted strokes across a box). Thousands of marks are one element.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from afferent.page.charts.model import Shape

At: TypeAlias = tuple[float, float]

_DRAWN: Final[dict[Shape, str]] = {
    "circle": "m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
    "square": "m-4.5-4.5h9v9h-9z",
    "triangle": "m0-11l5.5 9h-11z",  # stands on its place, as visits do on the axis
    "dot": "h0",  # a stroke without length and with round ends
}


def px(length: float) -> str:
    """A length to a tenth of a pixel: 3, 0.5, -12.3."""
    text = f"{length:.1f}"
    return "0" if text in ("0.0", "-0.0") else text.removesuffix(".0")


def path(strokes: Iterable[Sequence[At]]) -> str:
    """Each stroke through its points."""
    return "".join(
        "M" + "L".join(f"{px(x)} {px(y)}" for x, y in (stroke if len(stroke) > 1 else (*stroke, *stroke)))
        for stroke in strokes
        if stroke
    )


def glyphs(shape: Shape, places: Iterable[At], high: float = 10) -> str:
    """The shape at every place; ticks are `high` px high."""
    if shape == "tick":
        return "".join(f"M{px(x)} {px(y - high / 2)}v{px(high)}" for x, y in places)
    return "".join(f"M{px(x)} {px(y)}{_DRAWN[shape]}" for x, y in places)


def hatch(left: float, top: float, right: float, bottom: float, step: float, *, rising: bool) -> str:
    """Strokes at 45 degrees across a box, cut at its edges, on one raster for all boxes so that neighbours join."""
    return path(_slants(left, top, right, bottom, step, rising))


def _slants(left: float, top: float, right: float, bottom: float, step: float, rising: bool) -> Iterator[list[At]]:
    turn = 1 if rising else -1  # on a rising stroke x + y stays the same, on a falling one x - y
    low, high = sorted((turn * top, turn * bottom))
    number = int((left + low) // step) + 1
    while (total := number * step) < right + high:
        first, last = max(left, total - high), min(right, total - low)
        yield [(first, turn * (total - first)), (last, turn * (total - last))]
        number += 1
