"""A client's scores as a table: taken along, brought, and an empty one to fill in."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from afferent.errors import InputError
from afferent.records.scores import read_bytes, template
from afferent.web.actor import note
from afferent.web.clinics.access import allowed
from afferent.web.outcomes.bringing import brought, person_of, table
from afferent.web.outcomes.keeping import keep_all
from afferent.web.outcomes.views.of_client import Page, now, page_of, staff

LARGEST: Final = 2**20


@require_safe
@allowed("therapist")
def taken(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """Every score that holds, as CSV."""
    page = page_of(request, client, whole=True)
    note(request, "scores.exported", page.person)
    return _csv(table(page.found, page.measures), "scores.csv")


@require_safe
@allowed("therapist")
def empty(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """A table to start from."""
    page = page_of(request, client)
    note(request, "scores.printed", page.person)
    return _csv(template(page.today), "diary.csv")


def _csv(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist")
def bring(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """Read whole and kept, or refused. What is set aside, or names somebody, is shown first and then asked for once
    more: nothing waits on the server in between."""
    page = page_of(request, client)
    if request.method != "POST":
        note(request, "outcome.opened", page.person)
        return _page(request, page)
    sent = request.FILES.get("scores")
    try:
        if sent is None:
            raise InputError("Choose a file with scores first")
        if (sent.size or 0) > LARGEST:
            raise InputError(f"{str(sent.name)[-80:]}: larger than {LARGEST >> 20} MB; keep the rows of this client")
        name = (sent.name or "the file")[-80:]
        scores = read_bytes(sent.read(), name=name, today=page.today, measures=page.measures)
        person, told = person_of(scores), brought(scores, page.measures)
    except InputError as fault:
        return _page(request, page, {"fault": f"{fault}."}, 400)
    asks: dict[str, Any] = {
        "faults": scores.faults,
        "person": person if person not in ("", str(page.person.pk)) else "",
        "rows": len(told),
        "name": name,
    }
    if (asks["faults"] or asks["person"]) and request.POST.get("sure") != "yes":
        return _page(request, page, asks | {"asks": True}, 409)
    kept = keep_all(page.person, told, staff(request, "file"), now=now(), action="scores.imported")
    new = sum(one.new for one in kept)
    return _page(request, page, asks | {"kept": True, "new": new, "known": len(kept) - new})


def _page(request: HttpRequest, page: Page, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    return render(request, "outcomes/bring.html", page.context() | (more or {}), status=status)
