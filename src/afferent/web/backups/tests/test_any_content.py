"""Whatever a row may hold comes back as it was: odd letters, odd numbers, JSON in JSON, bytes, days long ago."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afferent.errors import InputError
from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.backups.dump import backup
from afferent.web.backups.restoring import restore
from afferent.web.backups.tables import _text, lines, tables
from afferent.web.backups.tests.conftest import PASSPHRASE
from afferent.web.clients.models import Client, Record, Statement
from afferent.web.clinics.models import Clinic
from afferent.web.documents.models import Document
from afferent.web.scope import inside
from afferent.web.testing.databases import file, on

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
in_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**80), 2**80) | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)
half_letters = st.text(st.characters(categories=["Cs"]), min_size=1, max_size=2)
moments = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2200, 1, 1), timezones=st.just(dt.UTC))
people = st.lists(
    st.fixed_dictionaries(
        {
            "given": words,
            "born": st.none() | st.dates(dt.date(1900, 1, 1)),
            "made_at": moments,
            "body": st.dictionaries(words, in_json, max_size=4),
            "said": st.lists(in_json.filter(lambda value: value is not None), max_size=4),
            "bytes": st.binary(max_size=300),
        }
    ),
    max_size=4,
)


def make(found: list[dict], half: str = "") -> None:
    user = User.objects.create(email="a@b.org", name="Ada")
    for number in range(2):
        clinic = Clinic.objects.create(name=f"Clinic {number}", languages=[half] if half else [])
        with inside(clinic.pk):
            for one in found[number::2]:
                ruth = Client(given=one["given"], born=one["born"], made_at=one["made_at"])
                ruth.save()
                record = Record.objects.create(client=ruth, kind="answers", on=dt.date(2026, 1, 1), body=one["body"])
                Statement.objects.bulk_create([Statement(client=ruth, record=record, body=b) for b in one["said"]])
                Document.objects.create(
                    client=ruth, title="x", media_type="x", digest="", size=0, by=user, body=one["bytes"]
                )
                note("program", "client.made", f"client:{ruth.pk}", one["body"])


def content() -> list[bytes]:
    with transaction.atomic():
        return [line for line in lines(tables(), apps) if not line.startswith(b'["audit.Entry"')]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@settings(
    max_examples=12,  # each is two whole databases
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(found=people, half=st.just("") | half_letters)
def test_it_comes_back_as_it_was(blank, folder, may_use_databases, _cheap_passphrases, found, half) -> None:
    one, other, sealed = folder / "one.sqlite3", folder / "other.sqlite3", folder / "backup"
    for path in (one, other):
        shutil.copyfile(blank, path)
    with on(file(one)):
        make(found, half)
        before = content()
        backup(sealed, PASSPHRASE)
    with on(file(other)):
        restore(sealed, PASSPHRASE)
        assert content() == before


ODD = [
    {"given": "Ångström \u2028 '\"\\", "body": {"z": 1e22, "a": -0.0, "b": [1.5e-7, 2**70, None, {"": 1e16}]}},
    {"given": "", "body": {"zz": 5e-324, "y": 1.7976931348623157e308, "k\n": "\u2029", "": []}},
]


def test_odd_content_survives_the_way_over_postgresql(blank, postgres, sqlite, folder, may_use_databases) -> None:
    first, second = folder / "first", folder / "second"
    rest = {
        "born": None,
        "made_at": dt.datetime(1900, 1, 1, tzinfo=dt.UTC),
        "said": [[1e300], False],
        "bytes": b"\0\xff",
    }
    with on(sqlite()):
        make([odd | rest for odd in ODD])
        before = content()
        backup(first, PASSPHRASE)
    with on(postgres()):
        restore(first, PASSPHRASE)
        assert content() == before
        backup(second, PASSPHRASE)
    with on(sqlite()):
        restore(second, PASSPHRASE)
        assert content() == before


def test_what_postgresql_cannot_hold_is_said_and_not_half_restored(postgres, sqlite, folder, may_use_databases) -> None:
    rest = {"born": None, "made_at": dt.datetime(1900, 1, 1, tzinfo=dt.UTC), "said": [], "bytes": b""}
    with on(sqlite()):
        make([{"given": "Ruth", "body": {"a": "zero \0 byte"}} | rest])
        backup(folder / "zero", PASSPHRASE)
    with on(postgres()):
        with pytest.raises(InputError, match="zero byte"):
            restore(folder / "zero", PASSPHRASE)
        assert content() == []


@settings(deadline=None, derandomize=True)
@given(in_json)
def test_json_is_written_with_the_same_meaning(value) -> None:
    text = _text(value)
    if value is not None:
        back = json.loads(text)
        assert back == value
