"""How much hangs on one trial, and whether small trials with other results seem to be missing.

Ask here: `leave_one_out`, `trim_and_fill` (L0 of Duval and Tweedie) and `egger`. All three are questions, not
corrections: with few trials, or trials that differ for other reasons, they answer at random.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike
from scipy.special import ndtri, stdtr, stdtrit

from afferent.outcomes.meta.combine import Pooled, Test, checked, equal_effects, random_effects
from afferent.outcomes.meta.tau import Floats, spread, tau2
from afferent.outcomes.methods import Method

Side = Literal["left", "right"]
_ROUNDS: Final = 50


class Without(Struct, frozen=True, eq=False):
    """Row i: all trials but the i-th. Arrays (k,): estimate, se, low, high, tau2."""

    estimate: Floats
    se: Floats
    low: Floats
    high: Floats
    tau2: Floats


class Filled(Struct, frozen=True):
    """missing: how many trials L0 supposes, and on which side of the middle; y, v: those made up for them, the mirror
    images of the most extreme on the other side; pooled: with them."""

    missing: int
    side: Side
    y: tuple[float, ...]
    v: tuple[float, ...]
    pooled: Pooled


class Egger(Struct, frozen=True):
    """Do small trials say something else than large ones? `bias` is the slope of the effect on its standard error;
    `free` degrees of freedom, two-sided p."""

    bias: float
    se: float
    statistic: float
    free: int
    p: float


def leave_one_out(
    y: ArrayLike, v: ArrayLike, *, method: Method = "reml", test: Test = "adhoc", level: float = 0.95
) -> Without:
    """The pooled effect without each trial in turn, all at once. Raises InputError for fewer than three."""
    one, var = checked(y, v, 3)
    k = len(one)
    use = ~np.eye(k, dtype=bool)
    every, variances = np.broadcast_to(one, (k, k)), np.broadcast_to(var, (k, k))
    between = tau2(every, variances, method, use)
    w, mu, q = spread(every, variances, between, use)
    se, quantile = w.sum(-1) ** -0.5, float(ndtri((1 + level) / 2))
    if test != "wald":
        ratio = q / (k - 2)
        se = se * np.sqrt(np.maximum(ratio, 1.0 if test == "adhoc" else 1e-300))
        quantile = float(stdtrit(k - 2, (1 + level) / 2))
    return Without(mu, se, mu - quantile * se, mu + quantile * se, between)


def trim_and_fill(
    y: ArrayLike, v: ArrayLike, *, method: Literal["equal"] | Method = "equal", test: Test = "wald", level: float = 0.95
) -> Filled:
    """How many trials L0 supposes to be missing, and the pooled effect with them. Raises InputError for fewer than
    three.

    Missing are those on the side away from which small trials lean (the sign of Egger's slope).
    """
    one, var = checked(y, v, 3)
    side: Side = "right" if egger(one, var).bias < 0 else "left"
    turn = 1.0 if side == "left" else -1.0  # now the missing ones lie below
    order = np.argsort(turn * one, kind="stable")
    z, u = turn * one[order], var[order]
    missing, mu = 0, 0.0
    for _ in range(_ROUNDS):
        kept = len(z) - missing
        mu = _middle(z[:kept], u[:kept], method)
        found = _l0(z - mu)
        if found == missing:
            break
        missing = found
    extra_y, extra_v = (2 * mu - z)[len(z) - missing :] * turn, u[len(z) - missing :]
    full, full_v = np.concatenate([one, extra_y]), np.concatenate([var, extra_v])
    pooled = (
        equal_effects(full, full_v, level=level)
        if method == "equal"
        else random_effects(full, full_v, method=method, test=test, level=level)
    )
    return Filled(missing, side, tuple(extra_y.tolist()), tuple(extra_v.tolist()), pooled)


def egger(y: ArrayLike, v: ArrayLike) -> Egger:
    """Weighted regression of the effect on its standard error. Raises InputError for fewer than three."""
    one, var = checked(y, v, 3)
    root = np.sqrt(var)
    x, w = np.stack([np.ones_like(root), root], axis=1), 1 / var
    inner = x.T @ (w[:, None] * x)
    if np.linalg.cond(inner) > 1e12:  # all equally large: nothing can lean
        return Egger(0.0, np.inf, 0.0, len(one) - 2, 1.0)
    beta = np.linalg.solve(inner, x.T @ (w * one))
    scale = float((w * (one - x @ beta) ** 2).sum() / (len(one) - 2))
    se = float(np.sqrt(scale * np.linalg.inv(inner)[1, 1]))
    statistic = float(beta[1]) / se if se else 0.0
    p = 2 * float(stdtr(len(one) - 2, -abs(statistic)))
    return Egger(float(beta[1]), se, statistic, len(one) - 2, p)


def _middle(y: Floats, v: Floats, method: Literal["equal"] | Method) -> float:
    between = 0.0 if method == "equal" or len(y) < 2 else float(tau2(y, v, method))
    return float(spread(y, v, between).mu)


def _l0(off: Floats) -> int:
    """From the ranks of those that lie above the middle."""
    k = len(off)
    ranks = _ranks(np.abs(off))
    above = float(ranks[off > 0].sum())
    supposed = round((4 * above - k * (k + 1)) / (2 * k - 1))
    return min(max(0, supposed), k - 2)


def _ranks(values: Floats) -> Floats:
    """1 for the smallest; equal ones share the mean of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse], float)
