"""Small FHIR records made for the tests, and one short way to read them."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from afferent.knowledge import load
from afferent.records.intake import Intake
from afferent.records.read import read_bytes
from afferent.safety.evidence import Value

AS_OF = dt.date(2026, 11, 22)
KNOWLEDGE = load()
ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"
SNOMED = "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
LOINC = "http://loinc.org"
ALICE = {"resourceType": "Patient", "id": "alice", "birthDate": "1964-05-31"}


def coded(system: str, code: str, display: str | None = None) -> dict[str, Any]:
    coding = {"system": system, "code": code} | ({"display": display} if display else {})
    return {"coding": [coding]}


def status(code: str) -> dict[str, Any]:
    return {"coding": [{"code": code}]}


def condition(dx: str, *, system: str = ICD10, display: str | None = None, **more: Any) -> dict[str, Any]:
    """An active Condition; anything may be replaced, None takes it away."""
    made = {
        "resourceType": "Condition", "id": "c1", "subject": {"reference": "Patient/alice"},
        "clinicalStatus": status("active"), "verificationStatus": status("confirmed"),
        "code": coded(system, dx, display),
    } | more  # fmt: skip
    return {key: value for key, value in made.items() if value is not None}


def medicine(text: str, *, kind: str = "MedicationRequest", **more: Any) -> dict[str, Any]:
    """An active order, only in words."""
    made = {
        "resourceType": kind, "id": "m1", "subject": {"reference": "Patient/alice"}, "status": "active",
        "medicationCodeableConcept": {"text": text}, "authoredOn": "2026-10-01",
    } | more  # fmt: skip
    return {key: value for key, value in made.items() if value is not None}


def observation(loinc: str, value: Any = None, unit: str | None = None, **more: Any) -> dict[str, Any]:
    """A final Observation of 20 November 2026."""
    made: dict[str, Any] = {
        "resourceType": "Observation", "id": "o1", "status": "final", "subject": {"reference": "Patient/alice"},
        "code": coded(LOINC, loinc), "effectiveDateTime": "2026-11-20T08:00:00Z",
    }  # fmt: skip
    if value is not None:
        made["valueQuantity"] = {"value": value} | ({"unit": unit, "code": unit} if unit else {})
    made |= more
    return {key: value for key, value in made.items() if value is not None}


def bundle(*resources: dict[str, Any], kind: str = "collection") -> bytes:
    """A Bundle of these."""
    entries = [{"fullUrl": f"urn:uuid:{one.get('id', 'none')}", "resource": one} for one in resources]
    return json.dumps({"resourceType": "Bundle", "type": kind, "entry": entries}).encode()


def taken(data: bytes | str, *, as_of: dt.date | None = AS_OF, name: str = "test.json", **more: Any) -> Intake:
    """Read these bytes."""
    raw = data.encode() if isinstance(data, str) else data
    return read_bytes(raw, name=name, as_of=as_of, knowledge=KNOWLEDGE, **more)


def of_alice(*resources: dict[str, Any], **more: Any) -> Intake:
    """Read a Bundle of Alice and these."""
    return taken(bundle(ALICE, *resources), **more)


def told(intake: Intake, fact: str) -> list[Value]:
    """Every value stated of a fact, in order; None where an entry only asks."""
    return [one.value for one in intake.statements if one.fact == fact]
