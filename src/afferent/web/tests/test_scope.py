"""Clinics are kept apart by one mechanism; what was written once stays as it was."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from afferent.web.audit.chain import faults, note
from afferent.web.audit.models import Entry
from afferent.web.clients.models import Client
from afferent.web.clinics.models import Clinic
from afferent.web.scope import AppendOnly, NoClinic, Scoped, Unchangeable, inside

SCOPED = [model for model in apps.get_models() if issubclass(model, Scoped)]
ONCE = [model for model in SCOPED if issubclass(model, AppendOnly)]


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model.__name__)
def test_outside_of_a_clinic_no_query_is_made(model, db) -> None:
    with pytest.raises(NoClinic):
        model.objects.count()
    with pytest.raises(NoClinic):
        model._base_manager.count()


def test_another_clinic_sees_nothing(clinic, a_client) -> None:
    mine = a_client()
    other = Clinic.objects.create(name="Other")
    with inside(other.id):
        assert not Client.objects.filter(pk=mine.pk).exists()
        with pytest.raises(NoClinic):
            mine.save()
    assert Client.objects.get() == mine


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model.__name__)
def test_postgresql_holds_it_too(model, db) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("row security is PostgreSQL's; the managers are tested above")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [model._meta.db_table]
        )
        assert cursor.fetchone() == (True, True)
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


def test_sql_that_goes_round_the_managers_sees_nothing_either(clinic, a_client) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("row security is PostgreSQL's")
    a_client()
    other = Clinic.objects.create(name="Other")
    with inside(other.id), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM clients_client")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("model", ONCE, ids=lambda model: model.__name__)
def test_what_is_written_once_is_guarded_by_the_database(model, db) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table])
        else:
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        assert cursor.fetchone()[0] >= 1


def test_an_entry_of_the_audit_is_never_changed_or_removed(clinic) -> None:
    entry = note("user:1", "clinic.changed", "clinic:x", {"mode": "cds"})
    with pytest.raises(Unchangeable):
        Entry.objects.all().delete()
    with pytest.raises(Unchangeable):
        entry.save()
    for statement in ("UPDATE audit_entry SET actor = 'user:2'", "DELETE FROM audit_entry"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Entry.objects.get().actor == "user:1"


def test_the_chain_shows_whatever_was_done_to_it(clinic) -> None:
    for number in range(4):
        note("user:1", "client.opened", f"client:{number}")
    assert list(faults()) == []
    Entry.objects.bulk_create(
        [Entry(seq=6, at=Entry.objects.first().at, actor="user:9", action="client.opened", hash="0")]
    )
    found = " ".join(faults())
    assert "Between entry 4 and entry 6" in found
    assert "Entry 6 was changed" in found
