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
