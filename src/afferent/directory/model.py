"""A therapist as the directory knows one: frozen values, each fact with who stands behind it and since when.

Nothing here is inferred. A provider number (NPI) and a taxonomy code are labels: neither makes a licence or a training
known. An address is kept apart, for a letter that proves control; it is no part of what is shown, until the therapist
has claimed the profile and wants it shown.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, Literal

from msgspec import UNSET, Struct, UnsetType

Standing = Literal["verified", "declared", "unknown"]
"""verified: somebody looked it up, `how` says where. declared: the therapist says so. unknown: nobody has said."""
Regime = Literal["licensed", "registered", "voluntary", "unregulated", "unknown"]
LicenceStatus = Literal["active", "lapsed", "suspended", "revoked", "not known"]
Source = Literal["register", "clinic", "own"]

TRAINED: Final = frozenset({
    "neuropathy_hours", "medical_training", "clinical_training", "oncology_training", "lymphatic_training",
    "hospital_experience", "board_certified", "neuropathy_sessions", "neuropathy_years",
})  # fmt: skip
"""Facts of training and experience."""
SAID: Final[dict[Standing, str]] = {"verified": "verified", "declared": "self-declared", "unknown": "not known"}


class Known(Struct, frozen=True, omit_defaults=True):
    """One fact: value, standing, the day it was said or checked, and how it was checked.

    Absent and `unknown` are the same; an unknown with a date was asked then, and not answered.
    """

    value: bool | int | float | str | tuple[str, ...] | None = None
    standing: Standing = "unknown"
    on: dt.date | None = None
    how: str = ""

    @property
    def known(self) -> bool:
        """Did anybody say anything?"""
        return self.standing != "unknown" and self.value is not None


UNKNOWN: Final = Known()


class Licence(Struct, frozen=True, omit_defaults=True):
    """A licence, registration or certificate in one jurisdiction (two letters).

    `status` "not known": a number is written somewhere and nobody looked whether it holds.
    """

    jurisdiction: str
    number: str = ""
    status: LicenceStatus = "not known"
    standing: Standing = "declared"
    on: dt.date | None = None
    how: str = ""


class Spot(Struct, frozen=True):
    """Somewhere a therapist works: city, state, ZIP code, and the middle of that ZIP code in degrees. No street."""

    city: str
    state: str
    zip: str
    lat: float
    lon: float


class Badge(Struct, frozen=True):
    """The quiz was passed on `on`, which counts until `until`: so many right ones of so many."""

    on: dt.date
    until: dt.date
    right: int
    of: int


class Therapist(Struct, frozen=True, omit_defaults=True):
    """One therapist. `label`: what a register calls the person, which proves nothing. `spots`: the nearest counts.

    `sanctioned`: known to be under a board's sanction. `updated`: the day of the newest entry of the register.
    `street`: as whoever claimed the profile wants it shown. `badge`: says that somebody passed a quiz. `invented`: made
    up for a demonstration.
    """

    id: str
    name: str
    spots: tuple[Spot, ...] = ()
    facts: dict[str, Known] = {}
    licences: tuple[Licence, ...] = ()
    sanctioned: bool = False
    claimed: bool = False
    label: str = ""
    phone: str = ""
    source: Source = "own"
    updated: dt.date | None = None
    street: str = ""
    badge: Badge | None = None
    invented: bool = False

    def fact(self, name: str) -> Known:
        """What is known of one fact; `UNKNOWN` where nothing is."""
        return self.facts.get(name, UNKNOWN)


def trained(therapist: Therapist) -> Standing:
    """Who stands behind any training or experience that is so; "unknown" where there is none."""
    found = {fact.standing for name, fact in therapist.facts.items() if name in TRAINED and fact.known and fact.value}
    return "verified" if "verified" in found else "declared" if found else "unknown"


def untold(therapist: Therapist) -> bool:
    """Has nobody said anything of training or experience, neither yes nor no?"""
    return not any(therapist.fact(name).known for name in TRAINED)


def changed(therapist: Therapist, facts: dict[str, Known] | UnsetType = UNSET, **fields: Any) -> Therapist:
    """The same therapist with some fields put anew; `facts` are laid over those that were there."""
    from msgspec.structs import replace

    if not isinstance(facts, UnsetType):
        fields["facts"] = {**therapist.facts, **facts}
    return replace(therapist, **fields)
