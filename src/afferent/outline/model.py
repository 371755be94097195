"""The shapes of an outline: what was wished for, the steps of a visit, and what crosses a limit.

Frozen values, the same in Python, in the database and in an address. Nothing here decides anything.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Aim = Literal["ease_pain", "loosen", "sleep", "calm", "feet", "hands"]
Kind = Literal["with_affected", "elsewhere", "still", "not_today"]
Crosses = Literal[
    "closed", "excluded", "pressure", "minutes", "technique", "warmth", "start", "visit_minutes", "unknown"
]

NEVER: frozenset[Crosses] = frozenset({"closed", "excluded", "unknown", "warmth"})  # no reason opens these


class Wish(Struct, frozen=True):
    """What the visit is for. `minutes`: how long it is booked. `first`: nobody has worked with this client yet.

    `gentler`: levels down, and `shorter`: minutes off, because somebody was worse for more than a day after the last
    visit. `warmth`: the client agreed to warmth and cold. `affected`: places that the client's map marks and no rule
    reads (tingling, burning, weak), so that the screening cannot show them; `tight`: those marked as tight.
    """

    aims: tuple[Aim, ...] = ()
    minutes: int = 45
    first: bool = True
    gentler: int = 0
    shorter: int = 0
    warmth: bool = False
    affected: tuple[str, ...] = ()
    tight: tuple[str, ...] = ()


class Step(Struct, frozen=True):
    """Hands on one place: the regions that are worked as one, with what, how hard (Walton), for how long.

    `affected`: numb, painful or otherwise part of the neuropathy. `points`: acupressure points or reflex zones.
    `source`, `celsius`: what warms or cools, and the reading it may have.
    """

    regions: tuple[str, ...]
    work: str
    level: int
    minutes: int
    affected: bool = False
    points: tuple[str, ...] = ()
    source: str = ""
    celsius: float | None = None


class Outline(Struct, frozen=True):
    """One possible visit. `because`: ids of the evidence and rules that shaped it. "Not today" has no steps."""

    kind: Kind
    steps: tuple[Step, ...] = ()
    because: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """Hands-on minutes."""
        return sum(step.minutes for step in self.steps)


class Fault(Struct, frozen=True):
    """Where an outline crosses a limit. `step`: its number, or None for the whole. `rules`: whose limit it is.

    What is among NEVER cannot be done; the rest takes a reason, unless it is `hard`: above 3 medium, a numb place, a
    client who cannot tell, a place of level 0, a level or a technique that a rule holds (but for a few), or what only
    an open question holds back.
    """

    crosses: Crosses
    step: int | None
    says: str
    rules: tuple[str, ...] = ()
    hard: bool = False

    @property
    def never(self) -> bool:
        """No reason opens it."""
        return self.hard or self.crosses in NEVER


class Crossing(Struct, frozen=True):
    """A limit that a therapist went beyond, and why. `reason`: a key of the closed list; `words`: their own."""

    crosses: Crosses
    regions: tuple[str, ...]
    says: str
    rules: tuple[str, ...]
    reason: str
    words: str = ""
