"""Addresses of calendars: one's own, and a client's. Shown once, copied, renewed or taken back in one tap."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from afferent.page.qr import qr
from afferent.web.actor import note
from afferent.web.clients.about import about
from afferent.web.clients.find import found
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.post.doors import make, open_one, withdraw
from afferent.web.post.manners import manner


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist")
def own(request: HttpRequest) -> HttpResponse:
    """A therapist's own visits in a calendar on their phone."""
    return _page(request, "therapist", {"user": request.user}, {"names": manner().get_names_display()})


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist", "desk")
def of_client(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """A client's own visits."""
    person = found(client)
    if request.method != "POST":
        note(request, "client.opened", person)
    context = {"client": person, "about": about(person, today_here(request)), "tab": "messages"}
    return _page(request, "client", {"client": person.pk}, context)


def _page(request: HttpRequest, what: str, whose: dict[str, Any], context: dict[str, Any]) -> HttpResponse:
    do = request.POST.get("do", "") if request.method == "POST" else ""
    if do == "withdraw":
        withdraw(what, by=request.user, now=timezone.now(), **whose)
        return redirect(request.path)
    made = _made(request, what, whose) if do == "make" else None
    context |= {"made": made, "door": open_one(what, **whose), "whose": what}
    response = render(request, "post/calendar.html", context)
    response["Referrer-Policy"] = "same-origin"
    return response


def _made(request: HttpRequest, what: str, whose: dict[str, Any]) -> dict[str, object]:
    """The address, this once, also as one that opens the calendar of a phone or computer."""
    _, secret = make(what, by=request.user, now=timezone.now(), **whose)
    where = request.build_absolute_uri(reverse("calendar_feed", args=[secret]))
    subscribe = f"webcal{where[where.index(':') :]}"
    return {
        "address": where,
        "subscribe": subscribe,
        "qr": qr(subscribe, "The calendar’s address as a code for a phone"),
        "here_only": request.get_host().partition(":")[0] in ("localhost", "127.0.0.1", "[::1]"),
    }
