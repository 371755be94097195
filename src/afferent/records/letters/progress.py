"""The progress report: one page on what was done, what it came to, what was found, and one question.

A frozen value. It says what was counted and said; whether it helped is the agreed rule's to say, and in its words.
"""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from afferent.records.letters.course import Dose, MapAt, Scores, Sessions, SkinFinding
from afferent.records.letters.paper import Client, Clinic, Made, Recipient, Therapist


class Progress(Struct, frozen=True, tag="progress", tag_field="letter"):
    """`looks`: how often the skin was looked at. `own_words`: the client's, as they were said. `rule`: what was agreed
    beforehand about going on or stopping; `verdict`: what it says now; `onward`: what is done now, by the therapist."""

    clinic: Clinic
    sender: Therapist
    to: Recipient
    client: Client
    on: dt.date
    made: Made
    why: str
    sessions: Sessions
    doses: tuple[Dose, ...] = ()
    scores: tuple[Scores, ...] = ()
    then: MapAt | None = None
    now: MapAt | None = None
    looks: int = 0
    skin: tuple[SkinFinding, ...] = ()
    events: tuple[str, ...] = ()
    own_words: str = ""
    question: str = ""
    rule: str = ""
    verdict: str = ""
    onward: str = ""
