"""How long hands are on somebody today, at most: what the limits leave, and what a first or a later visit takes.

Ask here: `hands_on` (the minutes) and `at_most` (with the reason). Which visit it is, the caller knows; a screening
alone does not, and says only what the limits leave.
"""

from __future__ import annotations

from typing import Literal

from afferent.knowledge import Knowledge
from afferent.knowledge.model import DEFAULT_MINUTES
from afferent.safety.screening import Screening

Visit = Literal["any", "first", "later"]
_USUAL = {"first": "first_visit", "later": "later_visit"}
_BECAUSE = {"first": "a first visit (our default)", "later": "a later visit (our default)"}


def hands_on(screening: Screening, knowledge: Knowledge, visit: Visit = "any") -> int:
    """Minutes: the fewer of what the limits leave and what such a visit takes."""
    usual = knowledge.practice[_USUAL[visit]].most if visit in _USUAL else None
    return min(screening.session.minutes, usual or DEFAULT_MINUTES)


def at_most(screening: Screening, knowledge: Knowledge, visit: Visit = "any") -> str:
    """ "20 minutes at most" where a limit says so; "up to 30 minutes: a first visit (our default)"."""
    minutes = hands_on(screening, knowledge, visit)
    if minutes == screening.session.minutes:
        return f"{minutes} minutes at most" if minutes < DEFAULT_MINUTES else f"up to {minutes} minutes"
    return f"up to {minutes} minutes: {_BECAUSE[visit]}"
