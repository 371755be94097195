"""Medicines as a client writes them, read as a case file is. A name that nobody knows never stops an intake."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from afferent.errors import InputError
from afferent.knowledge import Knowledge
from afferent.knowledge.concepts import matcher
from afferent.records.entered import medicine
from afferent.records.gathering import Gathering, clean
from afferent.records.intake import Intake
from afferent.safety.evidence import Evidence
from afferent.web.intake.so_far import Told


def read(lines: Iterable[str], told: Told, knowledge: Knowledge) -> Intake:
    """What the lines state. A misspelt name is listed as not understood, with what it may be, for the therapist."""
    gathering = Gathering(told.day, knowledge, matcher())
    for line in lines:
        try:
            medicine(line, "medicines", told.day, gathering)
        except InputError as error:
            gathering.fault("medicines", str(error).removeprefix("medicines: "))
    return Intake(
        subject="",
        as_of=told.day,
        statements=tuple(_from(one, told) for one in gathering.statements),
        not_understood=gathering.not_understood,
        notes=tuple(clean(note) for note in gathering.notes),
        antiplatelets={name: _from(one, told) for name, one in gathering.antiplatelets.items()},
    )


def _from(one: Evidence, told: Told) -> Evidence:
    return replace(one, origin=told.origin)
