"""Databases of a test's own, beside the one that Django makes for tests: whole files, that may be filled or taken away.

A conftest takes in what it needs: `from afferent.web.testing.databases import blank, may_use_databases, sqlite`.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.utils import load_backend

Settings = dict[str, Any]


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


@pytest.fixture
def may_use_databases(django_db_blocker: Any) -> Iterator[None]:
    """Databases of one's own need no mark."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    """A file with all tables and no rows."""
    path = tmp_path_factory.mktemp("blank") / "blank.sqlite3"
    with django_db_blocker.unblock(), on(file(path)):
        call_command("migrate", verbosity=0, interactive=False)
    return path


@pytest.fixture
def sqlite(blank: Path, tmp_path: Path, may_use_databases: None) -> Callable[..., Settings]:
    """`sqlite()` is a new file with all tables; `sqlite(bare=True)` one in which nothing was ever made."""

    def make(*, bare: bool = False) -> Settings:
        path = tmp_path / f"{uuid.uuid4().hex}.sqlite3"
        if not bare:
            shutil.copyfile(blank, path)
        return file(path)

    return make
