"""The consents of a client: how each stands, and a yes or a no by one tap of equal weight."""

from __future__ import annotations

import re
import uuid

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from afferent.page.icons import icon
from afferent.web.actor import actor, note
from afferent.web.clients.about import about
from afferent.web.clients.find import found
from afferent.web.clients.models import Client
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.clinics.knowledge import in_force
from afferent.web.consents import asking
from afferent.web.consents.about import past, sentence, shown
from afferent.web.consents.models import Consent
from afferent.web.refusals import refusal


@require_safe
@allowed("therapist", "desk")
def consents(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """All five, what was answered before, and lines to sign on paper."""
    person = found(client)
    note(request, "client.opened", person)
    return _page(request, person)


def _page(request: HttpRequest, person: Client, fault: str = "", status: int = 200) -> HttpResponse:
    mine, today = request.membership, today_here(request)
    asked, rows = in_force(mine.clinic).consents, asking.rows(person)
    numb = asking.numb_now(person, today)
    standings = asking.standings((asking.entry(row) for row in rows), asked.values(), today, numb)
    context = {
        "client": person,
        "about": about(person, today),
        "tab": "consents",
        "sentence": sentence(standings, asked),
        "purposes": shown(asked, standings, mine.clinic, numb, clinical=mine.therapist),
        "past": past(rows, asked, clinical=mine.therapist),
        "helper": _helper(rows, request),
        "today": today,
        "fault": fault,
        "turn": icon("open", "turn"),
    }
    return render(request, "consents/consents.html", context, status=status)


def _helper(rows: list[Consent], request: HttpRequest) -> str:
    """Who answered for the client a moment ago: most likely the same person again. Shown, so that it can be mended."""
    mine = [row for row in rows if row.by_id == request.user.pk and row.on == today_here(request)]
    return mine[-1].helper if mine else ""


@require_POST
@allowed("therapist", "desk")
def answer(request: HttpRequest, client: uuid.UUID, purpose: str) -> HttpResponse:
    """One yes, or one no."""
    person, today = found(client), today_here(request)
    said, version = request.POST.get("answer", ""), request.POST.get("version", "")
    if purpose not in in_force(request.membership.clinic).consents:
        raise Http404
    if said not in ("yes", "no"):
        return refusal(request, "Choose yes or no; nothing is taken for granted", 400)
    how = {"on": today, "actor": actor(request), "by": request.user, "helper": request.POST.get("helper", "")}
    try:
        with transaction.atomic():
            numb = asking.numb_places(person, today)
            if said == "yes":
                asking.give(
                    person, purpose, int(version) if re.fullmatch("[0-9]{1,9}", version) else 0, numb=numb, **how
                )
            else:
                asking.withdraw(person, purpose, numb=numb, **how)
    except asking.WordingChanged as error:
        return _page(request, person, str(error), 409)
    return redirect(f"{reverse('consents', args=[person.pk])}#{purpose}")
