"""A client's links, for therapist and front desk: make one, show it once, take one back."""

from __future__ import annotations

import uuid
from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from afferent.page.qr import qr
from afferent.web.actor import note
from afferent.web.clients.about import about
from afferent.web.clients.find import found
from afferent.web.clients.models import Client
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.intake.links import HOURS, make, open_ones, read_aloud, withdraw
from afferent.web.intake.models import Link
from afferent.web.intake.words import until


@require_http_methods(["GET", "POST"])
@allowed("therapist", "desk")
def client_link(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """The page. A new link is shown in the answer to "Make a link", and never again."""
    person = found(client)
    if request.method == "POST" and request.POST.get("withdraw"):
        with suppress(ValueError):
            withdraw(person, uuid.UUID(request.POST["withdraw"]), request.user)
        return redirect("client_link", client=person.pk)
    made = _made(request, person) if request.method == "POST" else None
    if made is None:
        note(request, "client.opened", person)
    context = {
        "client": person, "about": about(person, today_here(request)), "tab": "link",
        "made": made, "links": list(open_ones(person)), "hours": HOURS,
    }  # fmt: skip
    response = render(request, "intake/link.html", context)
    response["Referrer-Policy"] = "same-origin"
    return response


def _made(request: HttpRequest, client: Client) -> dict[str, object]:
    link, secret = make(client, request.user)
    address = request.build_absolute_uri(reverse("intake_open", args=[read_aloud(secret)]))
    return {
        "id": link.pk,
        "address": address,
        "letters": read_aloud(secret).split("-"),
        "typed": request.build_absolute_uri(reverse("intake_typed")),
        "qr": qr(address, "The link as a code for a phone"),
        "until": until(Link.objects.select_related("clinic").get(pk=link.pk)),
        "here_only": request.get_host().partition(":")[0] in ("localhost", "127.0.0.1", "[::1]"),
    }
