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


def page(words: str = "", *, after: str = "") -> tuple[list[Client], str]:
    """One page of clients in the order of their names, and the key after which the next begins ("" at the end)."""
    found = _here().select_related("screened").defer("screened__body").order_by("sort_key")
    asked = folded(words).split()[:4]
    if not asked:
        rows = list(found.filter(sort_key__gt=after)[: PAGE + 1])
        return rows[:PAGE], rows[PAGE - 1].sort_key if len(rows) > PAGE else ""
    keys = _keys(asked, after)
    return list(found.filter(sort_key__in=keys[:PAGE])), keys[PAGE - 1] if len(keys) > PAGE else ""


def same(words: str, born: dt.date | None) -> Client | None:
    """Somebody who may be meant: of this name, spelled out or begun, and born on this day; or of just this name, where
    either birth date is not known."""
    asked = folded(words).split()
    if born is not None:
        for one in _here().filter(born=born).order_by("sort_key"):
            mine = folded(f"{one.name} {one.called}").split()
            if all(any(word.startswith(begun) for word in mine) for begun in asked):
                return one
    alike = _here().filter(sort_key__in=_keys(asked[:4], "")) if asked else []
    named = [one for one in alike if sorted(folded(one.name).split()) == sorted(asked)]
    return next((one for one in named if born is None or one.born is None), None)


def _here() -> QuerySet[Client]:
    """Everybody who is not archived."""
    return Client.objects.filter(archived_at=None)


def _keys(asked: list[str], after: str) -> list[str]:
    """The next keys of which every word asked begins a word of the name: asked of the index of the words alone, which
    holds the keys, so that no client is read who is not shown. (PostgreSQL, left to join, walked all 100,000.)"""
    begun = [
        NameWord.objects.filter(word__gte=word, word__lt=word + LAST, sort_key__gt=after).values_list("sort_key")
        for word in asked
    ]
    found = begun[0].intersection(*begun[1:]) if len(begun) > 1 else begun[0].distinct()
    return [key for (key,) in found.order_by("sort_key")[: PAGE + 1]]
