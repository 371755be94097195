"""Two bookings at the same moment, in two threads with connections of their own: one wins, the other reads why."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, connections

from afferent.web.book.booking import Clash, book, move
from afferent.web.book.models import Visit
from afferent.web.book.tests.conftest import NOW
from afferent.web.scope import inside


@pytest.fixture
def shared(transactional_db: None, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Call it when all is prepared. The threads then share a real file: SQLite locks in memory are of another kind."""
    if connection.vendor != "sqlite":
        yield lambda: None
        return
    settings, before = connections.settings["default"], connections.settings["default"]["NAME"]

    def put_into_a_file() -> None:
        import sqlite3

        with sqlite3.connect(tmp_path / "book.sqlite3") as file:
            connection.connection.backup(file)
        settings["NAME"] = str(tmp_path / "book.sqlite3")

    yield put_into_a_file
    settings["NAME"] = before


def at_once(clinic: object, *acts: Callable[[], object]) -> list[str]:
    """What became of each: "" or the sentence."""
    start, outcomes = threading.Barrier(len(acts)), [""] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            with inside(clinic.id):
                start.wait(10)
                act()
        except Clash as clash:
            outcomes[number] = str(clash)
        except Exception as other:
            outcomes[number] = f"BROKEN {other!r}"
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


def kept(clinic: object) -> list[tuple[str, str]]:
    """The book, read by a connection of its own."""
    found: list[tuple[str, str]] = []

    def read() -> None:
        with inside(clinic.id):
            found.extend(Visit.objects.order_by("starts_at").values_list("client__given", "state"))
        connection.close()

    thread = threading.Thread(target=read)
    thread.start()
    thread.join(30)
    return found


def test_one_therapist_two_clients(shared, clinic, ada, a_client, at) -> None:
    people = [a_client(name, "Lindqvist") for name in ("Walter", "Joan", "Inês", "Dieter")]
    shared()
    outcomes = at_once(clinic, *[lambda one=one: book(one, ada, at("09:30"), 45, now=NOW) for one in people])
    assert len(kept(clinic)) == 1
    assert outcomes.count("") == 1
    winner = kept(clinic)[0][0]
    assert {one for one in outcomes if one} == {f"Ada Okonkwo already has {winner} L. from 09:30 to 10:15"}


def test_one_client_two_therapists(shared, clinic, ada, staff, a_client, at) -> None:
    walter, ben = a_client("Walter", "Lindqvist"), staff("therapist", name="Ben Asare").user
    shared()
    outcomes = at_once(
        clinic,
        lambda: book(walter, ada, at("09:30"), 45, now=NOW),
        lambda: book(walter, ben, at("10:00"), 45, now=NOW),
    )
    assert sorted(map(bool, outcomes)) == [False, True]
    assert "Walter Lindqvist is already with" in "".join(outcomes)


def test_the_same_visit_moved_twice(shared, clinic, booked, a_client, at) -> None:
    old = booked(a_client("Walter", "Lindqvist"), "09:30")
    shared()
    outcomes = at_once(clinic, *[lambda: move(old, at("11:00"), now=NOW)] * 3)
    assert outcomes == ["", "", ""]
    assert kept(clinic) == [("Walter", "moved"), ("Walter", "booked")]


def test_two_moves_that_swap_their_people_do_not_stand_in_each_others_way(
    shared, clinic, ada, staff, booked, a_client, at
) -> None:
    ben = staff("therapist", name="Ben Asare").user
    one = booked(a_client("Walter", "Lindqvist"), "09:30")
    other = booked(a_client("Joan", "Petrie"), "10:30", therapist=ben)
    shared()
    outcomes = at_once(
        clinic,
        lambda: move(one, at("12:00"), therapist=ben, now=NOW),
        lambda: move(other, at("13:00"), therapist=ada, now=NOW),
    )
    assert outcomes == ["", ""]
