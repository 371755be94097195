"""A clinic in Berlin on Tuesday 24 November 2026, eight in the morning: a client who wants reminders, and a sender that
only writes down what it was given."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from afferent.web.post.senders import Letter

BERLIN = ZoneInfo("Europe/Berlin")
NOW = dt.datetime(2026, 11, 24, 8, 0, tzinfo=BERLIN)


def at(clock: str, days: int = 0) -> dt.datetime:
    """A time of today, or so many days later, on the clinic's wall."""
    hour, minute = map(int, clock.split(":"))
    return NOW.replace(hour=hour, minute=minute) + dt.timedelta(days=days)


class Carrier:
    """A sender: `letters` is what it took. `says` is raised instead, once for each that stands in it."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.says: list[Exception] = []
        self.meanwhile: Callable[[], None] = lambda: None

    def send(self, letter: Letter) -> None:
        self.meanwhile()
        if self.says:
            raise self.says.pop(0)
        self.letters.append(letter)


@pytest.fixture
def carrier() -> Carrier:
    return Carrier()


@pytest.fixture
def look(carrier: Carrier) -> Callable[[dt.datetime], int]:
    """`look(now)`: a sender looks for what is due at this moment."""
    from afferent.web.post.sending import Post

    def make(now: dt.datetime, who: str = "one") -> int:
        return Post(who, lambda: now, random.Random(7), lambda channel: carrier).look()

    return make


@pytest.fixture
def ada(staff):
    return staff("therapist", "desk", name="Ada Okonkwo").user


@pytest.fixture
def wants(ada) -> Callable[..., None]:
    """`wants(client)`: reminders by e-mail, and the consent to them."""
    from afferent.knowledge import load
    from afferent.web.consents.asking import give
    from afferent.web.post.choosing import choose

    def make(client, channels=("email",), kinds=("visit",), zone="", agreed=True, now=NOW) -> None:
        if agreed:
            version = load().consents["reminders"].version
            give(client, "reminders", version, on=now.date(), actor="user:1", by=ada)
        choose(client, channels=channels, kinds=kinds, zone=zone, by=ada, now=now)

    return make


@pytest.fixture
def ruth(a_client, wants):
    made = a_client("Ruth", "Amsler", email="ruth@example.org", phone="+49 30 1234567")
    wants(made)
    return made


@pytest.fixture
def booked(ada) -> Callable[..., object]:
    """`booked(client, "14:30", 2)`: a visit in two days, through the book."""
    from afferent.web.book.booking import book

    def make(client, clock: str = "14:30", days: int = 2, now: dt.datetime = NOW):
        return book(client, ada, at(clock, days), 45, now=now)[0]

    return make
