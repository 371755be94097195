"""Small trials for the tests of `outcomes.person`: made from what was scored before and with massage."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from afferent.knowledge import load
from afferent.outcomes.person.course import Course
from afferent.outcomes.person.outcome import Outcome, outcome
from afferent.outcomes.person.trial import Agreement
from afferent.outcomes.readings import Reading
from afferent.outcomes.series import Series, series

PAIN = load().measures["nrs_pain"]
STEADY = [6, 7, 6, 5, 7, 6, 6, 6, 5, 7, 6, 6, 7, 5]
MASSAGED = range(14, 42, 4)


def course(before: Sequence[float], during: Sequence[float], days: Sequence[int] = ()) -> Course:
    on = (False,) * len(before) + (True,) * len(during)
    return Course(
        tuple(days or range(len(on))), tuple(map(float, (*before, *during))), on, tuple(int(one) for one in on)
    )


def scores(
    before: Sequence[float], during: Sequence[float], *, visits: Collection[int] = (), flares: Collection[int] = ()
) -> Series:
    days = enumerate([*before, *during])
    return series(
        PAIN,
        [
            _reading(day, value, day < len(before), day in visits if visits else None, day in flares)
            for day, value in days
        ],
    )


def _reading(day: int, value: float, before: bool, visit: bool | None, flare: bool) -> Reading:
    phase, minutes, pressure = "A" if before else "B", 30.0 if visit else None, 2.0 if visit else None
    return Reading(day, value, phase=phase, visit=visit, minutes=minutes, pressure=pressure, flare=flare or None)


def judged(
    before: Sequence[float], during: Sequence[float], agreement: Agreement | None = None, **rest: Collection[int]
) -> Outcome:
    rest.setdefault("visits", range(len(before), len(before) + len(during), 3)[:8])
    return outcome(scores(before, during, **rest), agreement or Agreement(), PAIN)
