"""A request to a physician, composed from what holds today, and made: once, whole, and only with the client's yes.

Ask here: `composed` (as it would be, nothing kept), `make`, and `To`, what the therapist fills in. Raises `NotMade`
with one sentence.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

import msgspec
from django.db import transaction
from django.utils import timezone
from msgspec import Struct, structs

from afferent.errors import AfferentError
from afferent.outline.model import Outline
from afferent.records.letters import paper
from afferent.records.letters.request import Request, request
from afferent.web.book.models import Visit
from afferent.web.clients.current import look, whole
from afferent.web.clients.models import Client
from afferent.web.clinics.knowledge import in_force
from afferent.web.clinics.models import Membership
from afferent.web.letters import doors
from afferent.web.letters.keeping import clinic_of, head, keep, numbered, therapist_of
from afferent.web.letters.models import Letter
from afferent.web.letters.sharing import consent_to_share
from afferent.web.outlines.models import Chosen


class NotMade(AfferentError):
    """No request was made, and why."""


class To(Struct, frozen=True):
    """Whom it goes to, why massage, and how often, in the therapist's words."""

    name: str
    role: str = ""
    fax: str = ""
    phone: str = ""
    email: str = ""
    why: str = ""
    rhythm: str = ""

    @property
    def recipient(self) -> paper.Recipient:
        return paper.Recipient(name=self.name, role=self.role, phone=self.phone, fax=self.fax)


def composed(client: Client, mine: Membership, to: To, today: dt.date, link: str = "") -> Request:
    """The request as it would be. Raises NotMade: nothing to ask, or nobody who may be screened."""
    knowledge = in_force(mine.clinic)
    screening = whole(look(client, knowledge, today)[0], today)
    if screening is None:
        raise NotMade("This client cannot be screened, so there is nothing to ask")
    own, agreed = head(), consent_to_share(client, today)
    address = tuple(line.strip() for line in own.address.splitlines() if line.strip())
    try:
        return request(
            screening,
            knowledge,
            _meant(client),
            clinic=clinic_of(mine.clinic),
            sender=therapist_of(mine),
            to=to.recipient,
            client=paper.Client(name=client.name, born=client.born),
            why=to.why,
            reply=paper.Reply(link=link, fax=own.fax, phone=own.phone, address=address if link else ()),
            consent=agreed.on if agreed else None,
            as_of=today,
            rhythm=to.rhythm,
        )
    except AfferentError as error:
        raise NotMade(str(error).rstrip(".")) from None


@transaction.atomic
def make(
    client: Client, mine: Membership, to: To, today: dt.date, address: Callable[[str], str], key: uuid.UUID
) -> Letter:
    """The request, kept, with its link on it. `address`: of a secret; `key`: of the form, so that sent twice it is made
    once; so is one in the same words to the same receiver, from another tab, while its link waits. Raises NotMade:
    above all without the client's yes to sharing; then nothing is made at all."""
    Client.objects.select_for_update(no_key=True).get(pk=client.pk)
    known = Letter.objects.filter(client=client, pk=key, kind="request").first()
    if known is not None:
        return known
    agreed = consent_to_share(client, today)
    if agreed is None:
        raise NotMade("The client has not agreed that we share anything, so nothing was made")
    known = numbered(composed(client, mine, to, today), client, to.email)[1]
    if known is not None:
        return known
    name = doors.drawn()
    value = composed(client, mine, to, today, address(doors.secret(name)))
    letter = keep(value, client, mine.user, agreed, email=to.email, key=key)
    doors.make(letter, name, mine.user)
    return letter


def last_to(client: Client) -> To:
    """Whom this client's last request went to: most likely the same physician again."""
    last = Letter.objects.filter(client=client, kind="request").order_by("-made_at").first()
    if last is None:
        return To(name="")
    to = last.body["to"]
    return To(
        name=to["name"], role=to["role"], fax=to["fax"], phone=to["phone"], email=last.to_email, why=last.body["why"]
    )


def without_link(value: Request) -> Request:
    """For pages: the address is shown where it is meant to be, and nowhere by chance."""
    return structs.replace(value, reply=structs.replace(value.reply, link=""))


def _meant(client: Client) -> Outline | None:
    """The outline that was chosen for the next visit, if one was."""
    coming = Visit.objects.filter(client=client, state="booked", ends_at__gt=timezone.now())
    row = Chosen.objects.filter(visit__in=coming).order_by("visit__starts_at").first()
    return msgspec.convert(row.outline, Outline) if row else None
