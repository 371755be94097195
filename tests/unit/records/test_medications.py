"""Medicines: taken now or not, in whatever way the record says what they are."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.unit.records.made import ALICE, RXNORM, bundle, coded, medicine, of_alice, taken, told


def test_words_alone_are_enough():
    assert told(of_alice(medicine("Warfarin Sodium 5 MG Oral Tablet")), "anticoagulant") == [True]
    assert told(of_alice(medicine("Eliquis 5 mg")), "anticoagulant") == [True]


def test_a_code_alone_is_enough():
    assert told(of_alice(medicine("", medicationCodeableConcept=coded(RXNORM, "11289"))), "anticoagulant") == [True]
    atc = coded("http://www.whocc.no/atc", "B01AF02")
    assert told(of_alice(medicine("", medicationCodeableConcept=atc)), "anticoagulant") == [True]


@pytest.mark.parametrize(
    ("status", "value"),
    [
        ("active", [True]), ("unknown", [True]), (None, [True]), ("stopped", []), ("completed", []), ("cancelled", []),
        ("entered-in-error", []), ("draft", []), ("on-hold", [None]), ("intended", [None]), ("not-taken", []),
    ],
)  # fmt: skip
def test_status_decides(status, value):
    assert told(of_alice(medicine("warfarin", status=status)), "anticoagulant") == value


@pytest.mark.parametrize(
    ("more", "value"),
    [
        ({"doNotPerform": True}, []),
        ({"intent": "plan"}, [None]),
        ({"authoredOn": "2026-12-01"}, []),  # in the future
        ({"authoredOn": "2009-01-01"}, [True]),  # long ago, and still active
        ({"dosageInstruction": [{"timing": {"repeat": {"boundsPeriod": {"end": "2026-11-01"}}}}]}, []),
        ({"dosageInstruction": [{"timing": {"repeat": {"boundsPeriod": {"end": "2026-11-01"}}}}, {}]}, [True]),
    ],
)
def test_dates_and_intent_decide(more, value):
    assert told(of_alice(medicine("warfarin", **more)), "anticoagulant") == value


def test_an_old_order_that_stands_as_active_is_noted():
    assert any("17 years ago" in note for note in of_alice(medicine("warfarin", authoredOn="2009-01-01")).notes)


@pytest.mark.parametrize(
    ("kind", "more", "value"),
    [
        ("MedicationStatement", {"effectivePeriod": {"start": "2026-01-01", "end": "2026-11-01"}}, []),
        ("MedicationStatement", {"effectivePeriod": {"start": "2026-01-01"}}, [True]),
        ("MedicationStatement", {"taken": "n"}, []),
        ("MedicationStatement", {"wasNotTaken": True}, []),
        ("MedicationStatement", {"status": "recorded", "medication": {"concept": {"text": "warfarin"}}}, [True]),
        ("MedicationAdministration", {"status": "completed", "effectiveDateTime": "2026-11-20"}, [True]),
        ("MedicationAdministration", {"status": "completed", "effectiveDateTime": "2026-01-20"}, []),
        ("MedicationAdministration", {"status": "not-done"}, []),
        ("MedicationDispense", {"status": "completed", "whenHandedOver": "2026-10-20"}, [True]),
        ("MedicationDispense", {"status": "completed", "whenHandedOver": "2026-01-20"}, []),
        (
            "MedicationDispense",
            {"status": "completed", "whenHandedOver": "2026-10-01", "daysSupply": {"value": 14}},
            [],
        ),
    ],
)
def test_statements_administrations_dispenses(kind, more, value):
    assert told(of_alice(medicine("warfarin", kind=kind, authoredOn=None, **more)), "anticoagulant") == value


def test_a_period_that_ended_later_was_still_running_then():
    use = medicine(
        "warfarin", kind="MedicationStatement", status="completed",
        effectivePeriod={"start": "2020-01-01", "end": "2026-11-01"}, authoredOn=None,
    )  # fmt: skip
    assert told(of_alice(use, as_of=dt.date(2022, 1, 1)), "anticoagulant") == [True]


def test_referenced_and_contained_medicines():
    held = {"resourceType": "Medication", "id": "med", "code": {"text": "warfarin"}}
    by_reference = medicine("", medicationCodeableConcept=None, medicationReference={"reference": "Medication/med"})
    assert told(of_alice(by_reference, held), "anticoagulant") == [True]
    by_urn = by_reference | {"medicationReference": {"reference": "urn:uuid:med"}}
    assert told(of_alice(by_urn, held), "anticoagulant") == [True]
    inside = by_reference | {"medicationReference": {"reference": "#med"}, "contained": [held]}
    assert told(of_alice(inside), "anticoagulant") == [True]
    parts = {"resourceType": "Medication", "id": "med", "ingredient": [{"itemCodeableConcept": {"text": "warfarin"}}]}
    assert told(of_alice(by_reference, parts), "anticoagulant") == [True]
    named = by_reference | {"medicationReference": {"reference": "Medication/gone", "display": "warfarin"}}
    assert told(of_alice(named), "anticoagulant") == [True]
    lost = of_alice(by_reference)
    assert any("is not in this record" in fault for fault in lost.not_understood)


def test_two_antiplatelet_drugs_are_counted_by_ingredient():
    aspirin, clopidogrel = medicine("Aspirin 81 MG"), medicine("Clopidogrel 75 MG", id="m2")
    again = medicine("Aspirin 325 MG Oral Tablet", id="m3")
    assert told(of_alice(aspirin, again), "antiplatelet_two") == []
    assert told(of_alice(aspirin, clopidogrel), "antiplatelet_two") == [True]
    assert told(of_alice(aspirin, clopidogrel | {"status": "stopped"}), "antiplatelet_two") == []
    by_code = medicine("", id="m4", medicationCodeableConcept=coded(RXNORM, "309362", "Clopidogrel 75 MG"))
    assert told(of_alice(clopidogrel, by_code), "antiplatelet_two") == []


def test_chemotherapy_that_ended_has_a_date_and_old_chemotherapy_only_asks():
    recent = medicine("oxaliplatin", status="completed", authoredOn="2026-11-10")
    assert told(of_alice(recent), "chemo_date") == [dt.date(2026, 11, 10)]
    long_ago = medicine("oxaliplatin", status="completed", authoredOn="2011-11-10")
    assert told(of_alice(long_ago), "chemo_date") == [None]  # that nothing newer is recorded says nothing


def test_a_medicine_of_no_rule_says_nothing():
    intake = of_alice(medicine("Paracetamol 500 mg"))
    assert [one.fact for one in intake.statements] == ["age_years"]
    assert intake.not_understood == ()


def test_a_single_resource_without_its_patient():
    import json

    intake = taken(json.dumps(medicine("warfarin")))
    assert told(intake, "anticoagulant") == [True]
    assert intake.age is None
    assert taken(bundle(ALICE)).age.value == 62


def test_medicines_as_newer_records_write_them():
    held = {"resourceType": "Medication", "id": "med", "code": {"text": "warfarin"}}
    use = medicine("", kind="MedicationStatement", medicationCodeableConcept=None, status="recorded")
    assert told(of_alice(use | {"medication": {"reference": {"reference": "Medication/med"}}}, held), "anticoagulant")
    assert told(of_alice(use | {"medication": {"reference": {"display": "warfarin"}}}), "anticoagulant") == [True]
    parts = {"resourceType": "Medication", "id": "med", "ingredient": [{"item": {"concept": {"text": "warfarin"}}}]}
    assert told(of_alice(use | {"medication": {"reference": "Medication/med"}}, parts), "anticoagulant") == [True]


def test_where_a_patch_is():
    patch = medicine("Lidocaine 5% medicated patch", dosageInstruction=[{"site": {"text": "right foot"}}])
    assert told(of_alice(patch), "medicine_patch") == [("foot.right",)]
    single = medicine("Lidocaine 5% medicated patch", kind="MedicationStatement", dosage={"text": "daily"})
    assert told(of_alice(single), "medicine_patch") == [True]


def test_a_medicine_that_nobody_can_name_is_listed():
    intake = of_alice(medicine("", medicationCodeableConcept=coded(RXNORM, "99999999")))
    assert any("99999999 has no name" in fault for fault in intake.not_understood)
