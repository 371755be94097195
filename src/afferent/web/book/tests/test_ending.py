"""How a visit ends: it takes place, is cancelled with a reason, or the client does not come. Each is said once."""

from __future__ import annotations

import pytest

from afferent.web.book.booking import Clash, NotBooked, cancel, done, missed
from afferent.web.book.tests.conftest import NOW


def test_cancelling_needs_a_reason_and_keeps_the_first(a_client, booked) -> None:
    visit = booked(a_client(), "09:30")
    with pytest.raises(NotBooked, match="Say why"):
        cancel(visit, "  ")
    assert cancel(visit, "The client asked")[1]
    again, written = cancel(visit, "The clinic is closed")
    assert (again.state, again.why, written) == ("cancelled", "The client asked", False)


def test_took_place_and_did_not_come_can_be_set_right(a_client, booked, at) -> None:
    visit = booked(a_client(), "09:30")
    assert missed(visit, now=at("10:00"))[1]
    assert not missed(visit, now=at("10:00"))[1]
    assert done(visit, now=at("10:00"))[0].state == "done"
    assert not done(visit, now=at("10:00"))[1]
    assert missed(visit, now=at("10:00"))[0].state == "missed"


def test_not_before_its_time(a_client, booked) -> None:
    visit = booked(a_client(), "09:30")
    with pytest.raises(NotBooked, match="has not begun"):
        missed(visit, now=NOW)
    with pytest.raises(NotBooked, match="still to come"):
        done(visit, now=NOW)


def test_what_took_place_is_not_cancelled(a_client, booked, at) -> None:
    visit = booked(a_client(), "09:30")
    done(visit, now=at("10:00"))
    with pytest.raises(NotBooked, match=r"can no longer be cancelled. In the book it says: took place"):
        cancel(visit, "The client asked")


def test_setting_right_never_makes_two_visits_at_once(a_client, booked, at) -> None:
    visit = booked(a_client("Walter", "Lindqvist"), "09:30")
    missed(visit, now=at("09:45"))
    booked(a_client("Joan", "Petrie"), "09:50")
    with pytest.raises(Clash, match="already has Joan P"):
        done(visit, now=at("10:00"))
