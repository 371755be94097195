"""Weights as one person wants them: each part of the score counts not at all, as published, or twice as much.

Ask here: `weighed(tables, factors)`. Lines are scaled together and still make 100 points; what is left over by rounding
goes to the largest remainders, then by the order of the table, so that the same wish gives the same points.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from afferent.directory.published import WHOLE, Line, Part, Published
from afferent.errors import InputError

FACTORS: Final = {0: "does not count", 1: "as published", 2: "twice as much"}


def weighed(tables: Published, factors: Mapping[str, int]) -> Published:
    """The same tables with other points. factors: part -> 0, 1 or 2; a part left out is 1. Raises InputError."""
    for part, factor in factors.items():
        if part not in tables.parts or factor not in FACTORS:
            raise InputError("points: choose for each part that it does not count, counts as published, or twice")
    raw = {line.id: line.points * factors.get(line.part, 1) for line in tables.lines.values()}
    total = sum(raw.values())
    if total == 0:
        raise InputError("points: something must count; let at least one part count as published")
    points = {id: WHOLE * one // total for id, one in raw.items()}
    rest = WHOLE - sum(points.values())
    for id in sorted(raw, key=lambda id: -(WHOLE * raw[id] % total))[:rest]:
        points[id] += 1
    return replace(tables, lines={id: replace(line, points=points[id]) for id, line in tables.lines.items()})


def of_parts(lines: Mapping[str, Line]) -> dict[Part, int]:
    """How many points each part has."""
    found: dict[Part, int] = {}
    for line in lines.values():
        found[line.part] = found.get(line.part, 0) + line.points
    return found
