"""Where a ZIP code lies, from the table inside the package `zipcodes` (extra `directory`); nothing is fetched.

Ask here: `places()`, all of them, read once; `about(places)`, the middle of the ZIP codes that begin alike, for one
that the table does not know. Coordinates are the middle of a delivery area (GeoNames, CC BY 4.0), so a distance is
"about".
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module

from msgspec import Struct


class Place(Struct, frozen=True):
    """One ZIP code: five digits, its city, its state or territory, degrees north and east."""

    zip: str
    city: str
    state: str
    lat: float
    lon: float


@cache
def places() -> dict[str, Place]:
    """By ZIP code. Raises ModuleNotFoundError where the extra is not installed."""
    return {
        one["zip_code"]: Place(one["zip_code"], one["city"], one["state"], float(one["lat"]), float(one["long"]))
        for one in import_module("zipcodes").list_all()
        if one["country"] in ("US", "") and one["zip_code_type"] != "MILITARY" and float(one["lat"] or 0)
    }


def about(known: Iterable[Place]) -> dict[str, tuple[float, float]]:
    """The first three digits -> the middle of the ZIP codes that begin with them."""
    found: dict[str, list[Place]] = {}
    for one in known:
        found.setdefault(one.zip[:3], []).append(one)
    return {
        start: (sum(one.lat for one in near) / len(near), sum(one.lon for one in near) / len(near))
        for start, near in found.items()
    }
