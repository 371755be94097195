"""Who may read what is kept, and where it is kept."""

from __future__ import annotations

import os
import stat
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from afferent.errors import InputError
from afferent.web.lan import folder as module
from afferent.web.lan import kept
from afferent.web.lan.folder import folder, read, ready, write
from afferent.web.lan.tests.conftest import NAME, named

posix = pytest.mark.skipif(os.name != "posix", reason="elsewhere a mode says nothing about who may read")
SQLITE = {"ENGINE": "django.db.backends.sqlite3"}
POSTGRES = {"ENGINE": "django.db.backends.postgresql", "NAME": "afferent"}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def _no_folder_is_named(monkeypatch) -> None:
    monkeypatch.delenv("AFFERENT_LAN_FOLDER", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)


def test_it_lies_beside_a_database_that_is_a_file(tmp_path: Path) -> None:
    assert folder(SQLITE | {"NAME": tmp_path / "clinic.sqlite3"}) == tmp_path / "afferent-lan"


@pytest.mark.parametrize(
    ("system", "where"),
    [("linux", ".local/share"), ("darwin", "Library/Application Support"), ("win32", "AppData/Local")],
)
def test_else_with_the_other_data_of_this_user(monkeypatch, tmp_path: Path, system: str, where: str) -> None:
    monkeypatch.setattr(module.sys, "platform", system)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    assert folder(POSTGRES, home=tmp_path) == tmp_path / where / "afferent" / "lan"


def test_a_folder_that_is_named_comes_first(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AFFERENT_LAN_FOLDER", str(tmp_path / "mine"))
    assert folder(SQLITE | {"NAME": "clinic.sqlite3"}) == folder(POSTGRES) == tmp_path / "mine"


@posix
def test_folder_and_files_are_this_user_s_alone_whatever_the_umask(tmp_path: Path, names, now) -> None:
    before = os.umask(0)
    try:
        where = tmp_path / "lan"
        held, _ = kept.authority(where, "desk", NAME, now)
        kept.certificate(where, held, names, now)
    finally:
        os.umask(before)
    assert mode(where) == 0o700
    assert {file.name: mode(file) for file in where.iterdir()} == {"authority.pem": 0o600, "server.pem": 0o600}


@posix
@pytest.mark.parametrize("loose", [0o710, 0o705, 0o750, 0o777])
def test_a_folder_that_others_may_open_is_refused(tmp_path: Path, loose: int) -> None:
    where = tmp_path / "lan"
    where.mkdir()
    where.chmod(loose)
    with pytest.raises(InputError, match="chmod 700"):
        ready(where)


@posix
@pytest.mark.parametrize("loose", [0o640, 0o604, 0o644, 0o666])
def test_an_authority_that_others_could_have_read_is_refused_and_left_as_it_is(tmp_path: Path, now, loose: int) -> None:
    kept.authority(tmp_path / "lan", "desk", NAME, now)
    file = tmp_path / "lan" / kept.AUTHORITY
    before = file.read_bytes()
    file.chmod(loose)
    with pytest.raises(InputError, match="others may have its key") as told:
        kept.authority(tmp_path / "lan", "desk", NAME, now)
    assert (file.read_bytes(), mode(file)) == (before, loose)
    assert "\n" not in str(told.value)


@posix
def test_what_belongs_to_another_user_is_refused(monkeypatch, tmp_path: Path) -> None:
    (tmp_path / "lan").mkdir(0o700)
    monkeypatch.setattr(module.os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(InputError, match="another user"):
        ready(tmp_path / "lan")


@posix
def test_a_server_certificate_that_others_could_have_read_is_replaced(tmp_path: Path, names, now) -> None:
    held, _ = kept.authority(tmp_path / "lan", "desk", NAME, now)
    file, _ = kept.certificate(tmp_path / "lan", held, names, now)
    before = file.read_bytes()
    file.chmod(0o644)
    assert kept.certificate(tmp_path / "lan", held, names, now) == (file, True)
    assert file.read_bytes() != before and mode(file) == 0o600


def test_a_file_where_the_folder_should_be_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "lan").write_text("in the way")
    with pytest.raises(InputError, match="cannot be made"):
        ready(tmp_path / "lan")


def test_what_is_not_there_is_none(tmp_path: Path) -> None:
    assert read(tmp_path / "nothing.pem") is None


def test_a_folder_in_the_place_of_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "authority.pem").mkdir()
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / "authority.pem")
    with pytest.raises(InputError, match="cannot be written"):
        write(tmp_path / "authority.pem", b"x")


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(monkeypatch, tmp_path: Path) -> None:
    write(tmp_path / "a.pem", b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.os, "fsync", full)
    with pytest.raises(InputError, match="No space left"):
        write(tmp_path / "a.pem", b"new")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.pem", b"old")]


def test_the_authority_is_made_once_and_found_again(tmp_path: Path, now: datetime) -> None:
    first, new = kept.authority(tmp_path / "lan", "desk", NAME, now)
    again, made = kept.authority(tmp_path / "lan", "desk", NAME, now + timedelta(days=700))
    assert (new, made) == (True, False)
    assert again.root == first.root


def test_when_it_has_ended_a_new_one_is_made(tmp_path: Path, now: datetime) -> None:
    first, _ = kept.authority(tmp_path / "lan", "desk", NAME, now)
    again, made = kept.authority(tmp_path / "lan", "desk", NAME, first.ends)
    assert made and again.root != first.root


@pytest.mark.parametrize(
    "spoiled", [b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", b"\xff" * 99]
)
def test_a_spoiled_authority_is_never_replaced_quietly(tmp_path: Path, now: datetime, spoiled: bytes) -> None:
    write(ready(tmp_path / "lan") / kept.AUTHORITY, spoiled)
    with pytest.raises(InputError, match="trust a new one on every device"):
        kept.authority(tmp_path / "lan", "desk", NAME, now)
    assert (tmp_path / "lan" / kept.AUTHORITY).read_bytes() == spoiled


def test_the_certificate_is_made_anew_only_when_it_must(tmp_path: Path, authority, now: datetime) -> None:
    where, names = tmp_path / "lan", named("192.168.1.20")
    assert kept.certificate(where, authority, names, now)[1]
    assert not kept.certificate(where, authority, names, now + timedelta(days=19))[1]
    assert kept.certificate(where, authority, names, now + timedelta(days=21))[1]
    assert kept.certificate(where, authority, named("192.168.1.30"), now + timedelta(days=21))[1]
    (where / kept.SERVER).write_bytes(b"spoiled")
    assert kept.certificate(where, authority, names, now)[1]
    (where / kept.SERVER).unlink()
    assert kept.certificate(where, authority, names, now)[1]
