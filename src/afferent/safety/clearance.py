"""Which clinicians' answers count today, and what they open.

Valid: specific, signed, dated, not expired, and nothing new since [safety-clarifications.md 22]. A clearance lifts
`clearance_first`, raises a cap by at most the level named (and never above what the rule lets a clinician open),
may tighten anything, and never touches a hard stop. What it tightens holds also unverified, and also when something new
has ended what it opened; past its last day it holds while its rule speaks, until a clinician answers again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from afferent.body.areas import PLACES
from afferent.knowledge import Knowledge
from afferent.knowledge.model import Effect, Rule
from afferent.safety.evidence import RECORDED, Clearance
from afferent.safety.limits import Limit
from afferent.safety.person import Person

VALID_DAYS = 90
VALID_DAYS_CHEMO = 30
CHEMO_DAYS = 42
CHEMO = ("chemo_date", "oxaliplatin_date")  # the last of either: a list of medicines may know of one only
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


class Tightened(Struct, frozen=True):
    """What one answer holds back for one rule. `area`: the places that it names; 0: the rule's own. `limit`: what holds
    there. `ended`: its last day is past, so that it holds while its rule speaks, until a clinician answers again.
    """

    rule: str
    area: int
    limit: Limit
    ended: bool


def tightened(person: Person, knowledge: Knowledge) -> Iterator[Tightened]:
    """What clinicians' answers hold back beyond the rules: a refusal, with or without places, and levels named.

    A later answer that counts replaces an earlier one on the same rule; one that nobody has verified replaces nothing,
    and neither does something new, or a last day that has passed.
    """
    spoken = [one for one in judge(person, knowledge) if not _void(one.clearance, one.rule, person, knowledge)]
    last: dict[str, dt.date] = {}
    for one in spoken:
        if not one.fault:
            last[one.rule] = max(one.clearance.date, last.get(one.rule, dt.date.min))
    for one in spoken:
        if one.clearance.date >= last.get(one.rule, dt.date.min):
            yield from _held_back(one, ended=person.as_of > _written(one.clearance))


def _held_back(one: Judged, *, ended: bool) -> Iterator[Tightened]:
    refused, pressure = one.clearance.answer == "do_not", one.clearance.pressure
    for region, named in pressure.items():
        limit = Limit(0 if refused else named, refused, because=frozenset({one.rule}))
        yield Tightened(one.rule, PLACES[region], limit, ended)
    if refused and not pressure:
        yield Tightened(one.rule, 0, Limit(0, excluded=True, because=frozenset({one.rule})), ended)


def _fault(clearance: Clearance, rule: str, person: Person, knowledge: Knowledge) -> str:
    if void := _void(clearance, rule, person, knowledge):
        return void
    if person.as_of > (last := expiry(clearance, person)):
        refused = clearance.answer == "do_not"
        return f"it ended on {last}{': a clinician is asked again before what it refused is opened' * refused}"
    if not clearance.verified:
        return "nobody has confirmed yet that it is theirs: it opens nothing, and what it tightens counts"
    known = knowledge.rules[rule]
    if new := _newer_entry(clearance, known, person, knowledge):
        return f"something new came after it ({new})"
    if known.hard_stop and not known.until:
        return f"{rule} is a hard stop: no clearance lifts it"
    return ""


def _void(clearance: Clearance, rule: str, person: Person, knowledge: Knowledge) -> str:
    """Why it says nothing at all, neither looser nor tighter."""
    if rule not in knowledge.rules:
        return f"there is no rule {rule}"
    if sum(letter.isalpha() for letter in clearance.by) < 2:
        return "nobody signed it"
    if clearance.date > person.as_of:
        return f"it is dated in the future ({clearance.date})"
    return ""


def _written(clearance: Clearance) -> dt.date:
    """The last day of what it tightens by itself: chemotherapy, a hazard, does not make that end sooner."""
    return clearance.until or min(clearance.date, _FAR) + dt.timedelta(days=VALID_DAYS)


def expiry(clearance: Clearance, person: Person) -> dt.date:
    """The last day on which a clearance counts: as written, 90 days without a date, 30 in chemotherapy."""
    chemo = any(name in person.values and float(person.values[name]) <= CHEMO_DAYS for name in CHEMO)
    days = VALID_DAYS_CHEMO if chemo else VALID_DAYS
    latest = min(clearance.date, _FAR) + dt.timedelta(days=days)
    return (
        latest if clearance.until is None else clearance.until if days == VALID_DAYS else min(clearance.until, latest)
    )


def _newer_entry(clearance: Clearance, rule: Rule, person: Person, knowledge: Knowledge) -> str:
    """A dated event of any kind (a clot, a fracture, an operation, a cycle of chemotherapy) after the clearance,
    whatever the rule rests on; or a record entry after it, for anything that the rule rests on."""
    for known in knowledge.facts.values():
        if known.kind == "date" and known.id in person.values:
            happened = int(person.values[known.id])
            if happened < (person.as_of - clearance.date).days:
                return f"{known.title.lower()}: {person.as_of - dt.timedelta(days=happened)}"
    for fact in knowledge.inputs(rule.when):
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
