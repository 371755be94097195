"""A record is laid beside the client; a mismatch is refused unless confirmed; twice changes nothing."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from afferent.web.clients.models import Record, Statement

BORN = dt.date(1958, 3, 14)


@pytest.fixture
def ada(signed_in):
    return signed_in("therapist")


@pytest.fixture
def record(examples) -> bytes:
    return (examples / "record.json").read_bytes()


def bring(browser, client, data: bytes, **more):
    sent = SimpleUploadedFile("record.json", data, content_type="application/json")
    return browser.post(f"/clients/{client.pk}/import", {"record": sent, **more})


def test_the_same_person_is_read_and_kept(ada, a_client, record) -> None:
    ilse = a_client("Ilse", "Novak", born=BORN)
    answer = bring(ada, ilse, record)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Read and kept" in text
    assert "14 Mar 1958" in text
    assert Statement.objects.filter(client=ilse).exists()
    assert Record.objects.get().source == "Patient/invented-ilse"


def test_twice_changes_nothing(ada, a_client, record) -> None:
    ilse = a_client("Ilse", "Novak", born=BORN)
    bring(ada, ilse, record)
    count = Statement.objects.count()
    assert "Nothing new" in bring(ada, ilse, record).content.decode()
    assert (Statement.objects.count(), Record.objects.count()) == (count, 1)


@pytest.mark.parametrize(
    ("name", "born", "words"),
    [
        (("Ilse", "Nowak"), BORN, "not the same"),
        (("Ilse", "Novak"), dt.date(1958, 3, 15), "not the same"),
        (("Ilse", "Novak"), None, "cannot be compared"),
    ],
)
def test_a_mismatch_is_refused_unless_confirmed(ada, a_client, record, name, born, words) -> None:
    other = a_client(*name, born=born)
    answer = bring(ada, other, record)
    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert not Statement.objects.exists()
    assert bring(ada, other, record, same_person="yes").status_code == 200
    assert Statement.objects.exists()


def test_names_are_compared_without_case_accents_and_order(ada, a_client, record) -> None:
    assert bring(ada, a_client("ILSE", "Nóvak", born=BORN), record).status_code == 200


def test_what_the_record_no_longer_says_is_named_and_what_it_leaves_out_stays(ada, a_client, record) -> None:
    ilse = a_client("Ilse", "Novak", born=BORN)
    bring(ada, ilse, record)
    bundle = json.loads(record)
    conditions = [one for one in bundle["entry"] if one["resource"]["resourceType"] == "Condition"]
    conditions[0]["resource"]["verificationStatus"]["coding"][0]["code"] = "refuted"
    bundle["entry"] = [bundle["entry"][0], conditions[0]]
    text = bring(ada, ilse, json.dumps(bundle).encode()).content.decode()
    assert "The record says otherwise now" in text
    from afferent.web.clients.knowing import history

    held = [row for row in history(ilse) if not row.over and row.kind == "evidence"]
    assert held, "entries that the second record does not speak of still hold"
    assert not any(row.origin == f"Condition/{conditions[0]['resource']['id']}" for row in held)


@pytest.mark.parametrize("data", [b"", b"{", b'{"resourceType": "Bundle"}', b"\xff\xfe\x00", b"[" * 10_000])
def test_a_broken_file_is_one_sentence_and_nothing_is_kept(ada, a_client, data) -> None:
    ilse = a_client("Ilse", "Novak", born=BORN)
    answer = bring(ada, ilse, data)
    assert answer.status_code == 400
    assert "Nothing was kept" in answer.content.decode()
    assert not Record.objects.exists()


def other(record: bytes, change) -> bytes:
    """A record of another hospital, in which the same ids stand for something else."""
    bundle = json.loads(record)
    entry = next(one for one in bundle["entry"] if one["resource"].get("id") == "old-clot")
    change(bundle["entry"][0], entry)
    bundle["entry"] = [bundle["entry"][0], entry]
    return json.dumps(bundle).encode()


def another_illness(patient, entry) -> None:
    entry["resource"]["code"] = {"coding": [{"system": "http://snomed.info/sct", "code": "396275006"}]}


def another_hospital(patient, entry) -> None:
    patient["resource"]["identifier"] = [{"system": "https://other.example/mrn", "value": "7"}]
    entry["resource"]["verificationStatus"] = {"coding": [{"code": "refuted"}]}


def another_server(patient, entry) -> None:
    entry["fullUrl"] = "https://other.example/fhir/Condition/old-clot"
    entry["resource"]["verificationStatus"] = {"coding": [{"code": "refuted"}]}


def another_patient(patient, entry) -> None:
    patient["resource"]["id"] = "12"
    entry["resource"]["subject"]["reference"] = "Patient/12"
    entry["resource"]["verificationStatus"] = {"coding": [{"code": "refuted"}]}


@pytest.mark.parametrize("change", [another_illness, another_hospital, another_server, another_patient])
def test_an_entry_of_the_same_id_out_of_another_record_takes_no_hazard_away(ada, a_client, record, change) -> None:
    ilse = a_client("Ilse", "Novak", born=BORN)
    bring(ada, ilse, record)
    text = bring(ada, ilse, other(record, change)).content.decode()
    assert "The record says otherwise now" not in text
    assert holds(ilse, "clot_ever")


def test_an_entry_without_an_id_is_like_no_other(ada, a_client, record) -> None:
    ilse = a_client("Ilse", "Novak", born=BORN)
    bundle = json.loads(record)
    for one in bundle["entry"][1:]:
        one["resource"].pop("id")
    bring(ada, ilse, json.dumps(bundle).encode())
    for one in bundle["entry"][1:]:
        one["resource"]["verificationStatus"] = {"coding": [{"code": "refuted"}]}
    bring(ada, ilse, json.dumps(bundle).encode())
    assert holds(ilse, "clot_ever")


def test_the_same_record_may_refute_what_it_said(ada, a_client, record) -> None:
    ilse = a_client("Ilse", "Novak", born=BORN)
    bring(ada, ilse, record)
    refuted = {"verificationStatus": {"coding": [{"code": "refuted"}]}}
    bring(ada, ilse, other(record, lambda patient, entry: entry["resource"].update(refuted)))
    assert not holds(ilse, "clot_ever")


def test_what_a_medicine_refers_to_belongs_to_it(ada, a_client, record) -> None:
    """MedicationRequest/1 for Medication/1: two ids that another hospital uses for another medicine."""
    ilse = a_client("Ilse", "Novak", born=BORN)
    patient = json.loads(record)["entry"][0]
    bring(ada, ilse, of_medicine(patient, "apixaban 5 mg", "active"))
    assert holds(ilse, "anticoagulant")
    bring(ada, ilse, of_medicine(patient, "paracetamol 500 mg", "stopped"))
    assert holds(ilse, "anticoagulant")
    bring(ada, ilse, of_medicine(patient, "apixaban 5 mg", "stopped"))
    assert not holds(ilse, "anticoagulant")


def of_medicine(patient, name: str, status: str) -> bytes:
    medicine = {"resourceType": "Medication", "id": "1", "code": {"text": name}}
    order = {
        "resourceType": "MedicationRequest", "id": "1", "status": status, "intent": "order",
        "medicationReference": {"reference": "Medication/1"}, "authoredOn": "2026-10-01",
    }  # fmt: skip
    entries = [patient, {"resource": medicine}, {"resource": order}]
    return json.dumps({"resourceType": "Bundle", "entry": entries}).encode()


def test_what_could_not_be_read_is_kept_though_nothing_else_is_new(ada, a_client, record) -> None:
    from afferent.web.clients.knowing import history

    ilse = a_client("Ilse", "Novak", born=BORN)
    bring(ada, ilse, record)
    bundle = json.loads(record)
    bundle["entry"].append({"resource": {"resourceType": "Condition", "id": "new", "code": 7}})
    bring(ada, ilse, json.dumps(bundle).encode())
    assert any(row.kind == "not_understood" and "Condition/new" in row.body["text"] for row in history(ilse))
    count = Statement.objects.count()
    bring(ada, ilse, json.dumps(bundle).encode())
    assert Statement.objects.count() == count, "and once"


def holds(client, fact: str) -> bool:
    from afferent.web.clients.knowing import history

    return any(row.fact == fact and not row.over for row in history(client))
