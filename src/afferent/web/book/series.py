"""Two or three visits a week for four to six weeks, the last one a review.

Ask here: `plan` (every date with whoever stands in its way, before anything is written) and `book_series`, which
writes all of it, all but what clashes where that was chosen, or nothing. The time on the wall stays the same when the
clocks change.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction

from afferent.web.accounts.models import User
from afferent.web.book.booking import ADVICE, FIRST, SHORTEST, Clash, NotBooked, is_first, own_id
from afferent.web.book.clashes import LONGEST, clashes, hold
from afferent.web.book.models import Series, Visit
from afferent.web.book.times import NoSuchTime, long_day, moment, the_zone
from afferent.web.clients.models import Client
from afferent.web.post.planning import remind
from afferent.words.vocabulary import counted

PER_WEEK: Final = (2, 3)
WEEKS: Final = (4, 5, 6)


@dataclass(frozen=True)
class Wish:
    """`at`: weekday (Monday is 0) and time, one for each visit of a week. `first`: not before this day."""

    first: dt.date
    minutes: int
    weeks: int
    at: tuple[tuple[int, dt.time], ...]

    def __post_init__(self) -> None:
        if len(self.at) not in PER_WEEK or len({weekday for weekday, _ in self.at}) != len(self.at):
            raise NotBooked("Choose two or three different days of the week")
        if self.weeks not in WEEKS:
            raise NotBooked("A series runs for four, five or six weeks")
        if not SHORTEST <= self.minutes <= LONGEST:
            raise NotBooked(f"A visit is {SHORTEST} to {LONGEST} minutes long. {ADVICE[:-1]}")

    def days(self) -> list[tuple[dt.date, dt.time]]:
        """Every day of it, with its time on the wall."""
        times = dict(self.at)
        days = (self.first + dt.timedelta(days=n) for n in range(7 * self.weeks))
        return [(day, times[day.weekday()]) for day in days if day.weekday() in times]


@dataclass(frozen=True)
class Planned:
    """One visit of the series: when, how long, and why it cannot be (or "")."""

    day: dt.date
    time: dt.time
    minutes: int
    starts_at: dt.datetime | None
    clash: str = ""
    shorter: bool = False  # because it is the very first of this client

    @property
    def span(self) -> tuple[dt.datetime, dt.datetime]:
        assert self.starts_at is not None
        return self.starts_at, self.starts_at + dt.timedelta(minutes=self.minutes)


def plan(client: Client, therapist: User, wish: Wish) -> list[Planned]:
    """All dates, each with whoever stands in its way. Nothing is written. A very first visit is a short one."""
    zone = the_zone()
    found = _clashing(client, therapist, [_planned(day, time, wish.minutes, zone) for day, time in wish.days()], zone)
    if wish.minutes <= FIRST:
        return found
    short = _clashing(client, therapist, [replace(one, minutes=FIRST, shorter=True) for one in found], zone)
    first = next((n for n, one in enumerate(short) if one.starts_at and not one.clash), None)
    if first is not None and is_first(client, short[first].span[0]):
        found[first] = short[first]
    return found


def _clashing(client: Client, therapist: User, planned: list[Planned], zone: ZoneInfo) -> list[Planned]:
    exist = [one for one in planned if one.starts_at]
    why = dict(zip(exist, clashes(therapist, client, [one.span for one in exist], zone), strict=True))
    return [replace(one, clash=why[one]) if one in why else one for one in planned]


def _planned(day: dt.date, time: dt.time, minutes: int, zone: ZoneInfo) -> Planned:
    try:
        return Planned(day, time, minutes, moment(day, time, zone))
    except NoSuchTime as missing:
        return Planned(day, time, minutes, None, str(missing))


@transaction.atomic
def book_series(
    client: Client,
    therapist: User,
    wish: Wish,
    *,
    now: dt.datetime,
    key: uuid.UUID | None = None,
    leave_out: frozenset[dt.date] = frozenset(),
) -> tuple[Series, bool]:
    """Write it, and say whether it is new. `leave_out`: the clashing dates that were seen and are to be left out."""
    here = hold([therapist.pk], client.pk)
    id_ = own_id(key or uuid.uuid4())
    if sent := Series.objects.filter(pk=id_).first():
        return sent, False
    if therapist.pk not in here:
        raise NotBooked(f"{therapist} does not work here as a therapist. Choose somebody else")
    planned = [one for one in plan(client, therapist, wish) if one.day not in leave_out]
    if taken := [one for one in planned if one.clash]:
        more = f", and {counted(len(taken) - 1, 'more date')} clash too" if len(taken) > 1 else ""
        raise Clash(f"{long_day(taken[0].day)}: {taken[0].clash}{more}")
    if not planned:
        raise NotBooked("No date is left to book. Choose other days or times")
    if planned[0].span[0] < now:
        raise NotBooked("The first date is past. Begin later")
    series = Series.objects.create(id=id_, client=client, planned=len(planned))
    visits = Visit.objects.bulk_create(
        Visit(
            client=client, therapist=therapist, starts_at=one.span[0], ends_at=one.span[1],
            series=series, number=number, review=number == len(planned),
        )
        for number, one in enumerate(planned, start=1)
    )  # fmt: skip
    remind(*visits, now=now)
    return series, True
