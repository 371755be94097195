"""Whose visits are counted: those of the whole clinic, or of one therapist.

Ask here: `Whose` (a filter for each table) and `read`. A therapist who is not the owner sees their own and no other's,
whatever an address asks for.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from afferent.errors import InputError
from afferent.web.accounts.models import User
from afferent.web.book.models import Visit
from afferent.web.clinics.models import Membership


class Whose(Struct, frozen=True):
    """`therapist` None: everybody's."""

    therapist: User | None = None

    def at(self, path: str) -> dict[str, object]:
        """A filter; `path`: how the table leads to the therapist."""
        return {} if self.therapist is None else {path: self.therapist.pk}


def therapists(mine: Membership) -> list[User]:
    """Everybody who treats here or once did, by name."""
    here = User.objects.filter(memberships__clinic=mine.clinic, memberships__therapist=True)
    had = User.objects.filter(pk__in=Visit.objects.order_by().values_list("therapist").distinct())
    return sorted({*here, *had}, key=lambda one: (one.name, one.pk))


def read(asked: Mapping[str, str], mine: Membership, among: list[User]) -> Whose:
    """Raises InputError where nobody is meant."""
    if not mine.owner:
        return Whose(mine.user)
    wanted = asked.get("whose", "").strip()
    if not wanted:
        return Whose()
    found = next((one for one in among if str(one.pk) == wanted), None)
    if found is None:
        raise InputError("There is no such therapist here. Choose one from the list")
    return Whose(found)
