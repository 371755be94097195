"""What is stated about a person, in words: the value, when it was so, and where it stands.

Ask here: `facts_line`, and `facts_lines` for several. "Right leg", "said by client, 20 Nov 2026", "7 months old".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct

from afferent.knowledge import Knowledge
from afferent.knowledge.model import Fact
from afferent.safety.screening import Met
from afferent.words import dates
from afferent.words.consents import long_day
from afferent.words.effects import place_area
from afferent.words.places import phrase
from afferent.words.vocabulary import capital

_LISTS: Final = {
    "Condition": "condition list", "MedicationStatement": "medicine list", "MedicationRequest": "medicine list",
    "MedicationAdministration": "medicine list", "MedicationDispense": "medicine list", "Observation": "measured",
    "DiagnosticReport": "report", "Procedure": "procedure list", "Device": "device list",
    "DeviceUseStatement": "device list", "AllergyIntolerance": "allergy list", "QuestionnaireResponse": "intake form",
    "Encounter": "visit list", "Patient": "record", "Immunization": "vaccine list",
}  # fmt: skip
_UNITS: Final = {
    "10*3/uL": "thousand per microlitre", "/uL": "per microlitre", "Cel": "°C", "mm[Hg]": "mmHg", "a": "years", "1": "",
}  # fmt: skip


_MOST: Final = 20  # statements shown of one rule or question


class FactLine(Struct, frozen=True):
    """One fact as it is shown: `what` it is, `where` it stands and when, how `old`, and the words `said` there."""

    what: str
    where: str
    old: str
    said: str

    def __str__(self) -> str:
        return " · ".join(part for part in (self.what, self.said, self.where, self.old) if part)


def facts_lines(found: Sequence[Met], knowledge: Knowledge, as_of: dt.date) -> tuple[FactLine, ...]:
    """Statements in their order; of very many the first, and how many more there are."""
    lines = [facts_line(one, knowledge, as_of) for one in found[:_MOST]]
    if len(found) > _MOST:
        lines.append(FactLine(f"and {len(found) - _MOST} more", "", "", ""))
    return tuple(lines)


def facts_line(met: Met, knowledge: Knowledge, as_of: dt.date) -> FactLine:
    """A statement that met a rule: value, date, and its origin in words."""
    fact = knowledge.facts[met.fact]
    when = f", {dates.day(met.date)}" if met.date else ", date not stated"
    origin = met.origin.removesuffix(f", {long_day(met.date)}") if met.date else met.origin  # the day is said once
    said = met.said.strip()
    quote = f"“{said}”" if said and said.lower() not in _plain_answers(met.value) else ""
    return FactLine(
        what=_stated(fact, met.value),
        where=origin_words(origin, measured=fact.kind == "number") + when,
        old=dates.age(met.date, as_of) if met.date else "",
        said=quote,
    )


def origin_words(origin: str, *, measured: bool = False) -> str:
    """Where a statement stands: "said by client", "medicine list, MedicationRequest/12"."""
    if origin == "answer":
        return "told today" if measured else "said by client"
    words = _LISTS.get(origin.partition("/")[0].partition(" ")[0])
    return f"{words}, {origin}" if words else origin


def _stated(fact: Fact, value: Any) -> str:
    words = value_words(fact, value)
    return f"{fact.title}: {words}" if words else fact.title


def value_words(fact: Fact, value: Any) -> str:
    """A value as people say it; empty for a plain yes."""
    match value:
        case True:
            return ""
        case None:
            return "raised, not settled"
        case False:
            return "no"
        case dt.date():
            return dates.day(value)
        case tuple() | list():
            return _places(fact, value)
        case int() | float():
            unit = _UNITS.get(fact.unit, fact.unit)
            return f"{value:g} {unit}".rstrip()
        case _:
            return fact.options.get(str(value), str(value))


def _places(fact: Fact, places: Sequence[str]) -> str:
    area = 0
    for place in places:
        area |= place_area(place, fact)
    return phrase(area)


def _plain_answers(value: Any) -> set[str]:
    """What a client's answer may look like without adding anything to the value."""
    spelled = {str(value).lower(), "yes", "no", "true", "false", "none of these", "left", "right", "both"}
    if isinstance(value, tuple | list):
        spelled |= {str(part).lower() for part in value} | {str(list(value)).lower(), ", ".join(value).lower()}
    return spelled


def unit_words(fact: Fact) -> str:
    """The unit of a number, in words."""
    return capital(_UNITS.get(fact.unit, fact.unit))
