"""A draft letter of medical necessity, for a clinician to correct and sign [users.md 6.6]. A frozen value.

Whatever only a clinician can state (a condition, a code, that massage is needed) is as they stated it, or a blank line.
"""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from afferent.records.letters.paper import Client, Clinic, Made, Recipient, Therapist


class Necessity(Struct, frozen=True, tag="necessity", tag_field="letter"):
    """Impairment, measurable goal and progress are what payers ask for [users.md 6.5]. `studies`: what was found, with
    how certain it is, never more."""

    clinic: Clinic
    sender: Therapist
    to: Recipient
    client: Client
    on: dt.date
    made: Made
    why: str
    condition: str = ""
    code: str = ""
    impairment: str = ""
    goal: str = ""
    frequency: str = ""
    duration: str = ""
    progress: str = ""
    studies: tuple[str, ...] = ()
