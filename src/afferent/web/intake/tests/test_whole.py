"""A whole intake, from the link to the record."""

from __future__ import annotations

from afferent.web.clients.models import Record, Statement
from afferent.web.intake.models import Draft, Link
from afferent.web.intake.tests.walk import begun


def test_nothing_to_tell(a_client) -> None:
    client = a_client()
    phone = begun(client)
    phone.through({})
    assert phone.at == "read-back"
    phone.send()
    assert phone.at == "done"
    record = Record.objects.get(client=client)
    assert (record.kind, record.by, record.source) == ("intake", None, "the intake, by link")
    assert Statement.objects.filter(record=record).count() > 80
    assert Draft.objects.get().finished_at is not None
    assert Link.objects.get().used_at is not None
