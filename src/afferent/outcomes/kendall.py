"""Kendall's rank correlation with ties, and the slope of Theil and Sen.

Ask here: `kendall(x, y)` – S, tau-b, z and p – and `theil_sen`. Without ties the p is exact, with ties it is that of
the normal approximation to S with Kendall's variance for ties, without continuity correction. Of many days the pairs
are counted, never all held at once.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from afferent.outcomes.phases import Floats, scores

_EXACT: Final = 60  # without ties: up to so many values the distribution of S is counted out
_HELD: Final = 500  # up to so many points all their slopes are held at once
_SAMPLE: Final = 200_000  # slopes that show about where the middle lies
_MARGINS: Final = (0.01, 0.1, 0.5)  # how far to either side of it, as shares


class Kendall(Struct, frozen=True):
    """s: rising less falling pairs; pairs: how many there are; tau_b: s over the pairs tied in neither, 0 where all are
    tied; variance of s if nothing goes together; z; p, two-sided."""

    s: int
    pairs: int
    tau_b: float
    variance: float
    z: float
    p: float


def kendall(x: ArrayLike, y: ArrayLike) -> Kendall:
    """The two in pairs, (n,) each, two or more. Raises InputError."""
    a, b = scores(x, "first row", 2), scores(y, "second row", 2)
    s, n = _s(a, b), len(a)
    pairs = n * (n - 1) // 2
    ties_a, ties_b = _ties(a), _ties(b)
    apart = np.sqrt((pairs - _pairs(ties_a)) * (pairs - _pairs(ties_b)))
    variance = _variance(n, ties_a, ties_b)
    z = s / variance**0.5 if variance > 0 else 0.0
    tied = bool(_pairs(ties_a) or _pairs(ties_b))
    p = 2 * float(ndtr(-abs(z))) if tied or n > _EXACT else _exact(n, abs(s))
    return Kendall(s, pairs, float(s / apart) if apart else 0.0, variance, z, p)


def theil_sen(time: ArrayLike, y: ArrayLike) -> float:
    """The middle of the slopes through all pairs of points that differ in time."""
    t, v = scores(time, "times", 2), scores(y, "scores", 2)
    if len(t) > _HELD:
        return middle_of_many(t, v)
    first, second = np.triu_indices(len(t), 1)
    return float(np.median(_slopes(t[second] - t[first], v[second] - v[first])))


def middle_of_many(t: Floats, v: Floats) -> float:
    """The same to the last digit, nan where all times are one: slopes outside a narrow band are counted only."""
    n = len(t)
    count = n * (n - 1) // 2 - _tied(_places(t))
    # The draw decides how long it takes, never what comes out: so its seed is nobody's concern.
    one, other = np.random.default_rng(0).integers(n, size=(2, _SAMPLE))
    some = np.sort(_slopes(t[other] - t[one], v[other] - v[one]))
    if not count or not len(some):
        return float("nan")
    middle = np.array([(count - 1) // 2, count // 2])
    for margin in _MARGINS:
        last = len(some) - 1
        low, high = some[int(last * (0.5 - margin))], some[int(np.ceil(last * (0.5 + margin)))]
        band = _Band(t, v, low, high)
        if band.below <= middle[0] and middle[1] < band.below + band.size:
            return float(np.mean([band.at(rank) for rank in middle.tolist()]))
    first, second = np.triu_indices(n, 1)  # a sample that misled thrice
    return float(np.median(_slopes(t[second] - t[first], v[second] - v[first])))


class _Band:
    """Of all slopes: how many lie `below` it, how many lie in it (`size`), and which stands `at` a rank of all."""

    def __init__(self, t: Floats, v: Floats, low: float, high: float) -> None:
        self.below = self._low = self._high = 0
        self._ends = low, high
        inside = []
        steady = len(np.unique(t)) == len(t)
        for lag in range(1, len(t)):
            run, rise = t[lag:] - t[:-lag], v[lag:] - v[:-lag]
            slopes = rise / run if steady else _slopes(run, rise)
            kept = slopes[(slopes >= low) & (slopes <= high)]
            self.below += int(np.count_nonzero(slopes < low))
            # The ends stand there very often where scores are whole numbers: they too are only counted.
            at_low = int(np.count_nonzero(kept == low))
            self._low += at_low
            self._high += int(np.count_nonzero(kept == high)) if high > low else 0
            if at_low < len(kept):
                inside.append(kept[(kept > low) & (kept < high)])
        self._inside = np.sort(np.concatenate(inside)) if inside else np.empty(0)

    @property
    def size(self) -> int:
        return self._low + len(self._inside) + self._high

    def at(self, rank: int) -> float:
        within = rank - self.below - self._low
        if within < 0:
            return self._ends[0]
        return float(self._inside[within]) if within < len(self._inside) else self._ends[1]


def _slopes(run: Floats, rise: Floats) -> Floats:
    slopes: Floats = rise[run != 0] / run[run != 0]
    return slopes


def _s(a: Floats, b: Floats) -> int:
    """Pairs that rise together less pairs that part: all that are tied in neither, less those that part twice."""
    n = len(a)
    x, y = _places(a), _places(b)
    apart = n * (n - 1) // 2 - _tied(x) - _tied(y) + _tied(x * n + y)
    return apart - 2 * _falling(y[np.lexsort((y, x))])


def _places(values: Floats) -> NDArray[np.int64]:
    """Each value by its place among the different ones."""
    return np.unique(values, return_inverse=True)[1].astype(np.int64)


def _tied(places: NDArray[np.int64]) -> int:
    """How many pairs are equal."""
    counts = np.unique(places, return_counts=True)[1].astype(np.int64)
    return int(np.sum(counts * (counts - 1)) // 2)


def _falling(places: NDArray[np.int64]) -> int:
    """How many pairs stand in falling order, counted while runs of 1, 2, 4 … are merged: no pair is ever held."""
    n, at, found, size = len(places), np.arange(len(places)), 0, 1
    while size < n:
        both, second = at // (2 * size), at // size % 2 == 1
        keyed = both * n + places  # sorted within each run, and each two runs apart from the next
        ends = (both[second] + 1) * size
        found += int(np.sum(ends - np.searchsorted(keyed[~second], keyed[second], side="right")))
        places = np.sort(keyed) - both * n
        size *= 2
    return found


def _ties(values: Floats) -> Floats:
    """The sizes of groups of equal values."""
    counts = np.unique(values, return_counts=True)[1].astype(float)
    return counts[counts > 1]


def _pairs(ties: Floats) -> float:
    return float(np.sum(ties * (ties - 1)) / 2)


def _variance(n: int, a: Floats, b: Floats) -> float:
    """Of S, given the ties on both sides [Kendall, "Rank correlation methods"]."""

    def of(t: Floats | float) -> float:
        return float(np.sum(t * (t - 1) * (2 * t + 5)))

    def triples(t: Floats) -> float:
        return float(np.sum(t * (t - 1) * (t - 2)))

    found = (of(float(n)) - of(a) - of(b)) / 18 + 2 * _pairs(a) * _pairs(b) / (n * (n - 1))
    return found + (triples(a) * triples(b) / (9 * n * (n - 1) * (n - 2)) if n > 2 else 0.0)


def _exact(n: int, s: int) -> float:
    """How often |S| is at least this large among all orders of n different values."""
    # Orders by their number of inversions: the next value stands behind 0, 1, … of those before it.
    orders = np.ones(1)
    for size in range(2, n + 1):
        orders = np.convolve(orders, np.full(size, 1 / size))
    of_s = n * (n - 1) // 2 - 2 * np.arange(len(orders))
    return min(float(orders[np.abs(of_s) >= s].sum()), 1.0)
