"""Visits that were moved, as one appointment that keeps its name: which visit it was at first, and what it is now.

Ask here: `moves(clients)`, read once; of it `first` (the visit it was at first, and how often it was moved since) and
`ends_with` (the therapist of what a visit became in the end; None where it was never moved).
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from msgspec import Struct

from afferent.web.book.models import Visit


class Moves(Struct, frozen=True):
    """`after`: visit -> what it became; `before`: the other way; `therapist`: of what is not moved any further."""

    after: dict[UUID, UUID]
    before: dict[UUID, UUID]
    therapist: dict[UUID, int]

    def first(self, visit: UUID) -> tuple[UUID, int]:
        number = 0
        while visit in self.before:
            visit, number = self.before[visit], number + 1
        return visit, number

    def ends_with(self, visit: UUID) -> int | None:
        if visit not in self.after:
            return None
        while visit in self.after:
            visit = self.after[visit]
        return self.therapist.get(visit)


def moves(clients: Collection[UUID]) -> Moves:
    """Every move of these clients' visits. Two queries."""
    rows = Visit.objects.filter(client_id__in=clients, became__isnull=False).values_list("pk", "became_id")
    after = dict(rows)
    last = set(after.values()) - after.keys()
    therapist = dict(Visit.objects.filter(pk__in=last).values_list("pk", "therapist_id"))
    return Moves(after, {new: old for old, new in after.items()}, therapist)
