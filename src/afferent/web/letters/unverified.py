"""Answers that nobody has verified: what they hold back counts at once, and they open nothing.

Ask here: `unverified`, of many clients in one query. `clients.knowing` lays it upon what is known of each. An answer
leaves this list when it is confirmed (then it stands in the record) or taken back. One that was not confirmed stays: it
may have been a slip of a telephone, and what it holds back is the safer guess until a clinician answers again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from afferent.knowledge import Knowledge
from afferent.records.letters.answer_form import Reading
from afferent.web.letters.models import Answer, Call
from afferent.web.letters.reading import read_again


def standing() -> QuerySet[Answer]:
    """Every answer with `outcome`: what came of it last, or None."""
    last = Call.objects.filter(answer=OuterRef("pk")).order_by("-pk").values("outcome")[:1]
    found: QuerySet[Answer] = Answer.objects.annotate(outcome=Subquery(last))
    return found


def unverified(clients: Iterable[UUID], knowledge: Knowledge) -> dict[UUID, tuple[Reading, ...]]:
    """What each of them comes to, in the order they came. One query."""
    open_ = Q(outcome=None) | Q(outcome="not_confirmed")
    rows: Any = standing().filter(open_, client_id__in=list(clients)).order_by("at", "pk")
    found: dict[UUID, tuple[Reading, ...]] = {}
    for client, reading in rows.values_list("client_id", "reading"):
        found[client] = (*found.get(client, ()), read_again(reading, knowledge))
    return found
