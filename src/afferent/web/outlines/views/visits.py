"""The visit of an address, as the pages of outlines need it."""

from __future__ import annotations

import uuid

from django.http import Http404

from afferent.web.book.models import Visit


def booked(pk: uuid.UUID) -> Visit:
    """A visit that is booked or took place, with client and therapist. Raises Http404."""
    found = Visit.objects.select_related("client__screened", "therapist", "session").filter(pk=pk).first()
    if found is None or found.state not in ("booked", "done"):
        raise Http404
    return found
