"""Many people's changes taken together: how much it changes on average, how people differ, and what that says of each.

Ask here: `pooled`. The model: each person's own change is known with an error; people's changes are normal around a
common one. Flat prior on the common change; on how much people differ (τ) half-normal with a standard deviation of
`TAU_SD` points. τ goes over a grid, the rest has a closed form. The estimate of one person is drawn towards the
others' as far as their own days say little.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from msgspec import Struct

from afferent.outcomes.person.posterior import Floats

TAU_SD: Final = 2.0
FEWEST: Final = 3
_STEPS: Final = 160


class Pooled(Struct, frozen=True, eq=False):
    """In points. mean: of people; tau: how they differ, as a standard deviation; each: (P,) drawn together, with sd;
    next: the 95 % interval of the change of one more person like these."""

    people: int
    mean: float
    mean_low: float
    mean_high: float
    tau: float
    tau_low: float
    tau_high: float
    next_low: float
    next_high: float
    each: Floats
    each_sd: Floats


def pooled(change: Floats, error: Floats, *, fewest: int = FEWEST) -> Pooled:
    """change, error: (P,) each person's change and its standard deviation. Raises ValueError below `fewest` people."""
    if len(change) < fewest:
        raise ValueError(f"{len(change)} people are too few to say how people differ; {fewest} are the least")
    tau = np.linspace(0.0, 4 * max(TAU_SD, float(np.std(change))), _STEPS)
    spread = error[None] ** 2 + tau[:, None] ** 2
    weight = 1 / spread
    total = weight.sum(axis=1)
    mean = (weight * change).sum(axis=1) / total
    log = -0.5 * (np.log(spread).sum(axis=1) + np.log(total) + (weight * (change - mean[:, None]) ** 2).sum(axis=1))
    log -= 0.5 * (tau / TAU_SD) ** 2
    share = np.exp(log - log.max())
    share /= share.sum()
    middle = float(share @ mean)
    sd = float(np.sqrt(share @ (1 / total + (mean - middle) ** 2)))
    ahead = float(np.sqrt(share @ (1 / total + tau**2 + (mean - middle) ** 2)))
    low, high = (float(np.interp(q, np.cumsum(share), tau)) for q in (0.025, 0.975))
    hold = error[None] ** 2 / spread
    drawn = hold * mean[:, None] + (1 - hold) * change
    each = share @ drawn
    inner = (1 - hold) * error[None] ** 2 + hold**2 / total[:, None]
    each_sd = np.sqrt(share @ (inner + (drawn - each) ** 2))
    z = 1.959964
    return Pooled(
        len(change), middle, middle - z * sd, middle + z * sd, float(share @ tau), low, high,
        middle - z * ahead, middle + z * ahead, each, each_sd,
    )  # fmt: skip
