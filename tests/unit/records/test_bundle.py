"""Whose record it is, what refers to what, and what happens to a record that is broken."""

from __future__ import annotations

import json

import pytest

from afferent.errors import InputError, Refusal
from tests.unit.records.made import ALICE, bundle, condition, medicine, of_alice, taken, told

BOB = {"resourceType": "Patient", "id": "bob", "birthDate": "1950-01-01"}
OF_BOB = condition("M81.0", id="c2", subject={"reference": "Patient/bob"})
OF_ALICE = condition("E11.9")


def lines(*resources) -> str:
    return "\n".join(json.dumps(one) for one in resources)


def test_any_type_of_bundle_single_resources_and_ndjson():
    for kind in ("collection", "searchset", "transaction", "batch-response", "document", "no such type"):
        assert told(taken(bundle(ALICE, OF_ALICE, kind=kind)), "diabetes") == [True]
    assert taken(json.dumps(ALICE)).age.value == 62
    assert told(taken(lines(ALICE, OF_ALICE)), "diabetes") == [True]
    assert told(taken(lines(ALICE, OF_ALICE) + "\n\n"), "diabetes") == [True]


def test_bundles_within_a_bundle():
    inner = json.loads(bundle(OF_ALICE))
    assert told(taken(bundle(json.loads(bundle(ALICE)), inner)), "diabetes") == [True]
    deep = json.loads(bundle(ALICE))
    for _ in range(6):
        deep = json.loads(bundle(deep))
    with pytest.raises(InputError, match="nested deeper"):
        taken(json.dumps(deep))


def test_several_patients_must_be_chosen_between():
    both = bundle(ALICE, BOB, OF_ALICE, OF_BOB)
    with pytest.raises(InputError, match="2 Patients in it; choose one with --patient: alice, bob"):
        taken(both)
    with pytest.raises(InputError, match="no Patient 'eve' in it; there are alice, bob"):
        taken(both, patient="eve")
    assert told(taken(both, patient="bob"), "osteoporosis") == [True]
    assert told(taken(both, patient="Patient/bob"), "diabetes") == []
    assert taken(both, patient="alice").subject == "alice"


def test_no_patient_is_a_sentence():
    for empty in (bundle(), bundle(OF_ALICE, OF_BOB), '{"resourceType": "Organization", "id": "o"}', "{}"):
        with pytest.raises((InputError, Refusal)):
            taken(empty) if empty != "{}" else taken('{"resourceType": "Bundle", "entry": null}')
    with pytest.raises(InputError, match="there is no Patient in it"):
        taken(bundle(OF_ALICE, OF_BOB))


def test_entries_of_somebody_else_are_left_out():
    stranger = condition("M81.0", id="c2", subject={"reference": "Patient/eve"})
    intake = of_alice(OF_ALICE, stranger)
    assert told(intake, "osteoporosis") == []
    assert any("is about Patient/eve, who is not in this record" in fault for fault in intake.not_understood)


def test_an_entry_of_nobody_counts_only_where_there_is_one_person():
    nobody = condition("M81.0", id="c3", subject=None)
    assert told(of_alice(nobody), "osteoporosis") == [True]
    intake = taken(bundle(ALICE, BOB, nobody), patient="alice")
    assert told(intake, "osteoporosis") == []
    assert any("says not whom it is about" in fault for fault in intake.not_understood)


@pytest.mark.parametrize(
    "reference",
    ["Patient/alice", "urn:uuid:alice", "https://server.example/fhir/Patient/alice", "Patient/alice/_history/3"],
)
def test_references_in_all_their_forms(reference):
    assert told(of_alice(condition("E11.9", subject={"reference": reference})), "diabetes") == [True]


def test_of_several_versions_the_newest_counts():
    old = OF_ALICE | {"meta": {"lastUpdated": "2020-01-01T00:00:00Z"}}
    new = old | {"verificationStatus": "entered-in-error", "meta": {"lastUpdated": "2021-01-01T00:00:00Z"}}
    assert told(of_alice(old, new), "diabetes") == []
    assert told(of_alice(new, old), "diabetes") == []


