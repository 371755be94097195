"""A client's data: all of it to take along, all of it erased, and nobody else's touched."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.urls import path
from django.utils import timezone

from afferent.web.audit.chain import faults
from afferent.web.audit.models import Entry
from afferent.web.backups.tests.filled import fill_client
from afferent.web.book.models import Visit
from afferent.web.clients.erase import REASONS, Kept, about_a_client, erase, kept_until
from afferent.web.clients.export import LEFT_OUT, export
from afferent.web.clients.models import Client, Record
from afferent.web.clients.views.data import data
from afferent.web.clinics.models import Clinic
from afferent.web.scope import Unchangeable, inside
from afferent.web.testing.databases import blank, may_use_databases, on, sqlite
from afferent.web.urls import urlpatterns as own

__all__ = ["blank", "may_use_databases", "sqlite"]

WEB = Path(__file__).resolve().parents[2]
LATER = dt.datetime(2040, 1, 1, tzinfo=dt.UTC)

urlpatterns = [*own, path("clients/<uuid:client>/data", data, name="data")]


@pytest.fixture
def filled(a_client, staff):
    """`filled("Amsler")` is a client with something in every table."""

    def make(family: str) -> Client:
        ruth = a_client("Ruth", family)
        fill_client(ruth, staff("therapist").user)
        return ruth

    return make


def rows(client) -> dict[str, int]:
    return {m._meta.label: m._base_manager.filter(client_id=client.pk).count() for m in about_a_client()}


def test_everything_about_a_client_goes_and_nothing_else(filled) -> None:
    ruth, other = filled("Amsler"), filled("Keller")
    before = rows(other)
    assert all(before.values()), before
    done = erase(ruth, "user:1", "asked", now=LATER)
    assert not any(rows(ruth).values())
    assert not Client.objects.filter(pk=ruth.pk).exists()
    assert rows(other) == before
    assert done.rows["record"] == 1


def test_the_audit_stays_whole_and_says_that_it_happened(filled) -> None:
    ruth = filled("Amsler")
    before = Entry.objects.count()
    done = erase(ruth, "user:1", "asked", now=LATER)
    assert list(faults()) == []
    last = Entry.objects.order_by("-seq").first()
    assert (Entry.objects.count(), last.action, last.seq) == (before + 1, "client.erased", done.entry)
    for entry in Entry.objects.values():
        assert "Amsler" not in str(entry)


def test_every_table_that_leads_to_a_client_is_erased() -> None:
    """What points to a row of a client has a client of its own, or it would be left behind."""
    found = {*about_a_client(), Client}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model in found:
                assert model in found, f"{model.__name__}.{field.name} points to a client's row"


def test_nothing_else_in_the_program_removes_what_was_written_once() -> None:
    removes = re.compile(r"_raw_delete|DELETE FROM|TRUNCATE TABLE|\.delete_batch|Collector\(")
    found = {
        str(file.relative_to(WEB))
        for file in WEB.rglob("*.py")
        if "tests" not in file.parts and removes.search(file.read_text("utf-8"))
    }
    assert found == {"clients/erase.py"}


def test_the_managers_and_the_audit_refuse_all_the_same(filled) -> None:
    ruth = filled("Amsler")
    with pytest.raises(Unchangeable):
        Record.objects.filter(client=ruth).delete()
    with pytest.raises(Exception, match=r"protected|never removed"):
        ruth.delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry")


def test_it_is_refused_while_the_years_run(clinic, filled) -> None:
    ruth = filled("Amsler")
    now = kept_until(ruth)
    last_day = dt.datetime.combine(now, dt.time(0, 0), clinic.zone) - dt.timedelta(minutes=1)
    with pytest.raises(Kept, match="keeps what it wrote for 10 years"):
        erase(ruth, "user:1", "asked", now=last_day)
    with pytest.raises(Kept):
        erase(ruth, "user:1", "asked", now=last_day, override_reason="  ")
    assert all(rows(ruth).values())
    erase(ruth, "user:1", "over", now=last_day + dt.timedelta(minutes=1))


def test_a_leap_day_ends_on_the_first_of_march(a_client) -> None:
    Clinic.objects.update(retention_years=10)
    assert kept_until(a_client(made_at=dt.datetime(2024, 2, 29, 12, tzinfo=dt.UTC))) == dt.date(2034, 3, 1)


def test_a_visit_still_to_come_has_to_be_cancelled_first(filled) -> None:
    ruth = filled("Amsler")
    with pytest.raises(Kept, match="cancel it first"):
        erase(ruth, "user:1", "asked", now=dt.datetime(2026, 11, 20, tzinfo=dt.UTC), override_reason="asked")


def test_another_clinic_erases_nobody_here(clinic, filled) -> None:
    ruth = filled("Amsler")
    with inside(Clinic.objects.create(name="Other").pk), pytest.raises(Client.DoesNotExist):
        erase(ruth, "user:1", "asked", now=LATER)
    assert all(rows(ruth).values())


def test_no_word_stays_in_the_file(sqlite) -> None:
    from afferent.web.accounts.models import User
    from afferent.web.clients.people import add

    settings = sqlite()
    with on(settings):
        clinic = Clinic.objects.create(name="Lindenhof")
        with inside(clinic.pk):
            ruth = add(given="Ruth", family="Unforgettable")
            fill_client(ruth, User.objects.create(email="a@b.org", name="Ada"))
            erase(ruth, "user:1", "asked", now=LATER)
        for file in Path(settings["NAME"]).parent.glob("*.sqlite3*"):
            assert b"nforgettable" not in file.read_bytes().lower()


def test_the_export_holds_every_row_about_the_client(filled) -> None:
    ruth, other = filled("Amsler"), filled("Keller")
    made = export(ruth, timezone.now())
    told = json.loads(made)
    assert told["client"]["family"] == "Amsler"
    for model in set(about_a_client()) - set(LEFT_OUT):
        for key in model._base_manager.filter(client_id=ruth.pk).values_list("pk", flat=True):
            assert f'"id": {json.dumps(key if isinstance(key, int) else str(key))}' in made.decode(), model
    assert str(other.pk) not in made.decode()
    assert "Keller" not in made.decode()
    assert told["screenings"][0]["screening"]["decision"]
    assert told["records"][0]["statements"][0]["body"]["fact"]
    assert told["documents"][0]["digest"] == "0" * 64
    assert "body" not in told["documents"][0]


@pytest.mark.urls(__name__)
class TestThePage:
    def at(self, client) -> str:
        return f"/clients/{client.pk}/data"

    def test_only_the_owner(self, filled, signed_in) -> None:
        ruth = filled("Amsler")
        for role, status in (("owner", 200), ("desk", 403), ("therapist", 403)):
            assert signed_in(role).get(self.at(ruth)).status_code == status

    def test_the_file(self, filled, signed_in) -> None:
        ruth, owner = filled("Amsler"), signed_in("owner")
        response = owner.post(self.at(ruth), {"do": "export"})
        assert json.loads(response.content)["client"]["given"] == "Ruth"
        assert response["Content-Disposition"].startswith("attachment")
        assert response["Cache-Control"] == "no-store"
        assert Entry.objects.order_by("-seq").first().action == "client.exported"

    @pytest.mark.parametrize(
        "sent", [{"name": "Ruth"}, {"name": ""}, {"name": "Amsler", "reason": "x"}, {"name": "Amsler", "earlier": ""}]
    )
    def test_what_is_not_typed_right_erases_nothing(self, filled, signed_in, sent) -> None:
        ruth, owner = filled("Amsler"), signed_in("owner")
        Client.objects.filter(pk=ruth.pk).update(made_at=timezone.now())
        response = owner.post(self.at(ruth), {"do": "erase", "reason": "asked", "earlier": "asked in a letter"} | sent)
        assert response.status_code in (400, 409)
        assert b'role="alert"' in response.content
        assert all(rows(ruth).values())

    def test_erased(self, filled, signed_in) -> None:
        ruth, owner = filled("Amsler"), signed_in("owner")
        Visit.objects.update(state="cancelled")
        sent = {"do": "erase", "reason": "asked", "name": " amsler", "earlier": "the client asked in a letter"}
        response = owner.post(self.at(ruth), sent)
        assert response.status_code == 200
        text = response.content.decode()
        assert REASONS["asked"] in text
        assert "Amsler" not in text
        assert not Client.objects.exists()
        assert owner.get(self.at(ruth)).status_code == 404
        assert list(faults()) == []
