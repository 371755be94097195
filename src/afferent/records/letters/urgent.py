"""The urgent finding: "I noticed … please have it looked at". An observation, never a diagnosis.

A frozen value. The words of each kind of finding stand in `words/letters.toml`; what the therapist adds is theirs.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

from afferent.records.letters.paper import Client, Clinic, Made, Recipient, Therapist

Noticed = Literal["skin", "hot_foot", "clot_signs", "other"]
How = Literal["now", "today", "soon"]


class Urgent(Struct, frozen=True, tag="urgent", tag_field="letter"):
    """`place`: where, in words; empty for the whole person. `seen`: the day, `time` as it was noted. `felt`: did the
    client know of it? `known`: what may matter to the reader, and nothing else. `told`: what the client was told."""

    clinic: Clinic
    sender: Therapist
    to: Recipient
    client: Client
    on: dt.date
    made: Made
    noticed: Noticed
    how: How
    place: str
    seen: dt.date
    time: str = ""
    more: str = ""
    felt: bool | None = None
    known: tuple[str, ...] = ()
    did: tuple[str, ...] = ()
    told: str = ""
