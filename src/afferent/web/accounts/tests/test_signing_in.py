"""Signing in: in our words, limited, and written into the audit of every clinic of that person."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import NoReverseMatch, reverse

from afferent.web.accounts.tests.conftest import PASSWORD
from afferent.web.audit.models import Entry
from afferent.web.clinics.models import Clinic, Membership
from afferent.web.scope import inside


def written() -> list[tuple[str, str]]:
    return list(Entry.objects.order_by("seq").values_list("actor", "action"))


def test_the_page_is_ours_and_holds_no_inline_script(client: Browser) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert "Sign in with a passkey" in page
    assert "sign up" not in page.lower()
    for script in page.split("<script")[1:]:
        opening = script.partition(">")[0]
        assert "src=" in opening or 'type="application/json"' in opening, opening
    assert "style=" not in page
    assert "onclick" not in page


def test_signing_in_and_out_is_written_into_every_clinic_of_that_person(
    client: Browser, clinic: Clinic, staff: Any
) -> None:
    one = staff("desk")
    other = Clinic.objects.create(name="Other", second_factor=False)
    Membership.objects.create(clinic=other, user=one.user, desk=True)
    answer = client.post("/accounts/login/", {"login": one.user.email.upper(), "password": PASSWORD})
    assert answer.status_code == 302
    client.post("/accounts/logout/")
    who = f"user:{one.user.pk}"
    both = [(who, "session.began"), (who, "session.ended")]
    assert written() == both
    with inside(other.id):
        assert written() == both


def test_a_wrong_password_is_one_sentence_and_written_down(client: Browser, staff: Any) -> None:
    one = staff("desk")
    answer = client.post("/accounts/login/", {"login": one.user.email, "password": "not it"})
    assert "do not belong together" in answer.content.decode()
    assert written() == [(f"user:{one.user.pk}", "session.failed")]


def test_an_unknown_address_reads_the_same(client: Browser, staff: Any) -> None:
    answer = client.post("/accounts/login/", {"login": "nobody@example.org", "password": "not it"})
    assert "do not belong together" in answer.content.decode()
    assert written() == []


def test_guessing_is_limited_even_with_the_right_one(client: Browser, staff: Any) -> None:
    one = staff("desk")
    for _ in range(6):
        answer = client.post("/accounts/login/", {"login": one.user.email, "password": "not it"})
    assert "Too many tries" in answer.content.decode()
    answer = client.post("/accounts/login/", {"login": one.user.email, "password": PASSWORD})
    assert answer.status_code == 200
    assert not answer.wsgi_request.user.is_authenticated


def test_many_from_one_address_get_one_sentence(client: Browser, db: None) -> None:
    for number in range(31):
        answer = client.post("/accounts/login/", {"login": f"{number}@example.org", "password": "x"})
    assert answer.status_code == 429
    assert "Wait a few minutes" in answer.content.decode()


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password", "account_set_password"])
def test_what_has_no_use_has_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_signing_up_is_not_there(client: Browser) -> None:
    for path in (
        "/accounts/signup/",
        "/accounts/email/",
        "/accounts/password/reset/",
        "/accounts/2fa/webauthn/signup/",
    ):
        assert client.get(path).status_code == 404


def test_the_password_can_be_changed(by_password: Any) -> None:
    browser = by_password("desk")
    new = {"oldpassword": PASSWORD, "password1": "another long sentence", "password2": "another long sentence"}
    assert (
        "This is not your present"
        in browser.post("/accounts/password/change/", new | {"oldpassword": "no"}).content.decode()
    )
    answer = browser.post("/accounts/password/change/", new, follow=True)
    assert "Your password is changed" in answer.content.decode()
    assert written()[-1][1] == "session.password"


def test_confirming_by_password_works_without_a_list_of_addresses(by_password: Any) -> None:
    browser = by_password("desk")
    asked = browser.get("/accounts/2fa/totp/activate/")
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert "This is not your password" in browser.post(asked["Location"], {"password": "no"}).content.decode()
    answer = browser.post(asked["Location"], {"password": PASSWORD}, follow=True)
    page = answer.content.decode()
    assert '<svg class="qr"' in page
    assert "data:image" not in page


def test_a_second_factor_is_asked_for_once_there_is_one(by_password: Any, clinic: Clinic) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time

    browser = by_password("desk")
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(browser.member.user, secret)
    browser.post("/accounts/logout/")
    answer = browser.post("/accounts/login/", {"login": browser.member.user.email, "password": PASSWORD})
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    page = browser.get(answer["Location"]).content.decode()
    assert "Now the second factor" in page
    assert browser.get("/today").status_code == 302
    wrong = browser.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    assert written()[-1][1] == "session.failed"
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert browser.post("/accounts/2fa/authenticate/", {"code": code})["Location"] == "/"
    assert written()[-1][1] == "session.began"
