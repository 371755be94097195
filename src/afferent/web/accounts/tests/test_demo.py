"""The demo's log-ins: one tap, and only where the server says so."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client as Browser

from afferent.web.accounts.demo import ROLES
from afferent.web.accounts.models import User
from afferent.web.clinics.models import Clinic, Membership
from afferent.web.demo.fill import PASSWORD


@pytest.fixture
def invented(clinic: Clinic, settings: Any) -> Any:
    settings.DEMO = True
    clinic.invented = True
    clinic.save()
    for role in ROLES:
        user = User.objects.create_user(f"{role}@example.org", PASSWORD, name=role)
        Membership.objects.create(clinic=clinic, user=user, **{role: True})
    return clinic


@pytest.mark.parametrize("role", ROLES)
def test_one_tap_signs_in(invented: Clinic, client: Browser, role: str) -> None:
    page = client.get("/").content.decode()
    assert f"/demo/{role}" in page
    assert PASSWORD in page
    assert client.post(f"/demo/{role}")["Location"] == "/"
    assert client.get("/clinic/").status_code == (200 if role == "owner" else 403)


def test_it_is_not_there_without_the_demo(invented: Clinic, client: Browser, settings: Any) -> None:
    settings.DEMO = False
    assert client.post("/demo/owner").status_code == 404
    assert "/demo/" not in client.get("/").content.decode()


def test_a_real_clinic_is_never_opened_by_it(invented: Clinic, client: Browser) -> None:
    invented.invented = False
    invented.save()
    assert client.post("/demo/owner").status_code == 404


def test_other_words_open_nothing(invented: Clinic, client: Browser) -> None:
    assert client.post("/demo/admin").status_code == 404
    assert client.get("/demo/owner").status_code == 405
