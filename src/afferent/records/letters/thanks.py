"""Thanks for a referral: when we met, what we plan within which limits, and when we write again. A frozen value."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from afferent.records.letters.paper import Client, Clinic, Made, Recipient, Therapist
from afferent.records.letters.planned import HowHard, Plan, Shut


class Thanks(Struct, frozen=True, tag="thanks", tag_field="letter"):
    """`hard`, `shut`: as in a request. `report_after`: visits until a progress report."""

    clinic: Clinic
    sender: Therapist
    to: Recipient
    client: Client
    on: dt.date
    made: Made
    met: dt.date
    plan: Plan
    hard: tuple[HowHard, ...] = ()
    shut: tuple[Shut, ...] = ()
    report_after: int = 6
