"""The client of an address, or 404: one of this clinic, with the latest screening at hand."""

from __future__ import annotations

import uuid

from django.http import Http404

from afferent.web.clients.models import Client


def found(pk: uuid.UUID) -> Client:
    """Raises Http404 for whoever is not a client of this clinic."""
    client = Client.objects.select_related("screened").filter(pk=pk).first()
    if client is None:
        raise Http404
    return client
