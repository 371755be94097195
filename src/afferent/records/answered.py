"""What answers given on an earlier day are still worth.

"No" is an explicit no today [safety-clarifications.md 15]: what was denied last month is asked again. A hazard that was
told stays told, and a number counts for as long as its fact says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from afferent.knowledge import Knowledge
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
