"""How fast a hand moves, and what is known of it. Illustrative: the coefficients of the published fit were not found.

Ask here: `WINDOW`, `score` (the shape of an upside-down U over the logarithm of the speed) and `pace`. Nothing is said
of hairless skin: whoever asks must ask `skin` first.
"""

from __future__ import annotations

from math import log10
from typing import Final, Literal

from afferent.errors import InputError
from afferent.physiology.touch.data import stroke_table

Pace = Literal["slower", "inside", "faster"]

WINDOW: Final = stroke_table().window
_MIDDLE: Final = (log10(WINDOW.slowest) + log10(WINDOW.fastest)) / 2


def score(speed: float) -> float:
    """1 in the middle of the window, equal at its two ends, never under 0. A shape and no measurement."""
    checked_speed(speed)
    return max(0.0, 1 - ((log10(speed) - _MIDDLE) / stroke_table().shape.width) ** 2)


def pace(speed: float) -> Pace:
    """Where a speed lies against the window; its ends are inside."""
    checked_speed(speed)
    return "slower" if speed < WINDOW.slowest else "faster" if speed > WINDOW.fastest else "inside"


def checked_speed(speed: float) -> float:
    """The speed itself. Raises InputError beyond what was ever tried; also for what is no number."""
    tried = stroke_table().tried
    if not tried.slowest <= speed <= tried.fastest:
        raise InputError(
            f"a stroke of {speed:g} cm a second was never tried: "
            f"give {tried.slowest:g} to {tried.fastest:g} cm a second"
        )
    return speed
