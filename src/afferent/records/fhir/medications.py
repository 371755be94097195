"""Medicines: orders, statements, administrations, dispenses – is it taken now, and what is in it?

Coded, referenced, contained, or only text. Active (or without a status) counts as taken, however long ago it was
ordered; stopped or completed does not, but may leave something behind (chemotherapy has a date). A plan only asks.
"Not taken" in a record is silence, never a "no".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from afferent.knowledge.concepts import Hit
from afferent.records.dates import Span
from afferent.records.fhir.coded import by_code, codings, places, said, states, words
from afferent.records.fhir.resources import CodeableConcept, Dosage, Medication, MedicationUse, Reference
from afferent.records.gathering import Gathering
from afferent.records.meaning import Entry, State, count_antiplatelets, tell, unique

USES: Final = (
    "MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense",
    "MedicationOrder", "MedicationUsage",
)  # fmt: skip
_NEVER: Final = frozenset({
    "entered-in-error", "cancelled", "draft", "not-taken", "not-done", "declined", "preparation", "abandoned",
})  # fmt: skip
_OVER: Final = frozenset({"completed", "stopped", "ended"})
_UNSURE: Final = frozenset({"on-hold", "intended"})
_PLANS: Final = frozenset({"proposal", "plan", "option"})
_GIVEN_DAYS: Final = 7  # a single dose counts as still at work for so long; ours, no source
_SUPPLY_DAYS: Final = 90  # a dispensed supply of unstated length; ours, no source
_OLD_YEARS: Final = 2


def read(use: MedicationUse, kind: str, origin: str, contents: Medication | None, gathering: Gathering) -> None:
    """State what one entry of type `kind` says. `contents`: the Medication that it refers to, where that was found."""
    status = states(use.status)
    begun = _begun(use, gathering)
    if _refused(use, status) or (begun is not None and begun.first > gathering.as_of):
        return  # never taken, or not yet
    concepts = tuple(_concepts(use, contents))
    found = _hits(concepts, origin, gathering)
    if not found:
        return
    ended = _ended(use, gathering)
    state = _state(use, kind, status, begun, ended, gathering.as_of)
    sites, side = places(_sites(use), origin, gathering)
    entry = Entry(
        origin=origin,
        said=said(next((one for one in concepts if said(one)), None)),
        kind="drug",
        state=state,
        begun=ended or begun if state == "over" else begun,
        sites=sites,
        side=side,
    )
    tell(found, entry, gathering)
    count_antiplatelets(found, entry, gathering)
    if state == "now" and begun is not None and any(hit.concept.kind == "drug" for hit in found):
        years = (gathering.as_of - begun.last).days // 365
        if years >= _OLD_YEARS:
            gathering.note(f"{origin}: {entry.said} was ordered {years} years ago and stands as active")


def _refused(use: MedicationUse, status: frozenset[str]) -> bool:
    flags = (use.do_not_perform, use.was_not_taken, use.not_given)
    return bool(status & _NEVER) or any(flags) or (use.taken or "").lower() in ("n", "na")


def _begun(use: MedicationUse, gathering: Gathering) -> Span | None:
    """When it was given or began; last, when it was written."""
    for period in (use.effective_period, use.occurence_period):
        if period is not None and (found := gathering.day(period.start)):
            return found
    for text in (
        use.effective_date_time, use.occurence_date_time, use.when_handed_over, use.when_prepared, use.authored_on,
        use.date_written, use.date_asserted,
    ):  # fmt: skip
        if found := gathering.day(text):
            return found
    return None


def _state(
    use: MedicationUse, kind: str, status: frozenset[str], begun: Span | None, ended: Span | None, as_of: dt.date
) -> State:
    if status & _UNSURE or (use.intent or "").lower() in _PLANS:
        return "unsure"
    if kind in ("MedicationAdministration", "MedicationDispense") and (status & _OVER or ended):
        return _after_use(use, kind, ended or begun, as_of)
    if ended is not None:  # what ended only after the day was still taken on it; stopped may be earlier than planned
        return "over" if ended.last < as_of or "stopped" in status else "now"
    return "over" if status & _OVER else "now"


def _ended(use: MedicationUse, gathering: Gathering) -> Span | None:
    """The day on which it ends: of its period, or the last of its dosage instructions if every one has an end."""
    for period in (use.effective_period, use.occurence_period):
        if period is not None and (end := gathering.day(period.end)):
            return end
    dosages = _dosages(use)
    bounds = [one.timing.repeat.bounds_period for one in dosages if one.timing and one.timing.repeat]
    ends = [end for bound in bounds if bound and (end := gathering.day(bound.end))]
    return max(ends, key=lambda end: end.last) if dosages and len(ends) == len(dosages) else None


def _after_use(use: MedicationUse, kind: str, last: Span | None, as_of: dt.date) -> State:
    """A dose given, or a supply handed over: still at work for a while."""
    if last is None:
        return "unsure"
    days: float = _GIVEN_DAYS
    if kind == "MedicationDispense":
        supply = use.days_supply.value if use.days_supply else None
        days = supply if isinstance(supply, float) and 0 < supply < 1000 else _SUPPLY_DAYS
    return "now" if (as_of - last.latest(as_of)).days <= days else "over"


def _dosages(use: MedicationUse) -> list[Dosage]:
    if use.dosage_instruction:
        return use.dosage_instruction
    return [use.dosage] if isinstance(use.dosage, Dosage) else use.dosage or []


def _sites(use: MedicationUse) -> list[CodeableConcept]:
    return [one.site for one in _dosages(use) if one.site]


def _concepts(use: MedicationUse, contents: Medication | None) -> Iterator[CodeableConcept]:
    if use.medication_codeable_concept:
        yield use.medication_codeable_concept
    if use.medication and use.medication.concept:
        yield use.medication.concept
    if contents is not None:
        yield from of_medication(contents)
    display = use.medication_reference.display if use.medication_reference else None
    if use.medication is not None:
        pointed = use.medication.reference
        display = display or use.medication.display or (pointed.display if isinstance(pointed, Reference) else None)
    if display:
        yield CodeableConcept(text=display)


def of_medication(contents: Medication) -> Iterator[CodeableConcept]:
    """What a Medication is, and everything that is in it."""
    if contents.code:
        yield contents.code
    for ingredient in contents.ingredient or ():
        if ingredient.item_codeable_concept:
            yield ingredient.item_codeable_concept
        if ingredient.item and ingredient.item.concept:
            yield ingredient.item.concept


def reference(use: MedicationUse) -> str:
    """The address of the Medication that an entry refers to, or ""."""
    if use.medication_reference and use.medication_reference.reference:
        return use.medication_reference.reference
    pointed = use.medication.reference if use.medication else None
    if isinstance(pointed, Reference):
        return pointed.reference or ""
    return pointed or ""


def _hits(concepts: tuple[CodeableConcept, ...], origin: str, gathering: Gathering) -> tuple[Hit, ...]:
    """What codes and words show together. Words name the ingredient, so theirs stand for the same concept's code."""
    found: list[Hit] = []
    for concept in concepts:
        texts = _texts(concept)
        spoken = [hit for text in texts for hit in gathering.codes.drug(text)]
        known = {hit.concept.id for hit in spoken if hit.sure}
        found += spoken
        if not spoken and (near := next(filter(None, map(gathering.codes.misspelt, texts)), "")):
            gathering.fault(origin, f"the medicine {texts[0]!r} is not known; is {near} meant?")
        for coding in codings(concept):
            coded = by_code(coding, gathering)
            # Where the form decides (a flush, a cream, a patch) the words of the order say which it is.
            found += [hit for hit in coded if hit.concept.id not in known and not (hit.note == "form" and texts)]
            if not coded and not texts and coding.code:
                gathering.fault(origin, f"the medicine {coding.code} has no name and is not known here")
    return unique(found)


def _texts(concept: CodeableConcept) -> tuple[str, ...]:
    """Words; where there are none, a code that is itself a name, as some sites use."""
    found = words(concept)
    return found or tuple(
        str(coding.code) for coding in codings(concept) if coding.code and not str(coding.code).isdigit()
    )
