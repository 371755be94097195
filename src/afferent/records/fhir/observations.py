"""Observations: laboratory values, blood pressure and other readings, foot tests – also inside panels and reports.

A number needs its unit and its day. A test counts only with a result, and a normal test clears nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from afferent.errors import InputError
from afferent.knowledge.concepts import Hit
from afferent.knowledge.model import Fact
from afferent.records.dates import Span
from afferent.records.fhir.coded import by_code, codings, listed, places, said, words
from afferent.records.fhir.resources import CodeableConcept, Component, Observation, Quantity
from afferent.records.gathering import Gathering
from afferent.records.laterality import side_of_words
from afferent.records.meaning import Entry, tell, unique
from afferent.records.quantity import Reading, in_unit_of
from afferent.safety.evidence import Evidence

_COUNT: Final = re.compile(
    r"(platelets?|thrombocytes?|plt|inr|neutrophils?|anc)( count| absolute)?( \[.*\].*| in blood.*| \(.*\))?",
    re.IGNORECASE,
)
_RECENT: Final = 90  # days; an older count is "not known" whatever its code
_NEVER: Final = frozenset({"entered-in-error", "cancelled", "registered"})
# HL7's observation interpretation codes
_ABNORMAL: Final = frozenset({"A", "AA", "POS", "DET", "L", "LL", "H", "HH"})
_NORMAL: Final = frozenset({"N", "NEG", "ND"})
_BAD = r"(yes|positive|present|detected|true|abnormal|lost|loss|reduced|decreased|diminished|impaired|insensate)"
_DENIED: Final = re.compile(rf"\b(no|not|non|without)[ -]+{_BAD}\b", re.IGNORECASE)
_YES: Final = re.compile(rf"\b({_BAD}|not felt|not normal)\b", re.IGNORECASE)
_NO: Final = re.compile(r"\b(no|not|negative|none|absent|undetected|false|normal|felt|intact)\b", re.IGNORECASE)


def read(observation: Observation, origin: str, gathering: Gathering, reported: Span | None = None) -> None:
    """State what one Observation says. `reported`: the day of the report that contains it, if it has none itself."""
    if (observation.status or "").strip().lower() in _NEVER:
        return
    taken = _taken(observation, gathering) or reported
    if taken is not None and taken.first > gathering.as_of:
        return
    for part in (observation, *(observation.component or ())):
        found = _hits(part.code, origin, gathering)
        named = _by_value(part, gathering)
        if not found and not named:
            _by_name(part, taken, origin, gathering)
            continue
        site = observation.body_site
        sites, side = places(site, origin, gathering) if site is not None else ((), "")
        text = " ".join((*words(part.code), *words(part.value_codeable_concept)))
        entry = Entry(
            origin=origin, said=_said(part), kind="lab", begun=taken, sites=sites, words=(),
            side=side or side_of_words(text),
        )  # fmt: skip
        for hit in found:
            _one(hit, part, entry, gathering)
        if named:
            # A finding as value of a code that we know; of any other ("family history") it only asks.
            tell(named, replace(entry, kind="test", state="now" if found else "unsure"), gathering)


def _by_name(part: Observation | Component, taken: Span | None, origin: str, gathering: Gathering) -> None:
    """A blood count that only its words name, under no LOINC code: it may decide, so it is not dropped."""
    recent = taken is None or (gathering.as_of - taken.last).days <= _RECENT
    loinc = any("loinc" in (coding.system or "").lower() for coding in codings(part.code))
    if part.value_quantity is None or loinc or not recent:
        return
    if any(_COUNT.fullmatch(text.strip()) for text in words(part.code)):
        gathering.fault(origin, f"{_said(part)}: a blood count without its LOINC code is not understood")


def _taken(observation: Observation, gathering: Gathering) -> Span | None:
    period = observation.effective_period
    return (
        gathering.day(observation.effective_date_time)
        or gathering.day(observation.effective_instant)
        or (gathering.day(period.start) or gathering.day(period.end) if period else None)
    )


def _hits(code: CodeableConcept | None, origin: str, gathering: Gathering) -> tuple[Hit, ...]:
    found: list[Hit] = []
    for coding in codings(code):
        found += by_code(coding, gathering)
        if not found and coding.system and coding.code:
            phrase = gathering.codes.watched(coding.system, str(coding.code))
            if phrase:
                gathering.fault(origin, f"{coding.code} ({phrase}) is not understood")
    return unique(found)


def _by_value(part: Observation | Component, gathering: Gathering) -> tuple[Hit, ...]:
    """What a coded value shows by itself (a finding, a diagnosis)."""
    value = part.value_codeable_concept
    family = any("family" in text.lower() or "relative" in text.lower() for text in words(part.code))
    if value is None or family:
        return ()
    return unique(hit for coding in codings(value) for hit in by_code(coding, gathering))


def _one(hit: Hit, part: Observation | Component, entry: Entry, gathering: Gathering) -> None:
    """One known code: its number, or its result."""
    told = hit.concept.tells
    if hit.concept.kind not in ("lab", "vital"):
        outcome = result(part, lost=any(fact.endswith("_lost") for fact in told))
        if outcome is not False:  # a normal test clears nothing
            tell((hit,), replace(entry, kind="test", state="now" if outcome else "unsure"), gathering)
        return
    for fact, how in told.items():
        if how == "value":
            _number(gathering.knowledge.facts[fact], hit, part, entry, gathering)
        else:
            day = entry.begun.first if entry.begun else None
            gathering.state(Evidence(fact, None, day, entry.origin, entry.said, "test"))


def _number(fact: Fact, hit: Hit, part: Observation | Component, entry: Entry, gathering: Gathering) -> None:
    try:
        reading = _reading(part)
        if reading is None:
            return
        value = in_unit_of(fact, reading)
    except InputError as error:
        gathering.fault(entry.origin, f"{entry.said}: {error}")
        return
    if entry.begun is None or not hit.sure:
        if entry.begun is None:
            gathering.fault(entry.origin, f"{entry.said}: no date, so that it may be of any age")
        gathering.state(Evidence(fact.id, None, None, entry.origin, entry.said, entry.kind))
        return
    # A result known only by its month may be as old as the first of it.
    gathering.state(Evidence(fact.id, value, entry.begun.first, entry.origin, entry.said, entry.kind))


def _reading(part: Observation | Component) -> Reading | None:
    """The number; None where the entry gives none. Raises InputError on a number that is written as words."""
    quantity = part.value_quantity
    if quantity is not None and isinstance(quantity.value, float):
        return Reading(quantity.value, _units(quantity), (quantity.comparator or "").strip())
    if quantity is not None and isinstance(quantity.value, str):
        raise InputError(f"the value {quantity.value[:40]!r} is written as words")
    if part.value_integer is not None:
        return Reading(float(part.value_integer), ())
    if part.value_string is not None:
        raise InputError(f"the value {part.value_string[:40]!r} is written as words")
    if part.value_range is not None:
        raise InputError("the value is a range")
    return None


def _units(quantity: Quantity) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit for unit in (quantity.code, quantity.unit) if unit))


def _said(part: Observation | Component) -> str:
    """What stands there: the name, and the value where there is one."""
    try:
        reading = _reading(part)
    except InputError:
        reading = None
    value = reading.said if reading else said(part.value_codeable_concept)
    return f"{said(part.code)}: {value}" if value else said(part.code)


def result(part: Observation | Component, *, lost: bool) -> bool | None:
    """Does the entry say that it is so? None: it does not say.

    `lost`: what is looked for is a loss, so that a bare "absent" may mean either and only asks.
    """
    if part.value_boolean is not None:
        return part.value_boolean
    for text in (part.value_string or "", *words(part.value_codeable_concept)):
        if lost and "absent" in text.lower():
            return None
        if _DENIED.search(text):
            return False
        if _YES.search(text):
            return True
        if _NO.search(text):
            return False
    codes = set(_interpretations(part))
    return True if codes & _ABNORMAL else False if codes & _NORMAL else None


def _interpretations(part: Observation | Component) -> Iterator[str]:
    for concept in listed(part.interpretation):
        yield from (str(coding.code).upper() for coding in codings(concept) if coding.code)
