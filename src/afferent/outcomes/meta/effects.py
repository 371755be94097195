"""From the arms of trials to effects and their variances: arrays (k,) in, `Effects` out.

Ask here: `hedges_g` and `g_from_t` (standardised mean difference), `smcr` (change within one arm, in standard
deviations before), `mean_difference`, `log_risk_ratio`, `log_odds_ratio`, and `from_interval` (what was published
with its interval). The first arm less the second: negative where the first is lower. Raises InputError where an arm
cannot be.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln, ndtri

from afferent.errors import InputError

Floats = NDArray[np.float64]

HALF: Final = 0.5
"""What is added to all four cells of a table that has an empty one."""


class Effects(Struct, frozen=True, eq=False):
    """y (k,): the effects; v (k,): their variances; corrected (k,): where an empty cell was filled with a half."""

    y: Floats
    v: Floats
    corrected: NDArray[np.bool_]


def exact_j(free: ArrayLike) -> Floats:
    """The factor that frees a standardised difference of its bias [Hedges 1981], for so many degrees of freedom."""
    m = np.asarray(free, float)
    return np.asarray(np.exp(gammaln(m / 2) - gammaln((m - 1) / 2)) / np.sqrt(m / 2))


def hedges_g(
    mean1: ArrayLike, sd1: ArrayLike, n1: ArrayLike, mean2: ArrayLike, sd2: ArrayLike, n2: ArrayLike
) -> Effects:
    """Difference of means in pooled standard deviations, corrected by the exact factor; v = 1/n1 + 1/n2 +
    g²/2(n1+n2)."""
    m1, m2 = _numbers(mean1), _numbers(mean2)
    s1, s2 = _positive(sd1, "standard deviation"), _positive(sd2, "standard deviation")
    a, b = _people(n1), _people(n2)
    pooled = np.sqrt(((a - 1) * s1**2 + (b - 1) * s2**2) / (a + b - 2))
    return _standardised((m1 - m2) / pooled, a, b)


def g_from_t(t: ArrayLike, n1: ArrayLike, n2: ArrayLike) -> Effects:
    """Hedges g from the t of an unpaired t-test."""
    a, b = _people(n1), _people(n2)
    return _standardised(_numbers(t) * np.sqrt(1 / a + 1 / b), a, b)


def _standardised(d: Floats, a: Floats, b: Floats) -> Effects:
    g = exact_j(a + b - 2) * d
    return _effects(g, 1 / a + 1 / b + g**2 / (2 * (a + b)))


def smcr(post: ArrayLike, pre: ArrayLike, sd_pre: ArrayLike, n: ArrayLike, r: ArrayLike) -> Effects:
    """Change within one arm in standard deviations before it; r: correlation before–after; v = 2(1−r)/n + g²/2n."""
    size, alike = _people(n), _numbers(r)
    if (np.abs(alike) > 1).any():
        raise InputError("a correlation lies between -1 and 1")
    g = exact_j(size - 1) * (_numbers(post) - _numbers(pre)) / _positive(sd_pre, "standard deviation")
    return _effects(g, 2 * (1 - alike) / size + g**2 / (2 * size))


def mean_difference(
    mean1: ArrayLike, sd1: ArrayLike, n1: ArrayLike, mean2: ArrayLike, sd2: ArrayLike, n2: ArrayLike
) -> Effects:
    """In points of one scale; the arms may differ in spread."""
    v = _positive(sd1, "standard deviation") ** 2 / _people(n1) + _positive(sd2, "standard deviation") ** 2 / _people(
        n2
    )
    return _effects(_numbers(mean1) - _numbers(mean2), v)


def log_risk_ratio(events1: ArrayLike, n1: ArrayLike, events2: ArrayLike, n2: ArrayLike) -> Effects:
    """Logarithm of the ratio of risks. A table with an empty cell gets a half in all four."""
    a, b, c, d, corrected = _table(events1, n1, events2, n2)
    y = np.log(a / (a + b)) - np.log(c / (c + d))
    return Effects(y, 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d), corrected)


def log_odds_ratio(events1: ArrayLike, n1: ArrayLike, events2: ArrayLike, n2: ArrayLike) -> Effects:
    """Logarithm of the ratio of odds. A table with an empty cell gets a half in all four."""
    a, b, c, d, corrected = _table(events1, n1, events2, n2)
    return Effects(np.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d, corrected)


def from_interval(y: ArrayLike, low: ArrayLike, high: ArrayLike, level: float = 0.95) -> Effects:
    """An effect that was published with its interval (of a ratio: the logarithms of all three)."""
    width = _positive(_numbers(high) - _numbers(low), "width of an interval")
    return _effects(_numbers(y), (width / (2 * ndtri((1 + level) / 2))) ** 2)


def _table(
    events1: ArrayLike, n1: ArrayLike, events2: ArrayLike, n2: ArrayLike
) -> tuple[Floats, Floats, Floats, Floats, NDArray[np.bool_]]:
    e1, t1, e2, t2 = np.broadcast_arrays(_numbers(events1), _people(n1), _numbers(events2), _people(n2))
    cells = np.stack([e1, t1 - e1, e2, t2 - e2])
    if (cells < 0).any():
        raise InputError("an arm cannot have more events than people, nor fewer than none")
    if ((cells[0] + cells[2] == 0) | (cells[1] + cells[3] == 0)).any():
        raise InputError(
            "a trial in which the event met nobody, or everybody, says nothing about a ratio; leave it out"
        )
    empty = (cells == 0).any(axis=0)
    filled = cells + np.where(empty, HALF, 0.0)
    return filled[0], filled[1], filled[2], filled[3], empty


def _effects(y: Floats, v: Floats) -> Effects:
    y, v = np.broadcast_arrays(y, v)
    return Effects(y, v, np.zeros(y.shape, bool))


def _numbers(values: ArrayLike) -> Floats:
    found = np.atleast_1d(np.asarray(values, float))
    if not np.isfinite(found).all():
        raise InputError("every trial needs all of its numbers; one is missing")
    return found


def _positive(values: ArrayLike, what: str) -> Floats:
    found = _numbers(values)
    if (found <= 0).any():
        raise InputError(f"a {what} must be above nought")
    return found


def _people(values: ArrayLike) -> Floats:
    found = _numbers(values)
    if (found < 2).any():
        raise InputError("an arm needs two people or more")
    return found
