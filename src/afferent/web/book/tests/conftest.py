"""A day in the clinic in Berlin: Tuesday 24 November 2026, eight in the morning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

BERLIN = ZoneInfo("Europe/Berlin")
NOW = dt.datetime(2026, 11, 24, 8, 0, tzinfo=BERLIN)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> dt.datetime:
    """The pages think that it is this moment."""
    monkeypatch.setattr("afferent.web.book.views.moment.now", lambda: NOW)
    return NOW


@pytest.fixture
def at() -> Callable[..., dt.datetime]:
    """`at("09:30")` is that time today; `at("09:30", 1)` tomorrow."""

    def make(clock: str, days: int = 0) -> dt.datetime:
        hour, minute = map(int, clock.split(":"))
        return NOW.replace(hour=hour, minute=minute) + dt.timedelta(days=days)

    return make


@pytest.fixture
def ada(staff: Callable[..., object]) -> object:
    """A therapist."""
    return staff("therapist", name="Ada Okonkwo").user


@pytest.fixture
def booked(clinic: object, ada: object, at: Callable[..., dt.datetime]) -> Callable[..., object]:
    """`booked(client, "09:30", 45)` books with Ada."""
    from afferent.web.book.booking import book

    def make(client: object, clock: str, minutes: int = 45, *, days: int = 0, therapist: object = None) -> object:
        return book(client, therapist or ada, at(clock, days), minutes, now=NOW, afterwards=True)[0]

    return make
