"""The wire between several processes: made as Django's connections are, back by itself when it broke, and said so."""

from __future__ import annotations

import asyncio
import logging
import secrets
import uuid
from collections.abc import Awaitable, Callable

import dj_database_url
import pytest

from afferent.web.live import pg
from afferent.web.live.bus import LOOK, process
from afferent.web.live.pg import Wire
from afferent.web.testing.databases import blank, may_use_databases, on, sqlite
from afferent.web.testing.loops import alone

__all__ = ["blank", "may_use_databases", "sqlite"]

SESSION = uuid.UUID(int=7).hex


class Heard:
    """In place of the bus: what came over the wire."""

    def __init__(self) -> None:
        self.words: list[tuple] = []

    def hear(self, *words) -> None:
        self.words.append(words)

    def everybody(self, word: str) -> None:
        self.words.append(("everybody", word))


@pytest.fixture
def heard(monkeypatch) -> Heard:
    found = Heard()
    monkeypatch.setattr(pg, "BUS", found)
    return found


@pytest.fixture(scope="module")
def url() -> str:
    from afferent.web.testing import postgres

    return postgres.started(database=f"wire_{secrets.token_hex(4)}")


def between(url: str, act: Callable[[Wire, Wire], Awaitable[None]]) -> None:
    """Two processes on one database, as far as the wire knows."""

    async def run() -> None:
        one, other = Wire("one"), Wire("other")
        with on(dj_database_url.parse(url)):
            one.open()
            other.open()
            try:
                await asyncio.wait_for(act(one, other), 30)
            finally:
                one.close()
                other.close()

    alone(run())


async def until(true: Callable[[], bool]) -> None:
    while not true():
        await asyncio.sleep(0.02)


async def listening(heard: Heard, times: int = 2) -> None:
    await until(lambda: heard.words.count(("everybody", LOOK)) >= times)


async def cut(url: str, what: str = "") -> int:
    """The server ends the connections whose last words were these."""
    import psycopg

    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as admin:
        found = await admin.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE %s", [f"%{what}%"],
        )  # fmt: skip
        (count,) = await found.fetchone()
        return count


def test_it_connects_as_django_does_with_tls_and_all(may_use_databases) -> None:
    options = {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem", "connect_timeout": 3, "application_name": "x"}
    settings = dj_database_url.parse("postgres://ada:word@db.example:5433/clinic") | {"OPTIONS": options}
    with on(settings):
        asked = pg._asked()
    assert asked.items() >= options.items()
    assert {name: asked[name] for name in ("host", "user", "dbname", "port")} == {
        "host": "db.example", "user": "ada", "dbname": "clinic", "port": 5433,
    }  # fmt: skip
    assert not set(asked) & {"cursor_factory", "context"}


def test_on_sqlite_there_is_none(heard, may_use_databases, sqlite) -> None:
    async def run() -> None:
        with on(sqlite()):
            wire = Wire()
            wire.open()
            wire.pass_on(SESSION, "client", 3, "phone")
            assert wire._tasks == []
            assert not wire._waiting

    alone(run())


def test_a_sign_of_life_reaches_the_other_process_with_its_face_and_once(heard, url, may_use_databases) -> None:
    async def act(one: Wire, _: Wire) -> None:
        await listening(heard)
        one.pass_on(SESSION, "therapist", 3, "5-abc")
        one.pass_on(SESSION, "therapist", 4, "5-abc")
        await until(lambda: (SESSION, "therapist", 4, "5-abc") in heard.words)
        await asyncio.sleep(0.3)
        assert [one for one in heard.words if one[0] == SESSION] == [(SESSION, "therapist", 4, "5-abc")]

    between(url, act)


def test_what_this_process_wrote_its_streams_look_at_once_and_those_of_others_too(heard) -> None:
    wire = Wire()
    wire._heard(f"{SESSION} {LOOK} {process()}")
    assert heard.words == []  # they were told at the commit
    wire._heard(f"{SESSION} {LOOK} of-another")
    assert heard.words == [(SESSION, LOOK)]


@pytest.mark.parametrize("what", ["LISTEN", "pg_notify", ""])
def test_a_connection_that_broke_is_made_anew_and_both_are_in_the_log(
    heard, url, may_use_databases, caplog, what
) -> None:
    async def act(one: Wire, _: Wire) -> None:
        await listening(heard)
        one.pass_on(SESSION, "client", 1, "phone")
        await until(lambda: (SESSION, "client", 1, "phone") in heard.words)
        assert await cut(url, what)
        number = 1
        while (SESSION, "client", number, "phone") not in heard.words or number == 1:
            number += 1
            one.pass_on(SESSION, "client", number, "phone")
            await asyncio.sleep(0.2)

    with caplog.at_level(logging.WARNING, "afferent.live"):
        between(url, act)
    said = [one.getMessage() for one in caplog.records]
    assert any("no longer" in one for one in said), said
    assert any("again." in one for one in said), said


def test_while_the_database_is_away_it_is_said_once_and_asked_again_after_a_bounded_pause(
    heard, may_use_databases, caplog, monkeypatch
) -> None:
    pauses: list[float] = []
    sleep = asyncio.sleep

    async def noted(seconds: float) -> None:
        if seconds >= pg.AGAIN:
            pauses.append(seconds)
        await sleep(0)

    monkeypatch.setattr(pg.asyncio, "sleep", noted)

    async def run() -> None:
        wire = Wire()
        with on(dj_database_url.parse("postgres://ada:secretword@127.0.0.1:1/clinic")):
            wire.open()
            wire.pass_on(SESSION, "client", 1, "phone")
            while len(pauses) < 16:
                await sleep(0.01)
            wire.close()

    with caplog.at_level(logging.WARNING, "afferent.live"):
        alone(run())
    assert sorted(pauses)[:4] == [0.5, 0.5, 1.0, 1.0]
    assert max(pauses) == pg.LONGEST
    said = [one.getMessage() for one in caplog.records]
    assert len(said) == 2, "one for each connection"
    assert not any("secretword" in one for one in said)


def test_signs_of_life_that_waited_while_it_was_away_are_not_sent(heard, url, may_use_databases) -> None:
    async def act(one: Wire, _: Wire) -> None:
        one.pass_on(SESSION, "client", 1, "phone")  # before it is connected
        await listening(heard)
        await asyncio.sleep(0.5)
        one.pass_on(SESSION, "client", 2, "phone")
        await until(lambda: (SESSION, "client", 2, "phone") in heard.words)
        assert (SESSION, "client", 1, "phone") not in heard.words

    between(url, act)
