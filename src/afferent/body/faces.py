"""From curves to regions: cut an outline with dividers into faces, and share their borders. Build time only.

Ask here: the face each seed lies in, the arcs between neighbouring faces, the inset shape that is drawn, the widest
circle inside. An *arc* is one piece of border between two faces (or between a face and the paper); faces are lists
of arcs, so neighbours share every point and nothing can gape or overlap after rounding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import shapely
from shapely import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize, unary_union

Point = tuple[float, float]
Grid = tuple[int, int]

CRUMB: Final = 1e-4  # a face without a seed below this share of the figure belongs to its closest neighbour


class UnclearFace(ValueError):
    """The curves do not cut the outline into exactly one face per seed."""


def cut(
    outline: Sequence[Point], dividers: Sequence[Sequence[Point]], seeds: Mapping[str, Point]
) -> dict[str, Polygon]:
    """The face of the outline that holds each seed. Raises UnclearFace unless faces and seeds pair off."""
    whole = Polygon(outline)
    lines = unary_union([LineString([*outline, outline[0]]), *map(LineString, dividers)])
    inside = [face for face in polygonize(lines) if whole.contains(face.representative_point())]
    faces: dict[str, Polygon] = {}
    for region, seed in seeds.items():
        held = [face for face in inside if face.contains(shapely.Point(seed))]
        if len(held) != 1 or held[0] in faces.values():
            raise UnclearFace(f"{region}: its seed lies in {len(held)} faces of its own")
        faces[region] = held[0]
    # Two dividers that run out at the same place (groin and thigh, in the crotch) leave a crumb with no seed.
    for crumb in [face for face in inside if face not in faces.values()]:
        if crumb.area > CRUMB * whole.area:
            raise UnclearFace(f"a face at {crumb.representative_point().wkt} holds no seed")
        host = max(faces, key=lambda region: faces[region].intersection(crumb).length)
        faces[host] = _one(faces[host].union(crumb))
    return faces


def _one(shape: BaseGeometry) -> Polygon:
    assert isinstance(shape, Polygon)
    return shape


def share(faces: Mapping[str, Polygon], tolerance: float) -> tuple[list[tuple[Grid, ...]], dict[str, tuple[int, ...]]]:
    """Arcs on the whole-number grid, and the arcs round each face in order; `~n` is arc n walked backwards.

    Each arc is thinned on its own to within `tolerance`, its two ends kept, so both its faces stay matched.
    """
    rings = {region: list(face.exterior.coords)[:-1] for region, face in faces.items()}
    joints = _joints(rings.values())
    number: dict[tuple[Point, ...], int] = {}
    arcs: list[tuple[Grid, ...]] = []
    walks: dict[str, tuple[int, ...]] = {}
    for region, ring in rings.items():
        walk: list[int] = []
        for piece in _pieces(ring, joints):
            back = piece[::-1]
            if back in number:
                walk.append(~number[back])
                continue
            number[piece] = len(arcs)
            walk.append(len(arcs))
            arcs.append(grid(thin(piece, tolerance)))
        walks[region] = tuple(walk)
    return arcs, walks


def _joints(rings: Iterable[list[Point]]) -> set[Point]:
    """Points where three or more borders meet."""
    beside: defaultdict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for here, there in zip(ring, ring[1:] + ring[:1], strict=True):
            beside[here].add(there)
            beside[there].add(here)
    return {point for point, near in beside.items() if len(near) > 2}


def _pieces(ring: list[Point], joints: set[Point]) -> list[tuple[Point, ...]]:
    stops = [n for n, point in enumerate(ring) if point in joints]
    if not stops:
        return [(*ring, ring[0])]
    turned = ring[stops[0] :] + ring[: stops[0] + 1]
    pieces: list[tuple[Point, ...]] = []
    start = 0
    for n in range(1, len(turned)):
        if turned[n] in joints:
            pieces.append(tuple(turned[start : n + 1]))
            start = n
    return pieces


def thin(line: Sequence[Point], tolerance: float) -> list[Point]:
    """Fewer points, none of the old ones further than `tolerance` from the new line; ends are kept."""
    return list(LineString(line).simplify(tolerance, preserve_topology=False).coords)


def grid(line: Sequence[Point]) -> tuple[Grid, ...]:
    """Rounded to whole units, without repeats."""
    rounded = [(round(x), round(y)) for x, y in line]
    return tuple(point for n, point in enumerate(rounded) if n == 0 or point != rounded[n - 1])


def inset(face: Polygon, by: float, rounding: float) -> Polygon:
    """The face drawn smaller by `by`, its corners rounded to the radius `rounding`; its largest part if it splits."""
    shape = face.buffer(-(by + rounding), quad_segs=12).buffer(rounding, quad_segs=12)
    parts = list(shape.geoms) if isinstance(shape, MultiPolygon) else [shape]
    return max(parts, key=lambda part: part.area)


def widest(face: Polygon) -> tuple[Point, float]:
    """Centre and radius of the largest circle inside: where a label points, and how large a finger may tap."""
    spoke = shapely.maximum_inscribed_circle(face, tolerance=0.5)
    (x, y), _ = spoke.coords
    return (x, y), spoke.length
