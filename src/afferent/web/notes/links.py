"""Links for the day after: made by the staff, opened without an account, good once and for four days.

Ask here: `make` (the link and its secret, told once and stored nowhere), `make_once` (for a message), `find` (by its
secret), `standing` (may it be used?), `use` (write the answers down and shut the link, both or neither), `open_one` and
`withdraw`. Looking at a link spends nothing. Whoever holds the secret may answer, so no form needs another token:
nobody else can send one.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from afferent.visit.after import NextDay as Day
from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.intake.links import digest, new_secret, read_aloud, typed
from afferent.web.live.models import Session
from afferent.web.notes.after import answer
from afferent.web.notes.models import NextDayLink
from afferent.web.scope import clinic_id

GOOD_FOR: Final = dt.timedelta(days=4)

Standing = Literal["good", "unknown", "withdrawn", "used", "ended"]


@transaction.atomic
def make(session: Session, by: User) -> tuple[NextDayLink, str]:
    """A new link, and its secret as it stands in the address. An open one of this visit is taken back."""
    now = timezone.now()
    _open(session).update(withdrawn_at=now)
    secret = new_secret()
    link = NextDayLink.objects.create(
        digest=digest(secret), clinic_id=clinic_id(), client_id=session.client_id, session_id=session.pk, made_by=by,
        made_at=now, ends_at=now + GOOD_FOR,
    )  # fmt: skip
    note(f"user:{by.pk}", "next_day.link", name(link))
    return link, read_aloud(secret)


@transaction.atomic
def make_once(session: Session, secret: str, actor: str) -> NextDayLink:
    """The link of this secret, made where there is none yet: for a message that may be tried again. It takes no other
    link back, for nobody knows yet whether the message arrives."""
    now = timezone.now()
    link, new = NextDayLink.objects.get_or_create(digest=digest(secret), defaults={
        "clinic_id": clinic_id(), "client_id": session.client_id, "session_id": session.pk,
        "made_by_id": session.therapist_id, "made_at": now, "ends_at": now + GOOD_FOR,
    })  # fmt: skip
    if new:
        note(actor, "next_day.link", name(link))
    return link


def name(link: NextDayLink) -> str:
    """As the audit writes it, as actor and as subject."""
    return f"link:{link.id.hex[:12]}"


def find(secret: str) -> NextDayLink | None:
    """The link of a secret, whatever its standing."""
    return NextDayLink.objects.select_related("clinic").filter(digest=digest(typed(secret))).first()


def standing(link: NextDayLink | None) -> Standing:
    """May it be used?"""
    if link is None:
        return "unknown"
    if link.withdrawn_at:
        return "withdrawn"
    if link.used_at:
        return "used"
    return "ended" if link.ends_at <= timezone.now() else "good"


@transaction.atomic
def use(link: NextDayLink, day: Day) -> bool:
    """Write the answers down, inside the clinic of the link. False where it was used or taken back meanwhile."""
    held = NextDayLink.objects.select_for_update().get(pk=link.pk)
    if standing(held) != "good":
        return False
    now = timezone.now()
    answer(Session.objects.get(pk=held.session_id), day, actor=name(held), now=now)
    NextDayLink.objects.filter(pk=held.pk).update(used_at=now)
    return True


def open_one(session: Session) -> NextDayLink | None:
    """The link of this visit that may still be used."""
    return _open(session).filter(ends_at__gt=timezone.now()).first()


@transaction.atomic
def withdraw(session: Session, by: User) -> None:
    """Take it back."""
    for link in _open(session):
        note(f"user:{by.pk}", "next_day.withdrawn", name(link))
    _open(session).update(withdrawn_at=timezone.now())


def _open(session: Session) -> QuerySet[NextDayLink]:
    mine = NextDayLink.objects.filter(clinic_id=clinic_id(), session_id=session.pk)
    return mine.filter(used_at=None, withdrawn_at=None)