def test_a_deleted_entry_is_gone():
    whole = json.loads(bundle(ALICE, OF_ALICE, kind="history"))
    whole["entry"].insert(0, {"request": {"method": "DELETE", "url": "Condition/c1"}})
    assert told(taken(json.dumps(whole)), "diabetes") == []


def test_a_missing_page_is_named():
    whole = json.loads(bundle(ALICE, kind="searchset"))
    whole["link"] = [{"relation": "self", "url": "a"}, {"relation": "next", "url": "b"}]
    assert any("other pages are missing" in fault for fault in taken(json.dumps(whole)).not_understood)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (bundle(ALICE)[:-9], "ends in the middle"),
        ('{"resourceType": "Bundle", "entry": {}}', "the Bundle cannot be read"),
        ('{"resourceType": "Bundle", "entry": [{"resource": NaN}]}', "line 1, column 51: not valid JSON"),
        ('{"resourceType": "Patient", "id": "a",\n "x": 01}', "line 2, column 8: not valid JSON"),
        ('{"resourceType": "Bundle", "a": ' + "[" * 100_000, "nested too deeply"),
        (lines(ALICE, OF_ALICE) + '\n{"resourceType": "Cond', "line 3"),
        (lines(ALICE, OF_ALICE) + "\n[1]\nword", "line 4"),
    ],
)
def test_broken_json_is_a_sentence_with_its_place(text, word):
    with pytest.raises(InputError, match=word) as caught:
        taken(text)
    assert "\n" not in str(caught.value)


def test_entries_that_are_no_resources_are_listed():
    whole = json.loads(bundle(ALICE, OF_ALICE))
    whole["entry"] += [{"resource": 3}, {"resource": {"id": "x"}}, None, {"fullUrl": "a"}, {"resource": None}]
    intake = taken(json.dumps(whole))
    assert told(intake, "diabetes") == [True]
    assert len(intake.not_understood) == 3


def test_types_that_say_nothing_are_passed_over():
    noise = [{"resourceType": kind, "id": "n", "anything": [1]} for kind in ("Claim", "Encounter", "Invented")]
    assert of_alice(*noise).not_understood == ()


def test_the_living_and_the_grown_up():
    for dead in (
        {"deceasedBoolean": True}, {"deceasedDateTime": "2026-11-22"}, {"deceasedDateTime": "2026"},
        {"deceasedDateTime": "soon"}, {"deceasedDateTime": 5}, {"deceasedBoolean": "true"}, {"deceasedBoolean": []},
    ):  # fmt: skip
        with pytest.raises(Refusal, match="screens the living"):
            taken(json.dumps(ALICE | dead))
    for alive in ({"deceasedBoolean": False}, {"deceasedDateTime": "2026-11-23"}, {"deceasedBoolean": None}):
        assert taken(json.dumps(ALICE | alive)).age.value == 62
    with pytest.raises(Refusal, match="does not screen children"):
        taken(json.dumps(ALICE | {"birthDate": "2010-01-01"}))


@pytest.mark.parametrize("birth", [None, "0001-01-01", "19640", 1964, "2026-12-01", "1801-01-01", ["1964"], "2008"])
def test_an_age_that_is_not_known_is_asked(birth):
    intake = taken(json.dumps(ALICE | {"birthDate": birth}))
    assert intake.age is None
    assert told(intake, "age_years") in ([], [None])


def test_a_medicine_whose_broken_content_cannot_be_read_is_listed():
    held = {"resourceType": "Medication", "id": "med", "code": "warfarin"}
    use = medicine("", medicationCodeableConcept=None, medicationReference={"reference": "Medication/med"})
    assert any("cannot be read" in fault for fault in of_alice(use, held).not_understood)
