"""Where a clinic asks for a second factor, nothing opens before there is one."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from afferent.web.clinics.models import Clinic


@pytest.fixture
def strict(clinic: Clinic) -> Any:
    clinic.second_factor = True
    clinic.save()
    return clinic


def test_nothing_opens_without_one(strict: Clinic, signed_in: Any) -> None:
    browser = signed_in("owner")
    for path in ("/today", "/clinic/", "/audit/", "/clients/"):
        assert browser.get(path)["Location"] == "/second-factor"
        assert browser.post(path)["Location"] == "/second-factor"
    page = browser.get("/second-factor").content.decode()
    assert "Add a passkey" in page
    assert browser.get("/clinic/", headers={"hx-request": "true"})["HX-Redirect"] == "/second-factor"


def test_the_pages_that_make_one_are_open(strict: Clinic, signed_in: Any) -> None:
    browser = signed_in("owner")
    assert browser.get("/accounts/2fa/").status_code == 200
    assert browser.get("/accounts/2fa/totp/activate/")["Location"].startswith("/accounts/reauthenticate/")


def test_with_one_everything_opens(strict: Clinic, signed_in: Any) -> None:
    browser = signed_in("owner")
    TOTP.activate(browser.member.user, "JBSWY3DPEHPK3PXP")
    assert browser.get("/clinic/").status_code == 200
    assert browser.get("/second-factor")["Location"] == "/accounts/2fa/"


def test_recovery_codes_alone_are_none(strict: Clinic, signed_in: Any) -> None:
    browser = signed_in("owner")
    Authenticator.objects.create(user=browser.member.user, type="recovery_codes", data={})
    assert browser.get("/clinic/")["Location"] == "/second-factor"


def test_taking_it_off_shuts_the_pages_again(strict: Clinic, by_password: Any) -> None:
    browser = by_password("owner")
    TOTP.activate(browser.member.user, "JBSWY3DPEHPK3PXP")
    assert browser.get("/clinic/").status_code == 200
    browser.post("/accounts/reauthenticate/?next=/accounts/2fa/", {"password": "a long enough one"})
    assert browser.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert browser.get("/clinic/")["Location"] == "/second-factor"


def test_the_demo_asks_for_none(strict: Clinic, signed_in: Any, settings: Any) -> None:
    settings.DEMO = True
    assert signed_in("owner").get("/clinic/").status_code == 200


def test_who_is_member_of_no_clinic_reads_what_to_do(signed_in: Any) -> None:
    browser = signed_in("desk")
    browser.member.delete()
    assert browser.get("/today")["Location"] == "/nowhere"
    assert "Ask an owner of your clinic" in browser.get("/nowhere").content.decode()
