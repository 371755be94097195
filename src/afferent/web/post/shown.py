"""Messages as the pages list them: all words ready. Ask here: `sections` (of the clinic) and `of_client`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet
from msgspec import Struct

from afferent.web.book.times import clock, short_day
from afferent.web.clients.models import Client
from afferent.web.post.models import CHANNELS, KINDS, STATES, TO_OTHERS, Message

MOST: Final = 50
_FEW: Final = 20


class Line(Struct, frozen=True):
    """One message. `about`: its visit, "Tue 24 Nov, 14:30"; `when` it went, or goes; `open`: it may be sent again."""

    id: UUID
    client: UUID
    name: str
    kind: str
    channel: str
    about: str
    when: str
    address: str
    state: str
    says: str
    why: str
    open: bool


class Sections(Struct, frozen=True):
    """`counts`: state -> how many there are in all."""

    in_doubt: list[Line]
    failed: list[Line]
    waiting: list[Line]
    sent: list[Line]
    withdrawn: list[Line]
    counts: dict[str, int]


def sections(zone: ZoneInfo, now: dt.datetime) -> Sections:
    """The whole page. Six queries, however many there are."""
    counts = dict(Message.objects.values_list("state").annotate(Count("pk")))

    def some(states: tuple[str, ...], order: str, most: int = MOST) -> list[Line]:
        found = _light(Message.objects.filter(state__in=states)).order_by(order, "pk")[:most]
        return list(lines(found, zone, now))

    return Sections(
        some(("in_doubt",), "ended_at"), some(("failed",), "-ended_at"), some(("waiting", "sending"), "next_try"),
        some(("sent",), "-ended_at"), some(("withdrawn",), "-ended_at", _FEW), counts,
    )  # fmt: skip


def of_client(client: Client, zone: ZoneInfo, now: dt.datetime) -> list[Line]:
    """The latest first. One query."""
    found = _light(Message.objects.filter(client=client)).order_by("-due_at", "-pk")[:_FEW]
    return list(lines(found, zone, now))


def lines(found: Iterable[Message], zone: ZoneInfo, now: dt.datetime) -> Iterable[Line]:
    """In their order."""
    for one in found:
        at = (one.ended_at or one.next_try).astimezone(zone)
        starts = one.visit.starts_at.astimezone(zone) if one.visit else None
        yield Line(
            one.pk, one.client_id, one.client.name, (KINDS | TO_OTHERS)[one.kind], CHANNELS[one.channel],
            f"{short_day(starts.date())}, {clock(starts)}" if starts else "",
            f"{short_day(at.date())}, {clock(at)}", one.address, one.state, STATES[one.state], one.why,
            one.not_after > now,
        )  # fmt: skip


def _light(rows: QuerySet[Message]) -> QuerySet[Message]:
    return rows.select_related("client", "visit").only(
        "kind", "channel", "state", "why", "address", "next_try", "ended_at", "not_after", "client__given",
        "client__family", "visit__starts_at",
    )  # fmt: skip
