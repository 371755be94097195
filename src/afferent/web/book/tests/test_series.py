"""A series: every date is seen before anything is written; then all of it, all but what clashes, or nothing."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from afferent.web.book.booking import Clash, NotBooked
from afferent.web.book.models import Series, Visit
from afferent.web.book.series import Wish, book_series, plan
from afferent.web.book.tests.conftest import BERLIN, NOW

HALF_NINE = dt.time(9, 30)
TUESDAYS_AND_FRIDAYS = ((1, HALF_NINE), (4, dt.time(14)))


def wish(first=dt.date(2026, 11, 24), minutes=45, weeks=4, at=TUESDAYS_AND_FRIDAYS) -> Wish:
    return Wish(first, minutes, weeks, at)


def test_two_a_week_for_four_weeks_the_last_a_review(a_client, ada) -> None:
    series, new = book_series(a_client(), ada, wish(), now=NOW)
    visits = list(series.visits.order_by("starts_at"))
    assert new
    assert [visit.number for visit in visits] == list(range(1, 9))
    assert [visit.review for visit in visits] == [False] * 7 + [True]
    local = [f"{visit.starts_at.astimezone(BERLIN):%a %H:%M}" for visit in visits]
    assert local == ["Tue 09:30", "Fri 14:00"] * 4
    assert [visit.minutes for visit in visits] == [30] + [45] * 7, "the very first visit is short"


def test_the_time_on_the_wall_stays_when_the_clocks_change(a_client, ada) -> None:
    found = plan(a_client(), ada, wish(first=dt.date(2027, 3, 15)))
    utc = [one.starts_at.astimezone(dt.UTC).hour for one in found if one.time == HALF_NINE]
    assert utc == [8, 8, 7, 7]
    assert {one.starts_at.astimezone(BERLIN).time() for one in found} == {HALF_NINE, dt.time(14)}


def test_a_time_that_the_clocks_skip_is_named(a_client, ada) -> None:
    nights = ((6, dt.time(2, 30)), (2, dt.time(9)))
    found = plan(a_client(), ada, wish(first=dt.date(2027, 3, 22), at=nights))
    assert [one.clash for one in found if one.clash] == [
        "On Sunday 28 March 2027 there is no 02:30: the clocks go forward then"
    ]


def test_a_clash_writes_nothing_unless_its_date_is_left_out(a_client, ada, booked) -> None:
    booked(a_client("Walter", "Lindqvist"), "09:15", days=7)
    joan = a_client("Joan", "Petrie")
    clashing = [one for one in plan(joan, ada, wish()) if one.clash]
    assert [(one.day, one.clash) for one in clashing] == [
        (dt.date(2026, 12, 1), "Ada Okonkwo already has Walter L. from 09:15 to 10:00")
    ]
    with pytest.raises(Clash, match=r"Tuesday 1 December 2026: Ada Okonkwo already has Walter L."):
        book_series(joan, ada, wish(), now=NOW)
    assert not Series.objects.exists()
    series, _ = book_series(joan, ada, wish(), now=NOW, leave_out=frozenset({dt.date(2026, 12, 1)}))
    assert (series.planned, series.visits.count()) == (7, 7)
    assert series.visits.get(review=True).number == 7


def test_where_the_first_date_is_left_out_the_next_is_the_short_one(a_client, ada, booked) -> None:
    booked(a_client("Walter", "Lindqvist"), "09:15")
    left = frozenset({dt.date(2026, 11, 24)})
    series, _ = book_series(a_client("Joan", "Petrie"), ada, wish(), now=NOW, leave_out=left)
    assert [visit.minutes for visit in series.visits.order_by("starts_at")] == [30] + [45] * 6


def test_sent_twice_it_is_booked_once(a_client, ada) -> None:
    joan, key = a_client(), uuid.uuid4()
    assert book_series(joan, ada, wish(), now=NOW, key=key)[1]
    assert not book_series(joan, ada, wish(), now=NOW, key=key)[1]
    assert Visit.objects.count() == 8


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"weeks": 7}, "four, five or six weeks"),
        ({"at": ((1, HALF_NINE),)}, "two or three different days"),
        ({"at": ((1, HALF_NINE), (1, dt.time(14)))}, "two or three different days"),
        ({"minutes": 120}, "15 to 90 minutes"),
    ],
)
def test_what_is_no_series(changed, sentence) -> None:
    with pytest.raises(NotBooked, match=sentence):
        wish(**changed)


def test_it_does_not_begin_in_the_past(a_client, ada) -> None:
    with pytest.raises(NotBooked, match="The first date is past"):
        book_series(a_client(), ada, wish(first=dt.date(2026, 11, 1)), now=NOW)
