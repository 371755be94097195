"""Blocks whose order was drawn: is this the order, and how unusual is the difference among all that could have been
drawn?

Ask here: `in_blocks` (the course cut into its drawn blocks, or None where its days do not follow the draw),
`as_drawn` (the blocks that a seed fits) and `drawn` (the randomisation test). The test rests on nothing but the draw
itself. With few pairs it cannot be small: three pairs have eight orders, so one in eight is the least there is.
"""

from __future__ import annotations

from itertools import product
from typing import Final

import numpy as np
from msgspec import Struct

from afferent.outcomes.person.course import Course
from afferent.outcomes.person.trial import Blocks, schedule

_DAYS: Final = range(5, 61)


def in_blocks(course: Course, blocks: Blocks) -> Course | None:
    """The course with its drawn blocks as blocks and their washout days left out; None where a day stands in a block of
    the other kind. The first days may be missing, and the last may be still to come."""
    cuts = [cut for missing in range(blocks.days) if (cut := _cut(course, blocks, missing)) is not None]
    return max(cuts, key=lambda cut: len(cut.day), default=None)


def _cut(course: Course, blocks: Blocks, missing: int) -> Course | None:
    """The same if so many days of the first block were not scored. Where several fit, the one that loses least is
    right: washout days may have been left out already."""
    order = schedule(blocks)
    since = [day - course.day[0] + missing for day in course.day]
    at = [days // blocks.days for days in since]
    if not at or not all(n < len(order) and order[n] is on for n, on in zip(at, course.on, strict=True)):
        return None
    kept = [n for n, days in enumerate(since) if days % blocks.days >= blocks.washout]
    return Course(
        tuple(course.day[n] for n in kept), tuple(course.score[n] for n in kept), tuple(course.on[n] for n in kept),
        tuple(at[n] + 1 for n in kept),
    )  # fmt: skip


def as_drawn(course: Course, seed: int) -> Blocks | None:
    """The blocks whose order, drawn from this seed, the course follows; None where it follows none."""
    span = course.day[-1] - course.day[0] + 1 if course.day else 0
    for days in _DAYS:
        pairs = round(span / (2 * days))
        if 2 <= pairs <= 10 and abs(span - 2 * pairs * days) < days:
            blocks = Blocks(pairs=pairs, days=days, seed=seed)
            cut = in_blocks(course, blocks)
            if cut is not None and cut.repeated:
                return blocks
    return None


class Drawn(Struct, frozen=True):
    """`as_low`: the share of all orders whose difference is at least as low as the one seen; `orders`: how many there
    are."""

    as_low: float
    orders: int


def drawn(course: Course) -> Drawn | None:
    """None unless two pairs of blocks at least are scored, one block with and one without massage. Blocks 1 and 2 are a
    pair, 3 and 4; a pair that lacks a block is left out."""
    score, block, on = np.array(course.score), np.array(course.block), np.array(course.on)
    average = {one: float(score[block == one].mean()) for one in sorted(set(course.block))}
    with_it = {one: bool(on[block == one][0]) for one in average}
    pairs = [
        (average[one] - average[one + 1], 1.0 if with_it[one] else -1.0)
        for one in average
        if one % 2 == 1 and one + 1 in average and with_it[one] is not with_it[one + 1]
    ]
    if len(pairs) < 2:
        return None
    apart, sign = np.array(pairs).T
    every = np.array(list(product((1.0, -1.0), repeat=len(pairs)))) @ apart
    return Drawn(float((every <= float(sign @ apart) + 1e-9).mean()), len(every))
