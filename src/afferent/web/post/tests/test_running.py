"""The sender as it runs: woken, or by itself; a word that is lost changes nothing."""

from __future__ import annotations

import pickle
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from afferent.web.post import running, wake
from afferent.web.post.running import Loop, name
from afferent.web.post.wake import WOKEN, OneWord, bell, enqueue
from afferent.web.testing.databases import blank, may_use_databases, on, sqlite

__all__ = ["blank", "may_use_databases", "sqlite"]


class Looks:
    """A sender that only counts. `fails`: how often it raises first."""

    def __init__(self, fails: int = 0) -> None:
        self.times: list[float] = []
        self.fails = fails

    def look(self) -> int:
        self.times.append(time.monotonic())
        if len(self.times) <= self.fails:
            raise OSError("the disk is full")
        return 0


def ran(loop: Loop, seconds: float) -> None:
    thread = threading.Thread(target=loop.run)
    thread.start()
    time.sleep(seconds)
    loop.end()
    thread.join(5)
    assert not thread.is_alive()


def test_it_looks_by_itself() -> None:
    looks = Looks()
    ran(Loop(looks, every=0.05), 0.5)
    assert len(looks.times) >= 4


def test_it_looks_when_it_is_woken() -> None:
    looks = Looks()
    loop = Loop(looks, every=60)
    thread = threading.Thread(target=loop.run)
    thread.start()
    time.sleep(0.2)
    WOKEN.set()
    time.sleep(0.2)
    loop.end()
    thread.join(5)
    assert len(looks.times) == 2


def test_what_fails_is_tried_again_and_says_no_more_than_its_kind(caplog) -> None:
    looks = Looks(fails=3)
    ran(Loop(looks, every=0.05), 0.5)
    assert len(looks.times) > 4
    assert "the disk is full" not in caplog.text


def test_names_differ() -> None:
    assert len({name() for _ in range(20)}) == 20
    assert len(name()) <= 60


def test_the_word_goes_once_the_transaction_is_through(sqlite, monkeypatch) -> None:
    from django.db import transaction

    with on(sqlite()):
        huey = bell()
        with transaction.atomic():
            enqueue()
            enqueue()
            assert huey.pending_count() == 0
        assert huey.pending_count() == 1, "one word waits at most"
        with pytest.raises(RuntimeError), transaction.atomic():
            enqueue()
            raise RuntimeError
        assert huey.pending_count() == 1


def test_a_sender_is_woken_through_the_file_beside_the_database(sqlite, monkeypatch) -> None:
    looks = Looks()
    monkeypatch.setattr(running, "Post", lambda *told: looks)
    with on(sqlite()):
        with running.running(every=60):
            time.sleep(0.3)
            before = len(looks.times)
            enqueue()
            for _ in range(40):
                if len(looks.times) > before:
                    break
                time.sleep(0.1)
        assert len(looks.times) > before


def test_nothing_in_that_file_is_ever_unpickled(sqlite, tmp_path: Path) -> None:
    class Bad:
        def __reduce__(self):
            return (Path.touch, (tmp_path / "burst",))

    settings = sqlite()
    with on(settings):
        huey = bell()
        file = sqlite3.connect(f"{settings['NAME']}.wake")
        file.execute("INSERT INTO task (queue, data, priority) VALUES ('afferent', ?, 0)", [pickle.dumps(Bad())])
        file.commit()
        WOKEN.clear()
        huey.execute(huey.dequeue())
        assert WOKEN.is_set()
    assert not (tmp_path / "burst").exists()


def test_a_word_that_cannot_go_breaks_nothing(sqlite, monkeypatch, caplog) -> None:
    def broken():
        raise sqlite3.OperationalError("disk I/O error at /home/ruth")

    monkeypatch.setattr(wake, "bell", broken)
    with on(sqlite()):
        enqueue()
    assert "ruth" not in caplog.text


def test_every_word_is_the_same() -> None:
    assert OneWord().serialize({"a": 1}) == b"look"


def test_ended_at_any_moment_it_ends_at_once() -> None:
    """Also between its question whether it is over and its wait."""
    for _ in range(30):
        loop = Loop(Looks(), every=60)
        thread = threading.Thread(target=loop.run)
        thread.start()
        loop.end()
        thread.join(5)
        assert not thread.is_alive()


def test_where_the_file_cannot_be_written_it_still_looks(sqlite, monkeypatch) -> None:
    def broken():
        raise sqlite3.OperationalError("unable to open database file")

    looks = Looks()
    monkeypatch.setattr(running, "Post", lambda *told: looks)
    monkeypatch.setattr(running, "bell", broken)
    with on(sqlite()), running.running(every=0.05):
        time.sleep(0.4)
    assert len(looks.times) >= 3
