"""What is known about a client: written once, and read as one intake for any day.

Ask here: `write` (one act of writing, with its statements), `known` (what holds on a day, for many clients in three
queries), `history` (every statement, also those that no longer hold, and why).

Which statements hold is settled by `standing`. What was found well in a foot check counts only for as long as
`foot_tests.toml` says.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from django.db import transaction
from msgspec import Struct

from afferent.knowledge import Knowledge, load
from afferent.records.answered import reassures, still_held
from afferent.records.dates import Span, adult_age
from afferent.records.gathering import two_antiplatelets
from afferent.records.intake import Intake
from afferent.records.letters.answer_form import Reading
from afferent.records.letters.counted import with_unverified
from afferent.safety.evidence import Clearance, Evidence
from afferent.web.accounts.models import User
from afferent.web.audit.chain import digest
from afferent.web.clients.models import Client, Record, Statement
from afferent.web.clients.packed import pack
from afferent.web.clients.standing import Imports, Row, is_answer, standing
from afferent.web.letters.unverified import unverified


class Known(Struct, frozen=True):
    """What holds on a day. `lapsed`: fact -> what was answered earlier and only reassured: to be asked again today.

    `upto`: the last statement that was read.
    """

    intake: Intake
    lapsed: dict[str, Evidence] = {}
    upto: int = 0


@transaction.atomic
def write(
    client: Client,
    kind: str,
    said: Intake | Iterable[Evidence] = (),
    *,
    on: dt.date,
    by: User | None = None,
    helper: str = "",
    source: str = "",
    body: Mapping[str, Any] | None = None,
) -> Record:
    """Write what was brought in, all of it or nothing. The client's screening is no longer current after it."""
    record = Record(
        client=client, kind=kind, on=on, by=by, helper=helper, source=source[:120], body=dict(body or {}),
    )  # fmt: skip
    rows = list(_rows(client, record, said))
    record.digest = digest([row.body for row in rows])
    record.save()
    Statement.objects.bulk_create(rows)
    Client.objects.filter(pk=client.pk).update(stale=True)
    client.stale = True
    return record


def _rows(client: Client, record: Record, said: Intake | Iterable[Evidence]) -> Iterator[Statement]:
    """The statements of an intake, each as a row."""
    intake = said if isinstance(said, Intake) else None
    for one in intake.statements if intake else said:  # type: ignore[union-attr]
        if one.fact != "antiplatelet_two" or one.kind != "drug":  # counted afresh from everything that is taken
            yield _row(client, record, "evidence", one.fact, one.origin, pack(one))
    if intake is None:
        return
    for name, one in intake.antiplatelets.items():
        yield _row(client, record, "antiplatelet", name, one.origin, pack(one))
    for clearance in intake.clearances:
        yield _row(client, record, "clearance", "", clearance.origin, msgspec.to_builtins(clearance))
    for text in intake.not_understood:
        yield _row(client, record, "not_understood", "", text.partition(":")[0], {"text": text})
    for text in intake.notes:
        yield _row(client, record, "note", "", "", {"text": text})


def _row(client: Client, record: Record, kind: str, fact: str, origin: str, body: Any) -> Statement:
    return Statement(client=client, record=record, kind=kind, fact=fact[:60], origin=origin[:200], body=body)


def known(clients: Iterable[Client], knowledge: Knowledge, today: dt.date) -> dict[uuid.UUID, Known]:
    """What holds on a day for each of them. Three queries however many they are. Raises Refusal for a child."""
    people = {client.pk: client for client in clients}
    rows, imports = _read(people)
    waits = unverified(people, knowledge)
    return {
        pk: _known(
            client, standing(rows.get(pk, []), imports.get(pk, []), knowledge), knowledge, today, waits.get(pk, ())
        )
        for pk, client in people.items()
    }


def history(client: Client, knowledge: Knowledge | None = None) -> list[Row]:
    """Every statement ever made about a client, the latest first, with why it no longer holds."""
    rows, imports = _read({client.pk: client})
    return standing(rows.get(client.pk, []), imports.get(client.pk, []), knowledge or load())[::-1]


def _read(people: Iterable[uuid.UUID]) -> tuple[dict[uuid.UUID, list[Row]], dict[uuid.UUID, Imports]]:
    wanted = list(people)
    fields = ("client_id", "id", "record_id", "record__kind", "kind", "fact", "origin", "body", "replaces_id")
    rows: dict[uuid.UUID, list[Row]] = {}
    for client, *rest in Statement.objects.filter(client_id__in=wanted).order_by("id").values_list(*fields):
        rows.setdefault(client, []).append(Row(*rest))
    imports: dict[uuid.UUID, Imports] = {}
    brought = (
        Record.objects.filter(client_id__in=wanted, kind="import").order_by("at").values_list("client_id", "id", "body")
    )
    for client, record, body in brought:
        entries = body.get("entries")  # a list of ids alone, as they were kept once, tells no entry from another
        imports.setdefault(client, []).append((record, entries if isinstance(entries, dict) else {}))
    return rows, imports


def _known(
    client: Client, rows: list[Row], knowledge: Knowledge, today: dt.date, waits: tuple[Reading, ...] = ()
) -> Known:
    """`waits`: clinicians' answers that nobody has verified; of these only what they hold back counts."""
    held = [row for row in rows if not row.over]
    together = _together(held)
    said = [
        _told(row, together)
        for row in held
        if row.kind == "evidence" and row.fact in knowledge.facts and not _found_well_long_ago(row, knowledge, today)
    ]
    if client.born:
        said = [one for one in said if one.fact != "age_years"]
        years = adult_age(Span(client.born, client.born), today)
        said.append(Evidence("age_years", years, None, "client", f"born {client.born}", "answer"))
    antiplatelets = {row.fact: row.evidence for row in held if row.kind == "antiplatelet"}
    said += two_antiplatelets(antiplatelets)
    statements = still_held(said, knowledge, today)
    held_still = set(statements)
    intake = Intake(
        subject=str(client.pk),
        as_of=today,
        statements=statements,
        age=next((one for one in statements if one.fact == "age_years"), None),
        clearances=tuple(msgspec.convert(row.body, Clearance) for row in held if row.kind == "clearance"),
        not_understood=tuple(row.body["text"] for row in held if row.kind == "not_understood"),
        notes=tuple(row.body["text"] for row in held if row.kind == "note"),
        antiplatelets=antiplatelets,
    )
    lapsed = {one.fact: one for one in said if one not in held_still}
    if waits:
        intake = with_unverified(intake, waits, knowledge)
    return Known(intake, lapsed, upto=rows[-1].id if rows else 0)


def _together(held: list[Row]) -> set[str]:
    """The facts of which answers of several acts of writing hold together."""
    told: dict[str, set[uuid.UUID]] = {}
    for row in held:
        if is_answer(row):
            told.setdefault(row.fact, set()).add(row.record)
    return {fact for fact, records in told.items() if len(records) > 1}


def _told(row: Row, together: set[str]) -> Evidence:
    """The statement of a row. Of answers that hold together none replaces another, whatever their days."""
    if row.fact in together and is_answer(row):
        return msgspec.structs.replace(row.evidence, teller=str(row.record))
    return row.evidence


def _found_well_long_ago(row: Row, knowledge: Knowledge, today: dt.date) -> bool:
    """A foot check that found something well counts for a while only."""
    if row.record_kind != "foot_check" or not reassures(row.evidence, knowledge):
        return False
    found = row.evidence.date
    return found is None or (today - found).days > knowledge.foot_tests["found_well"].threshold
