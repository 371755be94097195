"""The reasons a therapist gives for going beyond a limit, and which crossings are still without one.

Ask here: `crossing(fault, outline, reason, words, knowledge)` to write one down, and `settled(outline, screening,
knowledge, wish, crossings)`: the faults that no reason covers. What nothing may open is never covered.
"""

from __future__ import annotations

from collections.abc import Iterable

from afferent.errors import InputError
from afferent.knowledge import Knowledge
from afferent.outline.crossings import faults
from afferent.outline.model import Crossing, Fault, Outline, Wish
from afferent.safety.screening import Screening

OWN_WORDS = "other"  # the reason that needs words


def settled(
    outline: Outline, screening: Screening, knowledge: Knowledge, wish: Wish, crossings: Iterable[Crossing]
) -> tuple[Fault, ...]:
    """The faults that stand: those that no reason opens, and those for which none was given. None: it may begin."""
    given = tuple(crossings)
    return tuple(
        fault for fault in faults(outline, screening, knowledge, wish)
        if fault.never or not any(covers(one, fault, outline, knowledge) for one in given)
    )  # fmt: skip


def covers(one: Crossing, fault: Fault, outline: Outline, knowledge: Knowledge) -> bool:
    """Was this reason given for just this crossing: the same limit, the same place, the same amount?"""
    return (
        _sound(one.reason, one.words, knowledge)
        and one.crosses == fault.crosses
        and one.says == fault.says
        and set(fault.rules) <= set(one.rules)
        and set(_regions(fault, outline)) <= set(one.regions)
    )


def crossing(fault: Fault, outline: Outline, reason: str, words: str, knowledge: Knowledge) -> Crossing:
    """A reason for one crossing. Raises InputError where nothing opens it, or where the reason is none."""
    if fault.never:
        raise InputError(f"no reason opens this: {fault.says}")
    if reason not in knowledge.reasons:
        raise InputError(f"there is no reason {reason[:40]!r}; there are {', '.join(knowledge.reasons)}")
    if not _sound(reason, words, knowledge):
        raise InputError("another reason needs a few words of yours")
    return Crossing(fault.crosses, _regions(fault, outline), fault.says, fault.rules, reason, words.strip())


def _sound(reason: str, words: str, knowledge: Knowledge) -> bool:
    return reason in knowledge.reasons and (reason != OWN_WORDS or bool(words.strip()))


def _regions(fault: Fault, outline: Outline) -> tuple[str, ...]:
    """The places of the step; of a fault of the whole, none."""
    return () if fault.step is None else outline.steps[fault.step].regions
