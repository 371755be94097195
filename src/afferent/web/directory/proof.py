"""Proving that a profile is one's own: a code that reaches only whoever the directory knows there.

Ask here: `ways(…)` (where a code can go), `make(…)`, `printed(claim, user)` (a letter, with a code that is made as it
is printed), `tried(claim, text)`. A code goes to what the directory holds, never to what the asker types. Eight digits;
its hash is kept; five tries; fifteen minutes, of a letter thirty days; three codes a day for a profile, a hundred an
hour from the whole server.
"""

from __future__ import annotations

import datetime as dt
import re
import secrets
from typing import Final, Literal

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from msgspec import Struct

from afferent.directory.model import Therapist
from afferent.directory.store import Directory
from afferent.errors import InputError
from afferent.web.accounts.models import User
from afferent.web.directory.entries import one_after_the_other
from afferent.web.directory.models import Claim, Holder
from afferent.web.post.reach import dialled
from afferent.web.post.senders import Letter, NotSent, Unknown, sender

TRIES: Final = 5
A_DAY: Final = 3
AN_HOUR: Final = 100  # of the whole server: whoever has many addresses can neither guess on nor run up a bill
LETTERS: Final = 50  # that wait for somebody to print them
MINUTES: Final = 15
LETTER_DAYS: Final = 30
_COUNTRY: Final = "+1"
_DIGITS: Final = 8
_TEXT: Final = (
    "{code} is the code for your profile in the massage directory at {host}. It counts for {minutes} minutes. If you "
    "did not ask for it, do nothing."
)

Outcome = Literal["proven", "wrong", "over"]


class Way(Struct, frozen=True):
    """One way for a code. `to`: said so that its owner knows it and nobody else learns it."""

    way: Literal["text", "email", "letter"]
    to: str


def holder(therapist: str) -> Holder | None:
    """Who holds a profile."""
    return Holder.objects.filter(therapist=therapist, ended_at=None).first()


def ways(directory: Directory, therapist: Therapist) -> list[Way]:
    """Where a code can go."""
    found = []
    phone, email = dialled(therapist.phone, _COUNTRY), _email(directory, therapist.id)
    if phone and sender("text"):
        found.append(Way("text", f"the number that ends in {phone[-2:]}"))
    if email and sender("email"):
        found.append(Way("email", f"the address that begins with {email[0]}"))
    if directory.street(therapist.id) and therapist.spots:
        found.append(Way("letter", f"the practice address in {therapist.spots[0].city} that the register holds"))
    return found


def _email(directory: Directory, id: str) -> str:
    held = holder(id)
    return held.email if held and held.email else directory.email(id)


def make(directory: Directory, therapist: Therapist, way: str, host: str, email: str = "") -> Claim:
    """A claim whose code is on its way. email: an address where later codes shall go, which its holder proves first.

    Raises InputError where no code can go that way, or too many went today."""
    if not email and way not in [one.way for one in ways(directory, therapist)]:
        raise InputError("No code can be sent that way. Choose one of those that are offered")
    with transaction.atomic():
        claim = _new(therapist.id, way, email)
        code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
        if way != "letter":
            claim.code = make_password(code)
        claim.save()
    if way != "letter":
        _send(claim, email or (_email(directory, therapist.id) if way == "email" else therapist.phone), code, host)
    return claim


def _new(therapist: str, way: str, email: str) -> Claim:
    now = timezone.now()
    one_after_the_other(therapist)  # so that two askers at once do not get four codes out of three
    recent = Claim.objects.filter(therapist=therapist)
    if way == "letter":
        letters = _letters(now)
        if letters.filter(therapist=therapist).exists():
            raise InputError("A letter to this address is on its way already. Wait for it, or choose another way")
        if letters.filter(printed_at=None).count() >= LETTERS:
            raise InputError("Many letters wait to be printed. Try again in some days, or choose another way")
        lasts = dt.timedelta(days=LETTER_DAYS)
    else:
        if recent.filter(made_at__gt=now - dt.timedelta(days=1)).exclude(way="letter").count() >= A_DAY:
            raise InputError(
                "Three codes went out for this profile within a day. Try again tomorrow, or ask for a letter"
            )
        sent = Claim.objects.filter(made_at__gt=now - dt.timedelta(hours=1)).exclude(way="letter")
        if sent.count() >= AN_HOUR:
            raise InputError("More codes were asked for than we send in an hour. Try again later, or ask for a letter")
        lasts = dt.timedelta(minutes=MINUTES)
    return Claim(therapist=therapist, way=way, email=email, ends_at=now + lasts, made_at=now)


def _letters(now: dt.datetime) -> QuerySet[Claim]:
    """Those whose code may still be tried; one that somebody spoiled by guessing holds nobody up."""
    return Claim.objects.filter(way="letter", proven_at=None, ended_at=None, tries__lt=TRIES, ends_at__gt=now)


def _send(claim: Claim, to: str, code: str, host: str) -> None:
    carrier = sender(claim.way)
    if carrier is None:
        raise InputError("No code can be sent that way. Choose one of those that are offered")
    text = _TEXT.format(code=spaced(code), host=host, minutes=MINUTES)
    where = dialled(to, _COUNTRY) if claim.way == "text" else to
    try:
        carrier.send(Letter(id=claim.id.hex, to=where, subject="Your code", text=text))
    except NotSent as why:
        Claim.objects.filter(pk=claim.pk).update(ended_at=timezone.now())
        raise InputError(f"The code could not be sent: {why}. Try again later, or choose another way") from None
    except Unknown:
        return  # it may have arrived: whoever has it can use it


def spaced(code: str) -> str:
    """In two groups, to be read aloud."""
    return f"{code[:4]} {code[4:]}"


@transaction.atomic
def printed(claim: Claim, by: User) -> str:
    """The code of a letter, made now and shown on the sheet only; one that was printed before opens nothing now."""
    code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
    now = timezone.now()
    Claim.objects.filter(pk=claim.pk).update(
        code=make_password(code), tries=0, printed_at=now, printed_by=by, ends_at=now + dt.timedelta(days=LETTER_DAYS)
    )
    return spaced(code)


def stands(claim: Claim) -> bool:
    """May a code still be tried?"""
    return claim.proven_at is None and claim.ended_at is None and claim.tries < TRIES and claim.ends_at > timezone.now()


def tried(claim: Claim, text: str) -> Outcome:
    """One try. It is counted before it is looked at, so that many at once are not more than five."""
    now = timezone.now()
    still = Claim.objects.filter(pk=claim.pk, proven_at=None, ended_at=None, tries__lt=TRIES, ends_at__gt=now)
    if not still.exclude(code="").update(tries=F("tries") + 1):
        return "over"
    claim.refresh_from_db()
    if not check_password(re.sub(r"\D", "", text[:40]), claim.code):
        return "wrong" if claim.tries < TRIES else "over"
    with transaction.atomic():
        if not Claim.objects.filter(pk=claim.pk, proven_at=None).update(proven_at=now):
            return "over"
        held, _ = Holder.objects.get_or_create(therapist=claim.therapist)
        if held.ended_at is not None:
            held.since = now
        held.ended_at, held.email = None, claim.email or held.email
        held.save()
    return "proven"
