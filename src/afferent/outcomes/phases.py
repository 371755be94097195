"""Two phases of one person's scores – without and with massage – and which way is better.

Ask here: `Better`, `scores` (one phase, checked), `phases` (both) and `turned` (both so that higher is better).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from afferent.errors import InputError

Better = Literal["lower", "higher"]
Scores = Sequence[float] | NDArray[np.float64]
Floats = NDArray[np.float64]


def scores(values: ArrayLike, name: str, least: int = 1) -> Floats:
    """One phase, (n,). Raises InputError where there are too few scores or one of them is not a number."""
    found = np.asarray(values, float)
    if found.ndim != 1 or len(found) < least:
        raise InputError(f"the {name} needs {least} or more scores in a row, and has {found.size}")
    if not np.isfinite(found).all():
        raise InputError(f"score {int(np.argmin(np.isfinite(found))) + 1} of the {name} is no number; leave it out")
    return found


def phases(before: ArrayLike, during: ArrayLike, least: int = 1) -> tuple[Floats, Floats]:
    """Both phases as they were scored. Raises InputError."""
    return scores(before, "baseline", least), scores(during, "treatment phase", least)


def turned(before: ArrayLike, during: ArrayLike, better: Better) -> tuple[Floats, Floats]:
    """Both phases so that higher is better. Raises InputError."""
    a, b = phases(before, during)
    return (-a, -b) if better == "lower" else (a, b)
