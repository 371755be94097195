"""What the rules say about warming or cooling one place of one person, before any physics.

Ask here: `closed`, every reason why it is not open. It reads the *effective* limits: what is known, and what open
questions hold back; and it judges all that the thing touches, not only the place that was named. Pure data in, reasons
out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from afferent.body.regions import AREA
from afferent.body.regions import area as union
from afferent.knowledge import Knowledge
from afferent.knowledge.model import CLOSES, DECISION_RANK, Effect, Rule
from afferent.physiology.heat.source import HeatSource, reached, usable
from afferent.safety.screening import RegionLimit, Screening

# Who cannot raise the alarm is not warmed or cooled, helper or not: our own condition (N), tighter than the rules.
ALARM: Final = {
    "NO-FEEDBACK": "Nobody could say that it is too hot or too cold. Our own condition.",
    "MASKING-MEDS": "Medicines dull the feeling that would warn. Our own condition.",
}
TESTED: Final = "HEAT-CEILING"  # fires where hot and cold were told apart today
_TEST: Final = "hot_cold_intact"


class Closed(Struct, frozen=True):
    """One reason why it is closed. `held`: only until the facts of `ask` are answered, or the thing is measured.

    `rule`: the id of a rule, or one of our own words: PLACE, NEVER, NOBODY, VISIT, EXCLUDED, ASK-FIRST, NUMB, ALARM,
    LIMITS, and of a reading UNMEASURED, TOO-WARM, TOO-COLD, NOT-WARM, NOT-COLD.
    """

    rule: str
    says: str
    held: bool = False
    ask: tuple[str, ...] = ()


def closed(source: HeatSource, site: str, screening: Screening | None, knowledge: Knowledge) -> tuple[Closed, ...]:
    """Every reason that is known; where there is none, those that open questions hold; none where it is open.

    While questions are open that come before any touch, they stand for all that is held. Raises KeyError on an unknown
    region.
    """
    area = reached(source, AREA[site])
    found = tuple(_reasons(source, AREA[site], area, screening, knowledge))
    known = tuple(one for one in found if not one.held) or tuple(one for one in found if one.rule == "ASK-FIRST")
    if not found and screening is not None and not _open(source, area, screening.effective):
        return (Closed("LIMITS", f"Today’s limits leave no {source.does} for this place."),)
    return known or found


def _reasons(
    source: HeatSource, named: int, area: int, screening: Screening | None, knowledge: Knowledge
) -> Iterator[Closed]:
    if source.never:
        yield Closed("NEVER", source.never)
    if not usable(source, named):
        yield Closed("PLACE", f"A {source.title} is not for this part of the body.")
    if screening is None:
        yield Closed("NOBODY", "Nothing is known about this person, and unknown never clears. Screen first.", held=True)
        return
    yield from _visit(area, screening)
    if _within(area, screening.numb):
        yield Closed("NUMB", f"Feeling is lost here, or in part of it: a numb place does not warn. No {source.does}.")
    yield from _by_rules(source, area, screening, knowledge)
    yield from _alarm(screening)


def _visit(area: int, screening: Screening) -> Iterator[Closed]:
    """The visit as a whole, and places that are not touched at all."""
    if DECISION_RANK[screening.decision] >= CLOSES:
        yield Closed("VISIT", "There is no massage today, and so no heat and no cold.")
    elif _within(area, screening.excluded):
        yield Closed("EXCLUDED", "This place is left alone today.")
    if screening.ask_first:
        facts = tuple(one.fact for one in screening.questions if one.critical)
        yield Closed("ASK-FIRST", "Questions are open that come before any touch.", held=True, ask=facts)


def _within(area: int, regions: tuple[str, ...]) -> bool:
    """Does the area share anything with these regions?"""
    return any(AREA[region] & area for region in regions)


def _by_rules(source: HeatSource, area: int, screening: Screening, knowledge: Knowledge) -> Iterator[Closed]:
    known = _closers(source, area, screening.limits, knowledge)
    for rule in known:
        yield Closed(rule.id, rule.says)
    for rule in _closers(source, area, screening.until_answered, knowledge):
        if rule not in known:
            yield Closed(rule.id, rule.says, held=True, ask=_ask(rule, area, screening, knowledge))


def _ask(rule: Rule, area: int, screening: Screening, knowledge: Knowledge) -> tuple[str, ...]:
    """What would answer it: first the test of hot and cold where it was not made, then the rule's own questions.

    A detail of something nobody has said yes to is no question yet.
    """
    tested = union(
        region for one in screening.rules if one.id == TESTED and one.state == "fired" for region in one.where
    )
    first = [_TEST] if _TEST in knowledge.inputs(rule.when) and area & ~tested else []
    own = [
        one.fact
        for one in screening.questions
        if rule.id in one.because and _matters(one.fact, one.critical, knowledge)
    ]
    return tuple(dict.fromkeys([*first, *own]))


def _matters(fact: str, critical: bool, knowledge: Knowledge) -> bool:
    one = knowledge.facts[fact]
    return critical or not (one.detail_of or one.kind == "choice")


def _alarm(screening: Screening) -> Iterator[Closed]:
    """Medicines that dull feeling, or nobody who could tell what is felt."""
    for one in screening.rules:
        if one.id in ALARM:
            held = one.state != "fired"
            yield Closed("ALARM", ALARM[one.id], held, one.unknown if held else ())


def _closers(
    source: HeatSource, area: int, limits: Mapping[str, RegionLimit], knowledge: Knowledge
) -> tuple[Rule, ...]:
    """The rules about warmth and cold that close it on this sheet, among those that limit any part of the area."""
    found: dict[str, Rule] = {}
    for region, one in limits.items():
        if AREA[region] & area and not _allows(source, one):
            for rule in (knowledge.rules[id] for id in one.because if id in knowledge.rules):
                if any(_closes(source, effect) for effect in rule.effects):
                    found[rule.id] = rule
    return tuple(found.values())


def _open(source: HeatSource, area: int, limits: Mapping[str, RegionLimit]) -> bool:
    return all(_allows(source, one) for region, one in limits.items() if AREA[region] & area)


def _allows(source: HeatSource, one: RegionLimit) -> bool:
    own = one.heat if source.does == "heat" else one.cold
    return bool(own) and not one.excluded and set(source.off_with).isdisjoint(one.techniques_off)


def _closes(source: HeatSource, effect: Effect) -> bool:
    own = effect.heat if source.does == "heat" else effect.cold
    return own is False or not set(source.off_with).isdisjoint(effect.off)
