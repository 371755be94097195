"""The end of a series: why it ends, what was done, the scores, what was advised. A frozen value."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from afferent.records.letters.course import Dose, Scores, Sessions, SkinFinding
from afferent.records.letters.paper import Client, Clinic, Made, Recipient, Therapist


class Discharge(Struct, frozen=True, tag="discharge", tag_field="letter"):
    """`reason`: why the series ends. `result`: in the words of the agreed rule. `advice`: what the client was told."""

    clinic: Clinic
    sender: Therapist
    to: Recipient
    client: Client
    on: dt.date
    made: Made
    reason: str
    sessions: Sessions
    result: str = ""
    doses: tuple[Dose, ...] = ()
    scores: tuple[Scores, ...] = ()
    looks: int = 0
    skin: tuple[SkinFinding, ...] = ()
    events: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
