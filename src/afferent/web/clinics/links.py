"""Links that let somebody in, once, for seven days. The link is shown when it is made and nowhere else.

Ask here: `make` (gives the secret part of the address), `opened` (what a link is for, or the sentence that says why
not) and `claim` (use it up: of two at the same moment one wins).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from afferent.web.clinics.models import Invitation

DAYS: Final = 7


class Shut(Exception):
    """A link that opens nothing: one sentence, and what the browser is told."""

    def __init__(self, why: str, status: int = 410) -> None:
        super().__init__(why)
        self.status = status


UNKNOWN: Final = "This link is not known. Check that it was copied whole, or ask the owner of the clinic for a new one"
USED: Final = "This link was used already. If it was you, sign in; if it was not, tell the owner of the clinic at once"
TAKEN_BACK: Final = "This link was taken back. Ask the owner of the clinic for a new one"
ENDED: Final = "This link ended on {day}. Ask the owner of the clinic for a new one"


def make(kind: str, **more: Any) -> str:
    """A new link; earlier ones for the same are taken back."""
    now = timezone.now()
    same = Invitation.objects.filter(kind=kind, clinic=more.get("clinic"), used_at=None, revoked_at=None)
    who = Q(user=more["user"]) if "user" in more else Q(email__iexact=more.get("email", ""))
    same.filter(who).update(revoked_at=now)
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(digest=digest(token), kind=kind, ends_at=now + dt.timedelta(days=DAYS), **more)
    return token


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def opened(token: str, *kinds: str) -> Invitation:
    """The invitation behind a link that still holds. Raises Shut."""
    found = Invitation.objects.select_related("clinic", "user", "invited_by").filter(digest=digest(token)).first()
    if found is None or found.kind not in kinds:
        raise Shut(UNKNOWN, 404)
    if found.used_at:
        raise Shut(USED)
    if found.revoked_at:
        raise Shut(TAKEN_BACK)
    if found.ends_at <= timezone.now():
        zone = found.clinic.zone if found.clinic else dt.UTC
        raise Shut(ENDED.format(day=f"{found.ends_at.astimezone(zone):%-d %B %Y}"))
    return found


def claim(invitation: Invitation) -> None:
    """Use it up. Raises Shut when it was used, or taken back, a moment before."""
    now = timezone.now()
    still = Invitation.objects.filter(pk=invitation.pk, used_at=None, revoked_at=None, ends_at__gt=now)
    if not still.update(used_at=now):
        raise Shut(USED)
