"""What the tests of the web slices may ask for: a browser, a clinic, its staff, its clients."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client as Browser


@pytest.fixture(autouse=True, scope="session")
def _fast_passwords() -> Iterator[None]:
    """Argon2 is slow on purpose; tests sign in often."""
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def client(db: None) -> Browser:
    """A browser without script, nobody signed in."""
    return Browser()


@pytest.fixture
def clinic(db: None) -> Iterator[object]:
    """A clinic, and queries inside it."""
    from afferent.web.clinics.models import Clinic
    from afferent.web.scope import inside

    made = Clinic.objects.create(name="Lindenhof", time_zone="Europe/Berlin", second_factor=False, languages=["en"])
    with inside(made.id):
        yield made


@pytest.fixture
def staff(clinic: object) -> Callable[..., object]:
    """`staff("therapist")` makes somebody with these roles; their membership carries `.user`."""
    from afferent.web.accounts.models import User
    from afferent.web.clinics.models import Membership

    def make(*roles: str, name: str = "Ada Okonkwo", **more: object) -> Membership:
        user = User.objects.create_user(f"{uuid.uuid4().hex[:12]}@example.org", "a long enough one", name=name)
        return Membership.objects.create(
            clinic=more.pop("clinic", clinic), user=user, **dict.fromkeys(roles, True), **more
        )

    return make


@pytest.fixture
def signed_in(staff: Callable[..., object]) -> Callable[..., Browser]:
    """`signed_in("therapist")` is a browser in which somebody with these roles has signed in; `.member` says who."""

    def make(*roles: str, member: object = None, **more: object) -> Browser:
        browser = Browser()
        browser.member = member or staff(*roles, **more)  # type: ignore[attr-defined]
        browser.force_login(browser.member.user)  # type: ignore[attr-defined]
        return browser

    return make


@pytest.fixture
def a_client(clinic: object) -> Callable[..., object]:
    """`a_client("Ruth", "Amsler")` makes a client of the clinic."""
    from afferent.web.clients.people import add

    def make(given: str = "Ruth", family: str = "Amsler", **more: object) -> object:
        return add(given=given, family=family, **more)

    return make


@pytest.fixture(scope="session")
def examples() -> Path:
    return Path(__file__).resolve().parents[3] / "examples"
