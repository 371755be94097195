"""Days that were worse right after a visit.

A next-day flare is what was told ("worse for more than a day"), or a score the day after a visit that lies at least
`RISE` points above the middle of the three days before the visit and above every score of the week before: two points
are what IMMPACT calls moderate. Scores that jump about by themselves show such rises too, so the same is counted for
days without a visit, and `by_chance` says how often as many would come about by chance.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import comb
from statistics import median
from typing import Final

from msgspec import Struct

RISE: Final = 2.0
_MIDDLE: Final = 3
_WEEK: Final = 7
_USUAL: Final = (
    1,
    12,
)  # before anything is seen: one such rise in twelve days, as noise of about a point and a half makes


class Flares(Struct, frozen=True):
    """`count` of `known` visits were followed by one, on these days; `told` of them were told, the rest read off the
    scores. A visit whose next day was not scored is not known. `by_chance`: how probable as many are without any harm.
    """

    count: int
    known: int
    days: tuple[int, ...]
    told: int = 0
    by_chance: float = 1.0


def flares(scores: Mapping[int, float], visits: Collection[int], told: Collection[int] = ()) -> Flares:
    """scores: day -> score, where more is worse; visits: their days; told: days of visits after which a flare was
    told."""
    risen = {day: _risen(scores, day) for day in sorted(set(visits))}
    known = [day for day, rise in risen.items() if rise is not None or day in told]
    flared = tuple(day for day in known if day in told or risen[day])
    others = [rise for day in scores if day not in risen and (rise := _risen(scores, day)) is not None]
    usual = (sum(others) + _USUAL[0]) / (len(others) + _USUAL[1])
    return Flares(
        len(flared), len(known), flared, sum(day in told for day in flared), _at_least(len(flared), len(known), usual)
    )


def _at_least(count: int, of: int, share: float) -> float:
    """The probability of so many or more."""
    return 1.0 - sum(comb(of, n) * share**n * (1 - share) ** (of - n) for n in range(count))


def _risen(scores: Mapping[int, float], day: int) -> bool | None:
    """None where the day after or all days before were not scored."""
    middle = [scores[day - back] for back in range(1, _MIDDLE + 1) if day - back in scores]
    if day + 1 not in scores or not middle:
        return None
    week = [scores[day - back] for back in range(_WEEK) if day - back in scores]
    return scores[day + 1] - median(middle) >= RISE and scores[day + 1] > max(week)
