"""Rank effect sizes that mind a trend: the family of Tau-U, and the baseline-corrected Tau that replaces it.

Ask here: `corrected_tau` for a person; `tau_u` where somebody wants the numbers of Parker and others. Tau-U is
inflated, not bounded by 1 and corrects a trend badly [TARLOW]; it is here to be compared with, and no verdict rests
on it. As in overlap.py: baseline first, which way is better is said, and a larger number is the better one.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike

from afferent.outcomes.kendall import Kendall, kendall, theil_sen
from afferent.outcomes.phases import Better, Floats, turned

Correct = Literal["where_needed", "always", "never"]


class Tau(Struct, frozen=True):
    """One member of the family: s over `pairs`; the standard deviation of s, z and two-sided p, as for Kendall's S."""

    tau: float
    s: int
    pairs: int
    sd: float
    z: float
    p: float


class TauU(Struct, frozen=True):
    """The four of Parker and others 2011: phases against each other; less the trend of the baseline; plus the trend
    of the treatment phase; both. The second is divided by the pairs between phases alone, as they did: it may exceed
    1."""

    plain: Tau
    less_before: Tau
    plus_during: Tau
    both: Tau


class Corrected(Struct, frozen=True):
    """tau: the effect, corrected if `was_corrected`; p of it; trend: Kendall's of the baseline against time; slope:
    what was taken off every score for each step in time (Theil and Sen), in points where higher is better."""

    tau: float
    p: float
    z: float
    was_corrected: bool
    uncorrected: Kendall
    trend: Kendall
    slope: float


def tau_u(before: ArrayLike, during: ArrayLike, *, better: Better) -> TauU:
    """All four, each as Kendall's S of the scores against a row that holds the order which that member counts."""
    a, b = turned(before, during, better)
    m, n = len(a), len(b)
    between, within_a, within_b = m * n, m * (m - 1) // 2, n * (n - 1) // 2
    still, falling, rising = np.zeros(m), -np.arange(m, dtype=float), 1.0 + np.arange(n)
    together = np.concatenate([a, b])

    def member(first: ArrayLike, second: ArrayLike, pairs: int) -> Tau:
        one = kendall(np.concatenate([np.asarray(first), np.asarray(second)]), together)
        return Tau(one.s / pairs, one.s, pairs, one.variance**0.5, one.z, one.p)

    return TauU(
        plain=member(still, np.ones(n), between),
        less_before=member(falling, np.ones(n), between),
        plus_during=member(still, rising, between + within_b),
        both=member(falling, rising, between + within_a + within_b),
    )


def corrected_tau(
    before: ArrayLike, during: ArrayLike, *, better: Better, correct: Correct = "where_needed", alpha: float = 0.05
) -> Corrected:
    """Tau-b of phase and score, freed of the slope the baseline was already on, where that slope is there (p < alpha).

    Scores count as equally far apart in time. A course that only goes on as it was gives 0 [TARLOW].
    """
    a, b = turned(before, during, better)
    time, phase = np.arange(len(a) + len(b), dtype=float), np.repeat([0.0, 1.0], [len(a), len(b)])
    together = np.concatenate([a, b])
    plain = kendall(phase, together)
    trend = kendall(time[: len(a)], a) if len(a) > 1 else Kendall(0, 0, 0.0, 0.0, 0.0, 1.0)
    needed = correct == "always" or (correct == "where_needed" and trend.p < alpha)
    if not needed or len(a) < 2:
        return Corrected(plain.tau_b, plain.p, plain.z, False, plain, trend, 0.0)
    slope = theil_sen(time[: len(a)], a)
    freed = kendall(phase, _even(together - slope * time))
    return Corrected(freed.tau_b, freed.p, freed.z, True, plain, trend, slope)


def _even(values: Floats) -> Floats:
    """What differs only by the rounding of a sum is a tie."""
    size = float(np.abs(values).max()) or 1.0
    return np.round(values / size, 12)
