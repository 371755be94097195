"""One stroke: how long it lasts, how many make a minute, and what is known of its speed there.

Ask here: `stroke(region, speed, length)`. The length is the therapist's, or read off the drawing. On hairless skin and
where both kinds meet nothing is said of the speed.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from afferent.errors import InputError
from afferent.physiology.touch.data import stroke_table
from afferent.physiology.touch.length import length as drawn_length
from afferent.physiology.touch.skin import Skin, skin
from afferent.physiology.touch.speed import Pace, checked_speed, pace, score


class Stroke(Struct, frozen=True):
    """cm, cm/s and seconds. `pace` and `score` are None where no speed is claimed."""

    region: str
    speed: float
    length: float
    length_from: Literal["given", "drawing"]
    skin: Skin
    pace: Pace | None
    score: float | None

    @property
    def seconds(self) -> float:
        """From one end to the other."""
        return self.length / self.speed

    @property
    def per_minute(self) -> float:
        """Strokes in a minute; the way back counts as one."""
        return 60 / self.seconds


def stroke(region: str, speed: float, length: float | None = None, height: float | None = None) -> Stroke:
    """One stroke along a region. `length` and `height` in cm; without a length it is read off the drawing.

    Raises InputError, in one sentence, for a region, speed, length or height that cannot be.
    """
    kind = skin(region)
    checked_speed(speed)
    told = drawn_length(region, height) if length is None else _checked_length(length)
    claimed = kind == "hairy"
    return Stroke(
        region=region,
        speed=speed,
        length=told,
        length_from="drawing" if length is None else "given",
        skin=kind,
        pace=pace(speed) if claimed else None,
        score=score(speed) if claimed else None,
    )


def _checked_length(length: float) -> float:
    limits = stroke_table().length
    if not limits.shortest <= length <= limits.longest:
        raise InputError(
            f"a stroke of {length:g} cm does not fit a body: give {limits.shortest:g} to {limits.longest:g} cm"
        )
    return length
