"""The record of an incident, a near miss or a wound that was found; and the register of all of them, for the owner."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from afferent.page.icons import icon
from afferent.visit.incident import Incident, prefill
from afferent.web.actor import actor, note
from afferent.web.book.models import Visit
from afferent.web.clinics.access import allowed
from afferent.web.clinics.knowledge import in_force
from afferent.web.live.store import stream
from afferent.web.notes import incident_form as form
from afferent.web.notes.incidents import Record, counts, of_visit, register, table, write
from afferent.web.notes.models import Incident as Row
from afferent.web.notes.views.of_visit import booked


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist", "owner")
def incident(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """The records of this visit, and a form for one more, filled in with what the events know."""
    found = booked(visit)
    if request.method == "POST":
        return _written(request, found, None)
    note(request, "incident.opened", found)
    return _page(request, found, _prefilled(request, found))


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist", "owner")
def follow_up(request: HttpRequest, visit: uuid.UUID, record: uuid.UUID) -> HttpResponse:
    """What became of it: the same form with what is known, written as a new entry."""
    found = booked(visit)
    first = get_object_or_404(Row, pk=record, visit=found, follows=None)
    if request.method == "POST":
        return _written(request, found, first)
    note(request, "incident.opened", found)
    known = next(one.now for one in of_visit(found) if one.first.pk == first.pk)
    return _page(request, found, form.fields_of(known, found.client.clinic.zone), first=first)


def _prefilled(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    """What the events know. Where they know of nothing, nobody has said what kind it is."""
    events = stream(visit.session.pk) if hasattr(visit, "session") else []
    known = prefill(events, reported_by=request.user.name)
    zone = visit.client.clinic.zone
    if known is not None:
        return form.fields_of(known, zone)
    return form.fields_of(Incident("incident", visit.starts_at, reported_by=request.user.name), zone) | {"kind": ""}


def _written(request: HttpRequest, visit: Visit, first: Row | None) -> HttpResponse:
    sent = form.read(dict(request.POST.lists()), visit.client.clinic.zone, in_force(request.membership.clinic))
    if sent.incident is None:
        return _page(request, visit, sent.fields, first=first, faults=sent.faults)
    write(visit, sent.incident, by=request.user, actor=actor(request), now=timezone.now(), follows=first)
    return redirect("incident", visit=visit.pk)


def _page(
    request: HttpRequest,
    visit: Visit,
    fields: dict[str, Any],
    *,
    first: Row | None = None,
    faults: dict[str, str] | None = None,
) -> HttpResponse:
    knowledge = in_force(request.membership.clinic)
    own, others = form.places(fields["regions"])
    context = {
        "visit": visit,
        "client": visit.client,
        "records": [] if first else of_visit(visit),
        "first": first,
        "fields": fields,
        "faults": faults or {},
        "kinds": form.KINDS.items(),
        "severities": form.SEVERITY.items(),
        "unsure": form.UNSURE.items(),
        "feels": form.FEELS.items(),
        "outcomes": form.OUTCOME.items(),
        "whom": [(key, word, fields["told"].get(key, "")) for key, word in form.WHOM.items()],
        "own_places": own,
        "places": others,
        "choices": form.choices(knowledge),
        "session": visit.session if hasattr(visit, "session") else None,
        "turn": icon("open", "turn"),
    }
    return render(request, "notes/incident.html", context, status=400 if faults else 200)


@require_safe
@allowed("owner")
def incidents(request: HttpRequest) -> HttpResponse:
    """Every record of the clinic, counted apart."""
    note(request, "incidents.listed")
    records: list[Record] = register()
    context = {"records": records, "counts": counts(records), "zone": request.membership.clinic.time_zone}
    return render(request, "notes/incidents.html", context)


@require_safe
@allowed("owner")
def incidents_file(request: HttpRequest) -> HttpResponse:
    """The same as a table, without a name of anybody."""
    note(request, "incidents.listed", "", "file")
    response = HttpResponse(table(register()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="incidents.csv"'
    return response
