"""A figure as it is drawn: every line as fine as a screen can show, and the right one of a pair as a mirror image.

Ask here: `shown`, and of what it gives the paths and borders in units of its own, `UNIT` grid units each. `Figure`
measures and stays exact; what is drawn from it strays by less than a quarter of a pixel, and weighs half as much.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from math import hypot
from typing import Final

import msgspec

from afferent.body.figures import Figure, Grid, load_figures, path
from afferent.body.regions import SIDES, mirror

UNIT: Final = 4  # grid units in one unit of a drawing; a pixel of the page is 17 to 34 grid units wide
STRAY: Final = 3  # grid units by which a thinned line may leave its own; before rounding


class Shown(msgspec.Struct, frozen=True):
    """What is drawn of one figure. `figure` is on the coarse grid; its regions go by the names in `names`.

    `mirrored`: x runs to the viewer's left. `source` is the figure whose lines these are.
    """

    source: str
    mirrored: bool
    figure: Figure
    names: Mapping[str, str]
    numbers: Mapping[str, int]

    def region(self, region: str) -> str:
        """Path of a region: a little smaller than it is, with rounded corners."""
        return self.figure.regions[self.numbers[region]].drawn

    def border(self, regions: Collection[str], *, inner: bool = False) -> str:
        """Path of the border round these regions together; see `Figure.border`."""
        return _border(self.source, tuple(self.names[region] for region in regions), inner)


@cache
def shown(name: str) -> Shown:
    """The drawn form of a figure by id."""
    figures = load_figures()
    left, right = (f".{side}." for side in SIDES)
    source = name.replace(right, left)
    mirrored = source != name
    names = {shape.id: mirror(shape.id) if mirrored else shape.id for shape in figures[name].regions}
    coarse = _coarse(source)
    order = {shape.id: number for number, shape in enumerate(coarse.regions)}
    return Shown(source, mirrored, coarse, names, {region: order[own] for region, own in names.items()})


@cache
def _coarse(name: str) -> Figure:
    figure = load_figures()[name]
    return msgspec.structs.replace(
        figure,
        outline=_thinned(figure.outline),
        shade=_thinned(figure.shade),
        detail=_thinned(figure.detail),
        nails=_thinned(figure.nails),
        regions=tuple(msgspec.structs.replace(shape, drawn=_thinned(shape.drawn)) for shape in figure.regions),
    )


@lru_cache(maxsize=256)
def _border(name: str, regions: tuple[str, ...], inner: bool) -> str:
    """Both feet, both legs below the knee: the same border is drawn again and again."""
    return _bordered(name).border(regions, inner=inner)


@cache
def _bordered(name: str) -> Figure:
    """The figure with coarse borders: only where something is numb or open are they drawn."""
    figure = load_figures()[name]
    return msgspec.structs.replace(figure, arcs=tuple(map(_thinned_arc, figure.arcs)))


def _thinned(data: str) -> str:
    """Path data (lines of one start and relative steps) with fewer and shorter numbers."""
    lines: list[str] = []
    for line in re.findall("M[^M]*", data):
        closed = line.endswith("z")
        points = _points([int(number) for number in re.findall(r"-?\d+", line)])
        lines.append(path(_rounded([*points, points[0]] if closed else points), closed=closed))
    return "".join(lines)


def _thinned_arc(arc: Sequence[int]) -> tuple[int, ...]:
    """An arc with fewer and shorter steps; its ends stay where those of its neighbours are."""
    points = _rounded(_points(arc))
    flat = [*points[0]]
    for before, after in pairwise(points):
        flat += [after[0] - before[0], after[1] - before[1]]
    return tuple(flat)


def _points(flat: Sequence[int]) -> list[Grid]:
    """Start and steps as points."""
    return list(zip(accumulate(flat[::2]), accumulate(flat[1::2]), strict=True))


def _rounded(points: list[Grid]) -> list[Grid]:
    """Only the points a line needs, on the coarse grid, none twice in a row; both ends are kept."""
    kept = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        away = _away(points, first, last)
        most = max(away)
        if most > STRAY:
            furthest = first + 1 + away.index(most)
            kept.add(furthest)
            spans += [(first, furthest), (furthest, last)]
    coarse = [(round(points[n][0] / UNIT), round(points[n][1] / UNIT)) for n in sorted(kept)]
    return [point for n, point in enumerate(coarse) if not n or n == len(coarse) - 1 or point != coarse[n - 1]]


def _away(points: Sequence[Grid], first: int, last: int) -> list[float]:
    """How far each point between two others is from the line through them, or from both where they are one."""
    (left, top), (right, low) = points[first], points[last]
    along, down = right - left, low - top
    length = hypot(along, down)
    between = points[first + 1 : last]
    if not length:
        return [hypot(x - left, y - top) for x, y in between]
    across, deep = along / length, down / length
    return [abs(across * (y - top) - deep * (x - left)) for x, y in between]
