"""Links that let somebody in: once, for seven days, and each refusal in its own sentence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client as Browser
from django.utils import timezone

from afferent.web.accounts.models import User
from afferent.web.audit.models import Entry
from afferent.web.clinics.links import make
from afferent.web.clinics.models import Clinic, Invitation, Membership

NEW = {"name": "Noor Halabi", "password": "feet before hands", "again": "feet before hands"}


@pytest.fixture
def token(clinic: Clinic, staff: Any) -> str:
    by = staff("owner").user
    return make(
        "join", clinic=clinic, name="Noor", email="noor@example.org", therapist=True, licence="MT 7", invited_by=by
    )


def test_it_shows_clinic_and_roles_then_signs_in(client: Browser, token: str, clinic: Clinic) -> None:
    page = client.get(f"/join/{token}").content.decode()
    assert "Join Lindenhof" in page
    assert "Ada Okonkwo invites you as therapist" in page
    assert client.post(f"/join/{token}", NEW)["Location"] == "/"
    member = clinic.staff.get(user__email="noor@example.org")
    assert (member.user.name, member.role_names, member.licence) == ("Noor Halabi", ["Therapist"], "MT 7")
    assert client.get("/clinic/").status_code == 403
    assert Entry.objects.filter(action="staff.joined", actor=f"user:{member.user_id}").count() == 1


def test_it_opens_once(client: Browser, token: str) -> None:
    client.post(f"/join/{token}", NEW)
    answer = Browser().get(f"/join/{token}")
    assert answer.status_code == 410
    assert "This link was used already." in answer.content.decode()


def test_an_old_one_says_when_it_ended(client: Browser, token: str) -> None:
    Invitation.objects.update(ends_at=dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC))
    answer = client.post(f"/join/{token}", NEW)
    assert answer.status_code == 410
    assert "This link ended on 3 November 2026." in answer.content.decode()
    assert not User.objects.filter(email="noor@example.org").exists()


def test_one_taken_back_says_so(client: Browser, token: str) -> None:
    Invitation.objects.update(revoked_at=timezone.now())
    assert "This link was taken back." in client.get(f"/join/{token}").content.decode()


def test_one_that_nobody_made_is_not_known_and_guessing_is_limited(client: Browser, token: str) -> None:
    for number in range(20):
        answer = client.get(f"/join/{number}")
        assert answer.status_code == 404
    assert "This link is not known." in answer.content.decode()
    answer = client.get(f"/join/{token}")
    assert answer.status_code == 429
    assert "Wait ten minutes" in answer.content.decode()


def test_a_link_for_the_one_thing_does_not_do_the_other(client: Browser, token: str) -> None:
    assert client.get(f"/begin/{token}").status_code == 404


def test_somebody_who_has_an_account_signs_in_with_it(client: Browser, clinic: Clinic, staff: Any) -> None:
    """Otherwise whoever makes the link could give somebody of another clinic a new password."""
    other = Clinic.objects.create(name="Other", second_factor=False)
    one = staff("desk", clinic=other).user
    token = make("join", clinic=clinic, name="X", email=one.email, desk=True)
    page = client.get(f"/join/{token}").content.decode()
    assert 'type="password"' not in page
    assert client.post(f"/join/{token}", NEW).status_code == 200
    assert not Membership.objects.filter(clinic=clinic, user=one).exists()
    client.force_login(one)
    assert "Join as Ada Okonkwo" in client.get(f"/join/{token}").content.decode()
    client.post(f"/join/{token}")
    assert Membership.objects.filter(clinic=clinic, user=one, desk=True).exists()
    assert client.session["clinic"] == str(clinic.id)


def test_somebody_else_who_is_signed_in_is_asked_to_sign_out(signed_in: Any, token: str) -> None:
    browser = signed_in("owner")
    assert "this link is for somebody else" in browser.get(f"/join/{token}").content.decode()
    browser.post(f"/join/{token}", NEW)
    assert not User.objects.filter(email="noor@example.org").exists()


def test_a_new_password_ends_other_sessions_and_keeps_the_second_factor(
    client: Browser, clinic: Clinic, signed_in: Any
) -> None:
    elsewhere = signed_in("desk")
    user = elsewhere.member.user
    Authenticator.objects.create(user=user, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    token = make("password", clinic=clinic, user=user, name=user.name, email=user.email)
    assert "A new password" in client.get(f"/join/{token}").content.decode()
    answer = client.post(f"/join/{token}", {"password": NEW["password"], "again": NEW["again"]})
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    user.refresh_from_db()
    assert user.check_password(NEW["password"])
    assert elsewhere.get("/clients/")["Location"].startswith("/accounts/login/")
    assert Entry.objects.filter(action="session.password").exists()


def test_a_lost_phone(client: Browser, clinic: Clinic, staff: Any) -> None:
    user = staff("desk").user
    Authenticator.objects.create(user=user, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    token = make("password", clinic=clinic, user=user, name=user.name, email=user.email, factors_off=True)
    assert "Your second factor is taken off too" in client.get(f"/join/{token}").content.decode()
    assert client.post(f"/join/{token}", {"password": NEW["password"], "again": NEW["again"]})["Location"] == "/"
    assert not Authenticator.objects.exists()
