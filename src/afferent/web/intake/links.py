"""Links for clients: made by the staff, opened without an account, good for one browser and for a while.

Ask here: `make` (the link and its secret, told once and stored nowhere), `find` (by its secret), `standing` (may it be
used?), `open_ones` of a client, `withdraw`. Looking at a link spends nothing; only `bind` does.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
import uuid
from collections.abc import Iterator
from typing import Final, Literal

from django.db import transaction
from django.utils import timezone
from msgspec import Struct

from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.clients.models import Client
from afferent.web.intake.models import Draft, Link
from afferent.web.scope import clinic_id

HOURS: Final = 72
_LETTERS: Final = "0123456789abcdefghjkmnpqrstvwxyz"  # 32 that are not mistaken for each other when read aloud
_LENGTH: Final = 32  # of them: 160 bits
_ALIKE: Final = str.maketrans({"o": "0", "i": "1", "l": "1"})

Standing = Literal["good", "unknown", "withdrawn", "used", "ended", "elsewhere"]


class Listed(Struct, frozen=True):
    """A link as the staff sees it. `saved`: when an answer was last kept."""

    link: Link
    standing: Standing
    saved: dt.datetime | None


@transaction.atomic
def make(client: Client, by: User | None, hours: int = HOURS) -> tuple[Link, str]:
    """A new link, and the secret that only its address will hold."""
    secret = new_secret()
    now = timezone.now()
    link = Link.objects.create(
        digest=digest(secret), clinic_id=clinic_id(), client_id=client.pk, made_by=by, made_at=now,
        ends_at=now + dt.timedelta(hours=hours),
    )  # fmt: skip
    note(f"user:{by.pk}" if by else "somebody", "link.made", name(link))
    return link, secret


def new_secret() -> str:
    """What only the address of a link will hold."""
    return secret_of(secrets.randbits(5 * _LENGTH))


def secret_of(number: int) -> str:
    """The lowest 160 bits of a number in these letters."""
    return "".join(_LETTERS[number >> 5 * place & 31] for place in range(_LENGTH))


def name(link: Link) -> str:
    """As the audit writes it, as actor and as subject."""
    return f"link:{link.id.hex[:12]}"


def read_aloud(secret: str) -> str:
    """In groups of four."""
    return "-".join(re.findall("....", secret))


def typed(text: str) -> str:
    """A secret as somebody typed it: spaces, hyphens and capitals do not matter."""
    letters = text[:400].strip().rstrip("/").rpartition("/")[2]  # the whole address does too
    return re.sub(r"[\s-]", "", letters.lower()).translate(_ALIKE)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def find(secret: str) -> Link | None:
    """The link of a secret, whatever its standing."""
    return Link.objects.select_related("clinic").filter(digest=digest(typed(secret))).first()


def standing(link: Link | None, key: str | None = None) -> Standing:
    """May it be used by the browser that holds this key?"""
    if link is None:
        return "unknown"
    if link.withdrawn_at:
        return "withdrawn"
    if link.used_at:
        return "used"
    if link.ends_at <= timezone.now():
        return "ended"
    return "elsewhere" if link.device and not is_mine(link, key) else "good"


def is_mine(link: Link, key: str | None) -> bool:
    """Was it begun by the browser that holds this key?"""
    return bool(link.device) and key is not None and secrets.compare_digest(link.device, digest(key))


@transaction.atomic
def bind(link: Link, key: str) -> Standing:
    """Bind it to the browser that holds this key, once. Pressing twice changes nothing."""
    held = Link.objects.select_for_update().get(pk=link.pk)
    found = standing(held, key)
    if found != "good" or held.device:
        return found
    held.device, held.began_at = digest(key), timezone.now()
    held.save(update_fields=["device", "began_at"])
    note(name(held), "link.opened", name(held))
    return found


def open_ones(client: Client) -> Iterator[Listed]:
    """Links that may still be used, the latest first."""
    draft = Draft.objects.filter(client=client, finished_at=None).first()
    links = Link.objects.filter(clinic_id=clinic_id(), client_id=client.pk, used_at=None, withdrawn_at=None)
    for link in links.filter(ends_at__gt=timezone.now()).order_by("-made_at"):
        saved = draft.changed_at if draft and draft.answers and link.began_at else None
        yield Listed(link, "good", saved)


@transaction.atomic
def withdraw(client: Client, which: uuid.UUID, by: User) -> None:
    """Take one link back. The answers so far are kept."""
    mine = Link.objects.filter(clinic_id=clinic_id(), client_id=client.pk, pk=which, used_at=None, withdrawn_at=None)
    for link in mine:
        link.withdrawn_at = timezone.now()
        link.save(update_fields=["withdrawn_at"])
        note(f"user:{by.pk}", "link.withdrawn", name(link))
