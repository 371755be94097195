"""From what somebody wrote as "where" to a place: a ZIP code, a city, or a position that their device has rounded.

Ask here: `place(directory, text)`. A position is rounded here too, whatever was sent, so that no page and no search
ever knows it closer than about three kilometres. Raises InputError with what to write instead.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from afferent.directory.grid import away_from
from afferent.directory.store import Directory
from afferent.directory.zips import Place
from afferent.errors import InputError

STEP: Final = 0.05  # degrees; the script rounds to the same
_POSITION: Final = re.compile(r"\s*(-?\d{1,2}(?:\.\d{1,9})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,9})?)\s*")
_ZIP: Final = re.compile(r"\s*(\d{5})(?:-?\d{4})?\s*")
_NAMED: Final = 8  # states that are named where a city is in several
_LOOKS: Final = 0.4  # degrees around a position in which the nearest town is looked for


class Start(Struct, frozen=True):
    """Where a search begins. `text`: what stands in the field, so that it leads here again; `name`: how it is said."""

    lat: float
    lon: float
    text: str
    name: str
    rounded: bool = False


def place(directory: Directory, text: str) -> Start:
    """The place."""
    if not text.strip():
        raise InputError("Write where you are: a ZIP code such as 55401, or a city such as Saint Paul, MN")
    if found := _POSITION.fullmatch(text):
        return _position(directory, float(found[1]), float(found[2]))
    if found := _ZIP.fullmatch(text):
        known = directory.place(found[1])
        if known is None:
            raise InputError(f"The ZIP code {found[1]} is not in our table; try one beside it, or your city")
        return Start(known.lat, known.lon, known.zip, f"{known.city}, {known.state} {known.zip}")
    return _city(directory, text)


def rounded(degrees: float) -> float:
    """To the nearest twentieth of a degree."""
    return round(round(degrees / STEP) * STEP, 2)


def _position(directory: Directory, lat: float, lon: float) -> Start:
    lat, lon = rounded(lat), rounded(lon)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise InputError("There is no such place on earth; write a ZIP code, or a city such as Saint Paul, MN")
    away = away_from(lat, lon)
    around = directory.around(lat - _LOOKS, lat + _LOOKS, lon - _LOOKS, lon + _LOOKS)
    near = min(around, key=lambda one: (away(one.lat, one.lon), one.zip), default=None)
    name = f"about {near.city}, {near.state}" if near else "your position, rounded"
    return Start(lat, lon, f"{lat:.2f}, {lon:.2f}", name, rounded=True)


def _city(directory: Directory, text: str) -> Start:
    name, _, state = (part.strip() for part in text.partition(","))
    if not state and (end := re.fullmatch(r"(.+)\s+([A-Za-z]{2})", name)) and directory.cities(end[1], end[2]):
        name, state = end[1], end[2]
    found = directory.cities(_spelled(name), state) or directory.cities(name, state)
    if not found:
        raise InputError(
            f"We do not find {text.strip()[:60]}. Write a ZIP code such as 55401, or a city with its state such as "
            "Saint Paul, MN"
        )
    if len(found) > 1:
        states = [one.state for one in found]
        more = f" and {len(states) - _NAMED} more" if len(states) > _NAMED else ""
        raise InputError(
            f"There is a {found[0].city} in {', '.join(states[:_NAMED])}{more}. Write the state too, such as "
            f"{found[0].city}, {states[0]}"
        )
    return _start(found[0])


def _spelled(name: str) -> str:
    """ "St. Paul" is "Saint Paul" in the table."""
    return re.sub(r"^st\.?\s+", "Saint ", name, flags=re.IGNORECASE)


def _start(one: Place) -> Start:
    return Start(one.lat, one.lon, f"{one.city}, {one.state}", f"{one.city}, {one.state}")
