"""The card for touch at home: one page to print, from the limits of today."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from afferent.visit.home import home_card
from afferent.web.actor import note
from afferent.web.clients.current import current, whole
from afferent.web.clients.find import found
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.refusals import refusal
from afferent.words.consents import long_day
from afferent.words.home import card_words


@require_safe
@allowed("therapist", advised=True)
def home_touch(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """The card. Where the screening is closed or a question is open it says so, and names no place."""
    person, today = found(client), today_here(request)
    screening = whole(current(person, today), today)
    if screening is None:
        return refusal(request, "Nothing can be worked out for this client, so there is no card", 409)
    card = home_card(screening)
    note(request, "home.made", person, [place.region for place in card.places])
    context = {
        "client": person,
        "card": card,
        "words": card_words(card),
        "on": long_day(today),
        "knowledge": screening.knowledge,
    }
    return render(request, "notes/home.html", context)
