"""Small sound records, and ways to spoil them: of bytes, of structure, of values."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

ALICE = "Patient/alice"
_SUBJECT = {"subject": {"reference": ALICE}}
_ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"


def _coded(system: str, code: str, display: str = "") -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, "display": display}], "text": display}


RESOURCES: list[dict[str, Any]] = [
    {"resourceType": "Patient", "id": "alice", "birthDate": "1964-05-31", "deceasedBoolean": False},
    {
        "resourceType": "Condition", "id": "c1", "clinicalStatus": _coded("", "active"), "onsetDateTime": "2026-10-30",
        "verificationStatus": _coded("", "confirmed"), "code": _coded(_ICD10, "I82.402", "Clot of left leg"),
        "bodySite": [{"text": "left leg"}], "recordedDate": "2026-10-31", **_SUBJECT,
    },
    {
        "resourceType": "Condition", "id": "c2", "clinicalStatus": "active", "code": _coded(_ICD10, "E11.42"),
        "onsetAge": {"value": 45, "unit": "a"}, "abatementAge": {"value": 99, "unit": "a"}, **_SUBJECT,
    },
    {
        "resourceType": "Condition", "id": "c3", "code": {"text": "foot ulcer, right"}, **_SUBJECT,
        "onsetPeriod": {"start": "2026-11-01"}, "abatementPeriod": {"end": "2027-01-01"},
    },
    {"resourceType": "Medication", "id": "med", "code": {"text": "warfarin"}, "ingredient": []},
    {
        "resourceType": "MedicationRequest", "id": "m1", "status": "active", "intent": "order",
        "medicationReference": {"reference": "#in"}, "authoredOn": "2026-01-01", **_SUBJECT,
        "contained": [{"resourceType": "Medication", "id": "in", "code": {"text": "apixaban"}}],
        "dosageInstruction": [{"timing": {"repeat": {"boundsPeriod": {"end": "2027-01-01"}}}, "site": {"text": "arm"}}],
    },
    {
        "resourceType": "MedicationStatement", "id": "m2", "status": "active", "effectivePeriod": {"start": "2020"},
        "medicationReference": {"reference": "Medication/med"}, **_SUBJECT,
    },
    {
        "resourceType": "MedicationDispense", "id": "m3", "status": "completed", "daysSupply": {"value": 90},
        "medicationCodeableConcept": {"text": "aspirin 81 mg"}, "whenHandedOver": "2026-11-01", **_SUBJECT,
    },
    {
        "resourceType": "Observation", "id": "o1", "status": "final", "code": _coded("http://loinc.org", "777-3"),
        "valueQuantity": {"value": 42, "unit": "10*3/uL", "code": "10*3/uL", "comparator": "<"}, **_SUBJECT,
        "effectiveDateTime": "2026-11-20T08:00:00Z", "interpretation": [_coded("", "L")],
    },
    {
        "resourceType": "Observation", "id": "o2", "status": "final", "code": _coded("http://loinc.org", "85354-9"),
        "effectivePeriod": {"start": "2026-11-22"}, **_SUBJECT,
        "component": [
            {"code": _coded("http://loinc.org", "8480-6"), "valueQuantity": {"value": 165, "unit": "mm[Hg]"}},
            {"code": _coded("http://loinc.org", "8462-4"), "valueInteger": 95},
        ],
    },
    {
        "resourceType": "DiagnosticReport", "id": "r1", "status": "final", "effectiveDateTime": "2026-11-20",
        **_SUBJECT,
        "contained": [
            {
                "resourceType": "Observation", "code": _coded("http://loinc.org", "6301-6"),
                "valueQuantity": {"value": 2.5, "unit": "{INR}"},
            },
        ],
    },
    {
        "resourceType": "Procedure", "id": "p1", "status": "completed", "performedPeriod": {"end": "2026-10-01"},
        "code": _coded("http://snomed.info/sct", "180030006"), "bodySite": [{"text": "left foot"}], **_SUBJECT,
    },
    {"resourceType": "Device", "id": "d1", "type": {"text": "pacemaker"}, "patient": {"reference": ALICE}},
    {
        "resourceType": "DeviceUseStatement", "id": "u1", "status": "active", "device": {"reference": "Device/d1"},
        "bodySite": {"text": "chest"}, "timingPeriod": {"start": "2020-01-01"}, **_SUBJECT,
    },
    {
        "resourceType": "AllergyIntolerance", "id": "a1", "code": {"text": "latex"}, "patient": {"reference": ALICE},
    },
    {
        "resourceType": "QuestionnaireResponse", "id": "q1", "status": "completed", "authored": "2026-11-22",
        "questionnaire": "urn:afferent:questionnaire:intake", **_SUBJECT,
        "item": [
            {"linkId": "numb", "answer": [{"valueString": "foot.left"}]},
            {"linkId": "platelets", "answer": [{"valueQuantity": {"value": 200, "code": "10*3/uL"}}]},
            {"linkId": "none_of.today", "answer": [{"valueBoolean": True}]},
        ],
    },
]  # fmt: skip

CASE: dict[str, Any] = {
    "client": {"id": "alice", "age": 62, "birth_date": "1964-05-31"}, "as_of": "2026-11-22",
    "facts": {"numb": ["foot.left", "foot.right"], "clot_ever": "left", "clot_date": "2024", "systolic": 128,
              "platelets": {"value": 210, "unit": "10*3/uL", "date": "2026-11-20"}, "anticoagulant_reason": "clot"},
    "none_of": ["today", "limbs"], "medicines": ["warfarin 5 mg", "aspirin"],
    "labs": [{"test": "inr", "value": 2.5, "date": "2026-11-20"}],
    "codes": [{"system": "ICD-10-CM", "code": "I82.402", "date": "2026-10-30", "side": "left", "status": "active"}],
    "clearances": [{"rules": ["VTE-HISTORY"], "by": "Dr Bob", "date": "2026-11-20", "pressure": {"leg.left": 1}}],
}  # fmt: skip

_NESTED: Any = []
for _ in range(60):
    _NESTED = [_NESTED]

VALUES: list[Any] = [
    None, True, False, 0, -1, 1, 17, 1e308, -1e308, 10**30, 0.1, "", " ", "x", "yes", "no", "\u200b", "\x00", "\ufffe",
    "é" * 400, "0001-01-01", "9999-12-31", "2026-02-30", "0000-00-00T25:61:61Z", "2026-11-22", "2026-11", "2100",
    "99999-01-01", "NaN", "Infinity", "10*9999999/uL", "/uL", "K/mL", "m9999", "<", "active", "entered-in-error",
    "refuted", "unknown", "Patient/bob", "#x", "urn:uuid:", "../../etc/passwd", "I82", "http://snomed.info/sct",
    "=clot", "left", "foot.lft", "platelets", "%s{}$", "a" * 5000, [], {}, [None], [[]], [{}], {"a": 1},
    {"value": None}, {"resourceType": "Patient"}, {"coding": [{"code": 1}]}, {"reference": "Patient/alice"}, _NESTED,
]  # fmt: skip

SNIPPETS: list[bytes] = [
    b"NaN", b"Infinity", b"1e999", b"-0", b"01", b"\x00", b"\xff", b"\xfe\xff", b"\xed\xa0\x80", b"\\ud800", b'"',
    b"\\", b"{", b"}", b"[", b"]", b",", b":", b"\n", b"\r\n", b"\t", b"- ", b"&a ", b"*a", b"<<: ", b"---\n", b"...\n",
    b"!!python/name:os.system ", b"%YAML 9\n", b"'", b"|\n", b"? ", b"#", b"null", b"true", b"\xe2\x80\x8b",
    b"\xef\xbb\xbf", b"[" * 3000, b'{"a":' * 3000, b"9" * 400, b'"resourceType":"Bundle",', b'"id":"alice",',
    b"\xc2\x85", b"\x1b[2J", b"0001-01-01",
]  # fmt: skip


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        found += _places(inner, (*path, key))
    return found


def spoiled(value: Any, rng: random.Random) -> Any:
    """A copy with one to three values replaced, removed, or put under another name."""
    value = copy.deepcopy(value)
    for _ in range(rng.randint(1, 3)):
        path = rng.choice(_places(value) or [()])
        if not path:
            return rng.choice(VALUES)
        inside = value
        for key in path[:-1]:
            inside = inside[key]
        match rng.randrange(6):
            case 0:
                del inside[path[-1]]
            case 1 if isinstance(inside, dict):
                inside[rng.choice([str(path[-1]) + "x", "", "resourceType", "id", "value"])] = inside.pop(path[-1])
            case 2 if isinstance(inside, list):
                inside += copy.deepcopy(inside)
            case _:
                inside[path[-1]] = copy.deepcopy(rng.choice(VALUES))
    return value


def record(rng: random.Random) -> bytes:
    """A spoiled FHIR record: a Bundle, NDJSON or a single resource."""
    chosen = [RESOURCES[0], *rng.sample(RESOURCES[1:], rng.randint(0, 6))]
    chosen = [spoiled(one, rng) if rng.random() < 0.5 else one for one in chosen]
    if rng.random() < 0.15:
        return "\n".join(json.dumps(one) for one in chosen).encode()
    if rng.random() < 0.15:
        return json.dumps(spoiled(rng.choice(RESOURCES), rng)).encode()
    bundle: Any = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in chosen]}
    return json.dumps(spoiled(bundle, rng) if rng.random() < 0.2 else bundle).encode()


def case(rng: random.Random) -> bytes:
    """A spoiled case file, as JSON; JSON is YAML too."""
    return json.dumps(spoiled(CASE, rng)).encode()


def broken(data: bytes, rng: random.Random) -> bytes:
    """The same bytes cut, doubled, in another encoding, or with something put in between."""
    for _ in range(rng.randint(1, 3)):
        at = rng.randrange(len(data) + 1)
        to = min(len(data), at + rng.randint(0, 40))
        match rng.randrange(8):
            case 0:
                data = data[:at]
            case 1:
                data = data[:at] + data[to:]
            case 2:
                data = data[:to] + data[at:]
            case 3:
                data = data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
            case 4 if rng.random() < 0.3:
                encoding = rng.choice(["utf-16", "utf-16-le", "utf-32", "utf-7", "cp1252"])
                data = data.decode("utf-8", "replace").encode(encoding, "replace")
            case _:
                data = data[:at] + rng.choice(SNIPPETS) + data[at:]
    return data
