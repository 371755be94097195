"""The key that signs cookies outlives the server, and is nobody else's."""

from __future__ import annotations

import os
import stat

import pytest

from afferent.errors import InputError
from afferent.web.signing_key import kept


@pytest.fixture(autouse=True)
def _own(monkeypatch, tmp_path) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("AFFERENT_DATABASE", str(tmp_path / "clinic.sqlite3"))


def test_it_is_the_same_after_a_restart_and_long() -> None:
    first = kept()
    assert first is not None
    assert len(first) >= 50
    assert kept() == first


def test_it_is_readable_by_this_user_alone(tmp_path) -> None:
    kept()
    assert stat.S_IMODE((tmp_path / "clinic.sqlite3.key").stat().st_mode) == 0o600


def test_one_that_others_could_have_read_is_refused(tmp_path) -> None:
    kept()
    os.chmod(tmp_path / "clinic.sqlite3.key", 0o644)
    with pytest.raises(InputError, match="others"):
        kept()


def test_with_a_database_elsewhere_it_has_to_be_named(monkeypatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")
    assert kept() is None
