"""Links for a client's own scores: made by the staff, opened without an account, day after day until they end.

Ask here: `make` (the link and its secret, told once and stored nowhere), `make_once` (for a message), `find` (by its
secret), `standing` (may it be used?), `changed_often`, `open_ones`, `withdraw` and `used`. Looking at a link spends
nothing. Whoever holds the secret may answer and sees the chart, which names nobody; so it can be taken back at any
time.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.clients.models import Client
from afferent.web.intake.links import digest, new_secret, read_aloud, typed
from afferent.web.outcomes.models import Score, ScoreLink
from afferent.web.scope import clinic_id

GOOD_FOR: Final = dt.timedelta(days=90)
CHANGES: Final = 20  # of answers, in a day: nothing kept is ever removed, so a link must not fill the record

Standing = Literal["good", "unknown", "withdrawn", "ended"]


@transaction.atomic
def make(client: Client, by: User) -> tuple[ScoreLink, str]:
    """A new link, and its secret as it stands in the address. An open one of this client is taken back."""
    now = timezone.now()
    _open(client).update(withdrawn_at=now)
    secret = new_secret()
    link = ScoreLink.objects.create(
        digest=digest(secret), clinic_id=clinic_id(), client_id=client.pk, made_by=by, made_at=now,
        ends_at=now + GOOD_FOR,
    )  # fmt: skip
    note(f"user:{by.pk}", "score_link.made", name(link))
    return link, read_aloud(secret)


@transaction.atomic
def make_once(client: Client, secret: str, by: User, actor: str) -> ScoreLink:
    """The link of this secret, made where there is none yet: for a message that may be tried again. It takes no other
    link back: one may stand on the client's home screen."""
    now = timezone.now()
    link, new = ScoreLink.objects.get_or_create(digest=digest(secret), defaults={
        "clinic_id": clinic_id(), "client_id": client.pk, "made_by": by, "made_at": now, "ends_at": now + GOOD_FOR,
    })  # fmt: skip
    if new:
        note(actor, "score_link.made", name(link))
    return link


def name(link: ScoreLink) -> str:
    """As the audit writes it, as actor and as subject."""
    return f"link:{link.id.hex[:12]}"


def find(secret: str) -> ScoreLink | None:
    """The link of a secret, whatever its standing."""
    return ScoreLink.objects.select_related("clinic").filter(digest=digest(typed(secret))).first()


def standing(link: ScoreLink | None) -> Standing:
    """May it be used?"""
    if link is None:
        return "unknown"
    if link.withdrawn_at:
        return "withdrawn"
    return "ended" if link.ends_at <= timezone.now() else "good"


def used(link: ScoreLink) -> None:
    """It was answered just now."""
    ScoreLink.objects.filter(pk=link.pk).update(used_at=timezone.now())


def changed_often(client: Client, day: dt.date, asked: int) -> bool:
    """Was so much said through links on this day that no more is taken? `asked`: questions of the day."""
    return Score.objects.filter(client=client, told="link", on=day).count() >= asked + CHANGES


def open_ones(client: Client) -> list[ScoreLink]:
    """The links of this client that may still be used, the latest first."""
    return list(_open(client).filter(ends_at__gt=timezone.now()).order_by("-made_at"))


@transaction.atomic
def withdraw(client: Client, by: User) -> None:
    """Take all of them back."""
    for link in _open(client):
        note(f"user:{by.pk}", "score_link.withdrawn", name(link))
    _open(client).update(withdrawn_at=timezone.now())


def _open(client: Client) -> QuerySet[ScoreLink]:
    return ScoreLink.objects.filter(clinic_id=clinic_id(), client_id=client.pk, withdrawn_at=None)
