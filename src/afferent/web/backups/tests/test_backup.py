"""What a backup holds comes back, byte by byte, into either kind of database, or not at all."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tracemalloc
from copy import copy
from pathlib import Path

import msgspec
import pytest
from django.apps import apps
from django.db import connection, transaction

from afferent.errors import InputError
from afferent.web.audit.chain import faults, note
from afferent.web.audit.models import Entry
from afferent.web.backups import dump, restoring
from afferent.web.backups.dump import backup
from afferent.web.backups.restoring import restore
from afferent.web.backups.sealed import reader, writer
from afferent.web.backups.tables import LEFT_OUT, kept, lines, tables
from afferent.web.backups.tests.conftest import PASSPHRASE
from afferent.web.backups.tests.filled import fill
from afferent.web.clients.models import Client, Statement
from afferent.web.clinics.models import Clinic
from afferent.web.scope import inside
from afferent.web.testing.databases import on


def content() -> list[bytes]:
    """All rows but the audit, which knows of backups."""
    with transaction.atomic():
        return [line for line in lines(tables(), apps) if not line.startswith(b'["audit.Entry"')]


@pytest.fixture
def full(sqlite):
    settings = sqlite()
    with on(settings):
        fill()
    return settings


@pytest.fixture
def kept_file(full, tmp_path: Path) -> Path:
    path = tmp_path / "clinic.afferent"
    with on(full):
        backup(path, PASSPHRASE)
    return path


def opened(path: Path) -> list[bytes]:
    with reader(path, PASSPHRASE) as stream:
        return stream.read().splitlines(keepends=True)


def sealed_again(path: Path, changed: list[bytes], *, honest: bool = True) -> Path:
    """The same backup with other lines, and a last line that fits them."""
    if honest:
        foot = json.loads(changed[-1])
        rows = dict.fromkeys(foot["rows"], 0)
        for line in changed[1:-1]:
            rows[json.loads(line)[0]] += 1
        digest = hashlib.sha256(b"".join(changed[:-1])).hexdigest()
        changed = [*changed[:-1], msgspec.json.encode({"rows": rows, "sha256": digest}) + b"\n"]
    other = path.with_name("other.afferent")
    with writer(other, PASSPHRASE) as stream:
        stream.write(b"".join(changed))
    return other


def test_nothing_is_forgotten(full) -> None:
    with on(full):
        assert [label for label, table in tables().items() if not table.rows] == []
        missing = {model._meta.label for model in apps.get_models(include_auto_created=True)} - set(kept())
    assert {label.split(".")[0] for label in missing} == LEFT_OUT | {"accounts"}
    assert {label for label in missing if label.startswith("accounts")} == {
        "accounts.User_groups", "accounts.User_user_permissions",
    }  # fmt: skip


@pytest.mark.parametrize("bare", [True, False], ids=["nothing was ever made", "all tables, no rows"])
def test_it_comes_back_as_it_was(full, kept_file, sqlite, bare) -> None:
    with on(full):
        before = content()
    with on(sqlite(bare=bare)):
        made = restore(kept_file, PASSPHRASE)
        assert content() == before
        assert made.rows["clients.Client"] == 4
        for clinic in Clinic.objects.all():
            with inside(clinic.pk):
                assert list(faults()) == []
                assert Entry.objects.order_by("-seq").first().action == "backup.restored"
                ruth = Client.objects.filter(family="Amsler 0").get()
                Statement.objects.create(client=ruth, record=ruth.records.first(), body={})


def test_from_sqlite_into_postgresql_and_back(full, kept_file, postgres, sqlite, tmp_path: Path) -> None:
    with on(full):
        before = content()
    with on(postgres()):
        restore(kept_file, PASSPHRASE)
        assert content() == before
        for clinic in Clinic.objects.all():
            with inside(clinic.pk):
                note("program", "clinic.changed")
                assert list(faults()) == []
                ruth = Client.objects.filter(family="Amsler 0").get()
                Statement.objects.create(client=ruth, record=ruth.records.first(), body={})  # the next number is free
        after = content()
        again = tmp_path / "again.afferent"
        backup(again, PASSPHRASE)
    with on(sqlite()):
        restore(again, PASSPHRASE)
        assert content() == after


def test_a_backup_is_noted_in_each_clinic(full, kept_file) -> None:
    with on(full):
        for clinic in Clinic.objects.all():
            with inside(clinic.pk):
                assert Entry.objects.order_by("-seq").first().action == "backup.made"
                assert list(faults()) == []


def test_writing_goes_on_while_a_backup_is_made_and_is_not_in_it(full, tmp_path, monkeypatch, sqlite) -> None:
    def and_write(*given):
        other = sqlite3.connect(full["NAME"], timeout=1)
        with other:
            other.execute("UPDATE clients_client SET given = 'Changed meanwhile'")
        other.close()
        yield from lines(*given)

    monkeypatch.setattr(dump, "lines", and_write)
    path = tmp_path / "clinic.afferent"
    with on(full):
        backup(path, PASSPHRASE)
    assert b"Changed meanwhile" not in b"".join(opened(path))
    with on(sqlite()):
        restore(path, PASSPHRASE)


def test_only_into_an_empty_database(full, kept_file) -> None:
    with on(full):
        before = content()
        with pytest.raises(InputError, match=r"not empty: it holds 2 clinics"):
            restore(kept_file, PASSPHRASE)
        assert content() == before


def test_a_wrong_passphrase_or_a_damaged_file_writes_nothing(kept_file, sqlite) -> None:
    empty = sqlite(bare=True)
    with on(empty):
        with pytest.raises(InputError, match="passphrase is wrong"):
            restore(kept_file, "quite another passphrase")
        cut = kept_file.read_bytes()[:-1]
        kept_file.write_bytes(cut)
        with pytest.raises(InputError, match=r"damaged or cut short|passphrase is wrong"):
            restore(kept_file, PASSPHRASE)
    assert not Path(str(empty["NAME"])).exists()


def _without_a_row(found: list[bytes]) -> list[bytes]:
    return [line for line in found if not line.startswith(b'["clients.Record"')]


def _without_the_end(found: list[bytes]) -> list[bytes]:
    return found[:-1]


def _with_an_odd_value(found: list[bytes]) -> list[bytes]:
    return [line.replace(b'"Ruth"', b"12") for line in found]


def _with_an_odd_table(found: list[bytes]) -> list[bytes]:
    return [*found[:-1], b'["clients.Nobody",[]]\n', found[-1]]


def _with_something_after_the_end(found: list[bytes]) -> list[bytes]:
    return [*found, b"[]\n"]


@pytest.mark.parametrize(
    ("change", "honest"),
    [
        (_without_a_row, True),  # statements would point to nothing
        (_without_a_row, False),
        (_without_the_end, False),
        (_with_an_odd_value, True),
        (_with_an_odd_table, False),
        (_with_something_after_the_end, False),
    ],
)
def test_whatever_does_not_fit_is_one_sentence_and_no_row(kept_file, sqlite, change, honest) -> None:
    other = sealed_again(kept_file, change(opened(kept_file)), honest=honest)
    with on(sqlite()):
        with pytest.raises(InputError) as caught:
            restore(other, PASSPHRASE)
        assert str(caught.value).count("\n") == 0
        assert "Ruth" not in str(caught.value)
        assert content() == []


def test_a_broken_audit_is_refused_and_can_be_had_all_the_same(full, tmp_path, sqlite) -> None:
    path = tmp_path / "broken.afferent"
    with on(full):
        with inside(Clinic.objects.get(name="Clinic 1").pk):
            last = Entry.objects.order_by("-seq").first()
            Entry.objects.bulk_create(
                [Entry(seq=last.seq + 2, at=last.at, actor="x", action="client.opened", hash="0")]
            )
        backup(path, PASSPHRASE)
    with on(sqlite()):
        with pytest.raises(InputError, match="Clinic 1: Between entry"):
            restore(path, PASSPHRASE)
        assert content() == []
        assert restore(path, PASSPHRASE, despite_audit=True).broken


def test_what_does_not_read_as_it_was_written_is_taken_back(kept_file, sqlite, monkeypatch) -> None:
    real = restoring._as_kept

    def forgetful(model):
        for field in real(model)._meta.concrete_fields:
            if field.name == "called":
                field.get_db_prep_save = lambda value, connection: "lost"
        return model

    monkeypatch.setattr(restoring, "_as_kept", forgetful)
    with on(sqlite()):
        with pytest.raises(InputError, match="does not read as it stands"):
            restore(kept_file, PASSPHRASE)
        assert content() == []


def test_a_backup_of_a_newer_program_is_refused(kept_file, sqlite) -> None:
    found = opened(kept_file)
    head = json.loads(found[0])
    head["migrations"]["clients"].append("9999_from_the_future")
    other = sealed_again(kept_file, [json.dumps(head).encode() + b"\n", *found[1:]])
    with on(sqlite(bare=True)):
        with pytest.raises(InputError, match="newer Afferent"):
            restore(other, PASSPHRASE)
        assert connection.introspection.table_names() == []


def test_a_backup_of_an_older_program_is_restored_as_it_was_and_then_brought_up_to_date(
    full, kept_file, sqlite
) -> None:
    """Before 0003 of the book, a visit did not know what it became."""
    found = opened(kept_file)
    head = json.loads(found[0])
    head["migrations"]["book"] = ["0001_initial", "0002_guards"]
    column = head["tables"]["book.Visit"]["columns"].index("became_id")
    del head["tables"]["book.Visit"]["columns"][column]
    older = [json.dumps(head).encode() + b"\n"]
    for line in found[1:-1]:
        row = json.loads(line)
        if row[0] == "book.Visit":
            del row[1][column]
        older.append(msgspec.json.encode(row) + b"\n")
    other = sealed_again(kept_file, [*older, found[-1]])
    with on(sqlite(bare=True)):
        restore(other, PASSPHRASE)
        assert [row for row in content() if b"book.Visit" in row]
    with on(sqlite()), pytest.raises(InputError, match="older Afferent"):
        restore(other, PASSPHRASE)


def test_a_database_that_is_not_up_to_date_is_not_backed_up(sqlite, tmp_path: Path) -> None:
    with on(sqlite(bare=True)), pytest.raises(InputError, match="no clinic"):
        backup(tmp_path / "x", PASSPHRASE)
    with on(sqlite()):
        with pytest.raises(InputError, match="no clinic"):
            backup(tmp_path / "x", PASSPHRASE)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'book' AND name LIKE '0003%%'")
        with pytest.raises(InputError, match="does not fit this Afferent"):
            backup(tmp_path / "x", PASSPHRASE)
    assert list(tmp_path.glob("x*")) == []


def test_memory_does_not_grow_with_the_clinic(sqlite, tmp_path: Path) -> None:
    peaks = []
    for statements in (1_000, 8_000):
        with on(sqlite()):
            fill(1)
            with inside(Clinic.objects.first().pk):
                ruth = Client.objects.get()
                more = [Statement(client=ruth, record=ruth.records.first(), body={"said": "x" * 99})] * statements
                Statement.objects.bulk_create([copy(one) for one in more])
            tracemalloc.start()
            backup(tmp_path / "clinic.afferent", PASSPHRASE)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] < peaks[0] + 2**20
