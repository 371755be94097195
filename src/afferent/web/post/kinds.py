"""What each kind of message needs at the moment it is sent: is it still wanted, and which link does it carry?

Ask here: `READY`, kind -> what makes it ready. It is asked inside the clinic and inside the transaction in which the
message begins to be sent. To add a kind (such as the reminder of a request to a physician): its name in
`models.KINDS`, its words in texts.toml, one function here, and `outbox.put` where it is caused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import count
from typing import Final, TypeAlias

from django.urls import reverse
from msgspec import Struct

from afferent.web.intake.links import digest, read_aloud
from afferent.web.letters.mailing import carries
from afferent.web.live.models import Session
from afferent.web.notes.links import make_once as make_next_day_link
from afferent.web.notes.models import NextDay
from afferent.web.outcomes.links import make_once as make_score_link
from afferent.web.outcomes.links import standing as score_link_standing
from afferent.web.outcomes.models import ScoreLink
from afferent.web.outcomes.trials import current
from afferent.web.post.models import Message
from afferent.web.post.tokens import link_secret


class NotNow(Exception):
    """It is not to be sent after all. `str()` is the reason, one sentence without a full stop."""


class Carries(Struct, frozen=True):
    """What a message of this kind names beside the clinic: the visit's time, or a path and until when it is good. `to`:
    where it goes, if not to the client."""

    starts_at: dt.datetime | None = None
    path: str = ""
    to: str = ""
    until: dt.datetime | None = None


Ready: TypeAlias = Callable[[Message, dt.datetime], Carries]


def _visit(message: Message, now: dt.datetime) -> Carries:
    visit = message.visit
    if visit is None or visit.state != "booked" or visit.starts_at <= now:
        raise NotNow("The visit was moved or cancelled, or has begun")
    return Carries(starts_at=visit.starts_at)


def _day_after(message: Message, now: dt.datetime) -> Carries:
    session = Session.objects.filter(visit_id=message.visit_id).first()
    if session is None:
        raise NotNow("There is no such visit")
    if NextDay.objects.filter(session=session).exists():
        raise NotNow("It was answered already")
    secret = link_secret(f"day_after:{message.pk.hex}")
    link = make_next_day_link(session, secret, "program")
    if link.withdrawn_at or link.used_at or link.ends_at <= now:
        raise NotNow("Its link has ended, or was taken back")
    return Carries(path=reverse("day_after", args=[read_aloud(secret)]), until=link.ends_at)


def _scores(message: Message, now: dt.datetime) -> Carries:
    """The same link all through a trial, so that it can stay on a home screen; another one once that was taken back."""
    standing = current(message.client)
    if standing is None or not standing.runs:
        raise NotNow("No trial runs")
    for number in count():
        secret = link_secret(f"scores:{standing.trial.pk.hex}:{number}")
        known = ScoreLink.objects.filter(digest=digest(secret)).first()
        if known is None or score_link_standing(known) == "good":
            break
    make_score_link(message.client, secret, standing.trial.by, "program")
    return Carries(path=reverse("own_scores", args=[read_aloud(secret)]))


def _request(message: Message, now: dt.datetime) -> Carries:
    """To a clinician, not to the client: the client's yes to sharing stands for it, and is asked here once more."""
    found = carries(message)
    if isinstance(found, str):
        raise NotNow(found)
    return Carries(path=found.path, until=found.link.ends_at, to=found.to)


READY: Final[dict[str, Ready]] = {"visit": _visit, "day_after": _day_after, "scores": _scores, "request": _request}
LINKED: Final = frozenset({"day_after", "scores", "request"})  # these need the address of this server
