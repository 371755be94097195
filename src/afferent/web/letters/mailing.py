"""The link of a request by e-mail: through the outbox, and without a word of what it is about.

Ask here: `may` (why it cannot go, or ""), `mail` (put it into the outbox, once, and write it down as sent by us) and
`carries` (what `post` asks for at the moment it sends: is it still wanted, and where does it lead?).
"""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from msgspec import Struct

from afferent.web.accounts.models import User
from afferent.web.clients.models import Client
from afferent.web.clinics.clock import today
from afferent.web.clinics.models import Clinic
from afferent.web.letters import doors
from afferent.web.letters.keeping import sent
from afferent.web.letters.models import AnswerLink, Letter, Sending
from afferent.web.letters.sharing import consent_to_share
from afferent.web.post.address import address
from afferent.web.post.models import Message
from afferent.web.post.outbox import Wanted, put
from afferent.web.post.senders import sender

KIND = "request"


class Carried(Struct, frozen=True):
    """Where it goes, the path of its link, and the link with its end."""

    to: str
    path: str
    link: AnswerLink


def may(letter: Letter, link: AnswerLink | None) -> str:
    """Why this request cannot be e-mailed, in one sentence; "" where it can."""
    if not letter.to_email:
        return "No e-mail address was given for the receiver."
    if link is None or doors.standing(link) != "good":
        return "Its link is not open any more."
    if not address() or sender("email") is None:
        return "This server is not set up to send e-mail with a link."
    return ""


@transaction.atomic
def mail(letter: Letter, by: User) -> Sending | None:
    """It goes out when the outbox is next looked at. Asked twice it is the same message."""
    link = doors.of_letter(letter)
    if may(letter, link) or link is None:
        return None
    key, now = f"{KIND}:{letter.pk.hex}", timezone.now()
    put([Wanted(key, KIND, "email", letter.client_id, None, now, link.ends_at)], now=now)
    message = Message.objects.get(key=key)
    before = Sending.objects.filter(letter=letter, message=message).first()
    return before or sent(letter, "emailed", f"{letter.to_whom}, {letter.to_email}", by, message=message)


def carries(message: Message) -> Carried | str:
    """What it needs now; or why it is not to be sent after all."""
    row = Sending.objects.filter(message=message).select_related("letter").first()
    link = doors.of_letter(row.letter) if row else None
    if row is None or link is None or doors.standing(link) != "good":
        return "Its link has ended, was used or was taken back"
    clinic = Clinic.objects.get(pk=row.clinic_id)
    if consent_to_share(Client.objects.select_related("clinic").get(pk=row.client_id), today(clinic)) is None:
        return "The client has not agreed to sharing"
    return Carried(row.letter.to_email, reverse("answer_request", args=[doors.secret(link.name)]), link)
