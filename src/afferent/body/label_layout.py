"""Where the labels beside a body go: two columns, none over another, none over the figure, each near its region.

Ask here: `place`. Everything is in screen pixels. The body is broad at the hands and narrow at head and legs, so on a
phone a wide label simply finds its place where the figure leaves room. Solved exactly, on a raster of whole steps.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate
from math import ceil, inf
from operator import add
from typing import Final, TypeAlias

import msgspec

Room: TypeAlias = Callable[[float, float], float]

STEP: Final = 3  # px; labels sit on this raster
GAP: Final = 8  # px between two labels

# Advance widths in thousandths of the type size, of the widest sans serif in common use as a system font.
_NARROW, _WIDE, _PLAIN, _CAPITAL = 350, 950, 612, 670


class Label(msgspec.Struct, frozen=True):
    """One label: its size, and the height (px) at which its upper edge would best lie."""

    width: float
    height: float
    wish: float


@lru_cache(maxsize=2048)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is in the system font; on the generous side."""
    return sum(map(_advance, text)) * size / 1000 * (1.15 if bold else 1.0)


@lru_cache(maxsize=512)
def _advance(letter: str) -> int:
    if letter in "iljtfrI.,:;'|! ":
        return _NARROW
    if letter in "mwMW":
        return _WIDE
    return _CAPITAL if letter.isupper() else _PLAIN


def wrap(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """The text in lines no wider than `width`, broken at blanks only."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size, bold=bold) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def place(labels: Sequence[Label], room: Room | None, top: float, bottom: float) -> list[float]:
    """The upper edge of each label. `room(top, bottom)` is the free width beside the figure between two heights; None
    where every label has room everywhere.

    Labels keep the order given. The total distance to their regions is the least possible; where a column is too
    full, `bottom` gives way rather than let labels touch.
    """
    if not labels:
        return []
    slack = sum(label.height + GAP for label in labels)
    slots = [top + STEP * n for n in range(int((bottom - top + slack) / STEP) + 1)]
    return _each_at_its_best(labels, room, slots, bottom) or _together(labels, room, slots, bottom)


def _each_at_its_best(
    labels: Sequence[Label], room: Room | None, slots: Sequence[float], bottom: float
) -> list[float] | None:
    """Each label as if it were alone, if then none touches the next: no other order can be nearer."""
    found: list[float] = []
    free = 0
    for label in labels:
        index = _best(label, room, slots, bottom)
        if index is None or index < free:
            return None
        found.append(slots[index])
        free = index + _lead(label)
    return found


def _best(label: Label, room: Room | None, slots: Sequence[float], bottom: float) -> int | None:
    """The slot nearest to what a label wishes; None if that may lie under the feet."""
    wish, height = label.wish, label.height
    below = bisect_left(slots, wish)
    above = below - 1
    while above >= 0 or below < len(slots):
        if below == len(slots) or (above >= 0 and wish - slots[above] <= slots[below] - wish):
            index, above = above, above - 1
        else:
            index, below = below, below + 1
        y = slots[index]
        if y + height > bottom:
            return None
        if room is None or room(y, y + height) >= label.width:
            return index
    return None


def _together(labels: Sequence[Label], room: Room | None, slots: Sequence[float], bottom: float) -> list[float]:
    """The least total distance of all, found row by row: the best so far, with this label at each of the slots."""
    best: list[list[float]] = []
    for n, label in enumerate(labels):
        row = _costs(label, slots, room and _rooms(room, slots[0], label.height, _round_up(len(slots))), bottom)
        if n:
            lead = _lead(labels[n - 1])
            before = accumulate(best[n - 1], min)
            row = [inf] * min(lead, len(row)) + list(map(add, before, row[lead:]))
        best.append(row)
    return _trace(labels, slots, best)


def _costs(label: Label, slots: Sequence[float], rooms: Sequence[float] | None, bottom: float) -> list[float]:
    """How far each slot is from what the label wishes; under the feet it is allowed, but last of all."""
    wish, height, width = label.wish, label.height, label.width
    costs = [abs(y - wish) + (20 * (y + height - bottom) if y + height > bottom else 0.0) for y in slots]
    if rooms is None:
        return costs
    return [cost if room >= width else inf for cost, room in zip(costs, rooms, strict=False)]


@lru_cache(maxsize=128)
def _rooms(room: Room, top: float, height: float, count: int) -> tuple[float, ...]:
    """The room at so many slots. It depends on the figure and on nobody's limits."""
    return tuple(room(y, y + height) for y in (top + STEP * n for n in range(count)))


def _round_up(count: int) -> int:
    """To one of few numbers."""
    return -(-count // 100) * 100


def _lead(label: Label) -> int:
    """How many steps lower the next label may start."""
    return ceil((label.height + GAP) / STEP)


def _trace(labels: Sequence[Label], slots: Sequence[float], best: Sequence[Sequence[float]]) -> list[float]:
    tops: list[float] = []
    limit = len(slots)
    for n in range(len(labels) - 1, -1, -1):
        index = min(range(limit), key=best[n].__getitem__)
        tops.append(slots[index])
        if n:
            limit = index - _lead(labels[n - 1]) + 1
    return tops[::-1]
