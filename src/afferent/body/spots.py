"""Where points lie on the figures: single places, finer than a region, on both sides of the body.

Ask here: `spots(name, side)`; of `figures` the regions round them. Read from `spots.toml`, which holds one side.
Nothing here knows what a point is for, or whether it may be pressed.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import tomli
from msgspec import Struct, convert

from afferent.body.figures import Grid
from afferent.body.regions import SIDES


class Spots(Struct, frozen=True, forbid_unknown_fields=True):
    """The places of one point on one figure, in its grid units: one, or one for each web of the toes or fingers."""

    figure: str
    at: tuple[Grid, ...]


@cache
def named() -> dict[str, Spots]:
    """spots.toml as it stands: the client's left, `S` for the side."""
    text = files("afferent.body").joinpath("spots.toml").read_text("utf-8")
    return convert(tomli.loads(text), dict[str, Spots])


def spots(name: str, side: str) -> Spots | None:
    """The places of a point on the client's left or right; None where nobody has placed it on a figure."""
    own = named().get(name)
    if own is None:
        return None
    flip = -1 if side == SIDES[1] else 1
    return Spots(own.figure.replace(".S.", f".{side}."), tuple((flip * x, y) for x, y in own.at))
