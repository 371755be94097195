"""Draw the twelve figures from the landmarks and write `figures.json`: `python -m afferent.body.build`.

Half bodies are mirrored to whole ones, hands and feet to their other side; outlines and dividers become splines,
splines become faces, faces become regions. Needs shapely, which nothing needs at run time. The same landmarks always
give the same file, byte for byte; a test rebuilds and compares.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import msgspec
from shapely import MultiPolygon, Polygon
from shapely.ops import unary_union

from afferent.body import faces
from afferent.body.curves import sample
from afferent.body.figures import HEIGHT, Figure, RegionShape, path
from afferent.body.landmarks import Landmarks, Point, Trace, load

TARGET: Final = Path(__file__).with_name("figures.json")

# Grid units, ten thousand to the height. A body is shown about 600 px tall, a close-up about 450.
TOLERANCE: Final = 1.0  # how far a thinned line may stray: below a tenth of a pixel
BODY_GAP: Final = (8, 14)  # (inset, corner radius) of a region's drawn area on a body
CLOSE_GAP: Final = (20, 45)
UNSHADED: Final = ("hand.", "foot.")  # too small on a body for a soft edge


def build() -> list[Figure]:
    """All twelve figures, in the order they are listed to people."""
    base = load()
    figures = [_figure(_whole(base["body.front"])), _figure(_whole(base["body.back"]))]
    for name in ("hand.left.palm", "hand.right.back", "foot.left.sole", "foot.right.top"):
        pair = (base[name], _mirrored(base[name]))
        figures += [_figure(half) for half in sorted(pair, key=lambda half: half.figure)]
    return figures


def encode(figures: Sequence[Figure]) -> bytes:
    """The content of `figures.json`: one figure a line, so that a changed figure is one changed line."""
    lines = [msgspec.json.encode(figure) for figure in figures]
    return b"[" + b",\n".join(lines) + b"]\n"


def _figure(marks: Landmarks) -> Figure:
    is_body = marks.figure.startswith("body.")
    line = _scaled(sample(marks.outline.points, marks.outline.corners, closed=_is_ring(marks)))
    cuts = [_scaled(sample(trace.points, trace.corners)) for trace in marks.dividers]
    seeds = {region: _scaled([seed])[0] for region, seed in marks.seeds.items()}
    cut = faces.cut(line, cuts, seeds)
    arcs, walks = faces.share({region: cut[region] for region in marks.seeds}, TOLERANCE)
    shown = faces.grid(faces.thin([*line, line[0]] if _is_ring(marks) else line, TOLERANCE))
    left, top = min(x for x, _ in shown), min(y for _, y in shown)
    shaded = [face for region, face in cut.items() if is_body and not region.startswith(UNSHADED)]
    return Figure(
        id=marks.figure,
        box=(left, top, max(x for x, _ in shown) - left, max(y for _, y in shown) - top),
        outline=path(shown, closed=_is_ring(marks)),
        shade=_area(unary_union(shaded)) if shaded else "",
        detail=_lines(marks.details),
        nails=_lines(marks.nails, closed=True),
        profile=_profile(Polygon(line)),
        arcs=tuple(_steps(arc) for arc in arcs),
        regions=tuple(
            _region(region, cut[region], walks[region], BODY_GAP if is_body else CLOSE_GAP) for region in marks.seeds
        ),
    )


def _region(region: str, face: Polygon, walk: tuple[int, ...], gap: tuple[int, int]) -> RegionShape:
    (x, y), radius = faces.widest(face)
    return RegionShape(
        id=region,
        arcs=walk,
        drawn=_area(faces.inset(face, *gap)),
        anchor=(round(x), round(y)),
        radius=int(radius),
    )


def _is_ring(marks: Landmarks) -> bool:
    """Bodies and soles are closed; hands and tops of feet end in a cut, between two corners."""
    return not {0, len(marks.outline.points) - 1} <= marks.outline.corners


def _whole(half: Landmarks) -> Landmarks:
    """A whole body from its half: outline joined at crown and crotch, everything else doubled."""
    own, last = half.outline, len(half.outline.points) - 1
    back = range(last - 1, 0, -1)
    order = [*range(last + 1), *back]
    points = [*own.points, *(_flip(own.points[n]) for n in back)]
    other = {_other_side(region): _flip(seed) for region, seed in half.seeds.items()}
    return Landmarks(
        figure=half.figure,
        outline=Trace(tuple(points), frozenset(n for n, source in enumerate(order) if source in own.corners)),
        dividers=tuple(twin for trace in half.dividers for twin in _doubled(trace)),
        details=tuple(twin for trace in half.details for twin in _doubled(trace)),
        nails=(),
        seeds={**half.seeds, **other},
    )


def _doubled(trace: Trace) -> list[Trace]:
    """A trace and its mirror image; joined to one smooth curve where it starts or ends on the midline."""
    points = trace.points
    if all(x == 0 for x, _ in points):
        return [trace]
    flipped = tuple(map(_flip, points))
    if points[0][0] == 0:
        return [Trace(flipped[:0:-1] + points)]
    if points[-1][0] == 0:
        return [Trace(points + flipped[-2::-1])]
    return [trace, Trace(flipped, trace.corners)]


def _mirrored(marks: Landmarks) -> Landmarks:
    """The same hand or foot on the other side of the body."""

    def turn(trace: Trace) -> Trace:
        return Trace(tuple(map(_flip, trace.points)), trace.corners)

    return Landmarks(
        figure=_other_side(marks.figure),
        outline=turn(marks.outline),
        dividers=tuple(map(turn, marks.dividers)),
        details=tuple(map(turn, marks.details)),
        nails=tuple(map(turn, marks.nails)),
        seeds={_other_side(region): _flip(seed) for region, seed in marks.seeds.items()},
    )


def _other_side(region: str) -> str:
    swap = {"left": "right", "right": "left"}
    return ".".join(swap.get(part, part) for part in region.split("."))


def _flip(point: Point) -> Point:
    return 0.0 - point[0], point[1]


def _scaled(line: Sequence[Point]) -> list[Point]:
    return [(x * HEIGHT, y * HEIGHT) for x, y in line]


def _lines(traces: Sequence[Trace], *, closed: bool = False) -> str:
    drawn = [_scaled(sample(trace.points, trace.corners, closed=closed)) for trace in traces]
    return "".join(path(faces.grid(faces.thin(line, TOLERANCE)), closed=closed) for line in drawn)


def _area(shape: Polygon | MultiPolygon) -> str:
    parts = list(shape.geoms) if isinstance(shape, MultiPolygon) else [shape]
    return "".join(path(faces.grid(faces.thin(part.exterior.coords, TOLERANCE)), closed=True) for part in parts)


def _steps(arc: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """An arc as a start and steps: x, y, dx, dy, dx, dy, ..."""
    flat = [*arc[0]]
    for (x0, y0), (x1, y1) in pairwise(arc):
        flat += [x1 - x0, y1 - y0]
    return tuple(flat)


def _profile(whole: Polygon) -> tuple[tuple[int, int], ...]:
    """(leftmost, rightmost) x of the outline in each hundredth of the height."""
    found: list[tuple[int, int]] = []
    for band in range(100):
        strip = Polygon.from_bounds(-HEIGHT, band * HEIGHT / 100, HEIGHT, (band + 1) * HEIGHT / 100)
        left, _, right, _ = whole.intersection(strip).bounds
        found.append((round(left), round(right)))
    return tuple(found)


def main() -> None:
    """Write the file and say how large it is."""
    data = encode(build())
    TARGET.write_bytes(data)
    sys.stdout.write(f"{TARGET.name}: {len(data):,} bytes\n")


if __name__ == "__main__":
    main()
