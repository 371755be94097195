"""Every page that shows a client writes it into the audit: looked at, listed, or sent back with its faults."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from afferent.web.audit.models import Entry
from afferent.web.book.models import Visit

SOMEBODY = b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient", "id": "1"}}]}'
LOOKS = (
    "visit/{visit}", "visit/new/for/{client}", "series/new/for/{client}", "clients/{client}/details",
    "clients/{client}/documents/", "clients/{client}/link", "clients/{client}/map", "clients/{client}/consents/",
    "clients/{client}/outcome/", "clients/{client}/outcome/agree", "clients/{client}/outcome/scores",
    "clients/{client}/outcome/ask/1", "clients/{client}/outcome/link", "clients/{client}/outcome/bring",
    "clients/{client}/letters/", "clients/{client}/letters/request",
    "clients/{client}/outcome/sheet/2026-11-01", "clients/{client}/outcome/typed/2026-11-01",
)  # fmt: skip
FAULTS = {
    "clients/{client}/answers": {"asked": "inr", "answer.inr": "a lot"},
    "clients/{client}/details": {"given": "", "family": "Quint"},
    "clients/{client}/feet": {"date": "never"},
    "clients/{client}/import": {},
    "clients/{client}/outcome/agree": {},
    "clients/{client}/outcome/ask/1": {},
    "clients/{client}/outcome/bring": {},
    "clients/{client}/outcome/typed/2026-11-01": {},
    "clients/{client}/data": {"do": "erase", "name": "nobody"},
    "clients/{client}/consents/treatment": {"answer": "yes", "version": "0"},
    "visit/{visit}/move": {"day": "never"},
    "visit/{visit}/cancel": {},
    "visit/new/for/{client}": {"day": "never"},
    "series/new/for/{client}": {},
    "clients/new": {"given": "Zacharias", "family": "Quint", "born": "1950-01-01"},
}


@pytest.fixture
def ada(signed_in):
    return signed_in("therapist", "desk", "owner")


@pytest.fixture
def address(ada, a_client):
    client = a_client("Zacharias", "Quint", born=dt.date(1950, 1, 1))
    starts = timezone.now() + dt.timedelta(hours=2)
    visit = Visit.objects.create(
        client=client, therapist=ada.member.user, starts_at=starts, ends_at=starts + dt.timedelta(minutes=45)
    )
    return lambda text: "/" + text.format(client=client.pk, visit=visit.pk)


@pytest.mark.parametrize("text", LOOKS)
def test_a_look_is_written(ada, address, text) -> None:
    where = address(text)
    before = Entry.objects.count()
    assert b"Quint" in ada.get(where).content
    assert Entry.objects.count() > before


@pytest.mark.parametrize("text", FAULTS)
def test_a_form_sent_back_is_a_look_too(ada, address, text) -> None:
    where = address(text)
    before = Entry.objects.count()
    answer = ada.post(where, FAULTS[text])
    assert answer.status_code in (400, 409)
    assert b"Quint" in answer.content
    assert Entry.objects.count() > before


def test_a_record_of_somebody_else_laid_beside_is_written(ada, address) -> None:
    where = address("clients/{client}/import")
    before = Entry.objects.count()
    assert ada.post(where, {"record": SimpleUploadedFile("a.json", SOMEBODY)}).status_code in (400, 409)
    assert Entry.objects.count() > before


def test_whoever_books_a_visit_has_not_read_the_intake(ada, address) -> None:
    ada.get(address("visit/new/for/{client}"))
    assert Entry.objects.order_by("-seq").first().action == "book.listed"


def test_what_is_written_anyway_is_written_once(ada, address) -> None:
    where = address("clients/{client}")
    before = Entry.objects.count()
    ada.get(where)
    assert Entry.objects.count() == before + 1


def test_nobody_shown_nothing_written(ada, address) -> None:
    before = Entry.objects.count()
    assert ada.get(f"/visit/{uuid.uuid4()}").status_code == 404
    assert Entry.objects.count() == before


ODD = ("²", "٣", "9" * 5000, "9" * 30, "-1", "\0", "9999-12-31", "0001-01-01")


@pytest.mark.parametrize("odd", ODD)
def test_odd_numbers_in_addresses_and_forms_are_no_failure_of_ours(ada, address, odd) -> None:
    client = address("clients/{client}")
    screened = str(ada.get(client).context["sheet"].screened.pk)
    for where, sent in (
        (client, {"since": odd}),
        (f"{client}/screening/{screened}", {"against": odd}),
        ("/audit/", {"day": odd}),
        ("/audit/file", {"day": odd}),
        ("/clients/", {"after": odd}),
        ("/clients/", {"find": odd}),
    ):
        assert ada.get(where, sent).status_code in (200, 400), where
    for where, sent in (
        (f"{client}/consents/treatment", {"answer": "yes", "version": odd}),
        (f"{client}/consents/treatment", {"answer": "no", "helper": f"Ida{odd}"}),
        (f"{client}/take-back", {"entry": odd, "why": odd}),
        (f"{client}/set-aside", {"rule": odd, "words": odd}),
    ):
        assert ada.post(where, sent).status_code in (302, 400, 404, 409), where
