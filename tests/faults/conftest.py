"""Clinics that something happens to: files of their own, servers of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from afferent.web.testing.databases import blank, may_use_databases, on, sqlite

__all__ = ["blank", "may_use_databases", "sqlite"]


@dataclass
class Scene:
    """A clinic with one client, and the browser of its therapist."""

    clinic: object
    ruth: object
    browser: object


@contextmanager
def scene(settings: dict[str, object]) -> Iterator[Scene]:
    """On a database of its own, without any transaction around it: what fails here fails as it does in a clinic."""
    from django.test import Client as Browser

    from afferent.web.accounts.models import User
    from afferent.web.clients.people import add
    from afferent.web.clinics.models import Clinic, Membership
    from afferent.web.scope import inside

    with on(settings):
        clinic = Clinic.objects.create(name="Lindenhof", second_factor=False, languages=["en"])
        user = User.objects.create(email="ada@example.org", name="Ada Okonkwo")
        Membership.objects.create(clinic=clinic, user=user, owner=True, desk=True, therapist=True)
        browser = Browser(raise_request_exception=False)
        browser.force_login(user)
        with inside(clinic.pk):
            ruth = add(given="Ruth", family="Amsler")
            assert browser.get(f"/clients/{ruth.pk}").status_code == 200  # the session and the knowledge are there
            yield Scene(clinic, ruth, browser)


@pytest.fixture
def lindenhof(sqlite: Callable[..., dict[str, object]]) -> Iterator[Scene]:
    with scene(sqlite()) as made:
        yield made
