"""How far two phases of one person's scores lie apart, counted in pairs, without any model.

Ask here: `nap` (best known and least picky), `rescaled`, `tau`, and the older `pnd`, `pand`, `pem`, `ird`. All take
the baseline first, then the treatment phase, and which way is better; a larger number is always the better one. None
of them knows of trend (see tau_u.py) or of days that resemble the day before: none is a test. Definitions after
Parker, Vannest and Davis, "Effect size in single-case research: a review of nine nonoverlap techniques", 2011.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from afferent.outcomes.phases import Better, turned


def pnd(before: ArrayLike, during: ArrayLike, *, better: Better) -> float:
    """Share of the treatment phase that is better than every score of the baseline, 0 to 1."""
    a, b = turned(before, during, better)
    return float(np.mean(b > a.max()))


def pand(before: ArrayLike, during: ArrayLike, *, better: Better) -> float:
    """Share of all scores that is left when as few as possible are taken out so that the phases do not overlap, 0 to
    1."""
    a, b = (np.sort(one) for one in turned(before, during, better))
    # Keep the i lowest of the baseline and whatever of the treatment phase lies above them.
    above = len(b) - np.searchsorted(b, a, side="right")
    kept = np.concatenate([[len(b)], np.arange(1, len(a) + 1) + above])
    return float(kept.max() / (len(a) + len(b)))


def pem(before: ArrayLike, during: ArrayLike, *, better: Better) -> float:
    """Share of the treatment phase that is better than the median of the baseline; a tie counts half. 0 to 1."""
    a, b = turned(before, during, better)
    return float(np.mean((np.sign(b - np.median(a)) + 1) / 2))


def ird(before: ArrayLike, during: ArrayLike, *, better: Better) -> float:
    """Improvement rate difference, the robust form: what `pand` says, set against what chance leaves. At most 1."""
    a, b = turned(before, during, better)
    m, n = len(a), len(b)
    return 1 - (m + n) ** 2 / (2 * m * n) * (1 - pand(before, during, better=better))


def nap(before: ArrayLike, during: ArrayLike, *, better: Better) -> float:
    """Nonoverlap of all pairs: the chance that a day with massage is better than one without; a tie counts half. 0 to
    1."""
    return (tau(before, during, better=better) + 1) / 2


def rescaled(nap: float) -> float:
    """NAP from -1 to 1, nought where the phases do not differ; the same as `tau`."""
    return 2 * nap - 1


def tau(before: ArrayLike, during: ArrayLike, *, better: Better) -> float:
    """Better pairs less worse pairs, as a share of all pairs, -1 to 1."""
    a, b = turned(before, during, better)
    first = np.sort(a)
    better_, worse = np.searchsorted(first, b, side="left"), len(a) - np.searchsorted(first, b, side="right")
    return float(np.sum(better_) - np.sum(worse)) / (len(a) * len(b))
