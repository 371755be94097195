"""The same question before and after, over many visits of many people: what a programme reports.

Ask here: `paired`. Only pairs count. The visits of one person are not independent of each other, so the interval of the
mean change counts people, not visits: a sum over people of their squared departures (cluster-robust), with Student's t
at people − 1 degrees of freedom. Nothing here was compared with anything: it says what went along with a visit, never
what massage did.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from msgspec import Struct

from afferent.outcomes.person.posterior import Floats

FEWEST: Final = 5  # people, below which an interval would say more than is known
Person = tuple[int, float]  # pairs of one person, and the sum of their changes


class Side(Struct, frozen=True):
    """The middle of the scores, and the middle half of them."""

    median: float
    low: float
    high: float


class Paired(Struct, frozen=True):
    """In points of one scale. `change`: after less before, on average of the pairs. `low`, `high`: its 95 % interval,
    None for fewer than `FEWEST` people."""

    pairs: int
    people: int
    before: Side
    after: Side
    change: float
    low: float | None
    high: float | None


def paired(counts: Sequence[tuple[float, float, int]], people: Sequence[Person]) -> Paired:
    """counts: (before, after, how many pairs of these); people: of each person. Raises ValueError without a pair, or
    where the two do not speak of the same pairs."""
    before, after, number = np.array(counts, float).reshape(-1, 3).T
    pairs = int(np.sum(number))
    if not pairs or pairs != sum(n for n, _ in people):
        raise ValueError("There is no pair, or people and pairs are not the same ones")
    change = float(np.sum((after - before) * number) / pairs)
    low, high = _interval(change, pairs, people)
    times = number.astype(int)
    return Paired(
        pairs, len(people), _side(np.repeat(before, times)), _side(np.repeat(after, times)), change, low, high
    )  # fmt: skip


def _side(values: Floats) -> Side:
    low, median, high = np.quantile(values, (0.25, 0.5, 0.75))
    return Side(float(median), float(low), float(high))


def _interval(change: float, pairs: int, people: Sequence[Person]) -> tuple[float | None, float | None]:
    number = len(people)
    if number < FEWEST:
        return None, None
    from scipy.special import stdtrit

    apart = sum((total - n * change) ** 2 for n, total in people)
    error = float(np.sqrt(number / (number - 1) * apart) / pairs)
    reach = float(stdtrit(number - 1, 0.975)) * error
    return change - reach, change + reach
