"""One client's data as a whole: to take along, and to erase. For the owner, who answers for it."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from afferent.web.actor import actor, note
from afferent.web.audit.chain import digest
from afferent.web.clients.about import about
from afferent.web.clients.erase import REASONS, Kept, erase, kept_until
from afferent.web.clients.export import export
from afferent.web.clients.find import found
from afferent.web.clients.models import Client
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.keys import folded


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("owner")
def data(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """The page; `do=export` gives the file, `do=erase` erases."""
    person = found(client)
    if request.method != "POST":
        note(request, "client.opened", person)
        return _page(request, person)
    if request.POST.get("do") == "export":
        return _exported(request, person)
    return _erased(request, person)


def _exported(request: HttpRequest, person: Client) -> HttpResponse:
    made = export(person, timezone.now())
    note(request, "client.exported", person, {"sha256": digest(made)})
    response = HttpResponse(made, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="client.json"'
    return response


def _erased(request: HttpRequest, person: Client) -> HttpResponse:
    """Only with the name typed, letter for letter but for case and accents."""
    given = {name: request.POST.get(name, "").strip()[:300] for name in ("name", "reason", "earlier")}
    if folded(given["name"]) != folded(to_type(person)):
        return _page(request, person, given, {"name": f"This is not the name. Type {to_type(person)} to erase."})
    if given["reason"] not in REASONS:
        return _page(request, person, given, {"reason": "Choose why it is erased."})
    try:
        done = erase(person, actor(request), given["reason"], now=timezone.now(), override_reason=given["earlier"])
    except Kept as kept:
        return _page(request, person, given, {"earlier": f"{kept}."}, status=409)
    rows = [(count, name) for name, count in done.rows.items()]
    return render(request, "clients/erased.html", {"done": done, "rows": rows, "reason": REASONS[given["reason"]]})


def to_type(person: Client) -> str:
    """What is typed to erase: the family name, or the only name there is."""
    return person.family or person.given


def _page(
    request: HttpRequest,
    person: Client,
    given: dict[str, str] | None = None,
    faults: dict[str, str] | None = None,
    status: int = 400,
) -> HttpResponse:
    today, until = today_here(request), kept_until(person)
    context = {
        "client": person,
        "about": about(person, today),
        "tab": "data",
        "to_type": to_type(person),
        "until": until,
        "still_kept": today < until,
        "reasons": REASONS.items(),
        "given": given or {},
        "faults": faults or {},
    }
    return render(request, "clients/data.html", context, status=status if faults else 200)
