"""What every page of a client's letters begins with."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from afferent.web.clients.about import about
from afferent.web.clients.find import found
from afferent.web.clients.models import Client
from afferent.web.clinics.clock import today_here


def person_of(request: HttpRequest, client: uuid.UUID) -> Client:
    """The client of an address, with the clinic of whoever asks. Raises Http404."""
    person = found(client)
    person.clinic = request.membership.clinic  # read already, with the membership
    return person


def context_of(request: HttpRequest, person: Client) -> dict[str, Any]:
    return {"client": person, "about": about(person, today_here(request)), "tab": "letters"}


def here_only(request: HttpRequest) -> bool:
    """Would an address of this server lead nowhere from another machine?"""
    return request.get_host().partition(":")[0] in ("localhost", "127.0.0.1", "[::1]")
