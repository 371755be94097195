"""The screening as one self-contained page, to keep or print."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from afferent.page import page
from afferent.web.actor import note
from afferent.web.book.about import which
from afferent.web.clients.current import current, whole
from afferent.web.clients.find import found
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.clinics.knowledge import in_force
from afferent.web.intake.unsent import in_alarm
from afferent.web.refusals import refusal

_ALARM = "Answers on a phone, not sent yet, call for help first; a page from before would not say so"


@require_safe
@allowed("therapist", advised=True)
def printed(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """A file, never cached, with the client's name on every sheet."""
    person, today = found(client), today_here(request)
    screening = whole(current(person, today), today)
    if screening is None:
        return refusal(request, "Nothing can be worked out for this client, so there is nothing to print", 409)
    if person.pk in in_alarm([person.pk], request.membership.clinic):
        return refusal(request, _ALARM, 409)
    note(request, "client.printed", person)
    knowledge = in_force(request.membership.clinic)
    text = page(screening, knowledge, title=person.name, invented=person.invented, visit=which(person, today))
    response = HttpResponse(text, content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="screening.html"'
    return response
