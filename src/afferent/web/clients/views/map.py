"""The map: where what is felt, layer by layer, with the map before it as a ghost."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from afferent.knowledge import Knowledge
from afferent.page.body_map import map_picture
from afferent.records.body_map import BodyMap, body_map, choir_keys
from afferent.records.map_words import changes, spoken
from afferent.web.actor import note
from afferent.web.clients.about import about
from afferent.web.clients.find import found
from afferent.web.clients.models import Client, Record
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.clinics.knowledge import in_force


@require_safe
@allowed("therapist")
def layers(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """Every layer that was answered; one at a time is drawn."""
    person = found(client)
    note(request, "client.opened", person)
    knowledge = in_force(request.membership.clinic)
    drawn = maps(person, knowledge)
    now, before = [*drawn, None, None][:2]
    chosen = knowledge.layers.get(request.GET.get("layer", "")) or next(iter(knowledge.layers.values()))
    context = {
        "client": person,
        "about": about(person, today_here(request)),
        "tab": "map",
        "layers": knowledge.layers.values(),
        "chosen": chosen,
        "map": now,
        "picture": map_picture(now[1], chosen, yours=False, ghost=before[1] if before else None) if now else "",
        "spoken": spoken(now[1], knowledge) if now else (),
        "changed": changes(before[1], now[1], knowledge) if now and before else (),
        "choir": choir_keys(now[1], chosen.id) if now else "",
    }
    return render(request, "clients/map.html", context)


def maps(person: Client, knowledge: Knowledge, most: int = 2) -> list[tuple[Record, BodyMap]]:
    """The latest maps, the newest first: drawn in an intake, or by themselves."""
    found = Record.objects.filter(client=person, kind__in=("intake", "map")).order_by("-at")
    records = [one for one in found[: most + 2] if one.body.get("map")]
    return [(one, body_map(one.body["map"], knowledge)) for one in records[:most]]
