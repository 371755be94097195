"""The same search with what a screening asks for: for a therapist who looks for a client, and for the client's link.

Only which training is needed goes on to the search, with its sentence why; no name, and nothing else of the screening.
"""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_safe

from afferent.directory.needs import Needs, from_screening
from afferent.web.clients.current import current, whole
from afferent.web.clients.models import Client
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today
from afferent.web.clinics.models import Clinic
from afferent.web.directory.asking import Asked
from afferent.web.directory.views.find import form
from afferent.web.intake.models import Link
from afferent.web.intake.views.access import of_client


@require_safe
@allowed("therapist", advised=True)
def client_find(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """For a client of the clinic."""
    one = get_object_or_404(Client, pk=client)
    return form(request, _asked(one, request.membership.clinic), screened=f"The screening of {one.name}")


@of_client(closed=True)
@require_GET
def intake_find(request: HttpRequest, link: Link) -> HttpResponse:
    """For whoever sent their own answers by this link; where the clinic works nothing out, the plain questions."""
    one = get_object_or_404(Client, pk=link.client_id)
    asked = _asked(one, link.clinic) if link.clinic.decides and link.used_at else Asked()
    return form(request, asked, screened="What your answers say", by_link=True)


def _asked(client: Client, clinic: Clinic) -> Asked:
    day = today(clinic)
    screening = whole(current(client, day), day)
    if screening is None:
        return Asked()
    return Asked(training=from_screening(Needs(lat=0, lon=0, as_of=day), screening).training)
