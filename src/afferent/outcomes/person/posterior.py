"""What a run of days says about two levels: a Bayesian line per phase whose errors resemble those of the day before.

The model, for one person (docs/outcomes.md tells it in words):

    score(day) = level of the phase + slope of the phase · where in the phase (−1 first day, +1 last) + error
    error      = first-order autocorrelation ρ over the days in between, so that a missed day is a longer step

Priors, the same for everybody: flat on the two levels and on log σ; on each slope normal with standard deviation
`SLOPE_SD`·σ; on ρ a density ∝ 1/√(1−ρ²) between −0.5 and 0.95. Chosen by simulation, not by taste: with them the 95 %
intervals keep their promise from 10 days on for ρ from 0 to 0.6 (tests/generative/test_trial_coverage.py).

Nothing is sampled. Given ρ everything has a closed form (a multivariate t), so the posterior is a mixture of t over a
grid of ρ: the same answer every time, in milliseconds, for one person or for ten thousand at once. Arrays: P people,
N days (padded), C columns, R values of ρ.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.special import betaln, stdtr, stdtrit

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

RHO_FROM, RHO_TO = -0.5, 0.95
SLOPE_SD: Final = 0.3
# Scores are whole numbers: what lies between two of them cannot be seen. This is the spread that rounding alone hides.
LEAST_SD: Final = 0.29  # 1/√12
_CHUNK: Final = 512
PRECISE: Final = 1e-4
"""How far from the true one a quantile may be, in points of a scale where one is the smallest step there is."""


class Posterior(Struct, frozen=True, eq=False):
    """A mixture of t over ρ. rho (R,); weight (P, R); mean (C, P, R); root (C, C, P, R), the lower triangle whose
    square is the inverse of the scale; unit (P, R), what the scale is to be multiplied with; freedom (P,)."""

    rho: Floats
    weight: Floats
    mean: Floats
    root: Floats
    unit: Floats
    freedom: Floats

    def along(self, direction: Floats) -> Mixture:
        """What is known of one combination of the coefficients, `direction` (C,) or (P, C)."""
        way = np.broadcast_to(direction, (len(self.freedom), len(self.mean))).T[:, :, None]
        solved: list[Floats] = []
        for row in range(len(self.mean)):
            rest = way[row] - sum((self.root[row, c] * solved[c] for c in range(row)), np.zeros(1))
            solved.append(rest / self.root[row, row])
        spread = np.sqrt(np.maximum(sum(one * one for one in solved) * self.unit, 1e-18))
        return Mixture(self.weight, (way * self.mean).sum(axis=0), spread, self.freedom)

    @property
    def alike(self) -> Floats:
        """(P,) how much a day resembles the day before: the posterior mean of ρ."""
        return np.asarray(self.weight @ self.rho)


class Mixture(Struct, frozen=True, eq=False):
    """One number per person, known as a mixture of t: weight, middle and spread (P, R); freedom (P,)."""

    weight: Floats
    middle: Floats
    spread: Floats
    freedom: Floats

    @property
    def mean(self) -> Floats:
        """(P,)"""
        return _over(self.weight, self.middle)

    @property
    def sd(self) -> Floats:
        """(P,) the standard deviation; infinite where there are too few days for one to exist."""
        with np.errstate(divide="ignore", invalid="ignore"):
            wide = np.where(self.freedom > 2, self.freedom / (self.freedom - 2), np.inf)
        within = np.einsum("pr,pr->p", self.weight, self.spread**2) * wide
        between = _over(self.weight, (self.middle - self.mean[:, None]) ** 2)
        return np.asarray(np.sqrt(within + between))

    def below(self, value: Floats | float) -> Floats:
        """(P,) the probability that it is at most `value`, a number or (P,)."""
        at = np.broadcast_to(np.asarray(value, float), self.freedom.shape)[:, None]
        return _over(self.weight, stdtr(self.freedom[:, None], (at - self.middle) / self.spread))

    def density(self, value: Floats) -> Floats:
        """(P,) the density at `value` (P,)."""
        nu = self.freedom[:, None]
        z = (value[:, None] - self.middle) / self.spread
        log = -0.5 * (nu + 1) * np.log1p(z * z / nu) - 0.5 * np.log(nu) - betaln(0.5, nu / 2) - np.log(self.spread)
        return _over(self.weight, np.exp(log))

    def quantile(self, share: float) -> Floats:
        """(P,) the value below which `share` lies: Newton's steps, halving the bracket wherever one would leave it."""
        far = stdtrit(self.freedom, share)[:, None] * self.spread
        low, high = (self.middle + far).min(axis=1), (self.middle + far).max(axis=1)
        at = _over(self.weight, self.middle + far)
        going, left = np.arange(len(at)), self
        for _ in range(100):
            error = left.below(at[going]) - share
            low[going] = np.where(error < 0, at[going], low[going])
            high[going] = np.where(error > 0, at[going], high[going])
            with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
                step = at[going] - error / left.density(at[going])
            inside = (step > low[going]) & (step < high[going])
            following = np.where(inside, step, (low[going] + high[going]) / 2)
            moved = np.abs(following - at[going]) > PRECISE
            at[going] = following
            if not moved.any():
                break
            going = going[moved]
            left = Mixture(self.weight[going], self.middle[going], self.spread[going], self.freedom[going])
        return at


