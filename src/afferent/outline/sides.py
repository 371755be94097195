"""Left and right in one outline: the side that bears less never has more minutes than the other.

Ask here: `evened(made, ground)`, the same steps with minutes taken from the stricter side where it would have more, and
`stricter(ground)`. It only shortens, narrows or drops steps; it never adds anything.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from msgspec import structs

from afferent.body.regions import AREA, LEAVES, SIDES, cover
from afferent.outline.draft import Piece
from afferent.outline.ground import Ground
from afferent.outline.model import Step

Made = tuple[Piece, Step]
_WHOLE_SIDE: Final = ("point", "zone")  # of these a side is left out as a whole


@cache
def pairs() -> tuple[tuple[int, int], ...]:
    """Each place with the same place on the other side, both ways."""
    left, right = SIDES
    one_way = [(AREA[leaf], AREA[leaf.replace(f".{left}", f".{right}")]) for leaf in LEAVES if f".{left}" in leaf]
    return (*one_way, *((b, a) for a, b in one_way))


def stricter(ground: Ground) -> tuple[tuple[int, int], ...]:
    """Places that bear less than the same place on the other side, each with that. Both are affected, or neither is."""
    found = []
    for here, there in pairs():
        alike = bool(here & ground.affected) == bool(there & ground.affected)
        if alike and not there & ground.shut and ground.now.within(here, there):
            found.append((here, there))
    return tuple(found)


def evened(made: list[Made], ground: Ground) -> list[Made]:
    """The same steps, without more minutes for the stricter side of any place."""
    strict = stricter(ground)
    steps = list(made)
    while strict and (found := _uneven(steps, strict)):
        number, too_much, excess = found
        piece, step = steps[number]
        if step.minutes - excess >= piece.work.minutes[0]:
            steps[number] = piece, structs.replace(step, minutes=step.minutes - excess)
            continue
        if piece.work.does in _WHOLE_SIDE:
            too_much = sum(half for half in ground.halves if half & too_much)
        if left := piece.area & ~too_much:
            steps[number] = piece._replace(area=left), structs.replace(step, regions=cover(left))
        else:
            del steps[number]
    return steps


def _uneven(made: list[Made], strict: tuple[tuple[int, int], ...]) -> tuple[int, int, int] | None:
    """The last step that gives the stricter side more: its number, where, and how many minutes too many."""
    over = [(here, there, more) for here, there in strict if (more := _spent(made, here) - _spent(made, there)) > 0]
    for number in range(len(made) - 1, -1, -1):
        area = made[number][0].area
        mine = [(here, more) for here, there, more in over if here & area and not there & area]
        if mine:
            return number, sum(here for here, _ in mine), max(more for _, more in mine)
    return None


def _spent(made: list[Made], here: int) -> int:
    return sum(step.minutes for piece, step in made if piece.area & here)
