"""A backup sees whole databases: files of SQLite, and PostgreSQL beside them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import dj_database_url
import pytest

from afferent.web.testing.databases import Settings, blank, may_use_databases, on, sqlite

__all__ = ["blank", "may_use_databases", "on", "sqlite"]

PASSPHRASE = "four words will do"


@pytest.fixture(autouse=True)
def _cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("afferent.web.backups.seal.COST", 14)


@pytest.fixture(scope="session")
def _postgres() -> Iterator[Callable[[], Settings]]:
    import psycopg

    from afferent.web.testing.postgres import started

    made: list[str] = []
    url = started()

    def make() -> Settings:
        name = f"backup_{os.getpid()}_{len(made)}"
        made.append(name)
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute(f'CREATE DATABASE "{name}"')
        return dj_database_url.parse(f"{url.rpartition('/')[0]}/{name}")

    yield make
    with psycopg.connect(url, autocommit=True) as admin:
        for name in made:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def postgres(_postgres: Callable[..., Settings], may_use_databases: None) -> Callable[..., Settings]:
    """`postgres()` is a new database in which nothing was ever made."""
    return _postgres
