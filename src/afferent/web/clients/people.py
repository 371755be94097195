"""Clients by name: add, change, search, turn pages.

Search is by the beginnings of words, in any order and without accents: "lin wal" finds Walter Lindqvist. Pages are
turned by the last key seen, so that the last page of 100,000 costs what the first costs.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from afferent.web.clients.models import Client, NameWord
from afferent.web.keys import LAST, folded

PAGE: Final = 30


@transaction.atomic
def add(**fields: Any) -> Client:
    """A new client, with the words of the name to be found by."""
    client = Client(**fields)
    client.save()
    _index(client)
    return client


@transaction.atomic
def change(client: Client, **fields: Any) -> Client:
    """Name, birth date or contact. What was there before stands in the audit only as a digest: it is not clinical."""
    for name, value in fields.items():
        setattr(client, name, value)
    client.save(update_fields=[*fields, "sort_key"])  # where the screening stands meanwhile is for others to write
    NameWord.objects.filter(client=client).delete()
    _index(client)
    return client


def _index(client: Client) -> None:
    words = set(folded(f"{client.given} {client.family} {client.called}").split())
    NameWord.objects.bulk_create(
        [NameWord(client=client, word=w[:80], sort_key=client.sort_key) for w in sorted(words)]
    )


def page(words: str = "", *, after: str = "", born: dt.date | None = None) -> tuple[list[Client], str]:
    """One page of clients in the order of their names, and the key after which the next begins ("" at the end)."""
    found = _named(words).filter(archived_at=None).select_related("screened").defer("screened__body")
    if after:
        found = found.filter(sort_key__gt=after)
    if born:
        found = found.filter(born=born)
    rows = list(found.order_by("sort_key")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].sort_key if len(rows) > PAGE else ""


def _named(words: str) -> QuerySet[Client]:
    """Clients of whom every word is the beginning of a word of the name."""
    found = Client.objects.all()
    for word in folded(words).split()[:4]:
        mine = NameWord.objects.filter(word__gte=word, word__lt=word + LAST).values("client_id")
        found = found.filter(id__in=mine)
    return found
