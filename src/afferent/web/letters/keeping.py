"""Letters of a client: kept once, and never changed; how they went out is added. Without HTTP.

Ask here: `keep` (a letter with both its PDFs), `sent` (how it went out), `value` (the letter as it was made), `head`
and `clinic_of` (the clinic's own paper), `therapist_of` (who signs), `numbered` (has this been written already?).
"""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from typing import Any, Final, cast

import msgspec
from django.db import transaction
from django.http import Http404
from msgspec import structs

from afferent.records.letters.paper import Clinic as OnPaper
from afferent.records.letters.paper import Made, Paper, Therapist, again
from afferent.records.letters.pdf import Letter as Value
from afferent.records.letters.pdf import pdf
from afferent.web.accounts.models import User
from afferent.web.audit.chain import digest, note
from afferent.web.clients.models import Client
from afferent.web.clinics.models import Clinic, Membership
from afferent.web.consents.models import Consent
from afferent.web.documents.models import Document
from afferent.web.letters import doors
from afferent.web.letters.models import HOW, KINDS, Head, Letter, Sending
from afferent.web.post.models import Message

PAPERS: Final[tuple[Paper, ...]] = ("a4", "letter")
NUMBER: Final = 12  # letters of the digest that stand at the foot of the page
_PDF: Final = "application/pdf"


@transaction.atomic
def keep(
    letter_value: Value, client: Client, by: User, consent: Consent | None, *, email: str = "",
    key: uuid.UUID | None = None,
) -> Letter:  # fmt: skip
    """The letter, kept with the client; what is kept already, in the same words to the same receiver, is that letter.

    `consent`: the client's yes to sharing that it rests on. `email`: of the receiver, where one is known. `key`: of the
    form it was made by. Raises InputError where it cannot be printed, such as a logo that is no picture: then nothing
    is kept.
    """
    kind = cast(str, letter_value.__struct_config__.tag)
    made, known = numbered(letter_value, client, email)
    if known is not None:
        return known
    letter_value = structs.replace(letter_value, made=made)
    a4, us = (_paper(letter_value, paper, client, by) for paper in PAPERS)
    row = Letter.objects.create(
        pk=key or uuid.uuid4(),
        client=client,
        kind=kind,
        to_whom=receiver(letter_value)[:200],
        to_email=email,
        on=letter_value.on,
        made_by=by,
        knowledge=letter_value.made.knowledge[:40],
        digest=letter_value.made.digest,
        body=_without_secret(msgspec.to_builtins(letter_value)),
        consent=consent,
        a4=a4,
        us_letter=us,
    )
    note(f"user:{by.pk}", "letter.made", f"letter:{row.pk}", [kind, row.digest, a4.digest, us.digest])
    return row


def numbered(letter_value: Value, client: Client, email: str) -> tuple[Made, Letter | None]:
    """Its number, which no other letter of the clinic has, or the letter that says the same already. A request of which
    the link is used up, over or taken back is no longer that one: it is asked anew. Whoever asks holds the client."""
    times = itertools.count()
    while True:
        made = again(letter_value.made, next(times))
        row = Letter.objects.filter(digest__startswith=made.digest[:NUMBER]).select_related("client").first()
        if row is None:
            return made, None
        if row.client_id == client.pk and row.to_email == email and _still(row):
            return made, row


def _still(row: Letter) -> bool:
    """May it still be used as it is?"""
    link = doors.of_letter(row) if row.kind == "request" else None
    return row.kind != "request" or (link is not None and doors.standing(link) == "good" and not row.answers.exists())


@transaction.atomic
def sent(
    letter: Letter, how: str, to: str, by: User, *, at: dt.datetime | None = None, message: Message | None = None
) -> Sending:
    """Write down that it went out. `at`: when, where it was not just now. Raises KeyError for a way there is not."""
    HOW[how]
    when = {"at": at} if at else {}
    row = Sending.objects.create(
        letter=letter, client_id=letter.client_id, how=how, to_whom=to.strip()[:200], by=by, message=message, **when
    )
    note(f"user:{by.pk}", "letter.sent", f"letter:{letter.pk}", [how, str(row.at)])
    return row


def value(letter: Letter) -> Any:
    """The letter as it was made, as its own kind of value (`records.letters`)."""
    return msgspec.convert(letter.body, Value)


def found(client: Client, pk: Any, *kinds: str) -> Letter:
    """One letter of this client, of one of these kinds. Raises Http404."""
    mine = Letter.objects.filter(client=client, pk=pk, kind__in=kinds or KINDS)
    row = mine.select_related("client", "made_by", "consent").first()
    if row is None:
        raise Http404
    return row


def receiver(letter_value: Value) -> str:
    """ "Dr. Amara Osei, internal medicine"; "" for a letter that names nobody."""
    to = letter_value.to
    return ", ".join(part for part in (to.name, to.role) if part)


def head() -> Head:
    """Of this clinic; an empty one where nobody has set any."""
    return Head.objects.first() or Head()


def clinic_of(clinic: Clinic, logo: bool = True) -> OnPaper:
    """The clinic as it stands on its letters."""
    own = head()
    return OnPaper(
        name=clinic.name,
        address=tuple(line.strip() for line in own.address.splitlines() if line.strip()),
        phone=own.phone,
        fax=own.fax,
        email=own.email,
        licences=tuple(one.strip() for one in own.licences.split(";") if one.strip()),
        jurisdiction=own.jurisdiction,
        logo=bytes(own.logo) if logo else b"",
    )


def therapist_of(membership: Membership) -> Therapist:
    """Who signs."""
    return Therapist(name=membership.user.name, licence=membership.licence, phone=head().phone)


def _without_secret(body: dict[str, Any]) -> dict[str, Any]:
    """The address on a request is a key: it stands on the page, and is worked out again where it is needed."""
    return body | {"reply": body["reply"] | {"link": ""}} if body.get("reply") else body


def _paper(letter_value: Value, paper: Paper, client: Client, by: User) -> Document:
    data = pdf(letter_value, paper)
    known = digest(data)
    made = Document.objects.filter(client=client, digest=known).first()
    return made or Document.objects.create(
        client=client, title=f"{KINDS[cast(str, letter_value.__struct_config__.tag)]}, {_NAMES[paper]}", digest=known,
        media_type=_PDF, size=len(data), by=by, body=data,
    )  # fmt: skip


_NAMES: Final = {"a4": "A4", "letter": "US Letter"}
