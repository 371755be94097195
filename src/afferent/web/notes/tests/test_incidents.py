"""Incidents, near misses and wounds that were found: filled in from the visit, followed up, counted apart."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import DatabaseError, connection, transaction

from afferent.visit.events import Look
from afferent.web.audit.models import Entry
from afferent.web.notes.incidents import counts, of_visit, register
from afferent.web.notes.models import Incident


@pytest.fixture
def stopped(session, a_visit, happens):
    a_visit(session, ended=False)
    happens(session, 700, "Said", word="stop", by="client", id="said-stop")
    happens(session, 702, "HandsOff")
    happens(session, 710, "StopBecause", detail="burning", words="in the toes")
    return session


def at(session) -> str:
    return f"/visit/{session.visit_id}/incident"


def sent(page, **more) -> dict:
    """The form as it stands, sent back with these."""
    fields = {key: value for key, value in page.context["fields"].items() if key not in ("told", "of", "regions")}
    return {
        **fields, "regions": page.context["fields"]["regions"], "of": page.context["fields"]["of"], "where": "Room 2",
        "severity": "mild", "seen": "red skin, gone after a minute", **more,
    }  # fmt: skip


def test_what_the_visit_knows_stands_there_already(ada, stopped) -> None:
    fields = ada.get(at(stopped)).context["fields"]
    assert (fields["kind"], fields["technique"], fields["level"]) == ("incident", "effleurage", "1")
    assert fields["regions"] == ["foot.left"]
    assert fields["felt"] == "stop, burning, in the toes"
    assert fields["reported_by"] == "Ada Okonkwo"
    assert (fields["severity"], fields["preventable"], fields["after_7_days"]) == ("", "", "")


def test_it_is_written_once_and_stands_in_the_audit(ada, stopped) -> None:
    page = ada.get(at(stopped))
    assert ada.post(at(stopped), sent(page)).status_code == 302
    row = Incident.objects.get()
    assert (row.kind, row.severity, row.by) == ("incident", "mild", ada.member.user)
    assert row.body["of"] == ["said-stop"]
    assert Entry.objects.order_by("-seq").first().action == "incident.written"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE notes_incident SET severity = 'none'")


def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(ada, stopped) -> None:
    page = ada.get(at(stopped))
    answer = ada.post(at(stopped), sent(page, where="", severity="serious", felt="It burns.", minutes="some"))
    assert answer.status_code == 400
    assert set(answer.context["faults"]) == {"minutes"}
    answer = ada.post(at(stopped), sent(page, where="", severity="serious", felt="It burns."))
    assert set(answer.context["faults"]) == {"where", "told", "first_aid"}
    assert "It burns." in answer.content.decode()
    assert not Incident.objects.exists()


@pytest.mark.parametrize("odd", [{"level": "9"}, {"celsius": "hot"}, {"at": "yesterday"}, {"kind": "blame"}])
def test_odd_answers_are_faults_and_no_failure(ada, stopped, odd) -> None:
    assert ada.post(at(stopped), sent(ada.get(at(stopped)), **odd)).status_code == 400


def test_what_became_of_it_is_a_new_entry_beside_the_first(ada, stopped) -> None:
    ada.post(at(stopped), sent(ada.get(at(stopped))))
    first = Incident.objects.get()
    page = ada.get(f"{at(stopped)}/{first.pk}")
    ada.post(f"{at(stopped)}/{first.pk}", sent(page, after_24_hours="better", follow_up="Softer lotion."))
    (record,) = of_visit(stopped.visit)
    assert len(record.entries) == 2
    assert record.now.after_24_hours == "better"
    assert record.entries[0].body["after_24_hours"] == "not_yet"
    assert "After a day: better." in ada.get(at(stopped)).content.decode()


def test_a_visit_without_a_relay_may_have_one_too(ada, joan) -> None:
    import datetime as dt

    from django.utils import timezone

    from afferent.web.book.models import Visit

    now = timezone.now()
    visit = Visit.objects.create(
        client=joan, therapist=ada.member.user, starts_at=now, ends_at=now + dt.timedelta(minutes=30)
    )
    page = ada.get(f"/visit/{visit.pk}/incident")
    assert page.context["fields"]["kind"] == ""
    assert " checked" not in page.content.decode()
    assert ada.post(f"/visit/{visit.pk}/incident", sent(page, kind="near_miss", severity="none")).status_code == 302


def test_a_wound_that_was_there_is_no_incident_of_the_massage(ada, session, happens) -> None:
    happens(session, 5, "SkinChecked", when="before", looks=(Look("foot.left.sole.heel", "open", felt=False),))
    fields = ada.get(at(session)).context["fields"]
    assert (fields["kind"], fields["could_feel"]) == ("found_wound", "no")
    assert "foot.left.sole.heel" in fields["regions"]
    assert 'value="foot.left.sole.heel" checked' in ada.get(at(session)).content.decode()


class TestTheRegister:
    @pytest.fixture
    def filled(self, ada, stopped):
        page = ada.get(at(stopped))
        ada.post(at(stopped), sent(page))
        ada.post(at(stopped), sent(page, kind="near_miss", severity="none", seen="=1+1"))
        return stopped

    def test_the_kinds_are_counted_apart(self, filled) -> None:
        assert dict(counts(register())) == {"Incidents": 1, "Near misses": 1, "Wounds that were found": 0}

    def test_only_the_owner_opens_it(self, filled, signed_in) -> None:
        assert signed_in("therapist").get("/clinic/incidents").status_code == 403
        page = signed_in("owner", name="Maren Voss").get("/clinic/incidents").content.decode()
        assert "Joan" not in page
        assert "Ada" not in page
        assert "The left foot" in page

    def test_the_file_has_no_name_and_no_formula(self, filled, signed_in) -> None:
        answer = signed_in("owner").get("/clinic/incidents/file")
        text = answer.content.decode()
        assert "Joan" not in text
        assert "Ada" not in text
        rows = list(csv.DictReader(io.StringIO(text)))
        assert {row["kind"] for row in rows} == {"Incident", "Near miss"}
        assert "'=1+1" in {row["seen"] for row in rows}
        assert Entry.objects.order_by("-seq").first().action == "incidents.listed"

    def test_as_many_queries_for_many_records_as_for_few(self, ada, filled, signed_in, queries) -> None:
        owner = signed_in("owner")
        owner.get("/clinic/incidents")
        few = queries(lambda: owner.get("/clinic/incidents"))
        page = ada.get(at(filled))
        for _ in range(5):
            ada.post(at(filled), sent(page))
        assert queries(lambda: owner.get("/clinic/incidents")) == few

    def test_another_clinic_sees_none(self, filled, signed_in) -> None:
        from afferent.web.clinics.models import Clinic

        other = signed_in("owner", clinic=Clinic.objects.create(name="Other", second_factor=False))
        assert "The left foot" not in other.get("/clinic/incidents").content.decode()
        assert other.get(at(filled)).status_code == 404
