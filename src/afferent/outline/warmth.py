"""Something warm or cool in an outline: what `physiology.heat` leaves, asked for every place that it touches.

Ask here: `allowed(ground, work, regions)`, the reading it may have at most and the minutes, and `crossed(ground,
step)`, why a step with something warm or cool is not open. The clock itself comes on the day, from the thermometer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from afferent.errors import InputError
from afferent.knowledge.library import Work
from afferent.outline.ground import Ground
from afferent.outline.model import Step
from afferent.physiology.heat.limit import limit
from afferent.physiology.heat.source import HEAT_SOURCES

_UNMEASURED = "UNMEASURED"


class Allowed(NamedTuple):
    """The reading it may have at most (cold: at least), and for how long."""

    celsius: float
    minutes: int


def allowed(ground: Ground, work: Work, regions: tuple[str, ...]) -> Allowed | None:
    """None where anything but the missing reading speaks against it. The minutes hold at that reading."""
    celsius: list[float] = []
    minutes: list[int] = []
    source = HEAT_SOURCES[work.source]
    for region in regions:
        asked = limit(source, region, ground.screening, None, knowledge=ground.knowledge)
        edge = asked.warmest if asked.does == "heat" else asked.coldest
        if edge is None or any(one.rule != _UNMEASURED for one in asked.closed):
            return None
        measured = limit(source, region, ground.screening, edge, knowledge=ground.knowledge)
        celsius.append(edge)
        minutes.append(measured.seconds // 60)
    if not regions or min(minutes) < 1:
        return None
    return Allowed(min(celsius) if source.does == "heat" else max(celsius), min(minutes))


def crossed(ground: Ground, step: Step) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each reason why this is not open, with its rules."""
    source = HEAT_SOURCES.get(step.source)
    if source is None:
        yield "Nothing that warms or cools is named.", ()
        return
    for region in step.regions:
        try:
            found = limit(source, region, ground.screening, step.celsius, knowledge=ground.knowledge)
        except InputError as error:
            yield f"{str(error)[:1].upper()}{str(error)[1:]}.", ()
            return
        if not found.allowed:
            yield found.closed[0].says, tuple(one.rule for one in found.closed if one.rule in ground.knowledge.rules)
            return
        if found.seconds < step.minutes * 60:
            yield f"{found.seconds // 60} minutes are the most for a {source.title} here, not {step.minutes}.", ()
            return
