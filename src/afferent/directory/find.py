"""From a directory of any size to the few that `match` looks at: nearest first, those with training furthest out.

Ask here: `find(directory, needs)`. Four shelves are gone through: whose training or experience was checked, who says
so, who has said anything, who is only listed. Of each, the nearest that pass every gate; where nobody passes, all
within reach are looked at before that is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from afferent.directory.gates import Shut
from afferent.directory.match import SHOWN, Looked, Matches, answer, look
from afferent.directory.model import Therapist
from afferent.directory.needs import Needs
from afferent.directory.published import Published, published
from afferent.directory.store import Directory

ENOUGH: Final = (60, 30, 20, 10)  # of each shelf, who pass every gate
_BATCH: Final = 20  # after so many it is asked whether they are enough
_PATIENCE: Final = 3  # times as many are looked at, once somebody has passed


def find(directory: Directory, needs: Needs, *, shown: int = SHOWN, tables: Published | None = None) -> Matches:
    """The best matches of a directory for one person."""
    tables = tables or published()
    return answer(needs, _near(directory, needs, tables, shown), shown=shown, tables=tables)


def _near(directory: Directory, needs: Needs, tables: Published, shown: int) -> list[Looked]:
    """Who is looked at, each once, whether a gate is shut or not."""
    found: list[Looked] = []
    passed = 0
    for shelf, enough in enumerate(ENOUGH):
        seen, here = set[int](), 0
        near = directory.nearest(needs.lat, needs.lon, needs.reach_km, shelf)
        for count, therapist, distance in _one_by_one(directory, near, seen, max(enough, _BATCH)):
            looked = look(therapist, needs, tables, distance)
            if looked:
                suits = not isinstance(looked.gate, Shut)
                passed, here = passed + suits, here + suits
                found.append(looked)
            if count % _BATCH == 0 and (here >= enough or (passed >= shown and count >= _PATIENCE * enough)):
                break
    return found


def _one_by_one(
    directory: Directory, near: Iterator[tuple[float, int]], seen: set[int], ahead: int
) -> Iterator[tuple[int, Therapist, float]]:
    """Who is near: how many so far, who, how far. `ahead`: so many are asked of the database at once."""
    count = 0
    for some in _batches(near, seen, ahead):
        for therapist, (distance, _) in zip(directory.each([n for _, n in some]), some, strict=True):
            count += 1
            yield count, therapist, distance


def _batches(near: Iterator[tuple[float, int]], seen: set[int], many: int) -> Iterator[list[tuple[float, int]]]:
    """A few at a time, each therapist at the nearest of their places."""
    some: list[tuple[float, int]] = []
    for distance, n in near:
        if n not in seen:
            seen.add(n)
            some.append((distance, n))
            if len(some) == many:
                yield some
                some = []
    if some:
        yield some
