"""From an intake to its screening: what the command line, the page and the docs all do."""

from __future__ import annotations

from afferent.knowledge import Knowledge
from afferent.records.intake import Intake, adults_only
from afferent.safety import Screening, resolve, screen


def screening(intake: Intake, knowledge: Knowledge) -> Screening:
    """The screening of an intake. Raises Refusal for a child, also when the age was only just answered."""
    adults_only(intake.statements, intake.as_of)
    person = resolve(
        intake.statements,
        knowledge,
        intake.as_of,
        id=intake.subject,
        clearances=intake.clearances,
        not_understood=intake.not_understood,
    )
    return screen(person, knowledge)
