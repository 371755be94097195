"""Which clinicians' answers count today, and what they open.

Valid: specific, signed, dated, not expired, and nothing new since [safety-clarifications.md 22]. A clearance lifts
`clearance_first`, raises a cap by at most the level named (and never above what the rule lets a clinician open),
may tighten anything, and never touches a hard stop.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from afferent.knowledge import Knowledge
from afferent.knowledge.model import Effect, Rule
from afferent.safety.evidence import RECORDED, Clearance
from afferent.safety.person import Person

VALID_DAYS = 90
VALID_DAYS_CHEMO = 30
CHEMO_DAYS = 42
_FAR = dt.date(9000, 1, 1)  # nonsense beyond it must not overflow


class Judged(Struct, frozen=True):
    """One clearance and why it does not count; an empty `fault` means that it does."""

    clearance: Clearance
    rule: str
    fault: str = ""


def judge(person: Person, knowledge: Knowledge) -> Iterator[Judged]:
    """Every clearance on file, per rule it speaks of, with the reason why it does not count, if so."""
    for clearance in person.clearances:
        for rule in clearance.rules:
            yield Judged(clearance, rule, _fault(clearance, rule, person, knowledge))


def _fault(clearance: Clearance, rule: str, person: Person, knowledge: Knowledge) -> str:
    known = knowledge.rules.get(rule)
    if known is None:
        return f"there is no rule {rule}"
    if sum(letter.isalpha() for letter in clearance.by) < 2:
        return "nobody signed it"
    if clearance.date > person.as_of:
        return f"it is dated in the future ({clearance.date})"
    if person.as_of > expiry(clearance, person):
        return f"it ended on {expiry(clearance, person)}"
    if new := _newer_entry(clearance, known, person, knowledge):
        return f"something new came after it ({new})"
    if known.hard_stop and not known.until:
        return f"{rule} is a hard stop: no clearance lifts it"
    return ""


def expiry(clearance: Clearance, person: Person) -> dt.date:
    """The last day on which a clearance counts: as written, 90 days without a date, 30 in chemotherapy."""
    chemo = person.values.get("chemo_date")
    days = VALID_DAYS_CHEMO if chemo is not None and float(chemo) <= CHEMO_DAYS else VALID_DAYS
    latest = min(clearance.date, _FAR) + dt.timedelta(days=days)
    return (
        latest if clearance.until is None else clearance.until if days == VALID_DAYS else min(clearance.until, latest)
    )


def _newer_entry(clearance: Clearance, rule: Rule, person: Person, knowledge: Knowledge) -> str:
    """An event, or a record entry, dated after the clearance, for anything the rule rests on."""
    for fact in knowledge.inputs(rule.when):
        if knowledge.facts[fact].kind == "date" and fact in person.values:
            happened = int(person.values[fact])
            if happened < (person.as_of - clearance.date).days:
                return f"{knowledge.facts[fact].title.lower()}: {person.as_of - dt.timedelta(days=happened)}"
        for entry in (*person.evidence.get(fact, ()), *person.raised.get(fact, ())):
            if entry.kind in RECORDED - {"lab"} and entry.date and entry.date > clearance.date:
                return f"{entry.origin}, {entry.date}"
    return ""


def level(effect: Effect, named: int | None) -> int | None:
    """The cap once opened: the level named, never above what the rule opens to; unnamed, the lower number."""
    if named is None:
        return effect.pressure
    ceiling = effect.cleared if effect.cleared is not None else effect.pressure
    return named if ceiling is None else min(named, ceiling)
