"""Laws of the quiet hours: in every time zone there is, through every change of the clocks."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import example, given
from hypothesis import strategies as st

from afferent.web.post.quiet import Quiet, at_wall, is_quiet, not_quiet_from

ZONES = sorted(name for name in available_timezones() if not name.startswith(("posix", "right", "Factory")))
zones = st.sampled_from(ZONES).map(ZoneInfo)
walls = st.builds(dt.time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
quiets = st.builds(Quiet, walls, walls)
moments = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2037, 1, 1)).map(lambda at: at.replace(tzinfo=dt.UTC))
NIGHT = Quiet(dt.time(21), dt.time(8))
LONGEST_JUMP = dt.timedelta(days=1)  # the clocks of Samoa skipped a whole day

in_new_york = ZoneInfo("America/New_York")
APIA = ZoneInfo("Pacific/Apia")


@given(moments, zones, quiets)
@example(dt.datetime(2024, 11, 3, 6, 15, tzinfo=dt.UTC), in_new_york, Quiet(dt.time(21), dt.time(1, 30)))  # shown twice
@example(dt.datetime(2024, 3, 10, 6, 30, tzinfo=dt.UTC), in_new_york, Quiet(dt.time(21), dt.time(2, 30)))  # skipped
@example(dt.datetime(2011, 12, 30, 8, 0, tzinfo=dt.UTC), APIA, NIGHT)  # a day that never was
def test_what_comes_out_is_never_quiet_and_never_earlier(at, zone, quiet) -> None:
    found = not_quiet_from(at, zone, quiet)
    assert found >= at
    assert not is_quiet(found, zone, quiet)


@given(moments, zones, quiets)
def test_asked_again_it_is_the_same(at, zone, quiet) -> None:
    found = not_quiet_from(at, zone, quiet)
    assert not_quiet_from(found, zone, quiet) == found


@given(moments, zones, quiets)
def test_what_is_not_quiet_is_not_moved(at, zone, quiet) -> None:
    if not is_quiet(at, zone, quiet):
        assert not_quiet_from(at, zone, quiet) == at


@given(moments, zones)
def test_a_night_is_waited_for_no_longer_than_a_night(at, zone) -> None:
    assert not_quiet_from(at, zone, NIGHT) - at <= dt.timedelta(hours=11) + LONGEST_JUMP


@given(moments, zones, quiets)
def test_nothing_that_is_not_quiet_lies_between(at, zone, quiet) -> None:
    """Looked at every ten minutes: at most the hour that a clock jumps over is waited for in vain."""
    found, skipped = not_quiet_from(at, zone, quiet), dt.timedelta()
    here = at
    while here < found:
        skipped += dt.timedelta(minutes=10) if not is_quiet(here, zone, quiet) else dt.timedelta()
        here += dt.timedelta(minutes=10)
    jump = abs(found.astimezone(zone).utcoffset() - at.astimezone(zone).utcoffset())
    assert skipped <= jump


@given(moments, zones)
def test_a_clock_that_never_is_quiet_holds_nothing_back(at, zone) -> None:
    for time in (dt.time(0), dt.time(8)):
        assert not_quiet_from(at, zone, Quiet(time, time)) == at


@given(st.dates(dt.date(1990, 1, 1), dt.date(2036, 1, 1)), walls, zones)
def test_a_time_on_the_wall_is_that_time_unless_it_was_skipped(day, time, zone) -> None:
    found = at_wall(day, time, zone).astimezone(zone)
    there = (found.date(), found.time()) == (day, time)
    before, after = (at_wall(day, time, zone) + dt.timedelta(days=n) for n in (-2, 2))
    changed = before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset()
    assert there or changed
