"""What befalls a running server: its database goes and comes back, it is killed, another writes beside it."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from afferent.web.audit.chain import faults
from afferent.web.audit.models import Entry
from afferent.web.clients.models import Client, Record, Statement
from afferent.web.scope import inside
from afferent.web.testing.databases import on
from tests.faults.conftest import scene
from tests.faults.served import Answer, Server

ANSWERS = {"asked": ["limb_swollen", "stroke_signs"], "answer.limb_swollen": "no", "answer.stroke_signs": "no"}


class Clinic:
    """A clinic on a disk, and servers for it."""

    def __init__(self, settings: dict, folder: Path, **env: str) -> None:
        self.settings, self.folder, self.env = settings, folder, env
        with scene(settings) as made:
            self.session = made.browser.cookies["afferent_session"].value
            self.id, self.ruth = made.clinic.pk, f"/clients/{made.ruth.pk}"

    def served(self) -> Server:
        return Server(self.session, self.folder / "server.log", **self.env)


@pytest.fixture
def clinic(sqlite: Callable[..., dict], tmp_path: Path) -> Clinic:
    settings = sqlite()
    return Clinic(settings, tmp_path, AFFERENT_DATABASE=settings["NAME"])


def is_the_page(answer: Answer) -> None:
    assert answer.status == 503, answer.text[:300]
    assert "The database cannot be reached" in answer.text
    assert "Amsler" not in answer.text


def test_a_database_that_was_taken_away_and_comes_back(clinic) -> None:
    file = Path(clinic.settings["NAME"])
    away = file.with_name("away")
    away.mkdir()
    with clinic.served() as server:
        assert server.ask(clinic.ruth).status == 200
        assert server.ask(f"{clinic.ruth}/answers", ANSWERS).status == 302
        shutil.move(file, away / file.name)
        is_the_page(server.ask(clinic.ruth))
        is_the_page(server.ask(f"{clinic.ruth}/answers", ANSWERS))
        assert server.ask("/static/screening/mark.svg").status == 200
        shutil.move(away / file.name, file)
        assert server.ask(f"{clinic.ruth}/answers", ANSWERS).status == 302
        file.rename(away / file.name)
        file.mkdir()  # something that is no database
        is_the_page(server.ask(clinic.ruth))
        file.rmdir()
        (away / file.name).rename(file)
        assert server.ask(clinic.ruth).status == 200
        shutil.copyfile(file, away / file.name)  # such as a backup that was put back
        (away / file.name).replace(file)
        for _ in range(12):  # each thread of the server keeps a connection to the file that was there
            assert server.ask(f"{clinic.ruth}/answers", ANSWERS).status == 302
    with on(clinic.settings), inside(clinic.id):
        assert Record.objects.count() == 14
        assert list(faults()) == []


def test_a_server_that_is_killed_has_kept_all_it_confirmed(clinic) -> None:
    confirmed: list[str] = []
    answered: list[int] = []
    tried = Counter[str]()
    with clinic.served() as server:

        def work(name: str) -> None:
            for number in range(10_000):
                word = f"{name}{number}"
                tried[word] += 1
                try:
                    if server.ask("/clients/new", {"given": word, "family": "Killed"}).confirmed:
                        confirmed.append(word)
                    if server.ask(f"{clinic.ruth}/answers", ANSWERS).confirmed:
                        answered.append(1)
                except OSError:
                    return

        threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        until = time.monotonic() + 20
        while len(confirmed) < 25 and time.monotonic() < until:
            time.sleep(0.02)
        server.process.kill()
        for thread in threads:
            thread.join(70)
    assert len(confirmed) >= 8, "it was killed before anything was done"
    with sqlite3.connect(clinic.settings["NAME"]) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    with on(clinic.settings), inside(clinic.id):
        found = Counter(Client.objects.filter(family="Killed").values_list("given", flat=True))
        assert set(found.values()) == {1}
        assert set(confirmed) <= set(found) <= set(tried)
        assert len(found) <= len(confirmed) + 4
        assert Entry.objects.filter(action="client.made").count() == len(found)
        assert len(answered) <= Record.objects.count() <= len(answered) + 4
        assert Statement.objects.count() == 2 * Record.objects.count()
        assert list(faults()) == []
    with clinic.served() as server:
        assert server.ask(clinic.ruth).status == 200


def test_two_servers_write_at_once_and_nobody_reads_that_it_is_locked(clinic) -> None:
    statuses: list[int] = []
    slowest = [0.0]
    with clinic.served() as one, clinic.served() as other:

        def work(server: Server, name: str) -> None:
            for number in range(8):
                began = time.monotonic()
                sent = {"given": f"{name}{number}", "family": "Both"}
                statuses.append(server.ask("/clients/new", sent).status)
                slowest[0] = max(slowest[0], time.monotonic() - began)

        threads = [threading.Thread(target=work, args=(s, n)) for s, n in ((one, "a"), (one, "b"), (other, "c"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
    assert statuses == [302] * 24
    assert slowest[0] < 20
    with on(clinic.settings), inside(clinic.id):
        assert Client.objects.filter(family="Both").count() == 24
        assert list(faults()) == []


@pytest.fixture
def postgres() -> Iterator[tuple[str, Callable[[], None], Callable[[], None]]]:
    """A PostgreSQL of this test's own: its address, how it is stopped and how it begins again."""
    import pgserver
    from pgserver._commands import pg_ctl

    from afferent.web.testing.postgres import started

    folder = Path(tempfile.mkdtemp(prefix="afferent-pg-"))
    url = started(folder)
    server = pgserver.get_server(folder)

    def stop() -> None:
        pg_ctl(["-w", "-m", "immediate", "stop"], pgdata=server.pgdata, user=server.system_user)

    yield url, stop, server.ensure_postgres_running
    server.ensure_postgres_running()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def test_a_postgresql_that_stops_and_begins_again(postgres, tmp_path: Path, may_use_databases) -> None:
    import dj_database_url
    from django.core.management import call_command

    url, stop, begin = postgres
    settings = dj_database_url.parse(url)
    with on(settings):
        call_command("migrate", verbosity=0, interactive=False)
    clinic = Clinic(settings, tmp_path, DATABASE_URL=url)
    with clinic.served() as server:
        asked = [threading.Thread(target=server.ask, args=(clinic.ruth,)) for _ in range(4)]
        for one in asked:  # the pool has several connections
            one.start()
        for one in asked:
            one.join()
        assert server.ask(f"{clinic.ruth}/answers", ANSWERS).status == 302
        stop()
        is_the_page(server.ask(clinic.ruth))
        is_the_page(server.ask(f"{clinic.ruth}/answers", ANSWERS))
        begin()
        began, failed = time.monotonic(), 0
        while (answer := server.ask(clinic.ruth)).status == 503 and time.monotonic() < began + 30:
            is_the_page(answer)
            failed += 1
        assert answer.status == 200, f"still away after {failed} pages"
        assert server.ask(f"{clinic.ruth}/answers", ANSWERS).status == 302
    print(f"came back after {failed} pages and {time.monotonic() - began:.1f} s")
    with on(settings), inside(clinic.id):
        assert Record.objects.count() == 2
        assert list(faults()) == []
