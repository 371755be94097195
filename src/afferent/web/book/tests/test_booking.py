"""A visit is booked once, by people who are free, and as long as visits are here."""

from __future__ import annotations

import uuid

import pytest

from afferent.web.book.booking import FIRST, USUAL, Clash, NotBooked, book
from afferent.web.book.models import Visit
from afferent.web.book.tests.conftest import NOW


def test_the_first_visit_is_short_and_the_next_the_usual(a_client, ada, at) -> None:
    walter = a_client("Walter", "Lindqvist")
    first, _ = book(walter, ada, at("09:30"), now=NOW)
    second, _ = book(walter, ada, at("09:30", 2), now=NOW)
    assert (first.minutes, second.minutes) == (FIRST, USUAL) == (30, 45)


def test_a_therapist_is_in_one_visit_at_a_time(a_client, ada, at) -> None:
    book(a_client("Walter", "Lindqvist"), ada, at("09:30"), 45, now=NOW)
    with pytest.raises(Clash, match=r"^Ada Okonkwo already has Walter L\. from 09:30 to 10:15$"):
        book(a_client("Joan", "Petrie"), ada, at("10:00"), 30, now=NOW)
    assert Visit.objects.count() == 1


def test_a_client_is_in_one_visit_at_a_time(a_client, ada, staff, at) -> None:
    walter, ben = a_client("Walter", "Lindqvist"), staff("therapist", name="Ben Asare").user
    book(walter, ada, at("09:30"), 45, now=NOW)
    with pytest.raises(Clash, match=r"^Walter Lindqvist is already with Ada Okonkwo from 09:30 to 10:15$"):
        book(walter, ben, at("10:00"), 30, now=NOW)


def test_visits_may_touch_and_what_was_cancelled_is_free_again(a_client, ada, at, booked) -> None:
    booked(a_client("Walter", "Lindqvist"), "09:30", 45)
    booked(a_client("Joan", "Petrie"), "10:15", 30)
    booked(a_client("Inês", "Carvalho"), "09:00", 30)
    Visit.objects.filter(starts_at=at("10:15")).update(state="cancelled")
    booked(a_client("Dieter", "Brandt"), "10:15", 30)


def test_the_same_form_sent_twice_books_once(a_client, ada, at) -> None:
    walter, key = a_client("Walter", "Lindqvist"), uuid.uuid4()
    one, new = book(walter, ada, at("09:30"), 45, now=NOW, key=key)
    again, twice = book(walter, ada, at("09:30"), 45, now=NOW, key=key)
    assert (one, new, twice) == (again, True, False)
    with pytest.raises(NotBooked, match="sent before and booked Walter L"):
        book(walter, ada, at("12:00"), 45, now=NOW, key=key)
    assert Visit.objects.count() == 1


@pytest.mark.parametrize("minutes", [14, 91, -5])
def test_no_visit_is_shorter_than_15_or_longer_than_90_minutes(a_client, ada, at, minutes) -> None:
    with pytest.raises(NotBooked, match="15 to 90 minutes"):
        book(a_client(), ada, at("09:30"), minutes, now=NOW)


def test_the_past_needs_a_clear_word(a_client, ada, at) -> None:
    with pytest.raises(NotBooked, match=r"Monday 23 November 2026, 09:30 is past\. .* or enter it afterwards"):
        book(a_client(), ada, at("09:30", -1), 45, now=NOW)
    assert book(a_client(), ada, at("09:30", -1), 45, now=NOW, afterwards=True)[1]


def test_only_therapists_who_work_here_are_booked(a_client, staff, at) -> None:
    desk = staff("desk", name="Noor Haddad").user
    with pytest.raises(NotBooked, match="Noor Haddad does not work here as a therapist"):
        book(a_client(), desk, at("09:30"), 45, now=NOW)
    assert not Visit.objects.exists()
