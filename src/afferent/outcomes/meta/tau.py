"""How far the true effects of trials differ: tau², the variance between them beyond chance.

Ask here: `tau2` by one of the methods – DerSimonian–Laird, restricted or plain maximum likelihood, Paule–Mandel – and
`q_profile`, its interval. Arrays are (..., k): many sets of k trials at once; `use` (..., k) says which trials count,
so that leaving each out in turn is one call. `spread` gives Cochran's Q.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtri

from afferent.outcomes.methods import Method

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
_STEPS: Final = 100
_TOPS: Final = 3
_CLOSE: Final = 1e-13  # of the width of the search
# Where a likelihood is looked at before it is climbed, as a share of the largest tau² it can have its top at.
_GRID: Final[Floats] = np.concatenate([[0.0], np.geomspace(1e-6, 1.0, 40)])


class Spread(NamedTuple):
    """At one tau²: weights w (..., k), their mean mu (...), Cochran's q (...) about it."""

    w: Floats
    mu: Floats
    q: Floats


def spread(y: Floats, v: Floats, tau2: Floats | float = 0.0, use: Bools | None = None) -> Spread:
    """Weights 1/(v + tau²), the weighted mean and the weighted squares about it."""
    w = 1 / (v + np.asarray(tau2)[..., None])
    if use is not None:
        w = w * use
    mu = (w * y).sum(-1) / w.sum(-1)
    return Spread(w, mu, (w * (y - mu[..., None]) ** 2).sum(-1))


def tau2(y: Floats, v: Floats, method: Method, use: Bools | None = None) -> Floats:
    """tau² (...), never below nought; two trials or more."""
    if method == "dl":
        return _moments(y, v, use)
    if method == "pm":
        return solve_q(y, v, _count(y, use) - 1.0, use)
    return _likeliest(y, v, use, restricted=method == "reml")


def q_profile(y: Floats, v: Floats, level: float = 0.95) -> tuple[float, float]:
    """The interval of tau² that Cochran's Q allows [Viechtbauer 2007]; (0, 0) where trials differ less than by
    chance."""
    free, out = len(y) - 1, (1 - level) / 2
    targets = np.asarray(chdtri(free, np.array([out, 1 - out])))
    low, high = solve_q(np.broadcast_to(y, (2, len(y))), np.broadcast_to(v, (2, len(v))), targets).tolist()
    return low, high


def solve_q(y: Floats, v: Floats, target: Floats, use: Bools | None = None) -> Floats:
    """The tau² at which Q falls to `target` (...); nought where it is there already.

    Q falls and bends upwards in tau², so that Newton's steps from nought never overshoot.
    """
    at = np.zeros(y.shape[:-1])
    for _ in range(_STEPS):
        w, mu, q = spread(y, v, at, use)
        slope = (w**2 * (y - mu[..., None]) ** 2).sum(-1)
        over = q - target
        step = np.where((over > 0) & (slope > 0), over / np.where(slope > 0, slope, 1.0), 0.0)
        at = at + step
        if (step <= _CLOSE * at).all():
            break
    return np.asarray(at)


def _moments(y: Floats, v: Floats, use: Bools | None) -> Floats:
    w, _, q = spread(y, v, 0.0, use)
    total = w.sum(-1)
    return np.asarray(np.maximum(0.0, (q - (_count(y, use) - 1)) / (total - (w**2).sum(-1) / total)))


def _likeliest(y: Floats, v: Floats, use: Bools | None, *, restricted: bool) -> Floats:
    """Look at a grid for the highest tops (there may be several, nearly as high), climb each, keep the best."""
    top = _top(y, use)
    grid = np.moveaxis(_GRID * top[..., None], -1, 0)  # (g, ...)
    heights = _likelihood(y, v, grid, use, restricted)
    walled = np.pad(heights, [(1, 1)] + [(0, 0)] * top.ndim, constant_values=-np.inf)
    peaks = np.where((heights >= walled[:-2]) & (heights >= walled[2:]), heights, -np.inf)
    chosen = np.argsort(-peaks, axis=0)[:_TOPS]  # (tops, ...)
    chosen = np.where(np.isfinite(np.take_along_axis(peaks, chosen, 0)), chosen, chosen[:1])
    ends = [np.clip(chosen + step, 0, len(_GRID) - 1) for step in (-1, 0, 1)]
    low, at, high = (np.take_along_axis(grid, end, 0) for end in ends)
    found = _climb(y, v, (low, at, high), top, use, restricted)
    best = _likelihood(y, v, found, use, restricted).argmax(0)
    return np.asarray(np.take_along_axis(found, best[None], 0)[0])


def _climb(
    y: Floats, v: Floats, start: tuple[Floats, Floats, Floats], top: Floats, use: Bools | None, restricted: bool
) -> Floats:
    """Fisher's steps uphill from the middle, halved where they would leave what is between the ends."""
    low, at, high = start
    for _ in range(_STEPS):
        slope, bend = _slope(y, v, at, use, restricted)
        low, high = np.where(slope > 0, at, low), np.where(slope > 0, high, at)
        wished = at + slope / bend
        inside = (wished > low) & (wished < high)
        floor = (slope <= 0) & (at <= low)  # at nought, and it falls from there
        new = np.where(floor, at, np.where(inside, wished, (low + high) / 2))
        moved, at = np.abs(new - at), new
        if (moved <= _CLOSE * np.maximum(top, 1e-300)).all():
            break
    return np.asarray(at)


def _top(y: Floats, use: Bools | None) -> Floats:
    """Beyond four times the square of the range of effects no likelihood rises."""
    if use is None:
        return np.asarray(4 * np.ptp(y, axis=-1) ** 2)
    high, low = np.where(use, y, -np.inf).max(-1), np.where(use, y, np.inf).min(-1)
    return np.asarray(4 * (high - low) ** 2)


def _likelihood(y: Floats, v: Floats, at: Floats, use: Bools | None, restricted: bool) -> Floats:
    """Twice the logarithm, without what never changes."""
    w, _, q = spread(y, v, at, use)
    logs = np.log(np.where(w > 0, w, 1.0)).sum(-1)
    return np.asarray(logs - q - (np.log(w.sum(-1)) if restricted else 0.0))


def _slope(y: Floats, v: Floats, at: Floats, use: Bools | None, restricted: bool) -> tuple[Floats, Floats]:
    """First derivative of twice the likelihood, and what Fisher expects of minus the second."""
    w, mu, _ = spread(y, v, at, use)
    one, two = w.sum(-1), (w**2).sum(-1)
    slope = (w**2 * (y - mu[..., None]) ** 2).sum(-1) - one
    if not restricted:
        return slope, two
    share = two / one
    return slope + share, two - 2 * (w**3).sum(-1) / one + share**2


def _count(y: Floats, use: Bools | None) -> Floats:
    return np.asarray(y.shape[-1] if use is None else use.sum(-1), float)
