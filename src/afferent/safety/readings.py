"""Of several readings of one number: the one that counts, and the worst that may be read out of them.

Ask here: `counted` (the latest; of one day the worse; a laboratory before what was only told), `worst` (that, or what
was told beside it if it is worse) and `by_date`. Whether a reading is young enough is not asked here.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from afferent.knowledge.model import Fact
from afferent.safety.evidence import RECORDED, Evidence

TESTED: Final = "blood"  # the group of facts that a laboratory knows better than a person


def counted(fact: Fact, said: list[Evidence]) -> Evidence:
    """The latest reading; of several on its day the worse one. A higher reading is worse unless `low` is. `said`: by
    date, at least one."""
    labs = [e for e in said if e.kind in RECORDED]
    last = said[-1] if fact.group != TESTED or not labs else labs[-1]
    day = [e for e in said if by_date(e) == by_date(last)]
    if fact.worse == "apart":
        return max(day, key=lambda e: abs(e.number - (fact.middle or 0)))
    pick = min if fact.worse == "low" else max
    return pick(day, key=lambda e: e.number)


def worst(fact: Fact, said: list[Evidence]) -> float:
    """The number that counts, or what was told beside a result of a laboratory if that is worse."""
    reading = counted(fact, said)
    beside = said if fact.group == TESTED and reading.kind in RECORDED else []
    pick = min if fact.worse == "low" else max
    return pick(e.number for e in (reading, *(e for e in beside if e.kind not in RECORDED)))


def by_date(statement: Evidence) -> dt.date:
    """The day of a statement; one without a day comes first."""
    return statement.date or dt.date.min
