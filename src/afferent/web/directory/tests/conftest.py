"""A small directory beside the clinic's database: a file, or a schema of the same PostgreSQL. Rosalind, Teodor and Ida
near Minneapolis, Mei in a state that needs a licence."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection

from afferent.directory.model import Known, Licence, Spot, Therapist
from afferent.directory.store import Directory
from afferent.directory.zips import Place
from afferent.web.directory.opened import let_go
from afferent.web.testing import postgres

DAY = dt.date(2026, 11, 20)
MINNEAPOLIS = Spot("Minneapolis", "MN", "55401", 44.98, -93.27)
PLACES = (
    Place("55401", "Minneapolis", "MN", 44.98, -93.27), Place("55102", "Saint Paul", "MN", 44.94, -93.1),
    Place("62701", "Springfield", "IL", 39.8, -89.65), Place("65801", "Springfield", "MO", 37.2, -93.3),
    Place("54701", "Eau Claire", "WI", 44.8, -91.5), Place("99723", "Utqiagvik", "AK", 71.29, -156.78),
)  # fmt: skip


def known(value: object, standing: str = "verified") -> Known:
    return Known(value, standing, DAY, "saw the certificate" if standing == "verified" else "")


PEOPLE = (
    Therapist(
        "npi:1234567893", "Rosalind Quay", (MINNEAPOLIS,),
        {"neuropathy_hours": known(24), "neuropathy_year": known(2025), "step_free": known(True, "declared")},
        (Licence("MN", "MT1"),), label="listed in the national register as a massage therapist", phone="612 555 0101",
        source="register",
    ),
    Therapist("own:teodor", "Teodor Lindqvist", (MINNEAPOLIS,), {"oncology_training": known(True, "declared")}),
    Therapist("own:ida m/é", "Ida <b>Marsh</b>", (Spot("Saint Paul", "MN", "55102", 44.94, -93.1),)),
    Therapist(
        "own:mei", "Mei Tran", (Spot("Eau Claire", "WI", "54701", 44.8, -91.5),), {}, (Licence("WI", "9", "lapsed"),)
    ),
)  # fmt: skip


@pytest.fixture
def directory(db: None, settings: object, tmp_path: Path) -> Iterator[Directory]:
    """Open, and named in the settings. Its own connection: what a test leaves uncommitted is not in it."""
    cache.clear()
    schema = f"t{uuid.uuid4().hex}"
    if connection.vendor == "postgresql":
        url = postgres.started().rpartition("/")[0] + f"/{connection.settings_dict['NAME']}"
        settings.DIRECTORY, settings.DIRECTORY_SCHEMA = url, schema
    else:
        settings.DIRECTORY = tmp_path / "directory.sqlite3"
    made = Directory.open(settings.DIRECTORY, make=True, schema=settings.DIRECTORY_SCHEMA)
    with made:
        made.know(PLACES)
        for one in PEOPLE:
            made.put(one, street="1 Home Street" if one.id.startswith("npi") else None)
        made.reached_by("own:teodor", "teodor@example.org")
    yield made
    let_go()
    if connection.vendor == "postgresql":
        made.db.run(f"DROP SCHEMA {schema} CASCADE")
    made.close()


@pytest.fixture
def codes(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Every code that went out: to whom, and the eight digits."""
    sent: list[tuple[str, str]] = []

    class Carrier:
        def send(self, letter: object) -> None:
            sent.append((letter.to, letter.text[:9].replace(" ", "")))

    monkeypatch.setattr("afferent.web.directory.proof.sender", lambda channel: Carrier())
    return sent
