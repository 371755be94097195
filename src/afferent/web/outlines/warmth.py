"""What the thermometer may say at a step that warms or cools, and how long each reading may lie.

Ask here: `with_clocks(plan, outline, screening, knowledge)`. The times are those of `physiology.heat`; a reading that
is closed is not offered, and a step without any says that it is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from afferent.knowledge import Knowledge
from afferent.outline.model import Outline, Step
from afferent.physiology.heat.limit import limit
from afferent.physiology.heat.source import heat_source
from afferent.safety.screening import Screening

_READINGS = {"heat": (36, 37, 38, 39, 40), "cold": (20, 18, 17, 16, 15)}  # °C, as a thermometer says them


def with_clocks(plan: dict[str, Any], outline: Outline, screening: Screening, knowledge: Knowledge) -> dict[str, Any]:
    """The same plan; steps that warm or cool have `warmth`: what, and each reading with its seconds."""
    steps = [
        shown | {"warmth": _warmth(step, screening, knowledge)} if step.source else shown
        for shown, step in zip(plan["steps"], outline.steps, strict=True)
    ]
    return plan | {"steps": steps}


def _warmth(step: Step, screening: Screening, knowledge: Knowledge) -> dict[str, Any]:
    source = heat_source(step.source)
    return {
        "source": source.id,
        "title": source.title,
        "readings": list(_open(step, screening, knowledge)),
        "conditions": list(source.conditions),
    }


def _open(step: Step, screening: Screening, knowledge: Knowledge) -> Iterator[dict[str, Any]]:
    source = heat_source(step.source)
    for celsius in _READINGS[source.does]:
        found = [limit(source, place, screening, celsius, knowledge=knowledge) for place in step.regions]
        if all(one.allowed for one in found) and _within(celsius, step, source.does):
            seconds = min(min(one.seconds for one in found), step.minutes * 60)
            yield {"celsius": celsius, "seconds": seconds}


def _within(celsius: float, step: Step, does: str) -> bool:
    """No warmer, no colder than the outline says."""
    if step.celsius is None:
        return True
    return celsius <= step.celsius if does == "heat" else celsius >= step.celsius
