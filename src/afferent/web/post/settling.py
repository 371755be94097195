"""What a human says of a message that nobody knows of, or that could not be sent.

Ask here: `arrived`, `send_again` and `close`. Each holds for what it was when it was read: pressed twice, or by two
people at once, it counts once. True where it did.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.post.models import Message
from afferent.web.post.wake import enqueue

_OPEN: Final = ("in_doubt", "failed")


def arrived(message: UUID, by: User, now: dt.datetime) -> bool:
    """One in doubt did arrive."""
    doubted = Message.objects.filter(pk=message, state="in_doubt")
    return _said(doubted, "message.arrived", by, state="sent", why="", settled_by=by, ended_at=now)


def send_again(message: UUID, by: User, now: dt.datetime) -> bool:
    """It goes once more, now: unless it would come too late."""
    mine = Message.objects.filter(pk=message, state__in=_OPEN, not_after__gt=now)
    return _said(
        mine, "message.again", by, state="waiting", why="", tries=0, next_try=now, claimed_by="", claimed_at=None,
        ended_at=None, settled_by=None,
    )  # fmt: skip


def close(message: UUID, by: User, now: dt.datetime) -> bool:
    """Nothing more is done about it."""
    mine = Message.objects.filter(pk=message, state__in=_OPEN)
    return _said(mine, "message.closed", by, state="withdrawn", settled_by=by, ended_at=now)


@transaction.atomic
def _said(rows: QuerySet[Message], action: str, by: User, **told: Any) -> bool:
    pk = rows.values_list("pk", flat=True).first()
    if not rows.update(**told):
        return False
    note(f"user:{by.pk}", action, f"message:{pk}")
    enqueue()
    return True
