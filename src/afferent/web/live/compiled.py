"""A question that a stream asks at every look: turned into SQL once, for that costs more than asking it.

Ask here: `compiled(rows)`, and `as_long_as` (a yes that was judged once holds while the rows it rests on stand as they
stood). Two streams of each running visit look at every event; with two hundred visits on one process that was the
greater part of all its work.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

Row = tuple[Any, ...]
Ask = Callable[[], list[Row]]


def compiled(rows: QuerySet[Any, Any]) -> Ask:
    """The same rows, each time as they stand then, with values as the driver gives them (see `hexed`). `rows`: of
    `values_list`, with nothing in its conditions that changes from one time to the next.
    """
    sql, given = rows.query.sql_with_params()

    def ask() -> list[Row]:
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            return cursor.fetchall()

    return ask


def as_long_as(*asks: Ask, judge: Callable[[], dt.datetime | None]) -> Callable[[], bool]:
    """Is it still so? `asks`: every row that the verdict rests on, whole. `judge`: until when a yes is good by the
    clock alone; None for no. It is asked again once a row is another, and as long as the answer is no.
    """
    seen: list[list[Row]] | None = None
    until: dt.datetime | None = None

    def holds() -> bool:
        nonlocal seen, until
        rows = [ask() for ask in asks]
        if rows != seen or until is None or timezone.now() >= until:
            seen, until = rows, judge()
        return until is not None and timezone.now() < until

    return holds


def hexed(value: Any) -> str:
    """A UUID as 32 letters; SQLite keeps it so already."""
    return value.hex if isinstance(value, UUID) else str(value)
