"""The first start: one address, once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client as Browser

from afferent.web.accounts.models import User
from afferent.web.audit.models import Entry
from afferent.web.clinics.links import USED
from afferent.web.clinics.models import Clinic, Invitation
from afferent.web.clinics.setup import first_code
from afferent.web.scope import inside

GIVEN = {
    "clinic": "Lindenhof", "time_zone": "Europe/Berlin", "languages": ["en"], "mode": "record", "name": "Maren Voss",
    "email": "Maren@Example.org", "password": "feet before hands", "again": "feet before hands", "treats": "on",
}  # fmt: skip


@pytest.fixture
def address(db: None) -> str:
    return f"/begin/{first_code()}"


def test_it_makes_the_clinic_and_its_owner_and_signs_in(client: Browser, address: str) -> None:
    page = client.get(address).content.decode()
    assert "licensed or certified" in page
    assert "regulated medical device" in page
    assert client.post(address, GIVEN)["Location"] == "/"
    clinic = Clinic.objects.get()
    assert (clinic.name, clinic.mode, clinic.time_zone, clinic.second_factor) == (
        "Lindenhof",
        "record",
        "Europe/Berlin",
        True,
    )
    member = clinic.staff.get()
    assert member.role_names == ["Owner", "Front desk", "Therapist"]
    assert member.user.email == "maren@example.org"
    assert client.get("/clinic/")["Location"] == "/second-factor"
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200  # the password was typed a moment ago
    with inside(clinic.id):
        assert list(Entry.objects.order_by("seq").values_list("action", flat=True)) == [
            "clinic.made", "staff.joined", "session.began"
        ]  # fmt: skip


def test_an_owner_who_does_not_treat_is_an_owner_only(client: Browser, address: str) -> None:
    client.post(address, {key: value for key, value in GIVEN.items() if key != "treats"})
    assert Clinic.objects.get().staff.get().role_names == ["Owner"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"mode": ""}, "Choose one of the two."),
        ({"time_zone": "Mars/Olympus"}, "Choose one of the list."),
        ({"again": "something else"}, "The two are not the same."),
        ({"password": "short", "again": "short"}, "at least 12 characters"),
        ({"password": "Maren Voss 12", "again": "Maren Voss 12"}, "too similar to the name"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(client: Browser, address: str, wrong: Any, says: str) -> None:
    answer = client.post(address, GIVEN | wrong)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not Clinic.objects.exists()
    assert not User.objects.exists()
    assert client.post(address, GIVEN).status_code == 302


def test_it_opens_once(client: Browser, address: str) -> None:
    client.post(address, GIVEN)
    client.post("/accounts/logout/")
    answer = client.get(address)
    assert answer.status_code == 410
    assert USED[:30] in answer.content.decode()


def test_only_the_digest_is_kept_and_only_the_last_code_works(client: Browser, db: None) -> None:
    earlier, later = first_code(), first_code()
    assert not Invitation.objects.filter(digest__in=[earlier, later]).exists()
    assert "was taken back" in client.get(f"/begin/{earlier}").content.decode()
    assert client.get(f"/begin/{later}").status_code == 200


def test_where_there_is_a_clinic_there_is_no_code(client: Browser, address: str, clinic: Clinic) -> None:
    assert first_code() is None
    assert "has its clinic already" in client.get(address).content.decode()
    assert client.post(address, GIVEN).status_code == 410
