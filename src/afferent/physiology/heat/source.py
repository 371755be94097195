"""What warms or cools skin: a bath, a pack, a stone.

Ask here: `HEAT_SOURCES`, `heat_source(id)` and `contact(source, celsius)`, what `pennes.warm` lays on the skin.
"""

from __future__ import annotations

import math
from importlib.resources import files
from typing import Final, Literal

import msgspec
import tomli
from msgspec import Struct

from afferent.errors import InputError
from afferent.physiology.heat.pennes import Contact


class HeatSource(Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of heat_sources.toml; see there for every field."""

    title: str
    does: Literal["heat", "cold"]
    ceiling: str
    off_with: tuple[str, ...] = ()
    on: tuple[str, ...] = ("body",)
    film: float = math.inf
    capacity: float = math.inf
    loss: float = 0.0
    conditions: tuple[str, ...] = ()
    id: str = ""


def _read() -> dict[str, HeatSource]:
    entries = tomli.loads(files("afferent.physiology.heat").joinpath("heat_sources.toml").read_text("utf-8"))
    return {name: msgspec.convert({**entry, "id": name}, HeatSource) for name, entry in entries.items()}


HEAT_SOURCES: Final = _read()


def heat_source(name: str) -> HeatSource:
    """One source by its id. Raises InputError naming those there are."""
    if name not in HEAT_SOURCES:
        raise InputError(f"there is no heat source {name!r}; there are {', '.join(HEAT_SOURCES)}")
    return HEAT_SOURCES[name]


def contact(source: HeatSource, celsius: float) -> Contact:
    """The source as it lies on the skin and cools. For drawing only: its film, capacity and loss are not sourced."""
    return Contact(celsius, film=source.film, capacity=source.capacity, loss=source.loss)
