"""The book by week and by day: what is taken, what is free, and for each therapist."""

from __future__ import annotations

import pytest

from afferent.web.book.about import visits_of
from afferent.web.book.booking import cancel


@pytest.fixture
def desk(now, signed_in):
    return signed_in("desk", name="Noor Haddad")


def text(browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_free_time_can_be_tapped_to_book(desk, ada, a_client, booked) -> None:
    booked(a_client("Walter", "Lindqvist"), "09:30", days=1)
    booked(a_client("Joan", "Petrie"), "10:30", days=1)
    page = text(desk, "/book/day/2026-11-25")
    free = [at for at in ("08:00", "09:30", "10:15", "11:15") if f"/visit/new/2026-11-25/{at}/{ada.pk}" in page]
    assert free == ["08:00", "11:15"], "a quarter of an hour is too short for a visit"


def test_time_that_is_past_is_not_free(desk, ada, at, monkeypatch) -> None:
    monkeypatch.setattr("afferent.web.book.views.moment.now", lambda: at("09:05"))
    assert "/visit/new/2" not in text(desk, "/book/day/2026-11-23")
    assert f"/visit/new/2026-11-24/09:15/{ada.pk}" in text(desk, "/book/day/2026-11-24")


def test_a_week_with_its_neighbours(desk, ada, a_client, booked) -> None:
    booked(a_client("Walter", "Lindqvist"), "09:30")
    booked(a_client("Joan", "Petrie"), "09:30", days=4)
    page = text(desk, "/book/")
    assert "Week of Monday 23 November" in page
    assert "Walter Lindqvist" in page
    assert "Sat 28 Nov" in page, "somebody works on that Saturday"
    assert "Sun 29 Nov" not in page
    assert 'href="/book/2026-11-16/everybody"' in page
    assert "Walter Lindqvist" not in text(desk, "/book/2026-11-30")


def test_a_therapist_opens_their_own_and_may_choose(now, signed_in, staff, ada, a_client, booked) -> None:
    booked(a_client("Walter", "Lindqvist"), "09:30")
    ben = staff("therapist", name="Ben Asare").user
    booked(a_client("Joan", "Petrie"), "09:30", therapist=ben)
    browser = signed_in(member=ada.memberships.get())
    assert "Joan Petrie" not in text(browser, "/book/")
    assert "Joan Petrie" in text(browser, "/book/2026-11-24/everybody")
    assert "Walter Lindqvist" not in text(browser, f"/book/day/2026-11-24/{ben.pk}")
    assert browser.get("/book/day/2026-11-24/999").status_code == 404


def test_cancelled_ones_can_be_opened(desk, a_client, booked) -> None:
    cancel(booked(a_client("Walter", "Lindqvist"), "09:30"), "The client asked")
    page = text(desk, "/book/day/2026-11-24")
    assert "Cancelled or moved (1)" in page
    assert "Cancelled</span></a>" in page


def test_who_has_left_keeps_their_column_while_visits_are_in_it(desk, ada, a_client, booked) -> None:
    booked(a_client("Walter", "Lindqvist"), "09:30")
    ada.memberships.update(therapist=False)
    assert "Walter Lindqvist" in text(desk, "/book/day/2026-11-24")


def test_another_clinic_sees_nothing_of_it(desk, a_client, booked, signed_in) -> None:
    from afferent.web.clinics.models import Clinic

    visit = booked(a_client("Walter", "Lindqvist"), "09:30")
    other = Clinic.objects.create(name="Other", second_factor=False)
    stranger = signed_in("desk", clinic=other)
    assert stranger.get(f"/visit/{visit.pk}").status_code == 404
    assert stranger.post(f"/visit/{visit.pk}/cancel", {"reason": "The client asked"}).status_code == 404
    assert "Walter" not in text(stranger, "/book/day/2026-11-24")


@pytest.mark.parametrize("address", ["/book/day/2026-02-30", "/book/day/1999-01-01", "/book/2026-11-24/nobody"])
def test_no_such_day(desk, address) -> None:
    assert desk.get(address).status_code == 404


def test_a_typed_day(desk) -> None:
    assert desk.post("/book/go", {"day": "2026-11-24"}).url == "/book/day/2026-11-24"
    assert desk.post("/book/go", {"day": "soon"}).status_code == 400
    assert desk.post("/book/go", {"day": "1900-01-01"}).status_code == 400


def test_the_visits_of_one_client(a_client, booked, at) -> None:
    walter = a_client("Walter", "Lindqvist")
    booked(walter, "09:30")
    cancel(booked(walter, "09:30", days=2), "The client asked")
    assert [(row.at, row.state) for row in visits_of(walter, 5)] == [("09:30", "cancelled"), ("09:30", "booked")]
