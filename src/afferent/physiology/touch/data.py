"""The tables of this package, read once: the TOML files beside this one. Nothing here decides."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import tomli
from msgspec import Struct, convert

from afferent.body.regions import AREA, SIDES


class Window(Struct, frozen=True, forbid_unknown_fields=True):
    """Speeds, cm/s."""

    slowest: float
    fastest: float


class Shape(Struct, frozen=True, forbid_unknown_fields=True):
    """How wide the upside-down U is, in powers of ten of the speed."""

    width: float


class Lengths(Struct, frozen=True, forbid_unknown_fields=True):
    """How long a stroke may be said to be, cm."""

    shortest: float
    longest: float


class Body(Struct, frozen=True, forbid_unknown_fields=True):
    """Heights in cm; hand and foot as parts of the height."""

    usual: float
    smallest: float
    tallest: float
    hand: float
    foot: float


class StrokeTable(Struct, frozen=True, forbid_unknown_fields=True):
    """stroke.toml."""

    window: Window
    shape: Shape
    tried: Window
    length: Lengths
    body: Body


class SkinTable(Struct, frozen=True, forbid_unknown_fields=True):
    """skin.toml."""

    hairy: tuple[str, ...]
    glabrous: tuple[str, ...]
    both: tuple[str, ...]


class ElsewhereTable(Struct, frozen=True, forbid_unknown_fields=True):
    """elsewhere.toml."""

    numb_rules: frozenset[str]
    affected: frozenset[str]
    limbs: tuple[tuple[str, ...], ...]
    left_out: tuple[str, ...]
    closed: frozenset[str]


@cache
def stroke_table() -> StrokeTable:
    return convert(_read("stroke.toml"), StrokeTable)


@cache
def skin_table() -> SkinTable:
    return convert(_read("skin.toml"), SkinTable)


@cache
def elsewhere_table() -> ElsewhereTable:
    return convert(_read("elsewhere.toml"), ElsewhereTable)


@cache
def findings_table() -> dict[str, Any]:
    return _read("findings.toml")


def sided(spelled: str) -> Iterator[str]:
    """Each region, once for each side."""
    for region in spelled.split():
        yield from (region.replace(".S", f".{side}") for side in SIDES)


def on(spelled: str, side: str) -> int:
    """The area of these regions on one side."""
    area = 0
    for region in spelled.split():
        area |= AREA[region.replace(".S", f".{side}")]
    return area


def _read(name: str) -> dict[str, Any]:
    return tomli.loads(files("afferent.physiology.touch").joinpath(name).read_text("utf-8"))
