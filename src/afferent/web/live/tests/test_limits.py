"""What one device that was let in, or a stranger on the wire, cannot do to everybody else."""

from __future__ import annotations

import asyncio
import logging
import uuid
from contextlib import ExitStack

import pytest

from afferent.web.accounts.tries import count
from afferent.web.live import pg, sent
from afferent.web.live.bus import BUS, STREAMS
from afferent.web.live.pg import Wire
from afferent.web.live.sent import _PRESSES, _WITHIN
from afferent.web.live.store import stream
from afferent.web.live.tests.test_sent import by_phone, event, phone
from afferent.web.testing.loops import alone

__all__ = ["phone"]


def stops(many: int) -> list[dict]:
    return [event("said", word="stop") for _ in range(many)]


def above_the_limit(session) -> None:
    for _ in range(_PRESSES + 1):
        count(f"live:{session.pk}", _WITHIN)


def test_above_the_limit_one_stop_of_a_list_is_taken_and_no_more(session, phone) -> None:
    above_the_limit(session)
    good, *some = event("said", word="good"), *stops(30)
    answer = by_phone(phone, good, *some)
    assert answer.status_code == 429
    assert answer.json()["kept"] == [some[0]["id"]]
    assert answer.json()["last"] == stream(session.pk)[-1].seq
    assert [one.event.id for one in stream(session.pk)[1:]] == [some[0]["id"]]


def test_above_the_limit_a_stop_alone_is_taken_and_anything_else_is_not(session, phone) -> None:
    above_the_limit(session)
    assert by_phone(phone, *stops(1)).status_code == 200
    refused = by_phone(phone, event("said", word="good"))
    assert (refused.status_code, refused.json()["kept"]) == (429, [])


def test_no_list_is_longer_than_a_device_sends(session, phone) -> None:
    assert by_phone(phone, *stops(41)).status_code == 400
    assert by_phone(phone, *stops(40)).status_code == 200


def test_a_list_is_one_transaction(session, phone, monkeypatch) -> None:
    """However long it is: others wait for one at most."""
    from django.db import connection

    deep: list[int] = []
    real = sent.append
    monkeypatch.setattr(sent, "append", lambda *a, **k: (deep.append(len(connection.savepoint_ids)), real(*a, **k))[1])
    before = len(connection.savepoint_ids)
    assert by_phone(phone, *stops(3)).status_code == 200
    assert [n - before for n in deep] == [2, 2, 2], "of the list, and of each event in it"


def test_of_one_owner_only_the_latest_streams_stay_open() -> None:
    session, shut = uuid.uuid4().hex, []

    async def run() -> None:
        with ExitStack() as open_ones:
            for n in range(STREAMS + 2):
                open_ones.enter_context(BUS.listen(session, "client", "phone", end=lambda n=n: shut.append(n)))
            open_ones.enter_context(BUS.listen(session, "therapist", "7", end=lambda: shut.append("hers")))
            open_ones.enter_context(BUS.listen(uuid.uuid4().hex, "client", "phone", end=lambda: shut.append("other")))

    alone(run())
    assert shut == [0, 1]


def test_the_oldest_stream_of_a_device_ends_when_it_opens_too_many(session, phone) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from afferent.web.live.faces import Standing
    from afferent.web.live.streams import Found
    from afferent.web.live.tests.test_faces import TestWhatAWindowIsTold

    ones = [TestWhatAWindowIsTold().of_client(session, phone) for _ in range(STREAMS + 1)]

    async def run() -> list[bool]:
        async def send(message) -> None:
            pass

        async def never() -> dict:
            await asyncio.sleep(3600)
            raise AssertionError

        with ThreadPoolExecutor(1) as threads:
            running = []
            for one in ones:
                one._read = lambda: Found(Standing(None, True, False), [])
                running.append(asyncio.ensure_future(one.run(never, send, threads)))
                await asyncio.sleep(0.05)
            await asyncio.sleep(0.2)
            ended = [one.done() for one in running]
            for one in running:
                one.cancel()
            return ended

    assert alone(run()) == [True] + [False] * STREAMS


FOREIGN = ["", "x", "a b c d e", "a client x face other", "a client 1 face", "a look", "a look more words"]


@pytest.mark.parametrize("foreign", FOREIGN)
def test_a_foreign_word_on_the_wire_is_passed_over_and_logged(foreign, monkeypatch, caplog) -> None:
    told: list = []
    monkeypatch.setattr(pg.BUS, "hear", lambda *words: told.append(words))
    with caplog.at_level(logging.WARNING, logger="afferent.live"):
        Wire()._heard(foreign)
    assert not told
    assert "none of ours" in caplog.text
