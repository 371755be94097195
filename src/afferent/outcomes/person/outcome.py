"""One person's trial as a whole: everything that the page, the print and `afferent trial` show.

Ask here: `outcome(series, agreement, measure)`. Scores for which more is better are turned round before the model and
back after it, so that "lower" means better within and every number that comes out is on the scale it was asked on.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace as with_

from afferent.errors import InputError
from afferent.knowledge.measures import Measure
from afferent.outcomes.person.analysis import Change, Phase, changed, phases_of
from afferent.outcomes.person.course import Course
from afferent.outcomes.person.dose import Dose, Visited, dose
from afferent.outcomes.person.flares import Flares, flares
from afferent.outcomes.person.permuted import Drawn, drawn, in_blocks
from afferent.outcomes.person.sizes import Sizes, sizes
from afferent.outcomes.person.trial import Agreement
from afferent.outcomes.person.unit import change_back, phase_back, turned, unit
from afferent.outcomes.person.verdict import Verdict, judged
from afferent.outcomes.person.yardstick import placebo
from afferent.outcomes.series import Series

Better = Literal["lower", "higher"]


class Visit(Struct, frozen=True):
    """A visit that took place: its day, the firmest level and the minutes of it, and whether worse for more than a
    day was told afterwards."""

    day: int
    level: int | None = None
    minutes: float | None = None
    flare: bool = False


class Outcome(Struct, frozen=True):
    """`before` and `during`: the phases, None where there are too few days; `change` and `sizes` likewise. `faults`:
    what somebody should know about the scores before believing any of it."""

    measure: str
    scale: str
    better: Better
    agreement: Agreement
    course: Course
    visits: tuple[Visit, ...]
    before: Phase | None
    during: Phase | None
    change: Change | None
    sizes: Sizes | None
    flares: Flares
    dose: Dose
    drawn: Drawn | None
    verdict: Verdict
    faults: tuple[str, ...] = ()


def outcome(found: Series, agreement: Agreement, measure: Measure) -> Outcome:
    """What the scores of one person come to. Raises InputError for a measure that judges nothing."""
    if measure.better == "none":
        raise InputError(f"{measure.title} says how somebody is, not whether it is better; choose another measure")
    if measure.change.reached is not None:
        raise InputError(f"{measure.title} is itself a judgement of change; choose what was asked day by day")
    course, faults = course_of(found)
    visits = tuple(
        Visit(found.number(one.day), None if one.pressure is None else int(one.pressure), one.minutes, bool(one.flare))
        for one in found.visits
    )
    named = any(one.visit is not None for one in found.used) or bool(visits)
    course, agreement, odd = _drawn(course, agreement)
    judged = _judged(course, agreement, visits, measure, named)
    if not named and course.enough:
        odd = (*odd, "no visits are named, so it was judged by the days with massage")
    return with_(judged, faults=(*(one.says for one in found.faults), *faults, *odd))


def _drawn(course: Course, agreement: Agreement) -> tuple[Course, Agreement, tuple[str, ...]]:
    """Blocks count as drawn only if the days follow the order that was drawn."""
    if agreement.blocks is None or not course.day:
        return course, agreement, ()
    cut = in_blocks(course, agreement.blocks)
    if cut is not None:
        return cut, agreement, ()
    seed = agreement.blocks.seed
    why = f"the days do not follow the order drawn from seed {seed}, so it does not count as drawn by lot"
    return course, with_(agreement, blocks=None), (why,)


def course_of(found: Series) -> tuple[Course, tuple[str, ...]]:
    """The days that a trial is judged by, and what had to be assumed: where nobody named phases, the days before the
    first visit are those without massage."""
    phased, faults = found.phased, list[str]()
    if not phased and found.visits:
        first = found.number(found.visits[0].day)
        phased = tuple(
            (found.number(one.day), one.value, found.number(one.day) >= first, int(found.number(one.day) >= first))
            for one in found.used
            if one.value is not None
        )
        faults.append("no phases are named; the days before the first visit were taken as those without massage")
    elif not phased and found.used:
        faults.append("neither phases nor visits are named, so nothing can be compared; write A or B beside each day")
    columns = tuple(zip(*phased, strict=True)) or ((), (), (), ())
    return Course(*columns), tuple(faults)


def _judged(course: Course, agreement: Agreement, visits: tuple[Visit, ...], measure: Measure, named: bool) -> Outcome:
    better: Better = "higher" if measure.better == "higher" else "lower"
    one, stick = unit(measure, agreement.points), placebo(measure.id)
    less = turned(course, one, better)
    agreed = with_(agreement, points=agreement.points / one)
    change = changed(less, agreed, placebo=stick.points if stick else None) if less.enough else None
    before, during = phases_of(less) if less.enough else (None, None)
    flared = flares(
        dict(zip(less.day, less.score, strict=True)), [each.day for each in visits],
        [each.day for each in visits if each.flare],
    )  # fmt: skip
    off = {day for day, on in zip(course.day, course.on, strict=True) if not on}
    done = len({each.day for each in visits} - off) if named else None
    scores = dict(zip(course.day, course.score, strict=True))
    return Outcome(
        measure.id, measure.scale, better, agreement, course, visits,
        before and phase_back(before, one, better), during and phase_back(during, one, better),
        change and change_back(change, one, better),
        sizes(course, measure, one) if less.enough else None,
        flared, dose([_visited(each, scores) for each in visits], rise=2 * one if better == "lower" else -2 * one),
        drawn(less) if agreement.randomised else None,
        judged(less, agreed, change, flared, visits=done),
    )  # fmt: skip


def _visited(visit: Visit, scores: dict[int, float]) -> Visited:
    moved = None
    if visit.day - 1 in scores and visit.day + 1 in scores:
        moved = scores[visit.day + 1] - scores[visit.day - 1]
    return Visited(visit.level, visit.minutes, moved)
