"""What is left of an outline once a finding has changed the limits.

Ask here: `left(outline, before, after, knowledge)`: of each step what still may be done, or None. It only takes away:
no level rises, no minute is added, nothing new comes in. What a therapist had set aside with a reason stays so, as
long as the limit is still the same; a limit that the finding moved is not covered by a reason given before it.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from afferent.knowledge import Knowledge
from afferent.outline import faults
from afferent.outline.model import Fault, Outline, Step, Wish
from afferent.safety.screening import Screening

# What a visit was booked for was settled when it was opened; here only the limits count.
_ANY: Final = Wish(minutes=120, first=False, warmth=True)
_ROUNDS: Final = 400  # each takes away a level, a minute or a step; an outline has fewer of them


def left(outline: Outline, before: Screening | None, after: Screening, knowledge: Knowledge) -> tuple[Step | None, ...]:
    """The steps in their order, each milder, with fewer places or gone where the new limits ask for it."""
    steps: list[Step | None] = list(outline.steps)
    holds = _Holds(outline, before, after, knowledge)
    for _ in range(_ROUNDS):
        numbers = [n for n, step in enumerate(steps) if step is not None]
        crossed = holds.crossed(tuple(step for step in steps if step is not None))
        if crossed is None:
            return tuple(steps)
        number = numbers[-1 if crossed.step is None else crossed.step]
        step = steps[number]
        steps[number] = _milder(step, crossed, holds) if step is not None else None
    return (None,) * len(steps)


class _Holds:
    """What holds now, but for what was gone beyond with a reason when the outline was opened."""

    def __init__(self, outline: Outline, before: Screening | None, after: Screening, knowledge: Knowledge) -> None:
        found = faults(outline, before, knowledge, _ANY) if before is not None else ()
        self.settled = {(one.crosses, one.says) for one in found if not one.never}
        self.outline, self.after, self.knowledge = outline, after, knowledge

    def crossed(self, steps: tuple[Step, ...]) -> Fault | None:
        """The first limit that these cross. Where a visit begins does not count: hands have found that out."""
        if not steps:
            return None
        for one in faults(replace(self.outline, steps=steps), self.after, self.knowledge, _ANY):
            if one.crosses != "start" and (one.never or (one.crosses, one.says) not in self.settled):
                return one
        return None


def _milder(step: Step, crossed: Fault, holds: _Holds) -> Step | None:
    """One level or one minute less where that helps, or the places that are still open; otherwise not at all."""
    if crossed.crosses == "pressure" and step.level > holds.knowledge.library[step.work].levels[0]:
        return replace(step, level=step.level - 1)
    if crossed.crosses in ("minutes", "visit_minutes") and step.minutes > 1:
        return replace(step, minutes=step.minutes - 1)
    still = tuple(one for one in step.regions if holds.crossed((replace(step, regions=(one,)),)) is None)
    return replace(step, regions=still) if still and still != step.regions else None
