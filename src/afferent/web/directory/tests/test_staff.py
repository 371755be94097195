"""The staff prints letters, and writes down what it checked with day and way; both stand in the audit."""

from __future__ import annotations

import re

import pytest

from afferent.web.audit.models import Entry as Audited
from afferent.web.directory.models import Claim, Holder

CHECK = "/clinic/directory/npi-1234567893"
GIVEN = {"facts": ["step_free"], "on": "2026-11-01", "how": "visited the room"}


def checked(owner, given):
    """As the page sends it: with the mark of what was on it."""
    seen = re.search(r'name="seen" value="(\w+)"', owner.get(CHECK).content.decode())[1]
    return owner.post(CHECK, given | {"seen": seen})


def test_a_letter_is_printed_with_a_code_that_opens_the_profile(client, directory, signed_in) -> None:
    page = client.post("/find/npi-1234567893/claim", {"way": "letter"})["Location"]
    claim = Claim.objects.get()
    assert client.post(page, {"code": "12345678"}).status_code == 400
    assert client.post("/find/npi-1234567893/claim", {"way": "letter"}).status_code == 400
    owner = signed_in("owner")
    assert "Rosalind Quay" in owner.get("/clinic/directory").content.decode()
    first = owner.post(f"/clinic/directory/letters/{claim.pk}").content.decode()
    sheet = owner.post(f"/clinic/directory/letters/{claim.pk}").content.decode()
    old, code = (re.search(r'letter-code">(\d{4} \d{4})<', one)[1] for one in (first, sheet))
    assert "1 Home Street" in sheet
    assert page in sheet
    if old != code:
        assert client.post(page, {"code": old}).status_code == 400
    assert client.post(page, {"code": code}).status_code == 302
    assert directory.get("npi:1234567893")[0].claimed
    assert Audited.objects.filter(action="directory.letter").count() == 2
    assert owner.post(f"/clinic/directory/letters/{claim.pk}").status_code == 404


def test_what_was_checked_is_verified_with_day_way_and_clinic(directory, signed_in, client) -> None:
    owner = signed_in("owner")
    sent = GIVEN | {"licence_state": "mn", "licence_number": "MT1", "licence_status": "active"}
    assert checked(owner, sent).status_code == 302
    one = directory.get("npi:1234567893")[0]
    assert one.fact("step_free").standing == "verified"
    assert (one.licences[0].status, one.licences[0].standing) == ("active", "verified")
    assert "visited the room – Lindenhof" in client.get("/find/npi-1234567893").content.decode()
    assert Audited.objects.filter(action="directory.checked").exists()
    assert "Checked by the staff" in owner.get(CHECK).content.decode()


def test_a_suspended_licence_takes_somebody_out_of_every_list(directory, signed_in, client) -> None:
    owner = signed_in("owner")
    checked(owner, GIVEN | {"facts": [], "licence_state": "MN", "licence_status": "suspended"})
    shown = client.post("/find/", {"where": "55401"}).content.decode()
    assert "Rosalind" not in shown
    assert "suspended or revoked" in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": ""}, {"how": ""}, {"on": "2999-01-01"}, {"facts": ["neuropathy_hours"]}, {"facts": []},
        {"licence_state": "ZZ", "licence_status": "active"}, {"licence_state": "MN"}, {"licence_status": "active"},
    ],
)  # fmt: skip
def test_a_check_without_day_or_way_or_object_is_refused(directory, signed_in, wrong) -> None:
    assert checked(signed_in("owner"), GIVEN | wrong).status_code == 400
    assert directory.get("npi:1234567893")[0].fact("step_free").standing == "declared"


def test_a_claim_that_is_ended_opens_nothing_any_more(directory, signed_in, client, codes) -> None:
    page = client.post("/find/npi-1234567893/claim", {"way": "text"})["Location"]
    client.post(page, {"code": codes[0][1]})
    assert client.get("/find/npi-1234567893/own").status_code == 200
    signed_in("owner").post(f"{CHECK}/end")
    assert client.get("/find/npi-1234567893/own").status_code == 302
    assert Holder.objects.get().ended_at is not None
    assert not directory.get("npi:1234567893")[0].claimed


def test_open_by_number_or_address(directory, signed_in) -> None:
    owner = signed_in("owner")
    assert owner.post("/clinic/directory/open", {"which": "1234567893"})["Location"] == CHECK
    address = "https://clinic.example.org/find/npi-1234567893/"
    assert owner.post("/clinic/directory/open", {"which": address})["Location"] == CHECK
    assert owner.post("/clinic/directory/open", {"which": "1234567894"}).status_code == 400


def test_a_screening_names_the_training_and_nothing_else(directory, signed_in, a_client) -> None:
    from afferent.knowledge import load
    from afferent.records.answers import statements
    from afferent.web.clients.knowing import write
    from afferent.web.clinics.clock import today

    ada = signed_in("therapist")
    one, day = a_client("Tomasz", "Rybak"), today(ada.member.clinic)
    write(one, "answers", list(statements({"platelets": "42 10*3/uL"}, load(), day)), on=day)
    shown = ada.get(f"/clients/{one.pk}/find").content.decode()
    assert "The screening of Tomasz Rybak asks for training in oncology massage" in shown
    assert 'name="training" value="oncology"' in shown
    assert "platelets" not in shown.split("<form class")[1].split("Where are you")[0].replace("platelets, bones", "")
    found = ada.post("/find/", {"where": "55401", "training": "oncology"}).content.decode()
    assert "Teodor" in found
    assert "Tomasz" not in found
    assert "nobody has said whether there is training in oncology massage" in found


def test_by_a_clients_own_link_and_only_once_the_answers_were_sent(directory, clinic, a_client) -> None:
    from django.utils import timezone

    from afferent.knowledge import load
    from afferent.records.answers import statements
    from afferent.web.clients.knowing import write
    from afferent.web.clinics.clock import today
    from afferent.web.intake.models import Link
    from afferent.web.intake.tests.walk import begun

    one = a_client("Tomasz", "Rybak")
    phone, day = begun(one), today(clinic)
    write(one, "answers", list(statements({"platelets": "42 10*3/uL"}, load(), day)), on=day)
    assert 'name="training"' not in phone.browser.get("/i/go/find").content.decode()
    Link.objects.update(used_at=timezone.now())
    assert "/i/go/find" in phone.browser.get("/i/go/done").content.decode()
    answer = phone.browser.get("/i/go/find")
    shown = answer.content.decode()
    assert "What your answers say asks for training in oncology massage" in shown
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "Tomasz" not in shown
    clinic.mode = "record"
    clinic.save()
    assert 'name="training"' not in phone.browser.get("/i/go/find").content.decode()


def test_by_no_link_nobody(client, directory) -> None:
    assert 'name="training"' not in client.get("/i/go/find").content.decode()
