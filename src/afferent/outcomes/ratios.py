"""Effect sizes of two phases that are made of averages: in points, in standard deviations, in percent, as ratios.

Ask here: `mean_difference`, `slope_difference`, `glass_delta`, `hedges_g`, `percent_change`, `log_response_ratio` and
`log_median_ratio`; `improvement` and `band` say what a change means. Baseline first. Signs are as measured, treatment
phase less baseline: a pain that falls has a negative change; `improvement` turns it by which way is better. Where a
ratio would mean nothing the answer is a `Refused` with its sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import comb, log, sqrt
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike
from scipy.special import ndtri

from afferent.outcomes.meta.effects import exact_j
from afferent.outcomes.phases import Better, Floats, phases
from afferent.outcomes.refused import Refused

_RATIO_NEEDS: Final = "a ratio needs a true nought that is never reached; read the change in points"


class Ratio(Struct, frozen=True):
    """log: the natural logarithm of treatment over baseline; se of it; low, high: its interval; ratio: not logged."""

    log: float
    se: float
    low: float
    high: float
    ratio: float


def improvement(change: float, *, better: Better) -> float:
    """The same change so that more is better."""
    return -change if better == "lower" else change


def band(change: float, least: Mapping[str, float], *, better: Better) -> str:
    """What a change counts as: the highest of the bands it reaches, "none", or "worse".

    `least`: band -> the least change for it, all in the unit of `change`, such as the percents or the points that a
    measure names (measures.toml, after IMMPACT). A rise has no bands there; from the least of them on it is worse (N).
    """
    gain = improvement(change, better=better)
    reached = [name for name, from_ in least.items() if gain >= from_ - 1e-9]
    if reached:
        return max(reached, key=lambda name: least[name])
    return "worse" if least and -gain >= min(least.values()) - 1e-9 else "none"


def mean_difference(before: ArrayLike, during: ArrayLike) -> float:
    """Mean of the treatment phase less that of the baseline, in points."""
    a, b = phases(before, during)
    return float(b.mean() - a.mean())


def slope_difference(before: ArrayLike, during: ArrayLike) -> float | Refused:
    """Slope by least squares, treatment phase less baseline, in points per score."""
    a, b = phases(before, during)
    if min(len(a), len(b)) < 2:
        return Refused("a slope needs two scores or more in each phase")
    return float(np.polyfit(np.arange(len(b)), b, 1)[0] - np.polyfit(np.arange(len(a)), a, 1)[0])


def glass_delta(before: ArrayLike, during: ArrayLike) -> float | Refused:
    """Mean difference in standard deviations of the baseline."""
    a, b = phases(before, during)
    if len(a) < 2 or np.ptp(a) == 0:
        return Refused("the scores of the baseline do not differ, so there is no spread to measure by")
    return float((b.mean() - a.mean()) / a.std(ddof=1))


def hedges_g(before: ArrayLike, during: ArrayLike, *, corrected: bool = True) -> float | Refused:
    """Mean difference in pooled standard deviations; corrected for few scores by the exact factor of Hedges."""
    a, b = phases(before, during)
    free = len(a) + len(b) - 2
    if min(len(a), len(b)) < 2 or (np.ptp(a) == 0 and np.ptp(b) == 0):
        return Refused("the scores do not differ within the phases, so there is no spread to measure by")
    pooled = sqrt(((len(a) - 1) * a.var(ddof=1) + (len(b) - 1) * b.var(ddof=1)) / free)
    factor = float(exact_j(free)) if corrected else 1.0
    return float(factor * (b.mean() - a.mean()) / pooled)


def percent_change(before: ArrayLike, during: ArrayLike) -> float | Refused:
    """Mean of the treatment phase against that of the baseline, in percent: -62 for a fall to 38 of 100."""
    a, b = phases(before, during)
    if a.mean() <= 0 or a.min() < 0:
        return Refused("the baseline is at nought, and nothing is a percentage of nought; read the change in points")
    return float(100 * (b.mean() - a.mean()) / a.mean())


def log_response_ratio(
    before: ArrayLike, during: ArrayLike, *, corrected: bool = True, level: float = 0.95
) -> Ratio | Refused:
    """Logarithm of the ratio of means, corrected for its small bias; refused where a score is nought or less.

    se and interval suppose scores that do not resemble the day before; where they do, both are too small.
    """
    a, b = phases(before, during)
    if refused := _no_ratio(a, b, 2):
        return refused
    bias = [float(one.var(ddof=1) / (len(one) * one.mean() ** 2)) for one in (a, b)]
    value = log(float(b.mean() / a.mean())) + ((bias[1] - bias[0]) / 2 if corrected else 0.0)
    return _ratio(value, sqrt(sum(bias)), level)


def log_median_ratio(before: ArrayLike, during: ArrayLike, *, level: float = 0.95) -> Ratio | Refused:
    """Logarithm of the ratio of medians, with the interval of Bonett and Price 2020 from the scores beside the
    middle."""
    a, b = phases(before, during)
    if refused := _no_ratio(a, b, 4):
        return refused
    value = log(float(np.median(b)) / float(np.median(a)))
    return _ratio(value, sqrt(_variance_of_log_median(a) + _variance_of_log_median(b)), level)


def _no_ratio(a: Floats, b: Floats, least: int) -> Refused | None:
    if min(len(a), len(b)) < least:
        return Refused(f"a ratio needs {least} scores or more in each phase")
    for name, one in (("baseline", a), ("treatment phase", b)):
        if low := int(np.sum(one <= 0)):
            were = "is" if low == 1 else "are"
            return Refused(f"{low} of {len(one)} scores of the {name} {were} nought or less: {_RATIO_NEEDS}")
    return None


def _variance_of_log_median(values: Floats) -> float:
    """From two ordered scores about √n away from the middle, and how often a median lies between such."""
    n = len(values)
    rank = max(1, round(n / 2 - sqrt(n)))
    tail = sum(comb(n, below) for below in range(rank)) / 2**n
    ordered = np.log(np.sort(values))
    return float(((ordered[n - rank] - ordered[rank - 1]) / (2 * -ndtri(tail))) ** 2)


def _ratio(value: float, se: float, level: float) -> Ratio:
    half = float(ndtri((1 + level) / 2)) * se
    return Ratio(value, se, value - half, value + half, float(np.exp(value)))
