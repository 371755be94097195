"""The tables of this package: the TOML files beside this one, read once. Nothing here decides."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import tomli
from msgspec import Struct

from afferent.knowledge.model import Strength


class Number(Struct, frozen=True, forbid_unknown_fields=True):
    """A number, what it means, and what it rests on."""

    says: str
    value: int
    unit: str
    strength: Strength
    sources: tuple[str, ...] = ()


@cache
def table(name: str) -> dict[str, Any]:
    """One file, as it stands."""
    return tomli.loads(files("afferent.visit").joinpath(f"{name}.toml").read_text("utf-8"))
