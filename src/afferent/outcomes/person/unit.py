"""What one "point" is on a scale: thresholds of one point on a 0–10 rating mean nothing in steps or minutes.

Ask here: `unit` (1 on a scale that ends at ten or so; else the change that was agreed to matter) and `rescaled`. The
model, the flares and the sceptic all work in these units; what comes out is on the scale that was asked.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from afferent.knowledge.measures import Measure
from afferent.outcomes.person.analysis import Change, Phase
from afferent.outcomes.person.course import Course

_LIKE_TEN: Final = 20  # scales that end by here have points; beyond are counts, minutes, steps


def unit(measure: Measure, points: float) -> float:
    """How much of the scale counts as one point. `points`: what was agreed to matter."""
    return 1.0 if measure.range[1] <= _LIKE_TEN else points


def turned(course: Course, one: float, better: str) -> Course:
    """The course in units, and so that less is better."""
    sign = -1.0 if better == "higher" else 1.0
    return replace(course, score=tuple(sign * score / one for score in course.score))


def change_back(change: Change, one: float, better: str) -> Change:
    """The change on the scale as it was asked; the probabilities stay those of getting better or worse."""
    points, low, high = change.points * one, change.low * one, change.high * one
    if better == "higher":
        points, low, high = -points, -high, -low
        percent = None if change.percent is None else -change.percent
        change = replace(change, percent=percent, share=None, room=-change.room)
    return replace(change, points=points, low=low, high=high, sd=change.sd * one, room=change.room * one)


def phase_back(phase: Phase, one: float, better: str) -> Phase:
    """The same for a phase."""
    if better == "higher":
        return Phase(
            phase.days, -phase.average * one, -phase.level * one, -phase.level_high * one, -phase.level_low * one,
            -phase.slope * one, -phase.slope_high * one, -phase.slope_low * one,
        )  # fmt: skip
    numbers = (getattr(phase, name) * one for name in Phase.__struct_fields__[1:])
    return Phase(phase.days, *numbers)
