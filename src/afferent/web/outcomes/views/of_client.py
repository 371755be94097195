"""What every page of a client's outcome begins with: who it is, the knowledge, and what was read once."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from msgspec import Struct

from afferent.knowledge.measures import Measure
from afferent.web.actor import actor
from afferent.web.clients.about import about
from afferent.web.clients.find import found as client_found
from afferent.web.clients.models import Client
from afferent.web.clinics.clock import today_here
from afferent.web.clinics.knowledge import in_force
from afferent.web.outcomes.judged import Found, found
from afferent.web.outcomes.keeping import Who


class Page(Struct, frozen=True):
    """One client, today."""

    person: Client
    found: Found
    measures: dict[str, Measure]
    today: dt.date

    def measure(self, number: int) -> Measure:
        """The measure of a number in an address. Raises Http404."""
        if not 0 < number <= len(self.measures):
            raise Http404
        return list(self.measures.values())[number - 1]

    def number(self, measure: str) -> int:
        return list(self.measures).index(measure) + 1

    @property
    def judged(self) -> Measure | None:
        """What the trial is judged by."""
        return self.measures.get(self.found.standing.agreement.measure) if self.found.standing else None

    def context(self) -> dict[str, Any]:
        return {
            "client": self.person,
            "about": about(self.person, self.today),
            "tab": "outcome",
            "today": self.today,
            "standing": self.found.standing,
        }


def page_of(request: HttpRequest, client: uuid.UUID, *, whole: bool = False) -> Page:
    """Raises Http404."""
    person, today = client_found(client), today_here(request)
    person.clinic = request.membership.clinic
    return Page(person, found(person, today, whole=whole), in_force(person.clinic).measures, today)


def staff(request: HttpRequest, told: str) -> Who:
    """Whoever is signed in, writing down what the client said."""
    return Who(told, actor(request), request.user)


def now() -> dt.datetime:
    return timezone.now()
