"""A forest plot in lines of text: ■ the effect, ─ its interval, │ no difference, ‹ › where an interval goes on.

Ask here: `forest`. Standardised differences turned so that right is better, all on one axis. An effect whose interval
was not seen is hollow.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import Final, TypeAlias

Gain: TypeAlias = tuple[float, float | None, float | None]
_NAME: Final = 44
_FIGURES: Final = 22
_LEAST: Final = 24  # columns of the plot itself
_WIDEST: Final = 4.0  # beyond that an interval is cut off and marked


def forest(rows: Sequence[tuple[str, str, Gain]], width: int) -> list[str]:
    """One line for each row of name, figures and effect, and the axis below. A narrow terminal gets no figures."""
    name = min(_NAME, max(12, width * 2 // 5))
    figures = _FIGURES if width - name - _FIGURES - 4 >= _LEAST else 0
    room = max(_LEAST, width - name - figures - 4)
    low, high = _axis([gain for _, _, gain in rows])
    lines = [
        f"  {_short(title, name)} {_line(gain, low, high, room)} {words[:figures]:>{figures}}".rstrip()
        for title, words, gain in rows
    ]
    indent, half = " " * (name + 3), room // 2
    left, right = ("◂ worse with it", "better with it ▸") if room >= 34 else ("◂ worse", "better ▸")
    sides = f"{left:<{half}}{right:>{room - half}}"
    return [*lines, f"{indent}{_ticks(low, high, room)}".rstrip(), f"{indent}{sides}"]


def _short(title: str, room: int) -> str:
    return title.ljust(room) if len(title) <= room else f"{title[: room - 1]}…"


def _axis(gains: Sequence[Gain]) -> tuple[float, float]:
    """Whole units that hold nought and every effect."""
    ends = [x for effect, low, high in gains for x in (effect, low, high) if x is not None]
    return max(-_WIDEST, floor(min(0.0, *ends))) or -0.0, min(_WIDEST, ceil(max(0.0, *ends))) or 1.0


def _at(value: float, low: float, high: float, room: int) -> int:
    return round((value - low) / (high - low) * (room - 1))


def _line(gain: Gain, low: float, high: float, room: int) -> str:
    effect, first, last = gain
    cells = [" "] * room
    cells[_at(0, low, high, room)] = "│"
    if first is not None and last is not None:
        for n in range(max(0, _at(first, low, high, room)), min(room - 1, _at(last, low, high, room)) + 1):
            cells[n] = "┼" if cells[n] == "│" else "─"
        if first < low:
            cells[0] = "‹"
        if last > high:
            cells[-1] = "›"
    if low <= effect <= high:
        cells[_at(effect, low, high, room)] = "■" if first is not None else "□"
    return "".join(cells)


def _ticks(low: float, high: float, room: int) -> str:
    """Whole numbers under the axis."""
    cells = [" "] * room
    for value in range(ceil(low), floor(high) + 1):
        text = str(value).replace("-", "−")
        start = min(_at(value, low, high, room), room - len(text))
        cells[start : start + len(text)] = text
    return "".join(cells)
