"""The layers of skin at a site: how thick, how heavy, how they conduct, how much blood runs through.

Ask here: `BLOOD`, `SITES`, `layers(site)` and `site_of(region)`. One published set of layers serves the whole body;
only the outermost differs where a thickness was found [physiology.md 1.4; LINTZERI; OCT-VOLAR]. A thick sole warms
a few seconds later, which no limit may count on (see `limit`).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
import tomli
from msgspec import Struct, structs

from afferent.body.regions import AREA

Layers = tuple["Layer", ...]


class Layer(Struct, frozen=True, forbid_unknown_fields=True):
    """One layer: mm; kg/m3; J/kg/K; W/m/K; `perfusion` in m3 of blood per m3 and second."""

    name: str
    mm: float
    density: float
    heat: float
    conductivity: float
    perfusion: float


class Blood(Struct, frozen=True, forbid_unknown_fields=True):
    """What flows through: kg/m3, J/kg/K, °C on arrival."""

    density: float
    heat: float
    celsius: float


class Site(Struct, frozen=True, forbid_unknown_fields=True):
    """A site whose epidermis (mm) was measured; `regions` it stands for; `source`: a key of the knowledge."""

    title: str
    epidermis: float
    source: str
    regions: tuple[str, ...] = ()


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    blood: Blood
    layer: Layers
    site: dict[str, Site]


def _read() -> _File:
    text = files("afferent.physiology.heat").joinpath("tissue.toml").read_text("utf-8")
    return msgspec.convert(tomli.loads(text), _File)


_FILE: Final = _read()
BLOOD: Final = _FILE.blood
SITES: Final = _FILE.site
STANDARD: Final = "standard"


@cache
def layers(site: str = STANDARD) -> Layers:
    """The layers of a site, from outside in. Raises KeyError on an unknown site."""
    outer, *rest = _FILE.layer
    return (structs.replace(outer, mm=SITES[site].epidermis), *rest)


def site_of(region: str) -> str:
    """The site that a region of the body lies in wholly; the standard one otherwise. Raises KeyError."""
    area = AREA[region]
    for name, site in SITES.items():
        if any(area & ~AREA[own] == 0 for own in site.regions):
            return name
    return STANDARD
