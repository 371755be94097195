"""The page on which therapist and front desk make a link: shown once, listed, taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from afferent.web.audit.models import Entry
from afferent.web.clinics.models import Clinic
from afferent.web.intake.links import find
from afferent.web.intake.models import Link
from afferent.web.scope import inside


def page_of(client: Any) -> str:
    return reverse("client_link", args=[client.pk])


@pytest.mark.parametrize("role", ["therapist", "desk"])
def test_it_is_shown_once(signed_in: Any, ruth: Any, role: str) -> None:
    browser = signed_in(role)
    made = browser.post(page_of(ruth), {"make": "yes"}).content.decode()
    secret = re.search(r"/i/([0-9a-z-]{39})<", made)[1]  # type: ignore[index]
    assert find(secret).made_by == browser.member.user
    assert '<svg class="qr"' in made
    assert all(f"<span>{four}</span>" in made for four in secret.split("-"))
    later = browser.get(page_of(ruth)).content.decode()
    assert secret not in later
    assert secret[:4] not in re.findall(r"<span>(\w{4})</span>", later)
    assert "not yet" in later
    assert Entry.objects.filter(action="link.made").count() == 1


def test_an_owner_alone_makes_none(signed_in: Any, ruth: Any) -> None:
    assert signed_in("owner").post(page_of(ruth), {"make": "yes"}).status_code == 403
    assert not Link.objects.exists()


def test_it_is_taken_back(signed_in: Any, ruth: Any) -> None:
    browser = signed_in("desk")
    browser.post(page_of(ruth), {"make": "yes"})
    link = Link.objects.get()
    assert browser.post(page_of(ruth), {"withdraw": str(link.pk)}).status_code == 302
    link.refresh_from_db()
    assert link.withdrawn_at is not None
    assert "No open link" in browser.get(page_of(ruth)).content.decode()
    assert browser.post(page_of(ruth), {"withdraw": "nonsense"}).status_code == 302


def test_a_client_of_another_clinic_is_not_found(signed_in: Any, ruth: Any) -> None:
    from afferent.web.clients.people import add

    other = Clinic.objects.create(name="Other")
    with inside(other.id):
        stranger = add(given="Jonas")
    assert signed_in("desk").post(page_of(stranger), {"make": "yes"}).status_code == 404
