"""The stream put in order: each event once, and which of them count.

Ask here: `in_order`, `counting`, `moment`. The order is that of the stream (`Kept.seq`), however the events came in. Of
two with one id the first holds. Nothing is ever dropped: what was taken back stays in the list and only counts no more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from afferent.visit.events import Event, Kept, Said, TakenBack, encode


def in_order(kept: Iterable[Kept]) -> tuple[Kept, ...]:
    """Every event once, the first of its id, in the order of the stream."""
    once: dict[str, Kept] = {}
    for one in sorted(kept, key=_rank):
        once.setdefault(one.event.id, one)
    return tuple(once.values())


def _rank(one: Kept) -> tuple[int, str, bytes, dt.datetime]:
    """By place in the stream. No two should share one; if they do, the order is still always the same."""
    return one.seq, one.event.id, encode(one.event), moment(one.received)


def counting(ordered: Iterable[Kept]) -> frozenset[str]:
    """The ids of the events that count.

    An event that was taken back does not, nor does what took it back; taking *that* back restores it. Only what came
    earlier can be taken back, and never a client's own word: another hand does not unsay it.
    """
    out: set[str] = set()
    counts: set[str] = set()
    for one in reversed(tuple(ordered)):
        event = one.event
        if event.id in out and not _their_own_word(event):
            continue
        if isinstance(event, TakenBack):
            out.add(event.of)
        else:
            counts.add(event.id)
    return frozenset(counts)


def _their_own_word(event: Event) -> bool:
    return isinstance(event, Said) and event.by == "client"


def moment(at: dt.datetime) -> dt.datetime:
    """A time in UTC. One without a zone counts as UTC, so that any two can be compared."""
    if at.tzinfo is None:
        return at.replace(tzinfo=dt.UTC)
    try:
        return at.astimezone(dt.UTC)
    except OverflowError:  # the first or last day there is
        return at.replace(tzinfo=dt.UTC)
