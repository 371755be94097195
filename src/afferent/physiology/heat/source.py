"""What warms or cools skin: a bath, a pack, a stone.

Ask here: `HEAT_SOURCES`, `heat_source(id)`, `reached(source, place)` (all that it touches when it is used there) and
`contact(source, celsius)`, what `pennes.warm` lays on the skin.
"""

from __future__ import annotations

import math
from importlib.resources import files
from typing import Final, Literal

import msgspec
import tomli
from msgspec import Struct

from afferent.body.regions import SIDES, area
from afferent.errors import InputError
from afferent.physiology.heat.pennes import Contact

_SHOWN: Final = 40  # characters of a word that nobody knows


class HeatSource(Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of heat_sources.toml; see there for every field."""

    title: str
    does: Literal["heat", "cold"]
    ceiling: str
    off_with: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()
    reaches: tuple[str, ...] = ()
    never: str = ""
    film: float = math.inf
    capacity: float = math.inf
    loss: float = 0.0
    conditions: tuple[str, ...] = ()
    id: str = ""


def _read() -> dict[str, HeatSource]:
    entries = tomli.loads(files("afferent.physiology.heat").joinpath("heat_sources.toml").read_text("utf-8"))
    every = entries.pop("every")
    return {name: _one(name, entry, every) for name, entry in entries.items()}


def _one(name: str, entry: dict[str, object], every: dict[str, list[str]]) -> HeatSource:
    one = msgspec.convert({"on": every["on"], **entry, "id": name}, HeatSource)
    return msgspec.structs.replace(one, conditions=(*one.conditions, *every["conditions"]))


HEAT_SOURCES: Final = _read()


def heat_source(name: str) -> HeatSource:
    """One source by its id. Raises InputError naming those there are."""
    if name not in HEAT_SOURCES:
        raise InputError(f"there is no heat source {name[:_SHOWN]!r}; there are {', '.join(HEAT_SOURCES)}")
    return HEAT_SOURCES[name]


def usable(source: HeatSource, place: int) -> bool:
    """Does the place lie wholly within one of those where it can be used, and touch none that it must spare?"""
    within = any(place & ~one == 0 for one in _sided(source.on))
    return within and not any(place & one for one in _sided(source.spared))


def reached(source: HeatSource, place: int) -> int:
    """The area of a place and all that goes with it: who bathes a sole bathes the foot and the ankle."""
    for one in _sided(source.reaches):
        if one & place:
            place |= one
    return place


def _sided(spelled: tuple[str, ...]) -> list[int]:
    """Areas of lists of regions, `S` standing for each side in turn."""
    return [area(entry.replace(".S", f".{side}").split()) for entry in spelled for side in SIDES]


def contact(source: HeatSource, celsius: float) -> Contact:
    """The source as it lies on the skin and cools. For drawing only: its film, capacity and loss are not sourced."""
    return Contact(celsius, film=source.film, capacity=source.capacity, loss=source.loss)
