"""One client: who it is, and, for whoever is advised, what holds today."""

from __future__ import annotations

import uuid
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from afferent.page.controls import AnswerForm
from afferent.page.icons import icon
from afferent.page.questions import worth_asking
from afferent.web.actor import note
from afferent.web.clients.about import about
from afferent.web.clients.current import current, whole
from afferent.web.clients.find import found
from afferent.web.clients.models import Client, Screened
from afferent.web.clients.sheet import REASONS, sheet
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.clinics.knowledge import in_force
from afferent.web.clinics.models import Membership
from afferent.web.consents.about import lines as not_agreed
from afferent.web.consents.asking import numb_in, numb_now
from afferent.web.intake.unsent import unsent

_STOP: Final = icon("stop", "shape")


@require_safe
@allowed("therapist", "desk", "owner")
def client(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """The page of a client, as much of it as the role may see. `since`: a screening to compare with."""
    person = found(client)
    note(request, "client.opened", person)
    return page(request, person)


def page(
    request: HttpRequest,
    person: Client,
    *,
    given: dict[str, tuple[str, ...]] | None = None,
    faults: dict[str, str] | None = None,
) -> HttpResponse:
    """The page, with what was wrong about answers, if anything."""
    mine = request.membership
    today = today_here(request)
    person.clinic = mine.clinic  # read already, with the membership
    context: dict[str, object] = {"client": person, "about": about(person, today), "tab": "now"}
    context |= {"unsent": unsent(person, mine.clinic, timezone.now(), clinical=mine.advised), "stop": _STOP}
    if not mine.advised:
        numb = numb_now(person, today)
        context["consents"] = not_agreed(person, today, numb, clinical=mine.therapist) if _may_ask(mine) else ()
        return render(request, "clients/record_only.html" if mine.therapist else "clients/contact.html", context)
    since = _since(request, person)
    shown = sheet(person, mine, today, get_token(request), since=since, given=given, faults=faults)
    context["consents"] = missing = not_agreed(person, today, numb_in(shown.told.intake, shown.knowledge, today))
    context["massage"] = next((one.words for one in missing if one.purpose == "treatment" and not shown.closed), "")
    nothing = request.GET.get("saved") == "nothing"
    context |= {"sheet": shown, "reasons": REASONS, "faults": len(faults or {}), "nothing": nothing}
    return render(request, "clients/client.html", context, status=400 if faults else 200)


def _may_ask(mine: Membership) -> bool:
    return mine.therapist or mine.desk


def _since(request: HttpRequest, person: Client) -> Screened | None:
    number = a_number(request.GET.get("since", ""))
    return Screened.objects.filter(client=person, pk=number).first() if number is not None else None


def a_number(text: str) -> int | None:
    """The number of a row in an address, or nothing."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


@require_safe
@allowed("therapist", advised=True)
def further(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """The questions that are also worth asking: brought when they are opened."""
    person = found(client)
    note(request, "client.opened", person)
    knowledge, today = in_force(request.membership.clinic), today_here(request)
    screening = whole(current(person, today), today)
    form = AnswerForm(reverse("client_answers", args=[person.pk]), get_token(request))
    cards = worth_asking(screening, knowledge, form) if screening else ""
    return render(request, "clients/further.html", {"client": person, "cards": cards, "tab": "now"})
