"""How a client wants messages, and that they want none. Every entry is kept; the last one holds.

Ask here: `preference` (the one that holds), `preferences` (of many clients at once), `choose` (written by the staff),
`stop` (one channel, or all of it, at once and by anybody) and `refused` (why nothing may go to this client by this
channel now, or ""). A stop withdraws what waits in the same transaction; what is on its way already cannot be held.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.clients.models import Client
from afferent.web.consents.asking import agreed
from afferent.web.post.models import CHANNELS, KINDS, Message, Preference

STOPPED = "The client wants no more of these"


def preference(client: Client) -> Preference | None:
    """The entry that holds. One query."""
    return Preference.objects.filter(client=client).order_by("-pk").first()


def preferences(clients: Iterable[UUID]) -> dict[UUID, Preference]:
    """The same, of many. One query."""
    rows = Preference.objects.filter(client_id__in=set(clients)).order_by("pk")
    return {one.client_id: one for one in rows}


@transaction.atomic
def choose(
    client: Client, *, channels: Iterable[str], kinds: Iterable[str], zone: str, by: User, now: dt.datetime
) -> Preference:
    """What somebody of the staff was told. What waits and is no longer wanted is withdrawn. Saying the same again
    writes nothing."""
    held(client)
    last = preference(client)
    wanted = Preference(
        client=client, zone=zone, by=by, at=now,
        channels=[one for one in CHANNELS if one in set(channels)],
        kinds=[one for one in KINDS if one in set(kinds)],
    )  # fmt: skip
    if last is not None and _said(last) == _said(wanted):
        return last
    wanted.save()
    note(f"user:{by.pk}", "messages.chosen", f"client:{client.pk}", _said(wanted))
    waiting = Message.objects.filter(client=client, state="waiting")
    unwanted = waiting.exclude(channel__in=wanted.channels, kind__in=wanted.kinds)
    unwanted.update(state="withdrawn", why=STOPPED, ended_at=now, claimed_at=None)
    return wanted


@transaction.atomic
def stop(
    client: Client, channel: str | None, *, how: str, actor: str, now: dt.datetime, by: User | None = None
) -> bool:
    """No more by this channel; by none where it is None. True where that is new."""
    held(client)
    last = preference(client)
    kept = [one for one in (last.channels if last else []) if channel is not None and one != channel]
    told = last is not None and last.channels == kept
    if not told:
        made = Preference.objects.create(
            client=client, channels=kept, kinds=last.kinds if last else [], zone=last.zone if last else "",
            how=how, by=by, at=now,
        )  # fmt: skip
        note(actor, "messages.stopped", f"client:{client.pk}", [channel or "all", how, _said(made)])
    waiting = Message.objects.filter(client=client, state="waiting").exclude(channel__in=kept)
    waiting.update(state="withdrawn", why=STOPPED, ended_at=now, claimed_at=None)
    return not told


def refused(client: Client, kind: str, channel: str, today: dt.date) -> str:
    """Why nothing of this kind may go to this client by this channel today; "" where it may. Asked when it is sent."""
    holds = preference(client)
    if client.archived_at is not None:
        return "The client is archived"
    if holds is None or channel not in holds.channels or kind not in holds.kinds:
        return STOPPED
    if not agreed(client, "reminders", today):
        return "The consent to reminders does not stand"
    return ""


def held(client: Client) -> None:
    """Nobody changes how this client is written to until the transaction ends."""
    list(Client.objects.filter(pk=client.pk).select_for_update(no_key=True).values_list("pk"))


def _said(one: Preference) -> list[object]:
    return [list(one.channels), list(one.kinds), one.zone]
