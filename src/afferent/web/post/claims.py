"""The way of one message out of the outbox, step by step, each step one short transaction.

    waiting --claim--> waiting, claimed --begin--> sending --finish--> sent, waiting again, failed, or in doubt

Ask here: `claim` (one that is due, for this sender alone), `let_go` (given back, perhaps for later), `drop` (it is not
to be sent after all), `begin` (from now on it may have gone), `finish` (what became of it) and `doubt` (those whose
sender is gone). A sender that dies before `begin` leaves a claim that runs out; one that dies after it leaves a message
that nobody can know of: it is named in doubt, and is never sent again by itself.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Final, Literal

from django.db import transaction
from django.db.models import Q, QuerySet

from afferent.web.audit.chain import note
from afferent.web.post.models import Message

LEASE: Final = dt.timedelta(minutes=5)  # a claim older than this has nobody behind it
TRIES: Final = 6
FIRST: Final = dt.timedelta(minutes=1)  # after the first try that failed; twice as long after each further one
LONGEST: Final = dt.timedelta(hours=1)
KILLED: Final = "The program was ended while it sent this"

Outcome = Literal["sent", "again", "failed", "in_doubt"]


def claim(who: str, now: dt.datetime) -> Message | None:
    """The next that is due, held by this sender and by no other. Two at the same moment never get the same one."""
    if not _free(now).exists():  # most looks find nothing: they take no lock
        return None
    with transaction.atomic():
        found = _free(now).select_for_update(skip_locked=True).order_by("next_try", "pk").first()
        if found is None:
            return None
        if not _free(now).filter(pk=found.pk).update(claimed_by=who, claimed_at=now):
            return None
    found.claimed_by, found.claimed_at = who, now
    return found


def let_go(message: Message, until: dt.datetime | None = None) -> None:
    """Nothing was sent. `until`: not before then."""
    more = {"next_try": until} if until else {}
    _mine(message).filter(state="waiting").update(claimed_by="", claimed_at=None, **more)


def drop(message: Message, why: str, now: dt.datetime) -> None:
    """It is not to be sent any more."""
    _mine(message).filter(state="waiting").update(state="withdrawn", why=why, ended_at=now, claimed_at=None)


def begin(message: Message, address: str, now: dt.datetime) -> bool:
    """From here on it may have gone. False where somebody withdrew it meanwhile, or the claim was lost."""
    mine = _mine(message).filter(state="waiting")
    return bool(mine.update(state="sending", address=address, claimed_at=now, tries=message.tries + 1))


@transaction.atomic
def finish(message: Message, outcome: Outcome, why: str, now: dt.datetime, chance: random.Random) -> None:
    """What became of it. One that was named in doubt meanwhile, because it took so long, is known now all the same."""
    mine = Message.objects.filter(pk=message.pk, claimed_by=message.claimed_by, state__in=("sending", "in_doubt"))
    mine = mine.filter(settled_by=None)
    later = now + pause(message.tries + 1, chance)
    if outcome == "again" and message.tries + 1 < TRIES and later <= message.not_after:
        mine.update(state="waiting", why=why, next_try=later, claimed_by="", claimed_at=None, ended_at=None)
        return
    state = "failed" if outcome == "again" else outcome
    if mine.update(state=state, why=why, claimed_at=None, ended_at=now):
        note("program", f"message.{state}", f"message:{message.pk}", [message.kind, message.channel])


def pause(tries: int, chance: random.Random) -> dt.timedelta:
    """Until the next try, after so many: half as long again or half as short, so that not all come back at once."""
    grown: dt.timedelta = min(FIRST * 2 ** (tries - 1), LONGEST)
    return grown * chance.uniform(0.5, 1.5)


def doubt(now: dt.datetime) -> int:
    """Name those that a sender began to send and never finished. How many."""
    lost = Message.objects.filter(state="sending", claimed_at__lte=now - LEASE)
    return _doubted(lost, now) if lost.exists() else 0


@transaction.atomic
def _doubted(lost: QuerySet[Message], now: dt.datetime) -> int:
    rows = list(lost.select_for_update(skip_locked=True).values_list("pk", "kind", "channel"))
    lost.filter(pk__in=[pk for pk, *_ in rows]).update(state="in_doubt", why=KILLED, ended_at=now)
    for pk, kind, channel in rows:
        note("program", "message.in_doubt", f"message:{pk}", [kind, channel])
    return len(rows)


def _free(now: dt.datetime) -> QuerySet[Message]:
    nobody = Q(claimed_at=None) | Q(claimed_at__lte=now - LEASE)
    return Message.objects.filter(nobody, state="waiting", next_try__lte=now)


def _mine(message: Message) -> QuerySet[Message]:
    return Message.objects.filter(pk=message.pk, claimed_by=message.claimed_by)
