"""Where the numbered discs of a figure go: on the place itself where there is room, else near it with a line to it.

Ask here: `upon` (close-ups: the disc lies on the place) and `beside` (bodies, where a disc would hide a whole knee: it
stands outside and a line leads to the place). Everything is in screen pixels. No disc covers another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, hypot, sin, tau
from typing import Final

import msgspec
from msgspec import Struct

from afferent.body.canvas import Canvas
from afferent.body.label_layout import Label, place

Pixel = tuple[float, float]

RADIUS: Final = 13  # px
APART: Final = 2 * RADIUS + 4  # px between two centres: each has a halo
_CLEAR: Final = 8  # px between a disc and the figure
_STEP: Final = 6  # px from ring to ring when a place is taken
_WAYS: Final = 12


class Disc(Struct, frozen=True):
    """A number at (`x`, `y`). `to`: the place it stands for, where it does not lie on it."""

    number: int
    x: float
    y: float
    to: Pixel | None = None


class Wish(Struct, frozen=True):
    """A number and the places it may lie on, the best first. `exact`: the first is the place itself."""

    number: int
    places: tuple[Pixel, ...]
    exact: bool = True


def upon(canvas: Canvas, wishes: Sequence[Wish]) -> list[Disc]:
    """Each disc on its place or, if that is taken, next to it. What is exact comes first."""
    discs: list[Disc] = []
    for wish in sorted(wishes, key=lambda one: not one.exact):
        free = (at for at in _near(canvas, wish) if all(_away(at, one) >= APART for one in discs))
        x, y = next(free, wish.places[0])
        moved = wish.exact and (x, y) != wish.places[0]
        discs.append(Disc(wish.number, x, y, wish.places[0] if moved else None))
    return discs


def _near(canvas: Canvas, wish: Wish) -> Iterator[Pixel]:
    """The places wished for, then rings round the first of them, as far as the page reaches."""
    yield from wish.places
    x, y = wish.places[0]
    for ring in range(1, int(canvas.height) // _STEP):
        for way in range(_WAYS):
            turn = tau * way / _WAYS
            at = x + ring * _STEP * cos(turn), y + ring * _STEP * sin(turn)
            if RADIUS < at[0] < canvas.width - RADIUS and RADIUS < at[1] < canvas.height - RADIUS:
                yield at


def _away(at: Pixel, disc: Disc) -> float:
    return hypot(at[0] - disc.x, at[1] - disc.y)


def beside(canvas: Canvas, wishes: Sequence[Wish], top: float) -> list[Disc]:
    """Each disc outside the figure on the side its place lies, near its height, from `top` (px) down."""
    discs: list[Disc] = []
    for side in ("left", "right"):
        mine = [one for one in wishes if (one.places[0][0] < canvas.width / 2) == (side == "left")]
        mine.sort(key=lambda one: (one.places[0][1], one.number))
        room = msgspec.structs.replace(canvas.beside(side), clear=float(_CLEAR))
        labels = [Label(2 * RADIUS + 2, 2 * RADIUS, wish.places[0][1] - RADIUS) for wish in mine]
        for wish, y in zip(mine, place(labels, room, top, canvas.height - 4), strict=True):
            out = room(y, y + 2 * RADIUS) - RADIUS
            x = out if side == "left" else canvas.width - out
            discs.append(Disc(wish.number, x, y + RADIUS, wish.places[0]))
    return discs
