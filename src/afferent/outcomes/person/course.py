"""The days of one person's trial as the model reads them.

Ask here: `Course` (days, scores, with massage or without, in which block) and `design` (the columns of the model for
one or for many). A course of two phases has a level and a slope for each; one of several blocks has a level with, a
level without, and one slope over all of it: short blocks cannot tell a slope from chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from msgspec import Struct

from afferent.outcomes.person.posterior import Bools, Floats, Posterior, posterior

LEAST_DAYS: Final = 3
"""In each phase: with fewer there is no level to speak of. A baseline should have five at least (WWC), better 7 to
14."""


class Course(Struct, frozen=True):
    """Days in whole numbers, rising; a score for each; whether it was with massage; the number of its block."""

    day: tuple[int, ...]
    score: tuple[float, ...]
    on: tuple[bool, ...]
    block: tuple[int, ...]

    @property
    def phases(self) -> int:
        """How many stretches there are, with and without."""
        return len(set(self.block))

    @property
    def repeated(self) -> bool:
        """With and without at least twice each: two pairs of blocks."""
        return self.phases >= 4

    def scores(self, on: bool) -> tuple[float, ...]:
        """Those with massage, or those without."""
        return tuple(score for score, with_it in zip(self.score, self.on, strict=True) if with_it is on)

    @property
    def enough(self) -> bool:
        """Is there a level to speak of on both sides?"""
        with_it = sum(self.on)
        return min(with_it, len(self.on) - with_it) >= LEAST_DAYS


# What is asked of the coefficients: level without, level with, slope without, slope with.
CHANGE: Final[Floats] = np.array([-1.0, 1.0, 0.0, 0.0])
BEFORE: Final[Floats] = np.array([1.0, 0.0, 0.0, 0.0])
DURING: Final[Floats] = np.array([0.0, 1.0, 0.0, 0.0])
LOOSE: Final[Bools] = np.array([True, True, False, False])


class Laid(Struct, frozen=True, eq=False):
    """Many courses side by side, padded with days that do not count. day, score, there (P, N); columns (P, N, 4);
    half (P, 2): half the days from the first to the last, without and with, which is what a slope of one goes over;
    apart (P,): days from the middle of one to the middle of the other; several (P,): blocks, not two phases."""

    day: Floats
    score: Floats
    there: Bools
    columns: Floats
    half: Floats
    apart: Floats
    several: Bools


def laid(courses: Sequence[Course]) -> Laid:
    """The columns of the model: level without, level with, slope without, slope with; of blocks, one slope in the
    third."""
    shape = (len(courses), max(len(course.day) for course in courses))
    day, score, on, there = np.zeros(shape), np.zeros(shape), np.zeros(shape, bool), np.zeros(shape, bool)
    for row, course in enumerate(courses):
        n = len(course.day)
        day[row, :n], score[row, :n], on[row, :n], there[row, :n] = course.day, course.score, course.on, True
    several = np.array([course.phases > 2 for course in courses])
    sides = np.stack([there & (~on | several[:, None]), there & (on | several[:, None])])
    first = np.where(sides, day, np.inf).min(axis=2)
    last = np.where(sides, day, -np.inf).max(axis=2)
    half, middle = np.maximum((last - first) / 2, 1.0), (last + first) / 2
    slopes = np.where(sides, (day - middle[..., None]) / half[..., None], 0.0)
    slopes[1, several] = 0.0
    columns = np.stack([there & ~on, there & on, *slopes], axis=2).astype(float)
    return Laid(day, score, there, columns, half.T, middle[1] - middle[0], several)


def fitted(many: Laid) -> Posterior:
    """The posterior of the four coefficients of each course. Every course must have `enough`."""
    return posterior(many.day, many.score, many.columns, LOOSE, many.there)


def slopes_of(one: Laid) -> Posterior:
    """The same with no prior on the slopes, where they are what is asked for and not what is in the way."""
    return posterior(one.day, one.score, one.columns, np.array([True, True, True, not one.several[0]]), one.there)
