"""How long: a first visit is short, a later one no longer than usual; the page and the book say the same."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from afferent.knowledge import load
from afferent.records.read import read
from afferent.web.book.models import Visit
from afferent.web.clients.knowing import write
from afferent.web.clinics.clock import today
from afferent.web.demo.fill import moved


@pytest.fixture
def bao(a_client: Any, staff: Any, examples: Any, clinic: Any) -> Any:
    """Everything asked today, nothing found."""
    client, on = a_client("Bao", "Lindholm", born=dt.date(1982, 5, 21)), today(clinic)
    said = moved(read(examples / "hands-at-ease.yaml", as_of=None, knowledge=load()), on)
    write(client, "answers", said, on=on, by=staff("therapist").user)
    return client


@pytest.fixture
def shown(bao: Any, signed_in: Any) -> Any:
    browser = signed_in("therapist", name="Ada Okonkwo")

    def visit(hours: float, state: str = "booked") -> None:
        at = timezone.now() + dt.timedelta(hours=hours)
        Visit.objects.create(
            client=bao, therapist=browser.member.user, starts_at=at, ends_at=at + dt.timedelta(minutes=45), state=state
        )

    def read_page() -> str:
        return " ".join(browser.get(f"/clients/{bao.pk}").content.decode().split())

    read_page.visit = visit  # type: ignore[attr-defined]
    return read_page


def test_somebody_who_was_never_here(shown: Any) -> None:
    assert "up to 30 minutes: a first visit (our default)" in shown()
    assert "30 minutes at most" in shown()
    assert "60 minutes" not in shown()


def test_the_visit_of_today_is_still_the_first(shown: Any) -> None:
    shown.visit(0.1)
    shown.visit(-72, "missed")
    shown.visit(-72, "cancelled")
    assert "up to 30 minutes: a first visit" in shown()


def test_somebody_who_was_here(shown: Any) -> None:
    shown.visit(-72, "done")
    assert "up to 45 minutes: a later visit (our default)" in shown()
    assert "60 minutes" not in shown()
