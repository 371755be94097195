"""Something is said while a screening is being worked out: what was not read yet must not be called current."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, connections

from afferent.knowledge import load
from afferent.records.answers import statements
from afferent.web.clients import current as module
from afferent.web.clients.current import currents, look
from afferent.web.clients.knowing import write
from afferent.web.clients.models import Client
from afferent.web.clients.people import change
from afferent.web.scope import inside

TODAY = dt.date(2026, 11, 22)
KNOWLEDGE = load()


@pytest.fixture
def shared(transactional_db: None, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Call it when all is prepared. The threads then share a real file: SQLite locks in memory are of another kind."""
    if connection.vendor != "sqlite":
        yield lambda: None
        return
    settings, before = connections.settings["default"], connections.settings["default"]["NAME"]

    def put_into_a_file() -> None:
        import sqlite3

        with sqlite3.connect(tmp_path / "clinic.sqlite3") as file:
            connection.connection.backup(file)
        settings["NAME"] = str(tmp_path / "clinic.sqlite3")

    yield put_into_a_file
    settings["NAME"] = before


def inside_a_thread(clinic: object, act: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        try:
            with inside(clinic.id):
                act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def hazard(pk: object) -> Callable[[], object]:
    said = list(statements({"breathless_or_chest_pain": "yes"}, KNOWLEDGE, TODAY))
    return lambda: write(Client.objects.get(pk=pk), "answers", said, on=TODAY)


def a_birthday(pk: object) -> Callable[[], object]:
    return lambda: change(Client.objects.get(pk=pk), born=dt.date(1931, 5, 4), stale=True)


WAYS = {
    "one": lambda people: look(people[0], KNOWLEDGE, TODAY),
    "list of one": lambda people: currents(people[:1], TODAY),
    "list": lambda people: currents(people, TODAY),
}


@pytest.mark.parametrize("said", [hazard, a_birthday])
@pytest.mark.parametrize("way", WAYS)
def test_what_is_said_meanwhile_is_never_called_current(shared, clinic, a_client, monkeypatch, way, said) -> None:
    ruth, other = a_client(), a_client("Walter", "Lindqvist")
    shared()
    meanwhile: list[threading.Thread] = []
    right = module.screened

    def slow(client: Client, *args: object) -> object:
        """The statements are read by now, nothing is written yet."""
        if client.pk == ruth.pk and not meanwhile:
            meanwhile.append(inside_a_thread(clinic, said(ruth.pk)))
            meanwhile[0].join(0.7)  # where the writer has to wait for us, it does
        return right(client, *args)

    monkeypatch.setattr(module, "screened", slow)

    def work_out() -> None:
        WAYS[way](list(Client.objects.filter(pk__in=[ruth.pk, other.pk]).select_related("screened").order_by("given")))

    inside_a_thread(clinic, work_out).join(30)
    meanwhile[0].join(30)
    found: list[tuple[bool, bool]] = []

    def after() -> None:
        client = Client.objects.select_related("screened").get(pk=ruth.pk)
        old = client.screened
        now = currents([client], TODAY)[client.pk]
        found.append((Client.objects.get(pk=ruth.pk).stale, now.pk != old.pk))

    inside_a_thread(clinic, after).join(30)
    assert found == [(False, True)], "the screening knows what was said last"


@pytest.mark.parametrize("way", WAYS)
def test_a_birth_date_written_after_the_client_was_read_counts(shared, clinic, a_client, way) -> None:
    ruth, other = a_client(), a_client("Walter", "Lindqvist")
    shared()

    def work_out() -> None:
        people = list(Client.objects.filter(pk__in=[ruth.pk, other.pk]).select_related("screened").order_by("given"))
        inside_a_thread(clinic, a_birthday(ruth.pk)).join(30)
        WAYS[way](people)

    inside_a_thread(clinic, work_out).join(30)
    found: list[object] = []

    def after() -> None:
        before = Client.objects.select_related("screened").get(pk=ruth.pk).screened
        Client.objects.filter(pk=ruth.pk).update(stale=True)
        again = currents([Client.objects.select_related("screened").get(pk=ruth.pk)], TODAY)[ruth.pk]
        found.append((before.digest, again.digest))

    inside_a_thread(clinic, after).join(30)
    assert found[0][0] == found[0][1]
