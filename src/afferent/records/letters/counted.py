"""What of an unverified answer counts today: what it holds back, and never anything that would open.

Ask here: `with_unverified(intake, readings, knowledge)`. Its clearances go on file as unverified: the screening takes
only what they tighten. Its hazards are stated one by one, and only while no place, no limit and no minute of this
person's screening becomes looser by it: to know the place of a clot also says where it is not, and that may wait for a
call.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from afferent.body.regions import LEAVES
from afferent.knowledge import Knowledge
from afferent.knowledge.model import DECISION_RANK, URGENCY_RANK
from afferent.records.intake import Intake
from afferent.records.letters.answer import Reading, tightening
from afferent.safety import resolve
from afferent.safety.findings import Findings
from afferent.safety.screen import find


def with_unverified(intake: Intake, readings: Iterable[Reading], knowledge: Knowledge) -> Intake:
    """The intake with what unverified answers tighten. Its screening is nowhere looser than that of the intake."""
    for reading in readings:
        part = tightening(reading, knowledge)
        intake = structs.replace(intake, clearances=(*intake.clearances, *part.clearances))
        for one in part.facts:
            more = structs.replace(intake, statements=(*intake.statements, one))
            if no_looser(_found(intake, knowledge), _found(more, knowledge)):
                intake = more
    return intake


def no_looser(before: Findings, after: Findings) -> bool:
    """Is everything at least as strict: each place, the headline, minutes, positions and points?"""
    first, last = (one.known.meet(one.held).by_leaf() for one in (before, after))
    return (
        all(first[leaf].allows(last[leaf]) for leaf in LEAVES)
        and DECISION_RANK[before.decision] <= DECISION_RANK[after.decision]
        and URGENCY_RANK[before.urgency] <= URGENCY_RANK[after.urgency]
        and min(before.minutes.values(), default=60) >= min(after.minutes.values(), default=60)
        and before.positions.keys() <= after.positions.keys()
        and before.points.keys() <= after.points.keys()
        and _asked(before) <= _asked(after) | after.view.values.keys()
    )


def _asked(found: Findings) -> frozenset[str]:
    return frozenset(found.open)


def _found(intake: Intake, knowledge: Knowledge) -> Findings:
    person = resolve(intake.statements, knowledge, intake.as_of, id=intake.subject, clearances=intake.clearances)
    return find(person, knowledge)
