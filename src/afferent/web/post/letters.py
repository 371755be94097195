"""A message of the outbox as a letter that can go, or the reason why it cannot.

Ask here: `letter(message, now)`, inside the clinic and a transaction; the client is held until that ends, so that a
stop comes before it or after it. Raises NotNow (never) and Later (not yet).
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.urls import reverse

from afferent.web.clients.models import Client
from afferent.web.post.address import address
from afferent.web.post.choosing import held, preference, refused
from afferent.web.post.doors import has_texts_in
from afferent.web.post.kinds import LINKED, READY, Carries, NotNow
from afferent.web.post.manners import manner, quiet_hours, zone_of
from afferent.web.post.models import TO_OTHERS, Manner, Message
from afferent.web.post.quiet import not_quiet_from
from afferent.web.post.reach import reach
from afferent.web.post.senders import Letter
from afferent.web.post.tokens import stop_token
from afferent.web.post.wording import Told, worded
from afferent.web.scope import clinic_id

LATER: Final = dt.timedelta(minutes=15)  # where something on this server is not set up


class Later(Exception):
    """Not yet."""

    def __init__(self, until: dt.datetime) -> None:
        super().__init__("not yet")
        self.until = until


def letter(message: Message, now: dt.datetime) -> Letter:
    """Ready to go to the client as things stand at this moment."""
    held(message.client)
    client = Client.objects.select_related("clinic").get(pk=message.client_id)
    message.client, how = client, manner()
    if message.kind in TO_OTHERS:
        return _to_others(message, how, now)
    _may_go(message, how, now)
    to = reach(client, message.channel, how.country)
    if not to:
        raise NotNow(_NOWHERE[message.channel])
    if message.kind in LINKED and not address():
        raise Later(now + LATER)
    carries = READY[message.kind](message, now)
    said = worded(message.kind, message.channel, _told(message, how, carries, now), client.language)
    return Letter(str(message.pk), to, said.subject, said.text, how.signs_as, _stop(message))


def _to_others(message: Message, how: Manner, now: dt.datetime) -> Letter:
    """To somebody who is no client: neither what the client chose for themselves nor their night plays a part."""
    if now > message.not_after:
        raise NotNow("It would have come too late")
    if not address():
        raise Later(now + LATER)
    carries = READY[message.kind](message, now)
    told = Told(
        there=message.client.clinic.zone, here=message.client.clinic.zone, now=now, until=carries.until,
        link=f"{address()}{carries.path}", name=how.signs_as, phone=how.phone,
    )  # fmt: skip
    said = worded(message.kind, message.channel, told)
    return Letter(str(message.pk), carries.to, said.subject, said.text, how.signs_as, "")


_NOWHERE: Final = {
    "email": "There is no e-mail address",
    "text": "There is no telephone number that texts can be sent to",
}


def _may_go(message: Message, how: Manner, now: dt.datetime) -> None:
    """Raises NotNow or Later."""
    client = message.client
    today = now.astimezone(client.clinic.zone).date()
    if why := refused(client, message.kind, message.channel, today):
        raise NotNow(why)
    if message.kind == "visit" and not how.remind:
        raise NotNow("Reminders are switched off")
    if now > message.not_after:
        raise NotNow("It would have come too late")
    loud = not_quiet_from(now, zone_of(preference(client), client.clinic), quiet_hours(how))
    if loud > now:
        raise Later(loud)


def _told(message: Message, how: Manner, carries: Carries, now: dt.datetime) -> Told:
    clinic = message.client.clinic
    return Told(
        there=clinic.zone, here=zone_of(preference(message.client), clinic), now=now, starts_at=carries.starts_at,
        link=f"{address()}{carries.path}" if carries.path else "", until=carries.until, name=how.signs_as,
        phone=how.phone, stop=_stop(message) if message.channel == "email" else "", answers=has_texts_in(),
    )  # fmt: skip


def _stop(message: Message) -> str:
    """An address that ends these; "" where this server has none that clients reach."""
    if not address():
        return ""
    token = stop_token(clinic_id(), message.client_id, message.channel)
    return f"{address()}{reverse('stop_messages', args=[token])}"
