"""The outbox: what is to be sent stands in a table, and that table is the truth.

Ask here: `put` (what is wanted, once each, in the transaction of what causes it) and `withdraw` (it is not to be sent
after all). What is being sent, was sent or is in doubt is not touched here; see `claims` for its way out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from msgspec import Struct

from afferent.web.post.models import Message
from afferent.web.post.wake import enqueue

MOST: Final = 2000  # put at once


class Wanted(Struct, frozen=True):
    """One message by one channel. `key`: what it is about; `due`: when; `last`: after that it is too late."""

    key: str
    kind: str
    channel: str
    client: UUID
    visit: UUID | None
    due: dt.datetime
    last: dt.datetime


@transaction.atomic
def put(wanted: Iterable[Wanted], *, now: dt.datetime) -> None:
    """Write them down. Said again it is the same message; one that was withdrawn waits again. Two or three queries,
    but for those whose time has changed."""
    new = {one.key: one for one in list(wanted)[:MOST]}
    if not new:
        return
    known = {row.key: row for row in Message.objects.filter(key__in=new).select_for_update(no_key=True)}
    made = [_row(one, now) for key, one in new.items() if key not in known]
    Message.objects.bulk_create(made, ignore_conflicts=True)  # somebody else may write the same at this moment
    for key, row in known.items():
        _again(row, new[key])
    enqueue()


def withdraw(rows: QuerySet[Message], why: str, now: dt.datetime) -> int:
    """Those of them that wait are not to be sent. How many that were."""
    return rows.filter(state="waiting").update(state="withdrawn", why=why, ended_at=now, claimed_at=None)


def _row(one: Wanted, now: dt.datetime) -> Message:
    return Message(
        key=one.key, kind=one.kind, channel=one.channel, client_id=one.client, visit_id=one.visit, due_at=one.due,
        not_after=one.last, next_try=one.due, made_at=now,
    )  # fmt: skip


def _again(row: Message, one: Wanted) -> None:
    """One that is known already: withdrawn, it waits once more; waiting, its time may have changed."""
    mine = Message.objects.filter(pk=row.pk, state=row.state)
    if row.state == "withdrawn":
        mine.update(
            state="waiting", why="", tries=0, due_at=one.due, not_after=one.last, next_try=one.due, ended_at=None
        )
    elif row.state == "waiting" and (row.due_at, row.not_after) != (one.due, one.last):
        mine.update(due_at=one.due, not_after=one.last, next_try=one.due)
