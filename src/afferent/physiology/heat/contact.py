"""The temperature where two thick bodies touch, and the floors for cold contact.

Ask here: `MATERIALS`, `contact_celsius` and `cold_floor`. The first moments of contact only: no blood, no thickness.
"""

from __future__ import annotations

import math
from importlib.resources import files
from typing import Final

import msgspec
import tomli
from msgspec import Struct


class Material(Struct, frozen=True, forbid_unknown_fields=True):
    """W/m/K, kg/m3, J/kg/K; `source`: a key of the knowledge."""

    title: str
    conductivity: float
    density: float
    heat: float
    source: str

    @property
    def effusivity(self) -> float:
        """How strongly it imposes its own temperature, W s^0.5/m2/K."""
        return math.sqrt(self.conductivity * self.density * self.heat)


def _read() -> dict[str, Material]:
    text = files("afferent.physiology.heat").joinpath("contact.toml").read_text("utf-8")
    return msgspec.convert(tomli.loads(text), dict[str, Material])


MATERIALS: Final = _read()

# Contact temperatures of healthy fingers [COLDSURF]: at or below the first number, what is felt or happens.
COLD_FLOORS: Final = ((0.0, "frostbite"), (7.0, "numbness"), (15.0, "pain"))


def contact_celsius(one: Material, celsius: float, other: Material, other_celsius: float) -> float:
    """Where two thick bodies touch, °C: the mean of both, weighted by their effusivities [physiology.md 1.5]."""
    mine, yours = one.effusivity, other.effusivity
    return (mine * celsius + yours * other_celsius) / (mine + yours)


def cold_floor(celsius: float) -> str:
    """What a healthy finger meets at this contact temperature; empty above the pain of cold."""
    return next((words for floor, words in COLD_FLOORS if celsius <= floor), "")
