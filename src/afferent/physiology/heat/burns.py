"""What is published on how long skin bears how much heat: a fit, its safety line, and the scald ladder.

Ask here: `burn_line` and `safety_line` (seconds at a temperature), `scald_seconds` and `scald_dose` (the ladder of tap
water). All of it is about healthy adult skin. It is an upper bound to be divided, never a permission.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from afferent.physiology.heat.kinetics import Floats

SAFETY_FACTOR: Final = 10  # our choice, not published [physiology.md 9]; strength N
SCALD_FROM: Final = 44.0  # below it the ladder counts nothing

# °C -> seconds to a serious scald of an adult, from warning pages for tap water [S8-S10]; where they differ, the
# shorter. 44 °C: about six hours [S2, S3]. They agree with each other to about a factor of two, and a maker's table
# [ANTISCALD] is shorter still at 47, 55 and 60 °C: shown, and used by no limit.
LADDER: Final[dict[float, float]] = {
    44.0: 21_600, 48.9: 300, 51.7: 90, 54.4: 30, 56.1: 15, 57.2: 10, 60.0: 5, 62.8: 3, 65.6: 1.5, 68.3: 1,
}  # fmt: skip
_DEGREES: Final = np.array(list(LADDER))
_LOGS: Final = np.log(np.array(list(LADDER.values())))
_LAST: Final = (_LOGS[-1] - _LOGS[-2]) / (_DEGREES[-1] - _DEGREES[-2])


def burn_line(celsius: float) -> float:
    """Seconds of contact until the epidermis is destroyed: the published fit of Moritz and Henriques [CBI-REVIEW]."""
    return math.exp(116.4 - 28.3 * math.log(celsius))


def safety_line(celsius: float) -> float:
    """Seconds of the published "safety margin", parallel to the fit through 300 s at 45 °C [CBI-REVIEW].

    Exposures on this line do redden skin: volunteers were burned with them on purpose. Below 44 °C there are no data,
    and the line is carried on towards caution.
    """
    return math.exp(113.4 - 28.3 * math.log(celsius))


def scald_seconds(celsius: ArrayLike) -> Floats:
    """Seconds at a constant temperature to a serious scald, by the ladder; infinite below 44 °C.

    Between rungs the logarithm is interpolated; above the last rung it goes on falling as it did.
    """
    at = np.asarray(celsius, dtype=np.float64)
    logs = np.interp(at, _DEGREES, _LOGS)
    logs = np.where(at > _DEGREES[-1], _LOGS[-1] + _LAST * (at - _DEGREES[-1]), logs)
    return np.where(at < SCALD_FROM, np.inf, np.exp(logs))


def scald_dose(times: ArrayLike, celsius: ArrayLike) -> float:
    """The share of a scald along a course of temperatures: 1 is a serious scald. Each step counts at its warmer end."""
    at, warm = np.asarray(times, dtype=np.float64), np.asarray(celsius, dtype=np.float64)
    share = 1 / scald_seconds(warm)
    return float(np.sum(np.maximum(share[:-1], share[1:]) * np.diff(at)))
