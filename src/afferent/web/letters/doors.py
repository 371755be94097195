"""Links for a physician's answer: signed, for a while, for one answer, opened without an account.

Ask here: `drawn` and `secret` (a new link, before its letter is made), `make`, `find` (what an address leads to, and
whether it may be used), `spend`, `withdraw`. The address holds a name that was drawn and a seal of it that only this
server can make, so a guess is refused without a look at any letter, and no copy of the database holds a way in. Looking
spends nothing; only `spend` does.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Final, Literal, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.intake.links import new_secret, secret_of, typed
from afferent.web.letters.models import AnswerLink, Letter
from afferent.web.scope import clinic_id

_SALT: Final = "afferent.letters.answer"
_NAMED: Final = 8  # letters: 40 bits, drawn
_SEALED: Final = 24  # letters: 120 bits, worked out

Standing = Literal["good", "unknown", "edited", "used", "ended", "withdrawn"]


class Found(NamedTuple):
    """What an address leads to. `link` None: to nothing of ours."""

    standing: Standing
    link: AnswerLink | None


def days() -> int:
    """How long a link is good."""
    return int(settings.ANSWER_DAYS)


def drawn() -> str:
    """The name of a new link."""
    return new_secret()[:_NAMED]


def secret(name: str) -> str:
    """The last part of the address of a link."""
    sealed = salted_hmac(_SALT, name, algorithm="sha256").digest()
    return name + secret_of(int.from_bytes(sealed, "big"))[:_SEALED]


def read_aloud(text: str) -> str:
    """The same in groups of four, to be typed."""
    return "-".join(re.findall("....", text))


@transaction.atomic
def make(letter: Letter, name: str, by: User) -> AnswerLink:
    """The link of a letter that was printed with this name."""
    now = timezone.now()
    link = AnswerLink.objects.create(
        name=name, clinic_id=clinic_id(), client_id=letter.client_id, letter_id=letter.pk, made_by=by, made_at=now,
        ends_at=now + dt.timedelta(days=days()),
    )  # fmt: skip
    note(f"user:{by.pk}", "answer_link.made", audited(link))
    return link


def audited(link: AnswerLink) -> str:
    """As the audit writes it, as actor and as subject."""
    return f"link:{link.id.hex[:12]}"


def is_ours(text: str) -> bool:
    """Was this address made by this server? Asks no database."""
    given = typed(text)
    return len(given) == _NAMED + _SEALED and constant_time_compare(secret(given[:_NAMED]), given)


def find(text: str) -> Found:
    """The link of an address, as it was opened or typed. One that was changed on its way is told from a guess."""
    link = AnswerLink.objects.select_related("clinic").filter(name=typed(text)[:_NAMED]).first()
    if link is None:
        return Found("unknown", None)
    return Found(standing(link) if is_ours(text) else "edited", link)


def standing(link: AnswerLink) -> Standing:
    """May an answer be sent by it?"""
    if link.withdrawn_at:
        return "withdrawn"
    if link.used_at:
        return "used"
    return "ended" if link.ends_at <= timezone.now() else "good"


def spend(link: AnswerLink) -> bool:
    """Use it up. Of two at the same moment one wins."""
    now = timezone.now()
    still = AnswerLink.objects.filter(pk=link.pk, used_at=None, withdrawn_at=None, ends_at__gt=now)
    return bool(still.update(used_at=now))


def of_letter(letter: Letter) -> AnswerLink | None:
    """The link that is printed on a letter."""
    return AnswerLink.objects.filter(clinic_id=clinic_id(), letter_id=letter.pk).first()


@transaction.atomic
def withdraw(client: uuid.UUID, letter: Letter | None, actor: str) -> None:
    """Take the link of a letter back, or all of a client's. What was answered already stays."""
    mine = AnswerLink.objects.filter(clinic_id=clinic_id(), client_id=client, used_at=None, withdrawn_at=None)
    for link in mine.filter(letter_id=letter.pk) if letter else mine:
        AnswerLink.objects.filter(pk=link.pk).update(withdrawn_at=timezone.now())
        note(actor, "answer_link.withdrawn", audited(link))
