"""The client's device finds its visit: by a square to photograph, or by four digits, and once the therapist has said
yes.

Ask here: `make` (a new way in; the one before it ends), `by_secret` and `by_code` (whoever has it asks to be let in),
`confirm`, `refuse`, `let_go_soon` (after the end), `of_device` (what a browser is let in to) and `waiting`. The code is
good for two minutes and for five wrong tries, wherever they come from; one device is let in, and no clinical data goes
to it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import uuid
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from afferent.web.audit.chain import note
from afferent.web.live.bus import tell
from afferent.web.live.compiled import as_long_as, compiled
from afferent.web.live.models import Pairing, Session
from afferent.web.scope import clinic_id

GOOD_FOR: Final = dt.timedelta(minutes=2)
TRIES: Final = 5
KEEPS: Final = dt.timedelta(hours=4)  # a device that was let in stays so for the visit
AFTERWARDS: Final = dt.timedelta(minutes=30)  # for what is asked after the last touch, and a STOP after it
# What both faces show while the therapist looks from one to the other: never alike, easy to say.
SIGNS: Final = (
    "blue boat", "red apple", "green leaf", "yellow sun", "white cloud", "brown bear", "grey stone", "pink rose",
    "black cat", "orange fish", "silver key", "golden bell",
)  # fmt: skip


@transaction.atomic
def make(session: Session, actor: str = "somebody") -> tuple[Pairing, str, str]:
    """A new way in, with its secret and its code, told once and kept nowhere. The device let in before is let go."""
    now = timezone.now()
    refuse(session, actor)
    secret = secrets.token_urlsafe(24)
    code = _free_code(now)
    made = Pairing.objects.create(
        clinic_id=clinic_id(), session_id=session.pk, client_id=session.client_id, secret=_digest(secret),
        code=_code_digest(code), made_at=now, ends_at=now + GOOD_FOR,
    )  # fmt: skip
    return made, secret, code


def _free_code(now: dt.datetime) -> str:
    """Four digits that no other open way in has."""
    taken = set(_open(now).values_list("code", flat=True))
    while True:
        code = f"{secrets.randbelow(10_000):04d}"
        if _code_digest(code) not in taken:
            return code


def _open(now: dt.datetime) -> QuerySet[Pairing]:
    return Pairing.objects.filter(ends_at__gt=now, withdrawn_at=None)


def is_open(pairing: Pairing) -> bool:
    """May a device still ask to be let in by it, or one that asked be let in?"""
    return pairing.withdrawn_at is None and pairing.ends_at > timezone.now()


def by_secret(secret: str, key: str) -> Pairing | None:
    """Whoever photographed the square asks to be let in. Nobody guesses it, so wrong codes do not close it."""
    return _ask(Q(secret=_digest(secret)), key)


def by_code(code: str, key: str) -> Pairing | None:
    """Whoever typed the code asks to be let in. A wrong one counts against every code that is open."""
    digits = "".join(one for one in code if one.isdigit())
    found = _ask(Q(code=_code_digest(digits), tries__lt=TRIES), key) if len(digits) == 4 else None
    if found is None:
        _open(timezone.now()).update(tries=F("tries") + 1)
    return found


@transaction.atomic
def _ask(which: Q, key: str) -> Pairing | None:
    now = timezone.now()
    found = _open(now).select_for_update().filter(which).first()
    mine = _digest(key)
    if found is None or (found.device and not secrets.compare_digest(found.device, mine)):
        return None  # one device; a second one is told no more than a wrong code would be
    if not found.device:
        found.device, found.asked_at, found.sign = mine, now, secrets.choice(SIGNS)
        found.save(update_fields=["device", "asked_at", "sign"])
    return found


def waiting(session: uuid.UUID) -> Pairing | None:
    """The way in that is open for this visit, or the device that was let in."""
    return Pairing.objects.filter(clinic_id=clinic_id(), session_id=session, withdrawn_at=None).first()


@transaction.atomic
def confirm(session: Session, which: uuid.UUID, actor: str) -> bool:
    """The therapist has compared the signs, and lets this device in. False where there is none any more."""
    now = timezone.now()
    mine = Pairing.objects.filter(
        pk=which, clinic_id=clinic_id(), session_id=session.pk, withdrawn_at=None, confirmed_at=None
    ).exclude(device="")
    if not mine.filter(asked_at__gt=now - GOOD_FOR).update(confirmed_at=now, ends_at=now + KEEPS):
        return False
    note(actor, "visit.linked", f"visit:{session.visit_id}")
    return True


@transaction.atomic
def refuse(session: Session, actor: str = "somebody") -> None:
    """Not this device any more: its stream ends, and another can be let in."""
    mine = Pairing.objects.filter(clinic_id=clinic_id(), session_id=session.pk, withdrawn_at=None)
    if mine.exclude(confirmed_at=None).update(withdrawn_at=timezone.now()):
        note(actor, "visit.unlinked", f"visit:{session.visit_id}")
    mine.update(withdrawn_at=timezone.now())
    tell(session.pk)


@transaction.atomic
def let_go_soon(session: Session) -> None:
    """The visit is over: the device that was let in stays so for what is asked afterwards, and nobody else comes in."""
    until = timezone.now() + AFTERWARDS
    mine = Pairing.objects.filter(clinic_id=clinic_id(), session_id=session.pk, withdrawn_at=None)
    mine.filter(confirmed_at=None).update(withdrawn_at=timezone.now())
    mine.filter(ends_at__gt=until).update(ends_at=until)
    tell(session.pk)


def of_device(key: str) -> Pairing | None:
    """What the browser that holds this key asked for or was let in to, the latest."""
    return _of(key).select_related("clinic").filter(ends_at__gt=timezone.now()).first()


def let_in(key: str, session: uuid.UUID) -> Callable[[], bool]:
    """Is that browser let in to this visit? To be asked at each look."""

    def judge() -> dt.datetime | None:
        found = of_device(key)
        return found.ends_at if found and found.session_id == session and found.confirmed_at else None

    return as_long_as(compiled(_of(key).values_list("pk", "session_id", "confirmed_at", "ends_at")), judge=judge)


def _of(key: str) -> QuerySet[Pairing]:
    return Pairing.objects.filter(device=_digest(key), withdrawn_at=None).order_by("-made_at")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _code_digest(code: str) -> str:
    """Keyed: there are only ten thousand codes, and a bare digest of one would tell it."""
    return salted_hmac("afferent.live.code", code, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()
