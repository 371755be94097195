"""The points every figure is drawn from, read from `landmarks.csv`.

Ask here: the traces (outline, dividers, detail lines, nails) and region seeds of one of the six base figures.
Coordinates are in figure heights: 0 at the top, 1 at the bottom, x from the midline and positive to the viewer's
right. Of a body view only the viewer's right half is listed; the other half is its mirror image. Build time only.
"""

from __future__ import annotations

import csv
from importlib.resources import files

import msgspec

Point = tuple[float, float]


class Trace(msgspec.Struct, frozen=True):
    """One curve through its points. A point in `corners` (by index) is sharp: no tangent passes through it."""

    points: tuple[Point, ...]
    corners: frozenset[int] = frozenset()


class Landmarks(msgspec.Struct, frozen=True):
    """All traces of one base figure; `seeds` says which region each face of the drawing belongs to."""

    figure: str
    outline: Trace
    dividers: tuple[Trace, ...]
    details: tuple[Trace, ...]
    nails: tuple[Trace, ...]
    seeds: dict[str, Point]


def load() -> dict[str, Landmarks]:
    """Read the six base figures: two half bodies, two hands, two feet."""
    rows: dict[str, dict[str, list[dict[str, str]]]] = {}
    text = files("afferent.body").joinpath("landmarks.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        rows.setdefault(row["figure"], {}).setdefault(row["part"], []).append(row)
    return {figure: _landmarks(figure, parts) for figure, parts in rows.items()}


def _landmarks(figure: str, parts: dict[str, list[dict[str, str]]]) -> Landmarks:
    traces: dict[str, list[Trace]] = {"outline": [], "divider": [], "detail": [], "nail": []}
    seeds: dict[str, Point] = {}
    for part, rows in parts.items():
        kind, _, label = part.partition(": ")
        trace = _trace(rows)
        if kind == "seed":
            seeds[label] = trace.points[0]
        else:
            traces[kind].append(trace)
    (outline,) = traces["outline"]
    return Landmarks(
        figure=figure,
        outline=outline,
        dividers=tuple(traces["divider"]),
        details=tuple(traces["detail"]),
        nails=tuple(traces["nail"]),
        seeds=seeds,
    )


def _trace(rows: list[dict[str, str]]) -> Trace:
    ordered = sorted(rows, key=lambda row: int(row["order"]))
    return Trace(
        points=tuple((float(row["x"]), float(row["y"])) for row in ordered),
        corners=frozenset(n for n, row in enumerate(ordered) if row["note"].startswith("corner")),
    )
