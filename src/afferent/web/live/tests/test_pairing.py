"""The client's device is let in by a square or four digits: for two minutes, five tries, one device, and a yes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client as Browser
from django.utils import timezone

from afferent.web.audit.models import Entry
from afferent.web.live import pairing
from afferent.web.live.models import Pairing


@pytest.fixture
def way(session):
    made, secret, code = pairing.make(session)
    return made, secret, code


def join(code: str) -> tuple[Browser, object]:
    phone = Browser()
    return phone, phone.post("/live/join", {"code": code})


def test_the_right_code_waits_for_a_yes_with_the_same_sign_on_both(session, way) -> None:
    phone, answer = join(way[2])
    assert answer["Location"] == "/live/me"
    waiting = phone.get("/live/me").content.decode()
    told = session.ada.get(f"/live/{session.pk}/pair").json()
    assert told["state"] == "asking"
    assert told["sign"] in pairing.SIGNS
    assert told["sign"] in waiting
    assert phone.get("/live/me/stream").status_code == 403


def test_after_the_yes_the_face_opens_and_it_is_in_the_audit(session, way) -> None:
    phone, _ = join(way[2])
    told = session.ada.get(f"/live/{session.pk}/pair").json()
    assert session.ada.post(f"/live/{session.pk}/pair", {"yes": told["which"]}).json()["state"] == "linked"
    page = phone.get("/live/me").content.decode()
    assert "STOP" in page
    assert Entry.objects.filter(action="visit.linked").count() == 1


def test_nothing_clinical_goes_to_the_device(session, way) -> None:
    phone, _ = join(way[2])
    pairing.confirm(session, way[0].pk, "user:1")
    page = phone.get("/live/me").content.decode()
    for word in ("Ruth", "Amsler", "NUMB to", "lotioning", "clot", "heat", str(session.client_id), "Lindenhof"):
        assert word not in page, word


def test_a_wrong_code_is_told_and_counts_against_every_open_one(session, way) -> None:
    wrong = "0000" if way[2] != "0000" else "0001"
    assert join(wrong)[1].status_code == 404
    assert Pairing.objects.get(pk=way[0].pk).tries == 1


def test_after_five_wrong_tries_the_right_code_opens_nothing(session, way) -> None:
    wrong = "0000" if way[2] != "0000" else "0001"
    for _ in range(pairing.TRIES):
        join(wrong)
    assert join(way[2])[1].status_code == 404
    assert Browser().post(f"/live/join/{way[1]}")["Location"] == "/live/me", "the square cannot be guessed"


def test_after_two_minutes_neither_code_nor_square_opens_anything(session, way) -> None:
    Pairing.objects.filter(pk=way[0].pk).update(ends_at=timezone.now() - dt.timedelta(seconds=1))
    assert join(way[2])[1].status_code == 404
    assert Browser().post(f"/live/join/{way[1]}").status_code == 404


def test_one_device(session, way) -> None:
    join(way[2])
    assert join(way[2])[1].status_code == 404


def test_a_second_code_ends_the_first_and_lets_the_first_device_go(session, way) -> None:
    phone, _ = join(way[2])
    pairing.confirm(session, way[0].pk, "user:1")
    pairing.make(session)
    assert phone.get("/live/me").status_code == 302
    assert phone.get("/live/me/stream").status_code == 403


def test_looking_at_the_square_spends_nothing(session, way) -> None:
    assert Browser().get(f"/live/join/{way[1]}").status_code == 200
    phone = Browser()
    assert phone.post(f"/live/join/{way[1]}")["Location"] == "/live/me"


def test_a_yes_to_a_device_that_did_not_ask_opens_nothing(session, way) -> None:
    assert session.ada.post(f"/live/{session.pk}/pair", {"yes": str(way[0].pk)}).status_code == 409
    assert session.ada.post(f"/live/{session.pk}/pair", {"yes": "nobody"}).status_code == 409


def test_only_digests_are_kept(session, way) -> None:
    row = Pairing.objects.values().get(pk=way[0].pk)
    assert way[1] not in str(row)
    assert way[2] not in (row["code"], row["secret"])


def test_two_open_codes_are_never_the_same(session, monkeypatch) -> None:
    numbers = iter([7, 7, 8])
    monkeypatch.setattr(pairing.secrets, "randbelow", lambda most: next(numbers))
    first = pairing.make(session)
    Pairing.objects.filter(pk=first[0].pk).update(session_id=session.visit_id)  # as if of another visit
    second = pairing.make(session)
    assert (first[2], second[2]) == ("0007", "0008")