def _over(weight: Floats, values: Floats) -> Floats:
    """(P,) the average over ρ."""
    return np.asarray(np.einsum("pr,pr->p", weight, values))


def posterior(day: Floats, score: Floats, design: Floats, loose: Bools, there: Bools) -> Posterior:
    """The posterior of the coefficients of `design` for each person.

    day, score, there: (P, N), days in whole numbers, rising, padded at the end where `there` is false; design: (P, N,
    C); loose: (C,) true for a column with a flat prior, false for a slope, which is held near zero. Every person
    needs at least two days more than there are loose columns.
    """
    rho, log_prior = _grid(day.shape[1])
    rows = np.concatenate([design, score[:, :, None]], axis=2) * there[:, :, None]
    parts = [
        _some(day[i : i + _CHUNK], rows[i : i + _CHUNK], loose, there[i : i + _CHUNK], rho, log_prior)
        for i in range(0, len(day), _CHUNK)
    ]
    weight, mean, root, unit, freedom = zip(*parts, strict=True)
    return Posterior(
        rho, np.concatenate(weight), np.concatenate(mean, axis=1), np.concatenate(root, axis=2), np.concatenate(unit),
        np.concatenate(freedom),
    )  # fmt: skip


@cache
def _grid(days: int) -> tuple[Floats, Floats]:
    """Values of ρ and the log of what each counts. The prior is flat in the arc sine of ρ, so these are the nodes of
    Gauss and Legendre there; the longer the run, the narrower the peak they must not miss."""
    low, high = np.arcsin(RHO_FROM), np.arcsin(RHO_TO)
    at, weight = np.polynomial.legendre.leggauss(12 if days <= 45 else 24 if days <= 120 else 40 if days <= 400 else 64)
    return np.sin(low + (at + 1) * (high - low) / 2), np.log(weight / 2)


def _some(day: Floats, rows: Floats, loose: Bools, there: Bools, rho: Floats, log_prior: Floats) -> tuple[Floats, ...]:
    columns = len(loose)
    gram, log = _whitened(rows, day, there, rho)
    for column in np.flatnonzero(~loose):
        gram[column, column] += SLOPE_SD**-2
    freedom = there.sum(axis=1) - float(loose.sum())
    root = _triangle(gram)
    left_over = np.maximum(root[columns, columns] ** 2, (freedom * LEAST_SD**2)[:, None])
    log = log - 0.5 * freedom[:, None] * np.log(left_over) + log_prior
    log -= np.log([root[c, c] for c in range(columns)]).sum(axis=0)
    weight = np.exp(log - log.max(axis=1, keepdims=True))
    weight /= weight.sum(axis=1, keepdims=True)
    return weight, _back(root, columns), root[:columns, :columns], left_over / freedom[:, None], freedom


def _whitened(rows: Floats, day: Floats, there: Bools, rho: Floats) -> tuple[Floats, Floats]:
    """The sums of products of the days once their resemblance is taken out, for every ρ: (C+1, C+1, P, R), and the
    log of what that does to the volume, (P, R).

    A step over d days is (now − ρᵈ before) / √(1−ρ²ᵈ). Its square is made of three sums that do not know ρ, so the days
    are gone over once for each length of step there is, and not once for each ρ.
    """
    before, now = rows[:, :-1], rows[:, 1:]
    gap = np.where(there[:, 1:], np.diff(day, axis=1), 0.0)
    gram = _small_first(rows[:, :1].swapaxes(1, 2) @ rows[:, :1]) * np.ones(len(rho))
    log = np.zeros((len(rows), len(rho)))
    for days in np.unique(gap[gap > 0]):
        here = (gap == days)[:, :, None]
        n, b = now * here, before * here
        crossed = n.swapaxes(1, 2) @ b
        kept = np.sign(rho) ** days * np.abs(rho) ** days
        fresh = 1 - kept**2
        gram += _small_first(n.swapaxes(1, 2) @ n) / fresh
        gram -= _small_first(crossed + crossed.swapaxes(1, 2)) * (kept / fresh)
        gram += _small_first(b.swapaxes(1, 2) @ b) * (kept**2 / fresh)
        log -= 0.5 * here.sum(axis=(1, 2))[:, None] * np.log(fresh)
    return gram, log


def _small_first(sums: Floats) -> Floats:
    """(P, C, C) to (C, C, P, 1): four by four matrices are worked out entry by entry, over everybody and every ρ at
    once, ten times as fast as handing each to a library of linear algebra."""
    return np.moveaxis(sums, 0, 2)[..., None]


def _triangle(gram: Floats) -> Floats:
    """Cholesky's lower triangle of each matrix in (C, C, P, R)."""
    root = np.zeros_like(gram)
    for row in range(len(gram)):
        for column in range(row + 1):
            rest = gram[row, column] - (root[row, :column] * root[column, :column]).sum(axis=0)
            root[row, column] = np.sqrt(np.maximum(rest, 1e-12)) if row == column else rest / root[column, column]
    return root


def _back(root: Floats, columns: int) -> Floats:
    """The coefficients (C, P, R): the last row of the triangle, solved backwards."""
    mean = np.zeros_like(root[columns, :columns])
    for row in reversed(range(columns)):
        rest = root[columns, row] - (root[row + 1 : columns, row] * mean[row + 1 : columns]).sum(axis=0)
        mean[row] = rest / root[row, row]
    return mean
