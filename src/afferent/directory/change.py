"""One change to a profile, as a value: by whoever claimed it, or by somebody who checked something.

Ask here: `Change`, `applied(therapist, change)`. What somebody says of themselves never replaces what was checked, nor
becomes checked by being said; only `checked` does that, and it names day and way.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from afferent.directory.model import Badge, Known, Licence, Therapist
from afferent.directory.published import published
from afferent.errors import InputError

SHUT: Final = ("lapsed", "suspended", "revoked")  # a status that nobody says away


class Change(Struct, frozen=True, omit_defaults=True):
    """What is put anew. `said`: facts, self-declared; None takes one back. `checked`: facts that stand, looked up.

    `licence`: of one jurisdiction, in the place of the one that was there; one that was checked, lapsed or taken away
    is replaced by a check only. `badge`: None takes it off. `left_out`: found by nobody from now on, or again. What is
    not there stays as it is.
    """

    said: dict[str, Known | None] = {}
    checked: dict[str, Known] = {}
    licence: Licence | UnsetType = UNSET
    claimed: bool | UnsetType = UNSET
    street: str | UnsetType = UNSET
    badge: Badge | UnsetType | None = UNSET
    left_out: bool | UnsetType = UNSET


def applied(therapist: Therapist, change: Change) -> Therapist:
    """The same therapist with the change made. Made twice, it changes nothing more."""
    facts = dict(therapist.facts)
    for name, known in change.said.items():
        if therapist.fact(name).standing == "verified":
            continue
        if known is None:
            facts.pop(name, None)
        else:
            facts[name] = replace(known, standing="declared", how="")
    facts |= {name: replace(known, standing="verified") for name, known in change.checked.items()}
    fields = {
        name: value
        for name in ("claimed", "street", "badge")
        if not isinstance(value := getattr(change, name), UnsetType)
    }
    return replace(therapist, facts=facts, licences=_licences(therapist, change), **fields)


def _licences(therapist: Therapist, change: Change) -> tuple[Licence, ...]:
    new = change.licence
    if isinstance(new, UnsetType):
        return therapist.licences
    here = [one for one in therapist.licences if one.jurisdiction == new.jurisdiction]
    if new.standing != "verified" and any(one.standing == "verified" or one.status in SHUT for one in here):
        return therapist.licences
    return (new, *(one for one in therapist.licences if one.jurisdiction != new.jurisdiction))


def checked(change: Change, today: dt.date) -> Change:
    """The same change, if it may be kept. Raises InputError: a fact or state that is none, a day that has not come, a
    check without day or way."""
    tables = published()
    for name in (*change.said, *change.checked):
        if name not in tables.facts:
            raise InputError(f"profile: there is no fact {name[:40]!r} of a therapist")
        if name in change.said and tables.facts[name].counted:
            raise InputError(f"profile: {tables.facts[name].title.lower()} are counted, not said")
    looked: list[Known | Licence] = [*change.checked.values()]
    if not isinstance(change.licence, UnsetType):
        if change.licence.jurisdiction not in tables.jurisdictions:
            raise InputError(f"licence: {change.licence.jurisdiction[:20]!r} is no state; write two letters such as MN")
        if change.licence.standing == "verified":
            looked.append(change.licence)
    for one in looked:
        if one.on is None or not one.how:
            raise InputError("a check needs the day and the way it was made")
        if one.on > today:
            raise InputError("the day of the check has not come yet")
    return change
