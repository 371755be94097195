"""One person's trial: what changed, how sure that is, and what it is measured against.

Ask here: `changed(course, agreement)` for one person and `changes(courses, agreement)` for many at once; both give a
`Change` in points of the scale, negative where the score fell. `phases_of` gives level and slope of each phase. Nothing
here says why it changed: that depends on how the trial was made, and is the business of the verdict and of the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from msgspec import Struct

from afferent.outcomes.person.course import BEFORE, CHANGE, DURING, Course, Laid, fitted, laid, slopes_of
from afferent.outcomes.person.posterior import Floats, Mixture, Posterior
from afferent.outcomes.person.rules import RULES
from afferent.outcomes.person.trial import Agreement

_TAIL: Final = 0.025
LEAST_LEVEL: Final = 1.0
"""Below one point before, a change is not told as a share: from 0.1 to 0 is no improvement by a hundred percent."""


class Phase(Struct, frozen=True):
    """One side of the trial. level and slope with 95 % intervals; slope in points a week; average: of what was
    scored."""

    days: int
    average: float
    level: float
    level_low: float
    level_high: float
    slope: float
    slope_low: float
    slope_high: float


class Change(Struct, frozen=True):
    """Level with massage minus level without, in points, and how probable that it is …

    sd: how far it may be off; lower: below nothing at all; enough: at least the agreed points better; share: at least
    the agreed share of the level before better; higher, worse: the same two the other way; past_trend: lower than
    where the days before were heading, by any amount; past_placebo: lower than placebo in drug trials; sceptic:
    enough, for somebody who expects nothing. alike: how much a day resembles the day before; room: the level before.
    All of them for a score where less is better; for one where more is better the signs are turned first.
    """

    points: float
    low: float
    high: float
    sd: float
    percent: float | None
    lower: float
    enough: float
    share: float | None
    higher: float
    worse: float
    past_trend: float
    past_placebo: float | None
    sceptic: float | None
    alike: float
    room: float


def changed(course: Course, agreement: Agreement, *, placebo: float | None = None) -> Change:
    """One person's change. `placebo`: the yardstick in points, where there is one for this measure.

    Raises ValueError where a phase has fewer than three days: ask `course.enough` first.
    """
    return changes([course], agreement, placebo=placebo, sceptic=True)[0]


def changes(
    courses: Sequence[Course], agreement: Agreement, *, placebo: float | None = None, sceptic: bool = False
) -> list[Change]:
    """The change of each, ten thousand as easily as one; what a `sceptic` would say of it only where that is asked
    for."""
    if not all(course.enough for course in courses):
        raise ValueError("every course needs at least three days with massage and three without")
    many = laid(courses)
    return _changes(many, fitted(many), agreement, placebo, sceptic)


def _changes(many: Laid, found: Posterior, agreement: Agreement, placebo: float | None, sceptic: bool) -> list[Change]:
    change = found.along(CHANGE)
    before = found.along(BEFORE).mean
    middle, points = change.mean, agreement.points
    rows = {
        "points": middle,
        "low": change.quantile(_TAIL),
        "high": change.quantile(1 - _TAIL),
        "sd": change.sd,
        "lower": change.below(0.0),
        "enough": change.below(-points),
        "worse": 1 - change.below(points),
        "share": found.along(CHANGE + agreement.percent / 100 * BEFORE).below(0.0),
        "past_trend": _past_trend(many, found),
        "past_placebo": np.full(len(middle), np.nan) if placebo is None else change.below(placebo),
        "sceptic": _sceptic(change, -points) if sceptic else np.full(len(middle), np.nan),
        "alike": found.alike,
        "percent": 100 * middle / np.where(np.abs(before) >= LEAST_LEVEL, np.abs(before), np.nan),
        "room": before,
    }
    return [
        _one(dict(zip(rows, row, strict=True))) for row in zip(*(each.tolist() for each in rows.values()), strict=True)
    ]


def _one(row: dict[str, float]) -> Change:
    known = {name: None if value != value else value for name, value in row.items()}  # NaN is nothing, not a number
    if known["percent"] is None:
        known["share"] = None  # no share of a level that is next to nothing
    return Change(higher=1 - row["lower"], **known)  # type: ignore[arg-type]


def _past_trend(many: Laid, found: Posterior) -> Floats:
    """How probable that the level with massage is lower than the line of the days before, drawn on for two weeks at
    most: what fell for a week does not fall for ever, and a long trial must not be the weaker for it."""
    way = np.tile(CHANGE, (len(many.day), 1))
    apart = np.minimum(many.apart, RULES.trend_days)
    way[:, 2] = np.where(many.several, 0.0, -apart / many.half[:, 0])
    return found.along(way).below(0.0)


def _sceptic(change: Mixture, at: float) -> Floats:
    """The probability of at least `at` for somebody whose prior is normal around nothing: as the prior of the model is
    flat in the change, the posterior is only weighted anew."""
    sd = RULES.sceptic_sd
    grid = np.linspace(-6 * sd, 6 * sd, 241)
    dense = np.stack([change.density(np.full(len(change.freedom), x)) for x in grid], axis=1)
    weighted = dense * np.exp(-0.5 * (grid / sd) ** 2)
    whole = weighted.sum(axis=1)
    return np.where(whole > 0, weighted[:, grid <= at].sum(axis=1) / np.where(whole > 0, whole, 1), change.below(at))


def phases_of(course: Course) -> tuple[Phase, Phase]:
    """Level and slope without massage, and with. The levels are those of the change; see `slopes_of`."""
    one = laid([course])
    levels, slopes, halves = fitted(one), slopes_of(one), one.half[0]
    during = 2 if course.phases > 2 else 3
    return (
        _phase(course.scores(False), levels.along(BEFORE), slopes.along(_a_week(2, halves[0]))),
        _phase(course.scores(True), levels.along(DURING), slopes.along(_a_week(during, halves[1]))),
    )


def _a_week(column: int, half: float) -> Floats:
    way = np.zeros(4)
    way[column] = 7 / half
    return way


def _phase(scores: tuple[float, ...], level: Mixture, slope: Mixture) -> Phase:
    return Phase(len(scores), sum(scores) / len(scores), *_interval(level), *_interval(slope))


def _interval(found: Mixture) -> tuple[float, float, float]:
    return float(found.mean[0]), float(found.quantile(_TAIL)[0]), float(found.quantile(1 - _TAIL)[0])
