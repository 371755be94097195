"""Dates in part, placeholders, and ages."""

from __future__ import annotations

import datetime as dt

import pytest

from afferent.records.dates import Span, adult_age, age, born, span, years_after

DAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-11-05", (2026, 11, 5), (2026, 11, 5)),
        ("2026-11-05T23:59:00-05:00", (2026, 11, 5), (2026, 11, 5)),
        ("2026-11-05 08:00", (2026, 11, 5), (2026, 11, 5)),
        ("20261105", (2026, 11, 5), (2026, 11, 5)),
        ("20261105083000", (2026, 11, 5), (2026, 11, 5)),
        ("2026-02", (2026, 2, 1), (2026, 2, 28)),
        ("2026", (2026, 1, 1), (2026, 12, 31)),
    ],
)
def test_a_date_spans_all_that_it_may_mean(text, first, last):
    assert span(text) == Span(dt.date(*first), dt.date(*last))


@pytest.mark.parametrize(
    "text", [None, "", "0001-01-01", "1753-01-01", "2026-13-01", "2026-02-30", "05/11/2026", "yesterday", "99999-01-01"]
)
def test_what_is_no_date_is_none(text):
    assert span(text) is None


def test_an_event_may_have_been_as_late_as_the_day_itself():
    assert span("2026").latest(DAY) == DAY
    assert span("2025").latest(DAY) == dt.date(2025, 12, 31)


@pytest.mark.parametrize(
    ("birth", "day", "years"),
    [
        ((2008, 11, 22), (2026, 11, 22), 18),
        ((2008, 11, 23), (2026, 11, 22), 17),
        ((2008, 2, 29), (2026, 2, 28), 17),
        ((2008, 2, 29), (2026, 3, 1), 18),
    ],
)
def test_age_in_whole_years(birth, day, years):
    assert age(dt.date(*birth), dt.date(*day)) == years


def test_an_age_counts_only_where_all_that_the_date_may_mean_agrees():
    assert adult_age(born("1960", DAY), DAY) == 65  # 66, or still 65: the lower
    assert adult_age(born("2008", DAY), DAY) is None  # 17 or 18: ask
    assert adult_age(born("2009", DAY), DAY) == 16
    assert born("2027-01-01", DAY) is None
    assert born("1901-01-01", DAY) == Span(dt.date(1901, 1, 1), dt.date(1901, 1, 1))
    assert born("1900-01-01", DAY) is None


def test_at_an_age_is_that_year_of_life():
    found = years_after(Span(dt.date(1964, 5, 31), dt.date(1964, 5, 31)), 45)
    assert found.first <= dt.date(2009, 5, 31) <= dt.date(2010, 5, 30) <= found.last
    assert years_after(Span(dt.date(1964, 5, 31), dt.date(1964, 5, 31)), 1e9) is None
