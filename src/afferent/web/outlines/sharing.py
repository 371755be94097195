"""The plan of a visit by link: made by the therapist, opened without an account, for one browser and for a while.

Ask here: `make` (the secret of a new link, told once), `opened` (what a secret leads to), `standing` (may it be read?),
`bind`, `withdraw` and `shared` (the link of a chosen outline, as the staff sees it). The secret is signed, and names
clinic and outline, so that no guess reaches the database; only its digest is kept, with the outline that it shows.
Another outline, another link, or the visit itself ends it. Looking at a link spends nothing; only `bind` does.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import secrets
import uuid
from typing import Any, Final, Literal, NamedTuple

import msgspec
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone
from msgspec import Struct, structs

from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.intake.links import HOURS, digest
from afferent.web.outlines.models import Chosen
from afferent.web.scope import clinic_id

_SALT: Final = "afferent.outlines.shared"
_RANDOM: Final = 20  # bytes: 160 bits
_UUID: Final = 16
_KEPT: Final = "shared"  # beside the wish: it is no part of the outline, which is written anew with every change

Standing = Literal["good", "withdrawn", "ended", "over", "elsewhere"]


class Shared(Struct, frozen=True):
    """One link. `device`: digest of the key of the browser that reads it; `by`: who of the staff made it."""

    id: str
    digest: str
    by: int
    made_at: dt.datetime
    ends_at: dt.datetime
    device: str = ""
    read_at: dt.datetime | None = None
    withdrawn_at: dt.datetime | None = None

    @property
    def name(self) -> str:
        """As the audit writes it."""
        return f"link:{self.id[:12]}"

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and self.ends_at > timezone.now()


class Opened(NamedTuple):
    """What a secret of ours names."""

    clinic: uuid.UUID
    chosen: uuid.UUID


def token_of(clinic: uuid.UUID, chosen: uuid.UUID) -> str:
    """A new secret, as it stands in the address."""
    named = clinic.bytes + chosen.bytes + secrets.token_bytes(_RANDOM)
    return Signer(salt=_SALT).sign(base64.urlsafe_b64encode(named).decode().rstrip("="))


def opened(secret: str) -> Opened | None:
    """Where it leads; None where we did not sign it."""
    try:
        text = Signer(salt=_SALT).unsign(secret)
        named = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (BadSignature, binascii.Error, ValueError):
        return None
    return Opened(uuid.UUID(bytes=named[:_UUID]), uuid.UUID(bytes=named[_UUID : 2 * _UUID]))


def shared(row: Chosen) -> Shared | None:
    """The last link of this outline, whatever its standing."""
    kept: Any = row.wish.get(_KEPT)
    return msgspec.convert(kept, Shared) if kept else None


def standing(row: Chosen | None, secret: str, key: str | None) -> Standing:
    """May it be read by the browser that holds this key?"""
    link = shared(row) if row else None
    if row is None or link is None or link.withdrawn_at or not secrets.compare_digest(link.digest, digest(secret)):
        return "withdrawn"
    if not row.clinic.decides:
        return "withdrawn"
    if row.visit.state != "booked" or hasattr(row.visit, "session"):
        return "over"
    if link.ends_at <= timezone.now():
        return "ended"
    return "elsewhere" if link.device and not is_mine(link, key) else "good"


def is_mine(link: Shared, key: str | None) -> bool:
    """Is it read by the browser that holds this key?"""
    return bool(link.device) and key is not None and secrets.compare_digest(link.device, digest(key))


@transaction.atomic
def make(row: Chosen, by: User) -> str:
    """A new link, and its secret. One that is open is taken back."""
    withdraw(row, f"user:{by.pk}")
    secret, now = token_of(clinic_id(), row.pk), timezone.now()
    link = Shared(uuid.uuid4().hex, digest(secret), by.pk, now, now + dt.timedelta(hours=HOURS))
    _keep(row, link)
    note(f"user:{by.pk}", "visit.plan_shared", f"visit:{row.visit_id}", link.name)
    return secret


@transaction.atomic
def bind(row: Chosen, secret: str, key: str) -> Standing:
    """Bind it to the browser that holds this key, once. Pressing twice changes nothing."""
    held = Chosen.objects.select_for_update().select_related("visit").get(pk=row.pk)
    found, link = standing(held, secret, key), shared(held)
    if found != "good" or link is None or link.device:
        return found
    _keep(held, structs.replace(link, device=digest(key), read_at=timezone.now()))
    note(link.name, "visit.plan_opened", f"visit:{held.visit_id}")
    return found


@transaction.atomic
def withdraw(row: Chosen, actor: str) -> None:
    """Take the open link back, if there is one."""
    held = Chosen.objects.select_for_update().get(pk=row.pk)
    link = shared(held)
    if link is not None and link.is_open:
        _keep(held, structs.replace(link, withdrawn_at=timezone.now()))
        note(actor, "visit.plan_withdrawn", f"visit:{held.visit_id}", link.name)


def _keep(row: Chosen, link: Shared) -> None:
    held = Chosen.objects.select_for_update().get(pk=row.pk)
    held.wish = held.wish | {_KEPT: msgspec.to_builtins(link)}
    held.save(update_fields=["wish"])
    row.wish = held.wish
