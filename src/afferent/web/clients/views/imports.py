"""Bringing a record: read whole or refused whole, laid beside the client's name and birth date, written once.

Nothing waits on the server between two steps: where name or birth date differ, nothing is written, both are shown side
by side, and the same file is sent again with a tick that says it is the same person.
"""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods
from msgspec import Struct

from afferent.errors import AfferentError
from afferent.knowledge import Knowledge
from afferent.records.fhir.who import Who, who
from afferent.records.intake import Intake
from afferent.records.read import read_bytes
from afferent.safety.evidence import Evidence
from afferent.safety.questions import met
from afferent.web.actor import note
from afferent.web.audit.chain import digest
from afferent.web.clients.about import about
from afferent.web.clients.current import current
from afferent.web.clients.find import found
from afferent.web.clients.knowing import history, write
from afferent.web.clients.models import Client, Record
from afferent.web.clients.packed import pack
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.clinics.knowledge import in_force
from afferent.web.keys import folded
from afferent.web.screening.forms import RecordForm
from afferent.words.dates import day
from afferent.words.evidence import facts_line


class Beside(Struct, frozen=True):
    """One line of the two, side by side. `same` None: the record does not say."""

    what: str
    here: str
    there: str
    same: bool | None


class Brought(Struct, frozen=True):
    """What an import did: statements new to the client, those known already, and earlier ones it takes the place of."""

    new: tuple[str, ...]
    known: int
    replaced: tuple[str, ...]
    not_understood: tuple[str, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist")
def bring(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """The form; and what came of the file."""
    person = found(client)
    context = {"client": person, "about": about(person, today_here(request)), "tab": "record", "form": RecordForm()}
    context["imports"] = Record.objects.filter(client=person, kind="import").select_related("by").order_by("-at")
    if request.method != "POST":
        note(request, "client.opened", person)
        return render(request, "clients/import.html", context)
    form = RecordForm(request.POST, request.FILES)
    context["form"] = form
    if not form.is_valid():
        fault = next(iter(errors[0] for errors in form.errors.values()))
        return render(request, "clients/import.html", context | {"fault": fault}, status=400)
    sent = form.cleaned_data["record"]
    data, name, patient = sent.read(), (sent.name or "the file")[-80:], form.cleaned_data["patient"] or None
    today, knowledge = today_here(request), in_force(request.membership.clinic)
    try:
        intake = read_bytes(data, name=name, as_of=today, knowledge=knowledge, patient=patient)
        theirs = who(name, data, patient)
    except AfferentError as error:
        return render(request, "clients/import.html", context | {"fault": str(error)}, status=400)
    lines = beside(person, theirs)
    context |= {"lines": lines, "name": name}
    if not all(line.same for line in lines) and request.POST.get("same_person") != "yes":
        return render(request, "clients/import.html", context | {"differs": True}, status=409)
    context["brought"] = _write(request, person, intake, theirs, data, knowledge)
    return render(request, "clients/import.html", context)


def beside(person: Client, theirs: Who) -> tuple[Beside, ...]:
    """Name and birth date, here and in the record."""
    same = set(folded(person.name).split()) == set(folded(theirs.name).split()) if theirs.name else None
    born = person.born == theirs.born if theirs.born and person.born else None
    return (
        Beside("Name", person.name, theirs.name or "not stated", same),
        Beside("Birth date", _day(person.born), _day(theirs.born), born),
    )


def _day(date: dt.date | None) -> str:
    return day(date) if date else "not stated"


@transaction.atomic
def _write(
    request: HttpRequest, person: Client, intake: Intake, theirs: Who, data: bytes, knowledge: Knowledge
) -> Brought:
    """Write what is new. The same record twice writes nothing."""
    rows = [row for row in history(person, knowledge) if not row.over and row.record_kind == "import"]
    imported = {digest(row.body): row for row in rows if row.fact != "age_years"}
    now = {digest(pack(one)): one for one in intake.statements if one.fact != "age_years"}
    gone = [
        row for key, row in imported.items()
        if row.kind == "evidence" and row.mark and theirs.entries.get(row.origin) == row.mark and key not in now
    ]  # fmt: skip
    new = [one for key, one in now.items() if key not in imported]
    told = {row.origin for row in rows}
    if new or gone or not told or not _beside(intake) <= set(imported):
        body = {"file": digest(data), "entries": theirs.entries, "name": theirs.name, "born": str(theirs.born or "")}
        write(person, "import", intake, on=intake.as_of, by=request.user, source=f"Patient/{theirs.id}", body=body)
        note(request, "client.imported", person, {"file": digest(data), "new": len(new), "gone": len(gone)})
        if request.membership.advised:
            current(person, today_here(request))

    return Brought(
        new=tuple(_line(one, knowledge, intake.as_of) for one in new),
        known=len(now) - len(new),
        replaced=tuple(_line(row.evidence, knowledge, intake.as_of) for row in gone),
        not_understood=intake.not_understood,
    )


def _beside(intake: Intake) -> set[str]:
    """What a record says beside its statements: what could not be read is no less to be kept."""
    told = [*map(pack, intake.antiplatelets.values()), *map(msgspec.to_builtins, intake.clearances)]
    return {digest(one) for one in [*told, *({"text": text} for text in intake.not_understood)]}


def _line(one: Evidence, knowledge: Knowledge, today: dt.date) -> str:
    return str(facts_line(met(one, knowledge.facts[one.fact].title), knowledge, today))
