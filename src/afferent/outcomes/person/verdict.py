"""Helping, not helping, too early, or getting worse – and what would change that.

Ask here: `judged`. The thresholds are data (verdict.toml). A simple before-and-after trial must beat more than a
randomised one: the fall has to be more than placebo brings in drug trials, and more than the days before were already
on the way to, because people begin when it is bad and then it mostly gets better by itself.
"""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from afferent.outcomes.person.analysis import Change
from afferent.outcomes.person.course import Course
from afferent.outcomes.person.flares import Flares
from afferent.outcomes.person.rules import RULES
from afferent.outcomes.person.trial import Agreement

Judged = Literal["helping", "not_helping", "too_early", "getting_worse"]
Why = Literal[
    "few_days_before", "few_days_during", "visits_to_come",  # too early: nothing can be said yet
    "lower_unclear", "unclear", "no_room",                   # too early: it can be looked at, and does not settle it
    "enough",                                                # helping
    "no_more_than_nothing",                                  # not helping
    "rose", "flares",                                        # getting worse
]  # fmt: skip


class Verdict(Struct, frozen=True):
    """What it comes to. `within_placebo`, `on_the_way`: why a fall in a before-and-after trial does not count as help;
    `more_days`: about how many more days with massage, at this pace, until it could be told (None: not by days alone).
    """

    is_: Judged
    why: Why
    within_placebo: bool = False
    on_the_way: bool = False
    more_days: int | None = None


def judged(
    course: Course, agreement: Agreement, change: Change | None, flares: Flares, *, visits: int | None
) -> Verdict:
    """The verdict after so many visits (None: nobody named any, so it is judged by the days). `change`: None where
    there were too few days for one. `agreement.points`, `stop.worse` and the change are in the same units."""
    if _flared(agreement, flares):
        return Verdict("getting_worse", "flares")
    before, during = len(course.scores(False)), len(course.scores(True))
    if before < RULES.days_before or change is None:
        return Verdict("too_early", "few_days_before" if before < RULES.days_before else "few_days_during")
    if _rose(change, agreement):
        return Verdict("getting_worse", "rose")
    if during < RULES.days_during:
        return Verdict("too_early", "few_days_during")
    done = during >= RULES.days_done if visits is None else visits >= agreement.visits
    return _of_a_fall(course, agreement, change, done)


def _flared(agreement: Agreement, flares: Flares) -> bool:
    """As many as agreed, of as many visits as agreed: three of eight, not three of a hundred. What was told counts as
    it is; what was read off the scores only if chance does not explain it."""
    most = agreement.stop.flares
    if most is None:
        return False
    share = most / agreement.visits
    if flares.told >= most and flares.told >= share * flares.known:
        return True
    return flares.count >= most and flares.count >= share * flares.known and flares.by_chance <= RULES.flare_chance


def _rose(change: Change, agreement: Agreement) -> bool:
    by_far = agreement.stop.worse is not None and change.points >= agreement.stop.worse
    return change.higher >= RULES.worse and (change.worse >= RULES.worse_by or by_far)


def _of_a_fall(course: Course, agreement: Agreement, change: Change, done: bool) -> Verdict:
    plain = not (agreement.randomised and course.repeated)
    sure = RULES.sure if plain else RULES.sure_drawn
    within = plain and change.past_placebo is not None and change.past_placebo < RULES.placebo
    on_the_way = plain and change.past_trend < (RULES.trend_alone if change.past_placebo is None else RULES.trend)
    if change.enough >= sure and not within and not on_the_way:
        return Verdict("helping", "enough") if done else Verdict("too_early", "visits_to_come")
    if done and 0 <= change.room < agreement.points:
        return Verdict("too_early", "no_room")
    if done and change.enough <= RULES.as_good_as_none:
        return Verdict("not_helping", "no_more_than_nothing")
    if not done:
        return Verdict("too_early", "visits_to_come", within, on_the_way)
    why: Why = "lower_unclear" if change.lower >= RULES.surely_lower else "unclear"
    more = None if within or on_the_way else _more_days(course, agreement, change)
    return Verdict("too_early", why, within, on_the_way, more)


_Z: Final = 1.6449  # one-sided, of 0.95


def _more_days(course: Course, agreement: Agreement, change: Change) -> int | None:
    """Days with massage until the same average might settle it, were the days to come like these; at most half a year.
    The days before stay as few as they are, so there may be no such number."""
    beyond = abs(change.points + agreement.points) / _Z
    before, during = len(course.scores(False)), len(course.scores(True))
    a_day = change.sd**2 / (1 / before + 1 / during)
    left = beyond**2 / a_day - 1 / before
    more = round(1 / left) - during if left > 0 else 0
    return more if 0 < more <= 180 else None
