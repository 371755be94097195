"""What answers given on an earlier day are still worth.

"No" is an explicit no today [safety-clarifications.md 15]: what was denied last month is asked again. A hazard that was
told stays told, and a number counts for as long as its fact says.

Ask here: `still_held`, `reassures`; and, where one answer must not loosen another: `weighs` and `milder`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from afferent.knowledge import Knowledge
from afferent.knowledge.model import Fact
from afferent.safety.evidence import Evidence


def still_held(statements: Iterable[Evidence], knowledge: Knowledge, as_of: dt.date) -> tuple[Evidence, ...]:
    """The statements without answers of an earlier day that only reassured."""
    return tuple(
        one
        for one in statements
        if one.kind != "answer" or one.date is None or one.date >= as_of or not reassures(one, knowledge)
    )


def reassures(one: Evidence, knowledge: Knowledge) -> bool:
    """Does this statement say that something is well? A number says neither."""
    fact = knowledge.facts[one.fact]
    if fact.kind == "choice":
        return fact.group == "today" and one.value not in fact.worse_options
    if fact.kind not in ("yes_no", "finding", "date") or one.value is None:
        return False
    return one.value is not False if fact.worse == "no" else one.value is False


def weighs(one: Evidence, knowledge: Knowledge, day: dt.date | None) -> bool:
    """Is this a hazard, against which another answer of `day` must be weighed?

    Up to its own day so is an option, or the places where something is well: another may say that still more is well.
    """
    if one.value is None or not reassures(one, knowledge):
        return one.value is not None
    could_be_better = one.value is not False and knowledge.facts[one.fact].kind in ("choice", "finding")
    return could_be_better and (one.date is None or day is None or day <= one.date)


def milder(one: Evidence, told: Evidence, knowledge: Knowledge) -> bool:
    """Would this answer, in the place of a hazard told otherwise, make light of it? Places of a hazard never do: both
    hold. Two options neither of which is known to be worse do, and so do a number too low and a number too high.
    """
    fact = knowledge.facts[one.fact]
    if one.value == told.value:
        return False
    if one.value is None or reassures(one, knowledge):
        return True
    match fact.kind:
        case "number":
            return _counted(told, fact, one.date) and not _as_bad(one.number, told.number, fact)
        case "date" if isinstance(one.value, dt.date) and isinstance(told.value, dt.date):
            return one.value < told.value
        case "choice":
            return one.value not in fact.worse_options
    return False


def _counted(told: Evidence, fact: Fact, day: dt.date | None) -> bool:
    """Did this number still count on a day, by the longest that it may?"""
    if not fact.counts_for or told.date is None or day is None:
        return True
    return (day - told.date).days <= max(age.days for age in fact.counts_for)


def _as_bad(number: float, told: float, fact: Fact) -> bool:
    if fact.worse == "apart":
        off, told_off = number - (fact.middle or 0), told - (fact.middle or 0)
        return off * told_off >= 0 and abs(off) >= abs(told_off)
    return number <= told if fact.worse == "low" else number >= told
