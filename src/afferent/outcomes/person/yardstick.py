"""What placebo alone brings in drug trials: the yardstick that stands beside every fall in pain.

Ask here: `placebo(measure)`. It was measured for pain in painful diabetic neuropathy, so it is held against a rating of
pain and nothing else (`placebo_for` in verdict.toml); for other neuropathies it is the nearest there is, and says so.
"""

from __future__ import annotations

from msgspec import Struct

from afferent.knowledge.reviews import reviews
from afferent.outcomes.person.rules import RULES


class Placebo(Struct, frozen=True):
    """`points`: the change, negative as pain falls; `halved`: of 100 people, those whose pain it halves."""

    points: float
    halved: float
    trials: int
    people: int
    source: str

    @property
    def says(self) -> str:
        minus = f"−{abs(self.points):g}"
        return (
            f"{self.trials} drug trials in painful diabetic neuropathy, {self.people:,} people: {minus} points on "
            f"placebo; {self.halved:g} in 100 halved their pain."
        )


def placebo(measure: str) -> Placebo | None:
    """None where nobody has measured it for what was asked."""
    if measure not in RULES.placebo_for:
        return None
    sticks = reviews().yardsticks
    points, half = sticks["placebo_points"], sticks["placebo_half"]
    return Placebo(-abs(points.effect), half.effect, points.trials or 0, points.people or 0, points.source)
