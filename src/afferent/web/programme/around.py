"""Scores before and after the same visit, measure by measure and scale by scale.

Ask here: `around`. The database lays the sides of each visit beside each other, once; equal pairs are then counted
together. A pair is one visit with both; where one side was said twice and differently, it is none, and counted as that.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import connection
from django.db.models import Max, Min, Q
from msgspec import Struct

from afferent.knowledge.measures import Measure
from afferent.outcomes.paired import Paired, paired
from afferent.web.outcomes.models import Score
from afferent.web.programme.counts import Span
from afferent.web.programme.holds import holding

_BEFORE, _AFTER = Q(asked="before_visit"), Q(asked="after_visit")


class Around(Struct, frozen=True):
    """One measure on one scale. `one_sided`: visits with before or after only; `clashes`: said twice, differently.
    `better`: the way that is better for the person."""

    measure: str
    title: str
    scale: str
    better: str
    top: float
    found: Paired
    one_sided: int
    clashes: int


class _Scale(Struct):
    """What is counted of one measure on one scale."""

    pairs: Counter[tuple[float, float]]
    people: dict[Any, tuple[int, float]]
    one_sided: int = 0
    clashes: int = 0


def around(span: Span, measures: dict[str, Measure]) -> list[Around]:
    """The measure with most pairs first."""
    scales: dict[tuple[str, str], _Scale] = {}
    for measure, scale, client, before, before_too, after, after_too in _sides(span):
        mine = scales.setdefault((measure, scale), _Scale(Counter(), {}))
        if before is None or after is None:
            mine.one_sided += 1
        elif before != before_too or after != after_too:
            mine.clashes += 1
        else:
            mine.pairs[before, after] += 1
            number, total = mine.people.get(client, (0, 0.0))
            mine.people[client] = number + 1, total + after - before
    found = [_around(key, measures.get(key[0]), one) for key, one in scales.items() if one.pairs]
    return sorted(found, key=lambda one: (-one.found.pairs, one.title, one.scale))


def _around(key: tuple[str, str], measure: Measure | None, scale: _Scale) -> Around:
    name, words = key
    known = measure is not None and measure.scale == words
    pairs = [(before, after, number) for (before, after), number in sorted(scale.pairs.items())]
    return Around(
        name, measure.title if measure else name, words, measure.better if measure and known else "none",
        measure.range[1] if measure and known else 10.0, paired(pairs, list(scale.people.values())),
        scale.one_sided, scale.clashes,
    )  # fmt: skip


def _sides(span: Span) -> list[tuple[Any, ...]]:
    """Of each visit, measure and scale: the client, and the least and the most that was said on either side. Read past
    the ORM, which would make a UUID of each of twenty thousand clients."""
    rows = Score.objects.filter(
        _BEFORE | _AFTER, value__isnull=False, **span.within("visit__starts_at"), **span.whose.at("visit__therapist")
    )
    sides = holding(rows).order_by().values("visit_id", "measure", "scale", "client_id").annotate(
        b=Min("value", filter=_BEFORE), b_too=Max("value", filter=_BEFORE),
        a=Min("value", filter=_AFTER), a_too=Max("value", filter=_AFTER),
    )  # fmt: skip
    inner, params = sides.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT measure, scale, client_id, b, b_too, a, a_too FROM ({inner}) AS sides", params)
        return list(cursor.fetchall())
