"""What trials say together: the pooled effect, its interval, how far they differ, and where a next trial would fall.

Ask here: `equal_effects` and `random_effects`; both give a `Pooled`. By default tau² is estimated by restricted
maximum likelihood and the interval is that of Hartung, Knapp, Sidik and Jonkman, never narrower than Wald's by luck
(`"adhoc"`).
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike
from scipy.special import chdtrc, ndtr, ndtri, stdtr, stdtrit

from afferent.errors import InputError
from afferent.outcomes.meta.tau import Floats, q_profile, spread, tau2
from afferent.outcomes.methods import Method

Test = Literal["adhoc", "hksj", "wald"]
NextBy = Literal["t", "riley", "normal"]
TESTS: Final[dict[Test, str]] = {
    "adhoc": "Hartung-Knapp, never narrower than Wald",
    "hksj": "Hartung-Knapp",
    "wald": "Wald",
}


class Interval(Struct, frozen=True):
    """From, to. Ends may be infinite where too few trials bound them."""

    low: float
    high: float


class Pooled(Struct, frozen=True):
    """k trials together. All in the unit of the effects (of a ratio: its logarithm).

    estimate, se, interval; statistic with its degrees of freedom (None: normal) and two-sided p; q with its p; tau2
    with its interval by Q-profile (None for equal effects); i2 in percent: how much of what is seen is not chance;
    h2: the same as a ratio; next: where the true effect of a next trial would lie (None for equal effects); weights
    in percent.
    """

    k: int
    estimate: float
    se: float
    interval: Interval
    statistic: float
    free: int | None
    p: float
    q: float
    q_p: float
    tau2: float
    tau2_interval: Interval | None
    i2: float
    h2: float
    next: Interval | None
    weights: tuple[float, ...]
    method: str
    test: Test
    level: float


def equal_effects(y: ArrayLike, v: ArrayLike, *, level: float = 0.95) -> Pooled:
    """As if every trial measured one and the same effect."""
    return _pooled(*checked(y, v, 1), "equal", "wald", "t", level)


def random_effects(
    y: ArrayLike,
    v: ArrayLike,
    *,
    method: Method = "reml",
    test: Test = "adhoc",
    next_by: NextBy = "t",
    level: float = 0.95,
) -> Pooled:
    """As if the trials were drawn from many that differ. Raises InputError for fewer than two.

    `next_by`: the range of a next trial by t with k-1 degrees of freedom, by Riley's k-2 (Wald's se), or as if tau²
    were known.
    """
    return _pooled(*checked(y, v, 2), method, test, next_by, level)


def _pooled(
    y: Floats, v: Floats, method: Literal["equal"] | Method, test: Test, next_by: NextBy, level: float
) -> Pooled:
    k = len(y)
    between = 0.0 if method == "equal" else float(tau2(y, v, method))
    w, mu, q_here = spread(y, v, between)
    total = float(w.sum())
    se, free = _se(total, float(q_here), k, test)
    half = _quantile(free, level) * se
    statistic = float(mu) / se
    q = float(spread(y, v).q)
    typical = _typical(v, k)
    return Pooled(
        k=k,
        estimate=float(mu),
        se=se,
        interval=Interval(float(mu) - half, float(mu) + half),
        statistic=statistic,
        free=free,
        p=2 * float(ndtr(-abs(statistic)) if free is None else stdtr(free, -abs(statistic))),
        q=q,
        q_p=float(chdtrc(k - 1, q)) if k > 1 else 1.0,
        tau2=between,
        tau2_interval=None if method == "equal" else Interval(*q_profile(y, v, level)),
        i2=_i2(between, typical, q, k, method),
        h2=_h2(between, typical, q, k, method),
        next=None if method == "equal" else _next(float(mu), between, total, se, k, next_by, level),
        weights=tuple((100 * w / total).tolist()),
        method=method,
        test=test,
        level=level,
    )


def _se(total: float, q: float, k: int, test: Test) -> tuple[float, int | None]:
    """The standard error and its degrees of freedom. One alone, or none that differ: Hartung-Knapp has nothing to go
    by."""
    wald = total**-0.5
    if test == "wald" or k < 2:
        return wald, None
    ratio = q / (k - 1)
    if test == "adhoc":
        ratio = max(1.0, ratio)
    return (wald * max(ratio, 1e-300) ** 0.5), k - 1


def _quantile(free: int | None, level: float) -> float:
    tail = (1 + level) / 2
    return float(ndtri(tail) if free is None else stdtrit(free, tail))


def _next(mu: float, between: float, total: float, se: float, k: int, next_by: NextBy, level: float) -> Interval:
    if next_by == "riley":
        se = total**-0.5
    free = {"normal": None, "t": k - 1, "riley": k - 2}[next_by]
    if free == 0:
        return Interval(-np.inf, np.inf)
    half = _quantile(free, level) * float(np.sqrt(between + se**2))
    return Interval(mu - half, mu + half)


def _typical(v: Floats, k: int) -> float:
    """The variance of a typical trial [Higgins and Thompson 2002]."""
    w = 1 / v
    return float((k - 1) / (w.sum() - (w**2).sum() / w.sum())) if k > 1 else 0.0


def _i2(between: float, typical: float, q: float, k: int, method: str) -> float:
    if k < 2:
        return 0.0
    if method == "equal":
        return max(0.0, 100 * (q - (k - 1)) / q) if q else 0.0
    return 100 * between / (between + typical)


def _h2(between: float, typical: float, q: float, k: int, method: str) -> float:
    if k < 2:
        return 1.0
    return q / (k - 1) if method == "equal" else (between + typical) / typical


def checked(y: ArrayLike, v: ArrayLike, least: int) -> tuple[Floats, Floats]:
    """Effects and variances as arrays (k,), k at least `least`. Raises InputError."""
    effects, variances = np.asarray(y, float), np.asarray(v, float)
    if effects.ndim != 1 or effects.shape != variances.shape:
        raise InputError("every trial needs one effect and one variance")
    if len(effects) < least:
        raise InputError(f"there are {len(effects)} trials; pooling needs {least} or more")
    if not (np.isfinite(effects).all() and np.isfinite(variances).all() and (variances > 0).all()):
        raise InputError("every effect must be a number, and every variance above nought")
    return effects, variances
