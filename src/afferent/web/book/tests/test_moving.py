"""A visit that is moved keeps its old time in the book, and knows what it became."""

from __future__ import annotations

import pytest

from afferent.web.book.booking import Clash, NotBooked, cancel, move
from afferent.web.book.models import Visit
from afferent.web.book.tests.conftest import NOW


def test_the_old_time_stays_with_its_reason(a_client, at, booked) -> None:
    old = booked(a_client("Walter", "Lindqvist"), "09:30")
    new, written = move(old, at("11:00", 1), now=NOW, why="The client asked")
    old.refresh_from_db()
    assert written
    assert (old.state, old.why, old.became, old.starts_at) == ("moved", "The client asked", new, at("09:30"))
    assert (new.state, new.starts_at, new.minutes) == ("booked", at("11:00", 1), 45)


def test_sent_twice_it_is_moved_once(a_client, at, booked) -> None:
    old = booked(a_client(), "09:30")
    new, _ = move(old, at("11:00"), now=NOW)
    again, written = move(old, at("11:00"), now=NOW)
    assert (again, written, Visit.objects.count()) == (new, False, 2)
    with pytest.raises(NotBooked, match=r"can no longer be moved. In the book it says: moved"):
        move(old, at("12:00"), now=NOW)


def test_to_where_it_is_already_writes_nothing(a_client, at, booked) -> None:
    old = booked(a_client(), "09:30")
    assert move(old, at("09:30"), now=NOW) == (old, False)


def test_it_may_overlap_with_itself_and_with_nobody_else(a_client, at, booked) -> None:
    old = booked(a_client("Walter", "Lindqvist"), "09:30")
    booked(a_client("Joan", "Petrie"), "11:00")
    move(old, at("09:45"), now=NOW)
    with pytest.raises(Clash, match=r"Ada Okonkwo already has Joan P\. from 11:00 to 11:45"):
        move(Visit.objects.get(was=old), at("10:45"), now=NOW)


def test_to_another_therapist(a_client, at, booked, staff) -> None:
    ben = staff("therapist", name="Ben Asare").user
    new, _ = move(booked(a_client(), "09:30"), at("09:30"), therapist=ben, now=NOW)
    assert new.therapist == ben


def test_what_was_cancelled_is_not_moved(a_client, at, booked) -> None:
    old = booked(a_client(), "09:30")
    cancel(old, "The client asked")
    with pytest.raises(NotBooked, match="it says: cancelled"):
        move(old, at("11:00"), now=NOW)


def test_place_in_the_series_goes_along(a_client, at, booked) -> None:
    from afferent.web.book.models import Series

    old = booked(a_client(), "09:30")
    Visit.objects.filter(pk=old.pk).update(series=Series.objects.create(client=old.client, planned=8), number=8)
    new, _ = move(old, at("11:00"), now=NOW)
    assert (new.number, new.series.planned) == (8, 8)
