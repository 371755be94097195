"""Newer knowledge: whose limits would change, before it is switched on."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from msgspec import Struct

from afferent.knowledge import load
from afferent.safety.compare import compare
from afferent.web.actor import note
from afferent.web.clients.current import screened, whole
from afferent.web.clients.knowing import known
from afferent.web.clients.models import Client
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.clinics.knowledge import behind, in_force, readable, switch
from afferent.words.changes import Line, changes

PAGE = 100  # clients compared at once; the next hundred by a link


class Differs(Struct, frozen=True):
    """One client whose limits would change."""

    client: Client
    lines: tuple[Line, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("owner")
def upgrade(request: HttpRequest) -> HttpResponse:
    """GET: who would be treated otherwise. POST: switch it on. What would change is for advised therapists only; where
    a clinic keeps records, nothing is worked out for it either.
    """
    clinic = request.membership.clinic
    new = load()
    if request.method == "POST":
        if behind(clinic) and request.POST.get("version") == new.version:
            with transaction.atomic():
                switch(clinic)
                note(request, "knowledge.switched", f"clinic:{clinic.pk}", new.version)
        return redirect("upgrade")
    context = {"clinic": clinic, "now": in_force(clinic).version, "new": new.version, "behind": behind(clinic),
               "readable": readable(clinic)}  # fmt: skip
    context["decides"], context["advised"] = clinic.decides, request.membership.advised
    if behind(clinic) and clinic.decides:
        after = request.GET.get("after", "")[:300]
        people = list(Client.objects.filter(archived_at=None, sort_key__gt=after).order_by("sort_key")[: PAGE + 1])
        context["then"] = people[PAGE - 1].sort_key if len(people) > PAGE else ""
        context["differ"] = differing(request, people[:PAGE])
        context["seen"] = len(people[:PAGE])
        note(request, "knowledge.compared", f"clinic:{clinic.pk}", new.version)
    return render(request, "clients/upgrade.html", context)


def differing(request: HttpRequest, people: list[Client]) -> list[Differs]:
    """Those among them whose limits or decision would change, with what would."""
    clinic, today = request.membership.clinic, today_here(request)
    old, new = in_force(clinic), load()
    before, after = known(people, old, today), known(people, new, today)
    found = []
    for client in people:
        first = whole(screened(client, before[client.pk], old))
        last = whole(screened(client, after[client.pk], new))
        if first is None or last is None:
            continue
        comparison = compare(first, last)
        if not comparison.same:
            found.append(Differs(client, changes(comparison, new)))
    return found
