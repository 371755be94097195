"""Trials that were made up from a known truth: daily scores that resemble the day before, with and without an effect.

Every scenario is written down here, with its seed; whole numbers from 0 to 10, as people give them.
"""

from __future__ import annotations

import numpy as np

from afferent.outcomes.person.course import Course


def resembling(people: int, days: int, rho: float, rng: np.random.Generator) -> np.ndarray:
    """(people, days): a stationary first-order autoregression with variance one."""
    out = np.empty((people, days))
    out[:, 0] = rng.normal(size=people)
    for day in range(1, days):
        out[:, day] = rho * out[:, day - 1] + np.sqrt(1 - rho**2) * rng.normal(size=people)
    return out


def plain(people: int, days: int, rho: float, rng: np.random.Generator) -> np.ndarray:
    """The same level all along."""
    return 6 + 1.3 * resembling(people, days, rho, rng)


def _chosen(make, keep, people: int) -> np.ndarray:
    """Of many people those who would have come."""
    kept: list[np.ndarray] = []
    while sum(map(len, kept)) < people:
        made = make()
        kept.append(made[keep(made)])
    return np.concatenate(kept)[:people]


def came_on_a_bad_day(people: int, days: int, rho: float, rng: np.random.Generator) -> np.ndarray:
    """Entered because the score of the day before was high."""
    whole = _chosen(lambda: resembling(8 * people, days + 1, rho, rng), lambda z: z[:, 0] > 1.0, people)
    return 5 + 1.3 * whole[:, 1:]


def began_in_a_bad_week(people: int, days: int, rho: float, rng: np.random.Generator) -> np.ndarray:
    """Entered because the first week was high on average."""
    return _chosen(
        lambda: 5 + 1.3 * resembling(8 * people, days, rho, rng), lambda z: z[:, :7].mean(axis=1) > 5.8, people
    )


def slow_waves(people: int, days: int, rho: float, rng: np.random.Generator) -> np.ndarray:
    """Good and bad months, entered in a bad one."""

    def make() -> np.ndarray:
        return 5 + 1.2 * resembling(8 * people, days, 0.93, rng) + 0.9 * resembling(8 * people, days, rho, rng)

    return _chosen(make, lambda z: z[:, 0] > 6, people)


def subsiding(people: int, days: int, rho: float, rng: np.random.Generator) -> np.ndarray:
    """Begun at the height of a bad spell that dies away by itself."""
    return 5 + 2 * np.exp(-np.arange(days) / 10) + 1.3 * resembling(people, days, rho, rng)


WITHOUT_EFFECT = {
    "plain": plain,
    "came_on_a_bad_day": came_on_a_bad_day,
    "began_in_a_bad_week": began_in_a_bad_week,
    "slow_waves": slow_waves,
    "subsiding": subsiding,
}


def whole_numbers(scores: np.ndarray) -> np.ndarray:
    return np.clip(np.round(scores), 0, 10)


def courses(scores: np.ndarray, on: np.ndarray) -> list[Course]:
    """One course per row, day 0 first."""
    block = np.concatenate([[0], np.cumsum(np.diff(on.astype(int)) != 0)])
    days, with_it, blocks = tuple(range(len(on))), tuple(map(bool, on)), tuple(map(int, block))
    return [Course(days, tuple(map(float, row)), with_it, blocks) for row in scores]
