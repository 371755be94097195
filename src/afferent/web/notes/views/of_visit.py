"""The visit of an address, with its session, for the pages around it."""

from __future__ import annotations

import uuid

from django.http import Http404
from django.shortcuts import get_object_or_404

from afferent.web.book.models import Visit
from afferent.web.live.models import Session


def opened(visit: uuid.UUID) -> Session:
    """The session of a visit that was opened. Raises Http404."""
    found = Session.objects.select_related("client__clinic", "client__screened", "therapist", "screened", "visit")
    session = found.filter(visit_id=visit).first()
    if session is None:
        raise Http404
    return session


def booked(visit: uuid.UUID) -> Visit:
    """A visit, opened or not. Raises Http404."""
    found: Visit = get_object_or_404(Visit.objects.select_related("client__clinic", "therapist", "session"), pk=visit)
    return found
