"""Where the labels beside a body go: two columns, none over another, none over the figure, each near its region.

Ask here: `place`. Everything is in screen pixels. The body is broad at the hands and narrow at head and legs, so on a
phone a wide label simply finds its place where the figure leaves room. Solved exactly, on a raster of whole steps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, inf
from typing import Final

import msgspec

STEP: Final = 3  # px; labels sit on this raster
GAP: Final = 8  # px between two labels

# Advance widths in thousandths of the type size, of the widest sans serif in common use as a system font.
_NARROW, _WIDE, _PLAIN, _CAPITAL = 350, 950, 612, 670


class Label(msgspec.Struct, frozen=True):
    """One label: its size, and the height (px) at which its upper edge would best lie."""

    width: float
    height: float
    wish: float


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is in the system font; on the generous side."""
    units = 0
    for letter in text:
        if letter in "iljtfrI.,:;'|! ":
            units += _NARROW
        elif letter in "mwMW":
            units += _WIDE
        else:
            units += _CAPITAL if letter.isupper() else _PLAIN
    return units * size / 1000 * (1.15 if bold else 1.0)


def wrap(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """The text in lines no wider than `width`, broken at blanks only."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size, bold=bold) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def place(labels: Sequence[Label], room: Callable[[float, float], float], top: float, bottom: float) -> list[float]:
    """The upper edge of each label. `room(top, bottom)` is the free width beside the figure between two heights.

    Labels keep the order given. The total distance to their regions is the least possible; where a column is too
    full, `bottom` gives way rather than let labels touch.
    """
    if not labels:
        return []
    slack = sum(label.height + GAP for label in labels)
    slots = [top + STEP * n for n in range(int((bottom - top + slack) / STEP) + 1)]
    best: list[list[float]] = []
    for n, label in enumerate(labels):
        lead = _lead(labels[n - 1]) if n else 0
        row: list[float] = []
        before = inf if n else 0.0
        for index, y in enumerate(slots):
            if n and index >= lead:
                before = min(before, best[n - 1][index - lead])
            row.append(before + _cost(label, y, room, bottom) if before < inf else inf)
        best.append(row)
    return _trace(labels, slots, best)


def _lead(label: Label) -> int:
    """How many steps lower the next label may start."""
    return ceil((label.height + GAP) / STEP)


def _cost(label: Label, y: float, room: Callable[[float, float], float], bottom: float) -> float:
    if room(y, y + label.height) < label.width:
        return inf
    below = max(0.0, y + label.height - bottom)  # under the feet: allowed, but last of all
    return abs(y - label.wish) + 20 * below


def _trace(labels: Sequence[Label], slots: Sequence[float], best: Sequence[Sequence[float]]) -> list[float]:
    tops: list[float] = []
    limit = len(slots)
    for n in range(len(labels) - 1, -1, -1):
        index = min(range(limit), key=best[n].__getitem__)
        tops.append(slots[index])
        if n:
            limit = index - _lead(labels[n - 1]) + 1
    return tops[::-1]
