"""One measure over time as a small drawing, black on white, legible by fax: every score a square, joined by a line.

Ask here: `chart`. SVG text, without a style of its own; its scale stands on the left, the first and the last day below.
It draws what was scored and nothing else: no trend, no average.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from afferent.records.letters.course import Scores
from afferent.words.dates import day

WIDE, HIGH = 300, 112  # px of the whole drawing
_LEFT, _RIGHT, _TOP, _BASE = 34, 288, 8, 84
_TYPE: Final = 17  # px
_SIDES: Final = ((12, 9), (40, 6), (10_000, 3.4))  # up to so many scores: a square so wide


def chart(scores: Scores) -> str:
    """The drawing. `scores` with one point at least, in any order."""
    points = sorted(scores.points)
    low = min([scores.low, *(value for _, value in points)])
    high = max([scores.high, *(value for _, value in points)])
    at = [(_across(on, points[0][0], points[-1][0]), _up(value, low, high)) for on, value in points]
    parts = [_scale(value, _up(value, low, high)) for value in (low, (low + high) / 2, high)]
    parts.append(_days(points[0][0], points[-1][0]))
    parts.append(
        f'<path d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in at)}" fill="none" stroke="#000" stroke-width="1.3"/>'
    )
    half = next(side for most, side in _SIDES if len(at) <= most or most == _SIDES[-1][0]) / 2
    squares = "".join(f"M{x - half:.1f} {y - half:.1f}h{2 * half:.1f}v{2 * half:.1f}h{-2 * half:.1f}z" for x, y in at)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" height="{HIGH}"'
        f' font-family="Libertinus Serif, serif" font-size="{_TYPE}">{"".join(parts)}<path d="{squares}"/></svg>'
    )


def _across(on: dt.date, first: dt.date, last: dt.date) -> float:
    """A single day stands at the left end."""
    return _LEFT + 6 + (_RIGHT - _LEFT - 12) * (on - first).days / max((last - first).days, 1)


def _up(value: float, low: float, high: float) -> float:
    return _BASE - (_BASE - _TOP) * (value - low) / ((high - low) or 1)


def _scale(value: float, y: float) -> str:
    """A level line and its number."""
    return (
        f'<path d="M{_LEFT} {y:.1f}H{_RIGHT}" stroke="#000" stroke-width=".5"/>'
        f'<text x="{_LEFT - 6}" y="{y + _TYPE / 3:.1f}" text-anchor="end">{value:g}</text>'
    )


def _days(first: dt.date, last: dt.date) -> str:
    base = _BASE + 1.2 * _TYPE
    said = f'<text x="{_LEFT}" y="{base:.1f}">{day(first)}</text>'
    return said + (f'<text x="{_RIGHT}" y="{base:.1f}" text-anchor="end">{day(last)}</text>' if last > first else "")
