"""What stands in a case besides answers: medicines, laboratory values and codes, copied from letters and lists."""

from __future__ import annotations

import datetime as dt
import re
from difflib import get_close_matches
from typing import Final

from afferent.body.areas import PLACES
from afferent.errors import InputError
from afferent.knowledge.code_systems import system_of
from afferent.knowledge.model import Fact
from afferent.records.case_form import Code, Lab
from afferent.records.dates import Span, span
from afferent.records.gathering import Gathering, clean
from afferent.records.laterality import side_of_words
from afferent.records.meaning import Entry, State, count_antiplatelets, tell
from afferent.records.quantity import Reading, in_unit_of
from afferent.safety.evidence import Evidence

_SYSTEMS: Final = "ICD-10-CM, SNOMED CT, ICD-9-CM, RxNorm, LOINC, ATC"
_STATES: Final[dict[str, State]] = {"active": "now", "resolved": "over", "unconfirmed": "unsure"}
_VALUE: Final = re.compile(r"\s*(<=|>=|<|>|)\s*([-+]?\d{1,12}(?:\.\d{1,12})?)\s*(\D.{0,30})?")
_LOINC: Final = "http://loinc.org"


def medicine(text: str, at: str, as_of: dt.date, gathering: Gathering) -> None:
    """One medicine as it stands on the box. One that no rule speaks of is noted, not refused."""
    found = gathering.codes.drug(text)
    if not found:
        if near := gathering.codes.misspelt(text):
            raise InputError(f"{at}: {clean(text)!r} is not known; if {near} is meant, write it so")
        gathering.note(f"{at}: {clean(text)!r} is no medicine that a rule speaks of")
    entry = Entry(
        origin="answer",
        said=clean(text),
        kind="drug",
        begun=Span(as_of, as_of),
        words=gathering.codes.place_of_words(text),
        side=side_of_words(text),
    )
    tell(found, entry, gathering)
    count_antiplatelets(found, entry, gathering)


def lab(lab: Lab, at: str, gathering: Gathering) -> None:
    """One laboratory value. Raises InputError for one without unit or date, or of a test that nobody knows."""
    day = _day(lab.date, at, gathering)
    for fact in _facts(lab, at, gathering):
        try:
            reading = _reading(lab)
            value = in_unit_of(fact, reading)
        except InputError as error:
            raise InputError(f"{at}: {fact.id}: {error}") from None
        origin = f"lab {lab.loinc or lab.test}"
        gathering.state(Evidence(fact.id, value, day.first, clean(origin), f"{fact.title}: {reading.said}", "lab"))


def _facts(lab: Lab, at: str, gathering: Gathering) -> list[Fact]:
    facts = gathering.knowledge.facts
    if lab.loinc:
        hits = gathering.codes.code(_LOINC, lab.loinc)
        found = [facts[name] for hit in hits for name, how in hit.concept.tells.items() if how == "value"]
        if not found:
            phrase = gathering.codes.watched(_LOINC, lab.loinc)
            if phrase:
                gathering.fault("labs", f"{lab.loinc} ({phrase}) is not understood")
            else:
                gathering.note(f"{at}: no rule reads the LOINC code {clean(lab.loinc)}")
        return found
    numbers = {fact.id: fact for fact in facts.values() if fact.kind == "number"}
    wanted = lab.test.strip().lower()
    for fact in numbers.values():
        if wanted in (fact.id, fact.title.lower()):
            return [fact]
    near = get_close_matches(wanted, numbers, 3)
    hint = f"; did you mean {' or '.join(near)}?" if near else f"; there are {', '.join(numbers)}"
    raise InputError(
        f"{at}: there is no test {lab.test[:60]!r}{hint}" if wanted else f"{at}: name the test, or its loinc"
    )


def _reading(lab: Lab) -> Reading:
    if isinstance(lab.value, str):
        found = _VALUE.fullmatch(lab.value)
        if not found:
            raise InputError(f"{lab.value[:40]!r} is not a number")
        written = (found[3] or "").strip()
        if lab.unit and written and written != lab.unit.strip():
            raise InputError(f"{lab.value[:40]!r} is not one number with one unit")
        unit = lab.unit or written
        return Reading(float(found[2]), (unit,) if unit else (), found[1])
    return Reading(lab.value, (lab.unit,) if lab.unit else ())


def code(code: Code, at: str, gathering: Gathering) -> None:
    """One code. Raises InputError for a code system or place that nobody knows."""
    system, value = _system(code.system, at), str(code.code).strip()
    begun = None if code.date is None else _day(code.date, at, gathering)
    if code.place and code.place not in PLACES:
        near = get_close_matches(code.place, PLACES, 3)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        raise InputError(f"{at}: there is no region {code.place[:60]!r}{hint}")
    found = gathering.codes.code(system, value)
    origin = clean(f"{code.system} {value}")
    if not found:
        phrase = gathering.codes.watched(system, value)
        if phrase:
            gathering.fault(origin, f"{phrase}, not understood")
        else:
            gathering.note(f"{at}: no rule speaks of {origin}")
    titles = dict.fromkeys(hit.concept.title for hit in found)
    entry = Entry(
        origin=origin,
        said="; ".join(titles),
        kind="code",
        state=_STATES[code.status],
        begun=begun,
        sites=(code.place,) if code.place else (),
        side=code.side,
    )
    tell(found, entry, gathering)


def _system(name: str, at: str) -> str:
    """A code system by any of its names. Raises InputError for one that is not known."""
    system = system_of(name) or system_of(re.sub(r"[^a-z0-9]", "", name.lower()))
    if not system:
        raise InputError(f"{at}: there is no code system {name[:60]!r} here; there are {_SYSTEMS}")
    return name if system_of(name) else re.sub(r"[^a-z0-9]", "", name.lower())


def _day(day: str | int, at: str, gathering: Gathering) -> Span:
    found = span(str(day))
    if found is None:
        raise InputError(f"{at}: write the date like 2026-11-05 (or 2026-11, or 2026), not {str(day)[:40]!r}")
    if found.first > gathering.as_of:
        raise InputError(f"{at}: the date {day} is after the day of the screening ({gathering.as_of})")
    return found
