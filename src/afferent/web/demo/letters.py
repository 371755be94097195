"""The requests of the demo: one that waits for an answer, one that was answered and waits for a call. All invented.

Ask here: `ask_physicians(clinic, therapist, today)`, once the clients are there.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Final

from django.urls import reverse

from afferent.knowledge import load
from afferent.web.accounts.models import User
from afferent.web.clients.current import current
from afferent.web.clients.models import Client
from afferent.web.clinics.models import Clinic, Membership
from afferent.web.consents.asking import give
from afferent.web.letters import doors
from afferent.web.letters.answer_form import read
from afferent.web.letters.arriving import arrive
from afferent.web.letters.keeping import sent, value
from afferent.web.letters.making import To, make
from afferent.web.letters.models import Head, Letter
from afferent.web.post.address import address

_HERE: Final = "http://localhost:8000"
_WAITS: Final = To("Dr. Amara Osei (invented)", "internal medicine", "+1 212 555 0142", why="Burning feet at night.")
_ANSWERED: Final = To("Dr. Piet Brandt (invented)", "haematology", "+1 212 555 0150", why="Numb toes; wishes to rest.")


def ask_physicians(clinic: Clinic, therapist: User, today: dt.date) -> None:
    """Ruth's physician was asked by fax; Samuel's answered by the link."""
    Head.objects.create(
        address="12 Mill Lane\nLindenhof (invented)", phone="+1 212 555 0100", fax="+1 212 555 0101",
        licences="invented", jurisdiction="nowhere",
    )  # fmt: skip
    mine = Membership.objects.select_related("user", "clinic").get(clinic=clinic, user=therapist)
    waits = _ask("Amsler", _WAITS, mine, today)
    sent(waits, "faxed", f"{_WAITS.name}, {_WAITS.fax}", therapist)
    answered = _ask("Oyelaran", _ANSWERED, mine, today)
    sent(answered, "handed", "to Samuel, for the practice", therapist)
    link = doors.of_letter(answered)
    given: dict[str, Any] = {"name": (_ANSWERED.name,), "role": (_ANSWERED.role,), "overall": ("nothing_found",)}
    given |= {str(number): ("fine",) for number in range(1, len(answered.body["items"]) + 1)}
    said = read(given, value(answered), today, "link").answer
    if link is not None and said is not None and doors.spend(link):
        arrive(answered, said, actor=doors.audited(link))
        current(Client.objects.get(pk=answered.client_id), today)


def _ask(family: str, to: To, mine: Membership, today: dt.date) -> Letter:
    client = Client.objects.select_related("screened").get(family=family)
    client.clinic = mine.clinic
    give(client, "care_team", load().consents["care_team"].version, on=today, actor="program", by=mine.user)
    current(client, today)
    made = make(client, mine, to, today, _address, uuid.uuid4())
    made.clinic = mine.clinic
    return made


def _address(secret: str) -> str:
    return f"{address() or _HERE}{reverse('answer_request', args=[secret])}"
