"""Did firmer or longer go with better or worse? Counted, and only with enough visits put as a line.

One person's visits are few and were not drawn by lot: firmer work is done on better days. What stands here is a
description, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from msgspec import Struct
from scipy.special import stdtrit

LEAST: Final = 6
"""Visits with a known next day before a line is drawn through them. Ours (N)."""


class Visited(Struct, frozen=True):
    """One visit: its pressure level (Walton 0–5), minutes of hands-on work, and how the score moved from the day before
    to the day after; None where one of them is not known."""

    level: int | None
    minutes: float | None
    moved: float | None


class Row(Struct, frozen=True):
    """Visits of one kind: how many, how the score moved on average, how many were followed by two points worse."""

    value: float
    visits: int
    moved: float
    rose: int


class Line(Struct, frozen=True):
    """Points per level or per ten minutes, with a 95 % interval."""

    points: float
    low: float
    high: float


class Dose(Struct, frozen=True):
    """By level, by minutes; a line where there are visits enough and they differ."""

    by_level: tuple[Row, ...]
    by_minutes: tuple[Row, ...]
    per_level: Line | None
    per_ten_minutes: Line | None


def dose(visits: Sequence[Visited], *, rise: float = 2.0) -> Dose:
    """What went with what. `rise`: what counts as two points worse (negative where more is better). Visits that lack
    a figure are left out of the table that needs it."""
    levels = [(float(one.level), one.moved) for one in visits if one.level is not None and one.moved is not None]
    minutes = [(float(one.minutes), one.moved) for one in visits if one.minutes is not None and one.moved is not None]
    return Dose(_rows(levels, rise), _rows(minutes, rise), _line(levels), _line([(x / 10, y) for x, y in minutes]))


def _rows(pairs: Sequence[tuple[float, float]], rise: float) -> tuple[Row, ...]:
    out = []
    for value in sorted({x for x, _ in pairs}):
        moved = [y for x, y in pairs if x == value]
        out.append(
            Row(
                value,
                len(moved),
                sum(moved) / len(moved),
                sum(one >= rise if rise > 0 else one <= rise for one in moved),
            )
        )
    return tuple(out)


def _line(pairs: Sequence[tuple[float, float]]) -> Line | None:
    if len(pairs) < LEAST or len({x for x, _ in pairs}) < 2:
        return None
    x, y = np.array(pairs).T
    x = x - x.mean()
    slope = float(x @ y / (x @ x))
    left = y - y.mean() - slope * x
    error = float(np.sqrt(left @ left / (len(x) - 2) / (x @ x)))
    reach = float(stdtrit(len(x) - 2, 0.975)) * error
    return Line(slope, slope - reach, slope + reach)
