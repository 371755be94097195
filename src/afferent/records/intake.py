"""What comes out of reading: who it is about, every statement with its date and origin, and what was not understood.

The same shape for a case file, a FHIR record and a filled questionnaire. Nothing here decides anything.
"""

from __future__ import annotations

import datetime as dt

from msgspec import Struct, structs

from afferent.errors import Refusal
from afferent.records.gathering import two_antiplatelets
from afferent.safety.evidence import Clearance, Evidence

ADULT = 18


class Intake(Struct, frozen=True):
    """One person as a file tells of them.

    `subject` their id; `as_of` the day to screen for; `age` the statement of their age (None: unknown; it stands among
    the statements too); `not_understood` entries that may matter and could not be read; `notes` what a reader of the
    record should know, without weight in any decision; `antiplatelets` those taken now, by ingredient, to be counted
    together with others.
    """

    subject: str
    as_of: dt.date
    statements: tuple[Evidence, ...]
    age: Evidence | None = None
    clearances: tuple[Clearance, ...] = ()
    not_understood: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    antiplatelets: dict[str, Evidence] = {}

    def with_answers(self, answers: Intake) -> Intake:
        """This record together with what was asked today."""
        antiplatelets = self.antiplatelets | answers.antiplatelets
        return structs.replace(
            self,
            statements=tuple(dict.fromkeys((*self.statements, *answers.statements, *two_antiplatelets(antiplatelets)))),
            antiplatelets=antiplatelets,
            age=answers.age or self.age,
            clearances=self.clearances + answers.clearances,
            not_understood=self.not_understood + answers.not_understood,
            notes=self.notes + answers.notes,
        )


def adults_only(statements: tuple[Evidence, ...], as_of: dt.date) -> Evidence | None:
    """The statement of the age, the youngest of several. Raises Refusal for anybody under 18 on `as_of`."""
    ages = [one for one in statements if one.fact == "age_years" and isinstance(one.value, int | float)]
    youngest = min(ages, key=lambda one: one.number, default=None)
    if youngest is not None and youngest.number < ADULT:
        raise Refusal(
            f"Afferent does not screen children: this person is {youngest.number:g} years old on {as_of} "
            f"({youngest.origin})"
        )
    return youngest
