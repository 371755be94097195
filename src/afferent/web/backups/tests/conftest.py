"""Databases of a test's own, for a backup sees whole databases: files of SQLite, and PostgreSQL beside them."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import dj_database_url
import pytest
from django.core.management import call_command
from django.db import connections
from django.db.utils import load_backend

Settings = dict[str, object]
On = Callable[[Settings], AbstractContextManager[None]]

PASSPHRASE = "four words will do"


@contextmanager
def on(settings: Settings) -> Iterator[None]:
    """`connection` speaks with this database meanwhile."""
    whole = connections.configure_settings({"default": settings.copy()})["default"]
    before, mine = connections["default"], load_backend(whole["ENGINE"]).DatabaseWrapper(whole, "default")
    connections["default"] = mine
    try:
        yield
    finally:
        mine.close()
        connections["default"] = before


def file(path: Path) -> Settings:
    """A file of SQLite, with the settings of the product."""
    from afferent.web.settings import _SQLITE

    return _SQLITE | {"NAME": str(path)}


@pytest.fixture(autouse=True)
def _may_use_databases(django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


@pytest.fixture(autouse=True)
def _cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("afferent.web.backups.seal.COST", 14)


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Path:
    """A file with all tables and no rows."""
    path = tmp_path_factory.mktemp("blank") / "blank.sqlite3"
    with django_db_blocker.unblock(), on(file(path)):
        call_command("migrate", verbosity=0, interactive=False)
    return path


@pytest.fixture
def sqlite(blank: Path, tmp_path: Path) -> Callable[..., Settings]:
    """`sqlite()` is a new file with all tables; `sqlite(bare=True)` one in which nothing was ever made."""

    def make(*, bare: bool = False) -> Settings:
        path = tmp_path / f"{uuid.uuid4().hex}.sqlite3"
        if not bare:
            shutil.copyfile(blank, path)
        return file(path)

    return make


@pytest.fixture(scope="session")
def _postgres() -> Iterator[Callable[[], Settings]]:
    import psycopg

    from afferent.web.testing.postgres import started

    made: list[str] = []
    url = started()

    def make(*, bare: bool = True) -> Settings:
        name = f"backup_{os.getpid()}_{len(made)}"
        made.append(name)
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute(f'CREATE DATABASE "{name}"')
        settings = dj_database_url.parse(f"{url.rpartition('/')[0]}/{name}")
        if not bare:
            with on(settings):
                call_command("migrate", verbosity=0, interactive=False)
        return settings

    yield make
    with psycopg.connect(url, autocommit=True) as admin:
        for name in made:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def postgres(_postgres: Callable[..., Settings]) -> Callable[..., Settings]:
    """`postgres()` is a new database in which nothing was ever made; `postgres(bare=False)` one with all tables."""
    return _postgres
