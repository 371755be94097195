"""What a screening says, as data: the JSON contract. Field names are fixed; more may be added.

Built by `safety.screen`, read by every page, letter and program. Nothing here decides.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from msgspec import Struct

from afferent.knowledge.model import Decision, Strength, Urgency


class Thermal(Struct, frozen=True, omit_defaults=True):
    """How warm or cold, and how long, where it is open."""

    minutes: int
    max_c: float | None = None
    min_c: float | None = None


class RegionLimit(Struct, frozen=True):
    """What holds in one region. `heat` and `cold`: false, or the ceiling. `because`: rule ids."""

    pressure: int
    heat: Thermal | bool
    cold: Thermal | bool
    minutes: int
    techniques_off: tuple[str, ...]
    because: tuple[str, ...]
    excluded: bool = False


class Session(Struct, frozen=True):
    """The visit as a whole. `because`: limit -> rule ids."""

    minutes: int
    positions_off: tuple[str, ...]
    because: dict[str, tuple[str, ...]]


class Advice(Struct, frozen=True):
    id: str
    title: str
    text: str
    because: tuple[str, ...]


class PointOff(Struct, frozen=True):
    """An acupressure point that is left out, and where."""

    point: str
    title: str
    where: tuple[str, ...]
    because: tuple[str, ...]


class Met(Struct, frozen=True):
    """One fact of this person that met a rule: value, date, and where it stands."""

    fact: str
    title: str
    value: Any
    date: dt.date | None
    origin: str
    said: str = ""


class Cited(Struct, frozen=True):
    id: str
    title: str
    url: str


class RuleResult(Struct, frozen=True):
    """One rule and its state: fired, or possible because something is unknown."""

    id: str
    title: str
    state: str
    hard_stop: bool
    strength: Strength
    caps_strength: Strength | None
    decision: Decision
    urgency: Urgency
    facts: tuple[Met, ...]
    unknown: tuple[str, ...]
    where: tuple[str, ...]
    sources: tuple[Cited, ...]
    text: str
    why: str
    lifted_by: str
    cleared: bool = False


class Question(Struct, frozen=True):
    """Something to ask. `group`: asked together. `reason`: missing, place, conflict or record."""

    fact: str
    text: str
    critical: bool
    because: tuple[str, ...]
    group: str
    title: str
    kind: str
    reason: str
    options: dict[str, str] = {}
    record: tuple[Met, ...] = ()


class Subject(Struct, frozen=True):
    id: str
    age: int | None


class ClearanceResult(Struct, frozen=True):
    """A clinician's answer on file, and why it does not count, if so. `refused`: it says "do not"."""

    rule: str
    by: str
    date: dt.date
    until: dt.date
    counts: bool
    fault: str
    refused: bool = False


class Screening(Struct, frozen=True):
    """The whole answer for one person on one day, from one version of the knowledge."""

    knowledge: str
    as_of: dt.date
    subject: Subject
    decision: Decision
    urgency: Urgency
    ask_first: bool
    excluded: tuple[str, ...]
    clearance_for: tuple[str, ...]
    limits: dict[str, RegionLimit]
    until_answered: dict[str, RegionLimit]
    effective: dict[str, RegionLimit]
    session: Session
    advice: tuple[Advice, ...]
    points_off: tuple[PointOff, ...]
    rules: tuple[RuleResult, ...]
    questions: tuple[Question, ...]
    numb: tuple[str, ...] = ()
    clearances: tuple[ClearanceResult, ...] = ()
    not_understood: tuple[str, ...] = ()
