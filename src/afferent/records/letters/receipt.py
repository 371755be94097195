"""A receipt with the codes that the clinic enters, and its units counted. A frozen value.

Codes are shipped without descriptions, which belong to their owners. Ask here: `Receipt` and `units`.
"""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from afferent.records.letters.paper import Client, Clinic, Made, Recipient, Therapist

MINUTES_A_UNIT = 15
_LEAST = 8  # fewer of a unit's minutes are not counted [users.md 6.5]


class Service(Struct, frozen=True):
    """One service on one day. `fee` in the smallest money (cents). `timed`: its units are counted in minutes."""

    on: dt.date
    code: str
    minutes: int
    fee: int
    timed: bool = True
    words: str = ""


class Payment(Struct, frozen=True):
    """What was paid, in the smallest money, and how ("card")."""

    on: dt.date
    amount: int
    how: str = ""


class Receipt(Struct, frozen=True, tag="receipt", tag_field="letter"):
    """`diagnosis`: codes as the referrer gave them. `provider`, `tax`: the clinic's numbers, where it has any."""

    clinic: Clinic
    sender: Therapist
    to: Recipient
    client: Client
    on: dt.date
    made: Made
    number: str
    services: tuple[Service, ...]
    payments: tuple[Payment, ...] = ()
    currency: str = "USD"
    diagnosis: tuple[str, ...] = ()
    referrer: str = ""
    provider: str = ""
    tax: str = ""

    @property
    def total(self) -> int:
        return sum(one.fee for one in self.services)

    @property
    def paid(self) -> int:
        return sum(one.amount for one in self.payments)


def units(minutes: int) -> int:
    """Units of fifteen minutes: 8 to 22 minutes are one, 23 to 37 two, and so on; fewer than 8 are none."""
    return max(0, (minutes + MINUTES_A_UNIT - _LEAST) // MINUTES_A_UNIT)


def day_units(services: tuple[Service, ...]) -> dict[tuple[dt.date, str], int]:
    """Units by day and code: minutes with one code on one day are added up first."""
    found: dict[tuple[dt.date, str], int] = {}
    for one in services:
        if one.timed:
            found[one.on, one.code] = found.get((one.on, one.code), 0) + one.minutes
    return {key: units(minutes) for key, minutes in found.items()}
