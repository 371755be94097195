"""One client, and all that a letter about them is composed from. Read once for each page.

Ask here: `Case`, `case_of` and `sealed` (a letter with the record of how it was made, over all that it says).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from functools import cached_property
from typing import Any, Final, TypeVar

import msgspec
from django.http import HttpRequest
from msgspec import structs

from afferent.knowledge import Knowledge
from afferent.records.body_map import BodyMap
from afferent.records.letters import paper
from afferent.records.letters.paper import Made, Recipient, made_of
from afferent.safety.screening import Screening
from afferent.web.careteam.course import Series, series
from afferent.web.clients.current import current, whole
from afferent.web.clients.find import found as client_found
from afferent.web.clients.models import Client, Record
from afferent.web.clients.views.map import maps
from afferent.web.clinics.clock import today_here
from afferent.web.clinics.knowledge import in_force
from afferent.web.clinics.models import Membership
from afferent.web.intake.about import Told, told
from afferent.web.letters.keeping import clinic_of, therapist_of
from afferent.web.outcomes.judged import Found, found

Value = TypeVar("Value")
MAPS: Final = 40  # of one client; the last before the series is wanted


class Case:
    """A client today, as the therapist who writes sees them. What is costly is read when it is first asked for."""

    def __init__(self, client: Client, member: Membership, today: dt.date) -> None:
        self.client, self.member, self.today = client, member, today

    @property
    def advised(self) -> bool:
        """May anything be worked out for this client?"""
        return self.member.advised

    @cached_property
    def knowledge(self) -> Knowledge:
        return in_force(self.member.clinic)

    @cached_property
    def outcome(self) -> Found:
        return found(self.client, self.today)

    @cached_property
    def intake(self) -> Told | None:
        """What the client told in the last intake that is no fact."""
        return told(self.client)

    @cached_property
    def screening(self) -> Screening | None:
        """What holds today; None where nothing may be worked out."""
        return whole(current(self.client, self.today), self.today) if self.advised else None

    @cached_property
    def since(self) -> dt.date | None:
        """The first day of what is told: of the latest trial; None: all visits."""
        return self.outcome.standing.trial.begins if self.outcome.standing else None

    @cached_property
    def series(self) -> Series:
        return series(self.client, self.since, self.today)

    @cached_property
    def planned(self) -> int | None:
        """How many visits were agreed: in the trial, or as a series in the book."""
        if self.outcome.standing:
            return self.outcome.standing.agreement.visits
        booked = [one.visit.series.planned for one in self.series.visits if one.visit.series is not None]
        return booked[-1] if booked else None

    @cached_property
    def maps(self) -> list[tuple[Record, BodyMap]]:
        """The maps that the client drew, the latest first."""
        return maps(self.client, self.knowledge, MAPS)

    @cached_property
    def about(self) -> paper.Client:
        return paper.Client(self.client.name, self.client.born)

    def head(self, to: Recipient) -> dict[str, Any]:
        """What every letter begins with."""
        clinic, sender = clinic_of(self.member.clinic), therapist_of(self.member)
        return {"clinic": clinic, "sender": sender, "to": to, "client": self.about, "on": self.today}


def case_of(request: HttpRequest, client: uuid.UUID) -> Case:
    """Raises Http404 for whoever is not a client of this clinic."""
    person = client_found(client)
    person.clinic = request.membership.clinic
    return Case(person, request.membership, today_here(request))


def sealed(case: Case, kind: type[Value], to: Recipient, facts: Iterable[str], **says: Any) -> Value:
    """The letter, with who made it from which facts, and a digest of everything it says."""
    letter = kind(**case.head(to), made=Made("", case.today, ""), **says)  # type: ignore[call-arg]
    whole_of_it = {key: one for key, one in msgspec.to_builtins(letter).items() if key != "made"}
    made = made_of(case.member.user.name, case.today, case.knowledge.version, facts, whole_of_it)
    return structs.replace(letter, made=made)  # type: ignore[type-var]
