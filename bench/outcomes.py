"""One person's trial in milliseconds; ten thousand beside statsmodels' MixedLM, thirty beside one PyMC model each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module

import numpy as np

from afferent.knowledge import load
from afferent.outcomes.person.analysis import changes
from afferent.outcomes.person.course import CHANGE, Course, fitted, laid
from afferent.outcomes.person.outcome import outcome
from afferent.outcomes.person.pooled import pooled
from afferent.outcomes.person.trial import Agreement
from afferent.outcomes.readings import Reading
from afferent.outcomes.series import series
from bench.measure import Line, median_seconds

PEOPLE, SAMPLED, BEFORE, DURING = 10_000, 30, 14, 28
ONE, TIMES, CLOSE = 0.150, 30, 0.05


def lines() -> Iterator[Line]:
    """Ours, then each peer on the same people in the same run, then how far the answers lie apart."""
    one = median_seconds(_one, 15)
    yield Line("one person's trial, everything on the page", f"{1000 * one:.1f} ms", "< 150 ms", one < ONE)
    courses, truth = people(), people_truth()
    many = median_seconds(lambda: _all(courses), 5)
    yield Line(f"{PEOPLE:,} people: each analysed, then pooled", f"{many:.2f} s", "–", True)
    yield from _mixed(courses, many)
    yield from _sampled(courses[:SAMPLED], many / PEOPLE)
    near = float(np.abs(_all(courses).each - truth).mean())
    yield Line("… mean distance of one person's pooled change from the truth", f"{near:.2f} points", "–", True)


def _mixed(courses: list[Course], ours: float) -> Iterator[Line]:
    try:
        peer = import_module("bench.peers.mixed_model")
    except ImportError as missing:
        yield Line(f"… statsmodels MixedLM: not installed ({missing.name})", "–", "–", False)
        return
    found: list = []
    took = median_seconds(lambda: found.append(peer.solve(courses)), 1)
    mine = _all(courses)
    apart = abs(found[0].mean - mine.mean)
    each = float(np.abs(found[0].each - mine.each).mean())
    yield Line(f"… statsmodels MixedLM on the same {PEOPLE:,}", f"{took:.1f} s", "–", True)
    yield Line("… ours against it", f"{took / ours:.0f} ×", f">= {TIMES} ×", took / ours >= TIMES)
    yield Line("… apart: the common change", f"{apart:.3f} points", f"< {CLOSE}", apart < CLOSE)
    yield Line("… each person's, on average (MixedLM gives all one spread)", f"{each:.3f} points", "–", True)


def _sampled(courses: list[Course], ours: float) -> Iterator[Line]:
    try:
        peer = import_module("bench.peers.sampled")
    except ImportError as missing:
        yield Line(f"… PyMC, one model each: not installed ({missing.name})", "–", "–", False)
        return
    compiling = median_seconds(lambda: peer.solve(courses[:1]), 1)
    found: list = []
    took = median_seconds(lambda: found.append(peer.solve(courses)), 1) / len(courses)
    mine = fitted(laid(courses)).along(CHANGE)
    apart = float(np.abs(np.array([one.mean for one in found[0]]) - mine.mean).max())
    wide = float(np.abs(np.array([one.sd for one in found[0]]) - mine.sd).max())
    told = f"{took:.2f} s a person"
    yield Line(f"… PyMC, the same model, {len(courses)} people (first one {compiling:.0f} s)", told, "–", True)
    yield Line("… ours against it", f"{took / ours:,.0f} ×", f">= {TIMES} ×", took / ours >= TIMES)
    yield Line("… largest distance of the change, of its spread", f"{apart:.3f}, {wide:.3f} points", f"< {CLOSE}",
               max(apart, wide) < CLOSE)  # fmt: skip


def _all(courses: list[Course]):
    found = changes(courses, Agreement(), placebo=-1.54)
    return pooled(np.array([one.points for one in found]), np.array([one.sd for one in found]))


def _one():
    measure = load().measures["nrs_pain"]
    course = people()[0]
    found = series(
        measure,
        [
            Reading(day, min(max(round(score), 0), 10), phase="B" if on else "A", visit=on and day % 4 == 0)
            for day, score, on in zip(course.day, course.score, course.on, strict=True)
        ],
    )
    return outcome(found, Agreement(), measure)


@cache
def _made():
    rng = np.random.default_rng(6)
    on = np.arange(BEFORE + DURING) >= BEFORE
    change = -1.2 + rng.normal(0, 0.8, PEOPLE)
    level = 6 + rng.normal(0, 1, PEOPLE)
    scores = level[:, None] + change[:, None] * on + rng.normal(0, 1.3, (PEOPLE, len(on)))
    return on, change, scores


def people_truth():
    """The change that each person really has."""
    return _made()[1]


@cache
def people() -> list[Course]:
    """Ten thousand, 14 days before and 28 with massage, the days independent of each other, as MixedLM supposes."""
    on, _, scores = _made()
    days, with_it = tuple(range(len(on))), tuple(map(bool, on))
    blocks = tuple(map(int, on))
    return [Course(days, tuple(map(float, row)), with_it, blocks) for row in scores]
