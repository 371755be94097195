"""Near on a globe: a plain grid of degrees, ranges of cells around a place, and the distance.

Ask here: `cell`, `bands`, `km`, `away_from`. A cell is one whole number, row by row, so that a ring is a few ranges
of numbers: the same question for SQLite and PostgreSQL, and no library for either. Distances are great circles on a
sphere of the mean radius.
"""

from __future__ import annotations

from collections.abc import Callable
from math import asin, cos, degrees, floor, pi, radians, sin, sqrt
from typing import Final

Math = Callable[[float], float]

EARTH_KM: Final = 6371.0088
STEPS: Final = 25  # cells to a degree: one is about 4.4 km high
_ROW: Final = 360 * STEPS
_KM_PER_DEGREE: Final = EARTH_KM * pi / 180
_POLE: Final = 89.9


def cell(lat: float, lon: float) -> int:
    """The cell of a place."""
    return floor((lat + 90) * STEPS) * _ROW + floor((lon + 180) * STEPS) % _ROW


def bands(lat: float, lon: float, reach_km: float) -> list[tuple[int, int]]:
    """Ranges of cells (both ends included) that hold everything within reach; also some that is not."""
    high = reach_km / _KM_PER_DEGREE
    first, last = floor((lat - high + 90) * STEPS), floor((lat + high + 90) * STEPS)
    found = []
    wide = _wide(lat, high)
    for row in range(max(first, 0), min(last, 180 * STEPS) + 1):
        west, east = floor((lon - wide + 180) * STEPS), floor((lon + wide + 180) * STEPS)
        if east - west >= _ROW:
            found.append((row * _ROW, row * _ROW + _ROW - 1))
        elif west < 0 or east >= _ROW:  # across the date line
            found.append((row * _ROW + west % _ROW, row * _ROW + _ROW - 1))
            found.append((row * _ROW, row * _ROW + east % _ROW))
        else:
            found.append((row * _ROW + west, row * _ROW + east))
    return found


def _wide(lat: float, high: float) -> float:
    """How many degrees east and west a circle of `high` degrees reaches at its widest; all of them over a pole."""
    if abs(lat) + high >= _POLE:
        return 360.0
    return degrees(asin(sin(radians(high)) / cos(radians(lat))))


def km(lat: float, lon: float, lat_2: float, lon_2: float) -> float:
    """The great circle between two places, in kilometres (haversine)."""
    return away_from(lat, lon)(lat_2, lon_2)


def away_from(lat: float, lon: float) -> Callable[[float, float], float]:
    """The same from one place to many."""
    a, level, twice = radians(lat), cos(radians(lat)), 2 * EARTH_KM

    def away(
        there: float, across: float, sin: Math = sin, cos: Math = cos, radians: Math = radians
    ) -> float:  # names of its own: this is asked more often than anything else
        b = radians(there)
        high, wide = sin((b - a) / 2), sin(radians(across - lon) / 2)
        most = sqrt(high * high + level * cos(b) * wide * wide)
        return twice * asin(most if most < 1.0 else 1.0)

    return away
