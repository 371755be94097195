"""Newer knowledge: a clinic stays on its own until the owner has seen whose limits would change."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.utils import timezone

from afferent.knowledge import load
from afferent.records.answers import statements
from afferent.web.clients.current import current
from afferent.web.clients.knowing import write
from afferent.web.clinics import knowledge
from afferent.web.clinics.models import Clinic, Snapshot


@pytest.fixture
def older(clinic):
    """An older version in which numb places were capped at 1, kept and switched on."""
    knowledge.in_force(clinic)
    packed = bytes(Snapshot.objects.get().packed)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("version.toml"):
                text = text.replace(load().version.encode(), b"2026.01")
            if name.endswith("techniques.toml"):
                text = text.replace(b"title", b"title", 1)
            new.writestr(name, text)
    Snapshot.objects.create(version="2026.01", packed=made.getvalue())
    Clinic.objects.filter(pk=clinic.pk).update(knowledge="2026.01")
    clinic.refresh_from_db()
    knowledge._kept.cache_clear()
    yield clinic
    knowledge._kept.cache_clear()


def test_a_clinic_stays_on_its_version(older, a_client) -> None:
    today = timezone.now().date()
    ruth = a_client()
    write(ruth, "answers", list(statements({"numb": ["foot.left"]}, load(), today)), on=today)
    assert current(ruth, today).knowledge == "2026.01"


def test_the_owner_sees_what_would_change_and_switches_it_on(older, a_client, signed_in) -> None:
    owner = signed_in("owner")
    text = owner.get("/clients/knowledge").content.decode()
    assert "2026.01" in text
    assert load().version in text
    assert owner.post("/clients/knowledge", {"version": "2020.01"}).status_code == 302
    older.refresh_from_db()
    assert older.knowledge == "2026.01", "only the version that was looked at is switched on"
    owner.post("/clients/knowledge", {"version": load().version})
    older.refresh_from_db()
    assert older.knowledge == load().version


def test_only_the_owner(older, signed_in) -> None:
    assert signed_in("therapist").get("/clients/knowledge").status_code == 403


@pytest.fixture
def stricter(older, a_client, monkeypatch):
    """A client whom the newer version would treat otherwise, and how."""
    from afferent.web.clients.views import upgrade
    from afferent.words.changes import Line

    ruth = a_client("Ruth", "Amsler")
    changed = (upgrade.Differs(ruth, (Line("tighter", "Pressure on the left foot falls to 1."),)),)
    monkeypatch.setattr(upgrade, "differing", lambda request, people: list(changed))
    return older


def test_what_would_change_is_read_by_therapists_only(stricter, signed_in) -> None:
    seen = signed_in("owner", "therapist").get("/clients/knowledge").content.decode()
    assert "Pressure on the left foot" in seen
    alone = signed_in("owner").get("/clients/knowledge").content.decode()
    assert "Ruth Amsler" in alone
    assert "Pressure on the left foot" not in alone


def test_where_records_are_kept_nothing_is_worked_out(stricter, signed_in) -> None:
    Clinic.objects.filter(pk=stricter.pk).update(mode="record")
    seen = signed_in("owner", "therapist").get("/clients/knowledge").content.decode()
    assert "Ruth Amsler" not in seen
    assert "nothing is worked out" in seen


def test_a_list_says_nothing_by_the_older_knowledge(older, a_client, signed_in) -> None:
    today = timezone.localdate(timezone=older.zone)
    ruth = a_client("Ruth", "Amsler")
    write(ruth, "answers", list(statements({"breathless_or_chest_pain": "yes"}, load(), today)), on=today)
    stood = current(ruth, today)
    ada = signed_in("therapist", "owner")
    assert ada.get("/clients/").context["people"][0][2] == stood
    ada.post("/clients/knowledge", {"version": load().version})
    assert ada.get("/clients/").context["people"][0][2] is None
