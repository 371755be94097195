"""statsmodels' MixedLM: a level and a change for each person, both random, over everybody at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas
import statsmodels.formula.api as formula


class Found(NamedTuple):
    """The common change, and each person's."""

    mean: float
    each: np.ndarray


def solve(courses) -> Found:
    """Fitted by REML, as it comes."""
    longest = len(courses[0].day)
    table = pandas.DataFrame({
        "score": np.concatenate([one.score for one in courses]),
        "on": np.concatenate([np.array(one.on, float) for one in courses]),
        "person": np.repeat(np.arange(len(courses)), longest),
    })  # fmt: skip
    fitted = formula.mixedlm("score ~ on", table, groups=table["person"], re_formula="~on").fit()
    own = np.array([fitted.random_effects[n].iloc[1] for n in range(len(courses))])
    return Found(float(fitted.params["on"]), fitted.params["on"] + own)
