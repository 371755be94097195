"""Each test begins with nothing counted against anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client as Browser

PASSWORD = "a long enough one"


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """`clock(+60)` lets a minute pass for the lock."""
    import time

    now = [time.time()]
    monkeypatch.setattr("afferent.web.accounts.middleware.time.time", lambda: now[0])

    def passes(seconds: float) -> None:
        now[0] += seconds

    return passes


@pytest.fixture
def by_password(staff: Callable[..., object], client: Browser) -> Callable[..., Browser]:
    """`by_password("owner")` signs in through the form."""

    def make(*roles: str, **more: object) -> Browser:
        client.member = staff(*roles, **more)
        client.post("/accounts/login/", {"login": client.member.user.email, "password": PASSWORD})
        return client

    return make
