"""`afferent backup` and `afferent restore` as a person meets them: other processes, their exit codes, one sentence."""

from __future__ import annotations

import os
import pty
import stat
import subprocess
import sys
from pathlib import Path

import pytest

SECRET = "four words will do"
FILL = """
import django; django.setup()
from django.core.management import call_command
from afferent.web.backups.tests.filled import fill
call_command("migrate", verbosity=0); fill(1)
"""
ON_A_SMALL_DISK = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
from afferent.cli import main
sys.exit(main())
"""


def env(folder: Path, name: str = "clinic.sqlite3", **more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "AFFERENT_PASSPHRASE")}
    return kept | {
        "AFFERENT_DATABASE": str(folder / name), "DJANGO_SETTINGS_MODULE": "afferent.web.settings", **more,
    }  # fmt: skip


def run(folder: Path, *words: object, secret: str = SECRET, database: str = "clinic.sqlite3", **more: str):
    given = env(folder, database, AFFERENT_PASSPHRASE=secret, **more)
    return subprocess.run(
        [sys.executable, "-m", "afferent.cli", *map(str, words)],
        env=given, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip


def refused(done, what: str) -> None:
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("afferent: ")
    assert what in done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clinic with a backup of it."""
    made = tmp_path_factory.mktemp("clinic")
    subprocess.run([sys.executable, "-c", FILL], env=env(made), check=True, timeout=120)
    done = run(made, "backup", "clinic.afferent")
    assert done.returncode == 0, done.stderr
    assert "2 clinics, 2 people of the staff, 2 clients" in done.stdout
    return made


def test_a_backup_is_for_its_owner_only_and_says_nothing_in_clear(folder: Path) -> None:
    file = folder / "clinic.afferent"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"Amsler" not in file.read_bytes()


def test_it_is_restored_into_a_new_file_for_its_owner_only(folder: Path) -> None:
    done = run(folder, "restore", "clinic.afferent", database="new.sqlite3")
    assert done.returncode == 0, done.stderr
    assert "2 clients" in done.stdout
    assert stat.S_IMODE((folder / "new.sqlite3").stat().st_mode) == 0o600


def test_faults_of_a_backup(folder: Path) -> None:
    refused(run(folder, "backup", "clinic.afferent"), "is there already; take another name, or --replace")
    refused(run(folder, "backup", "x.afferent", database="none.sqlite3"), "there is no database")
    refused(run(folder, "backup", "no/x.afferent"), "there is no folder no")
    refused(run(folder, "backup", "x.afferent", secret=""), "no passphrase")
    refused(run(folder, "backup", "x.afferent", secret="too short"), "too short")
    away = "postgres://nobody@%2Ftmp%2Fno-such-folder/none"
    refused(run(folder, "backup", "x.afferent", DATABASE_URL=away), "the database cannot be")
    refused(run(folder, "backup", "/dev/full"), "is there already")
    assert not (folder / "none.sqlite3").exists()
    assert not list(folder.glob("x.*"))


def test_a_full_disk_keeps_the_earlier_backup(folder: Path) -> None:
    before = (folder / "clinic.afferent").read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", ON_A_SMALL_DISK, "backup", "clinic.afferent", "--replace"],
        env=env(folder, AFFERENT_PASSPHRASE=SECRET), cwd=folder, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    refused(done, "cannot be written (File too large)")
    assert (folder / "clinic.afferent").read_bytes() == before
    assert not list(folder.glob("*.part"))


def test_faults_of_a_restore_leave_nothing(folder: Path) -> None:
    new = folder / "faulty.sqlite3"
    wrong = run(folder, "restore", "clinic.afferent", secret="not these four", database=new.name)
    refused(wrong, "passphrase is wrong")
    refused(run(folder, "restore", "clinic.sqlite3", database=new.name), "is not a backup")
    refused(run(folder, "restore", "none.afferent", database=new.name), "there is no such file")
    refused(run(folder, "restore", "clinic.afferent"), "The database is not empty: it holds 2 clinics")
    refused(run(folder, "restore", "clinic.afferent", database="no/x.sqlite3"), "cannot be made")
    assert not list(folder.glob("faulty*"))


def test_the_passphrase_is_asked_twice_on_a_terminal(folder: Path) -> None:
    given = env(folder)
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execve(sys.executable, [sys.executable, "-m", "afferent.cli", "backup", "asked.afferent"], given)
    said = b""
    while b"Once more" not in said:
        said += os.read(terminal, 1000)
        if said.count(b"Passphrase: ") == 1:
            os.write(terminal, b"four words will do\n")
            said = said.replace(b"Passphrase: ", b"Asked. ")
    os.write(terminal, b"four other words\n")
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 2
    assert b"four" not in said
    assert not list(folder.glob("asked*"))


def test_other_verbs_do_not_pay_for_it() -> None:
    seen = "import sys, afferent.cli; afferent.cli.main(['--help']); sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", seen], capture_output=True, timeout=60).returncode == 0
