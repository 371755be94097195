"""A change by the therapist: the new outline with what it crosses, or one sentence why it cannot be.

Ask here: `edited(outline, change, screening, knowledge, wish)`. A change that would bring something which no reason
opens is refused; one that crosses a limit which takes a reason is made, and its faults say so (`settle` asks for it).
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from msgspec import Struct, structs

from afferent.body.regions import AREA, area
from afferent.knowledge import Knowledge
from afferent.outline.change import AddStep, Change, Earlier, Later, Remove
from afferent.outline.crossings import faults
from afferent.outline.ground import Ground
from afferent.outline.model import Fault, Outline, Step, Wish
from afferent.outline.stepping import Refused, changed, fitted
from afferent.safety.screening import Screening

_MOST_STEPS: Final = 30


class Edited(Struct, frozen=True):
    """The changed outline with its faults; or no outline and `refused`, the reason in one sentence."""

    outline: Outline | None
    faults: tuple[Fault, ...] = ()
    refused: str = ""


def edited(outline: Outline, change: Change, screening: Screening, knowledge: Knowledge, wish: Wish) -> Edited:
    """The outline after one change. Raises InputError for a place of the wish that does not exist."""
    ground = Ground(screening, knowledge, wish)
    try:
        steps = _steps(outline, change, ground)
    except Refused as refused:
        return Edited(None, refused=str(refused))
    made = structs.replace(outline, steps=tuple(_flagged(step, ground) for step in steps))
    found = faults(made, screening, knowledge, wish)
    new = _new(found, faults(outline, screening, knowledge, wish))
    return Edited(None, refused=new.says) if new else Edited(made, found)


def _new(found: tuple[Fault, ...], before: tuple[Fault, ...]) -> Fault | None:
    """The first that no reason opens and that was not there before, or not as often."""
    left = Counter((one.crosses, one.says) for one in before if one.never)
    for one in found:
        if one.never:
            left[one.crosses, one.says] -= 1
            if left[one.crosses, one.says] < 0:
                return one
    return None


def _steps(outline: Outline, change: Change, ground: Ground) -> list[Step]:
    steps = list(outline.steps)
    if outline.kind == "not_today" or ground.closed:
        raise Refused("There is no massage today, so there are no steps to change.")
    match change:
        case AddStep(step, regions, work, level, minutes):
            if len(steps) >= _MOST_STEPS:
                raise Refused(f"{_MOST_STEPS} steps are the most for one outline.")
            steps.insert(step, fitted(Step(regions, work, level, minutes), ground))
        case _ if change.step >= len(steps):
            raise Refused("There is no such step any more.")
        case Remove(step):
            if len(steps) == 1:
                raise Refused("An outline needs at least one step. Choose “not today” instead.")
            del steps[step]
        case Earlier(step):
            _swap(steps, step, step - 1, "It is the first step already.")
        case Later(step):
            _swap(steps, step, step + 1, "It is the last step already.")
        case _:
            steps[change.step] = changed(steps[change.step], change, ground)
    return steps


def _swap(steps: list[Step], step: int, other: int, why: str) -> None:
    if not 0 <= other < len(steps):
        raise Refused(why)
    steps[step], steps[other] = steps[other], steps[step]


def _flagged(step: Step, ground: Ground) -> Step:
    """With what is affected marked as it is."""
    known = all(region in AREA for region in step.regions)
    return structs.replace(step, affected=known and bool(area(step.regions) & ground.affected))
