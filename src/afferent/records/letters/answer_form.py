"""The form of a physician's answer, and of what it comes to: frozen values, as a page or a therapist enters them.

Kept whole as it came. `answer.read` says what of it counts.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from msgspec import Struct

from afferent.safety.evidence import Clearance, Evidence

Says = Literal["fine", "limit", "do_not", "open"]
Overall = Literal["nothing_found", "adapt", "inadvisable", "open"]
Route = Literal["link", "paper", "phone"]
About = Literal[
    "unsigned", "date", "hard_stop", "not_asked", "contradiction", "ceiling", "expiry", "unreadable", "open", "words"
]


class ItemAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """What was said of one line. `level`: with "limit". `facts`: fact -> the box that was ticked (its words), or a
    value as a case file writes it ({value, unit, date} for a count). `words`: question -> what was written there."""

    item: str
    says: Says = "open"
    level: int | None = None
    facts: dict[str, Any] = {}
    words: dict[str, str] = {}


class Answer(Struct, frozen=True, forbid_unknown_fields=True):
    """An answer as it came, kept whole. `because`, `words`: free text. `also`: answers to what no rule had raised."""

    date: dt.date
    name: str
    role: str = ""
    contact: str = ""
    route: Route = "link"
    items: tuple[ItemAnswer, ...] = ()
    also: dict[str, Any] = {}
    overall: Overall = "open"
    because: str = ""
    words: str = ""
    until: dt.date | None = None


class Fault(Struct, frozen=True):
    """One thing about an answer that a therapist must know. `item`: of which line, where it is of one."""

    about: About
    says: str
    item: str = ""


class Reading(Struct, frozen=True):
    """What an answer comes to. The clearances are unverified; `opening` makes them count."""

    clearances: tuple[Clearance, ...]
    facts: tuple[Evidence, ...]
    faults: tuple[Fault, ...]
