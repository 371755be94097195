"""The card for touch at home: one page to print, from the limits of today; and a clinician's yes to numb places."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from afferent.errors import InputError
from afferent.page.icons import icon
from afferent.safety.screening import Screening
from afferent.visit.home import home_card
from afferent.web.actor import actor, note
from afferent.web.clients.current import current, whole
from afferent.web.clients.find import found
from afferent.web.clients.models import Client
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.notes.home_yes import give, read, standing, take_back
from afferent.web.refusals import refusal
from afferent.words.consents import long_day
from afferent.words.home import card_words


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist", advised=True)
def home_touch(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """The card. Where the screening is closed or a question is open it says so, and names no place. POST writes down
    that a clinician said yes to numb places, or takes that back."""
    person, today = found(client), today_here(request)
    screening = whole(current(person, today), today)
    if screening is None:
        return refusal(request, "Nothing can be worked out for this client, so there is no card", 409)
    if request.method == "POST":
        return _written(request, person, screening)
    return _page(request, person, screening)


def _written(request: HttpRequest, person: Client, screening: Screening) -> HttpResponse:
    today = today_here(request)
    how = {"today": today, "by": request.user, "actor": actor(request)}
    match request.POST.get("do"):
        case "agreed":
            if not home_card(screening).ask_numb:
                return _page(request, person, screening, "No numb place is waiting for a yes today.", 409)
            try:
                give(person, read(request.POST.dict(), today), screening, **how)
            except InputError as fault:
                return _page(request, person, screening, str(fault), 400)
        case "taken_back":
            if standing(person, screening, today):
                take_back(person, **how)
        case _:
            return _page(request, person, screening, "That button is not known here. Load the page again.", 400)
    return redirect("home_touch", client=person.pk)


def _page(
    request: HttpRequest, person: Client, screening: Screening, fault: str = "", status: int = 200
) -> HttpResponse:
    today = today_here(request)
    yes = standing(person, screening, today)
    card = home_card(screening, numb_agreed=yes is not None)
    note(request, "home.made", person, [place.region for place in card.places])
    context = {
        "client": person,
        "card": card,
        "words": card_words(card),
        "on": long_day(today),
        "knowledge": screening.knowledge,
        "yes": yes if card.numb else None,
        "said_on": long_day(yes.on) if yes else "",
        "until": long_day(yes.until) if yes else "",
        "sent": request.POST,
        "today": today,
        "fault": fault,
        "turn": icon("open", "turn"),
    }
    return render(request, "notes/home.html", context, status=status)
