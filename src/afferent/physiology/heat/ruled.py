"""What the rules say about warming or cooling one place of one person, before any physics.

Ask here: `closed`, every reason why it is not open. It reads the *effective* limits: what is known, and what open
questions hold back. Pure data in, reasons out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from afferent.body.regions import AREA
from afferent.knowledge import Knowledge
from afferent.knowledge.model import CLOSES, DECISION_RANK, Effect, Rule
from afferent.physiology.heat.source import HeatSource
from afferent.safety.screening import RegionLimit, Screening


class Closed(Struct, frozen=True):
    """One reason why it is closed. `held`: only until the facts of `ask` are answered.

    `rule`: the id of a rule, or PLACE, NOBODY, VISIT, EXCLUDED, ASK-FIRST, NUMB, LIMITS or THERMOMETER.
    """

    rule: str
    says: str
    held: bool = False
    ask: tuple[str, ...] = ()


def closed(source: HeatSource, site: str, screening: Screening | None, knowledge: Knowledge) -> tuple[Closed, ...]:
    """Every reason that is known; where there is none, those that open questions hold; none where it is open.

    While questions are open that come before any touch, they stand for all that is held.

    Raises KeyError on an unknown region.
    """
    found = tuple(_reasons(source, site, screening, knowledge))
    known = tuple(one for one in found if not one.held) or tuple(one for one in found if one.rule == "ASK-FIRST")
    if not found and screening is not None and not _open(source, site, screening.effective):
        return (Closed("LIMITS", f"Today’s limits leave no {source.does} for this place."),)
    return known or found


def _reasons(source: HeatSource, site: str, screening: Screening | None, knowledge: Knowledge) -> Iterator[Closed]:
    if not any(AREA[site] & ~AREA[region] == 0 for region in source.on):
        yield Closed("PLACE", f"A {source.title} is not for this part of the body.")
    if screening is None:
        yield Closed("NOBODY", "Nothing is known about this person, and unknown never clears. Screen first.", held=True)
        return
    yield from _visit(site, screening)
    if _within(site, screening.numb):
        yield Closed("NUMB", f"Feeling is lost here, or in part of it: a numb place does not warn. No {source.does}.")
    yield from _by_rules(source, site, screening, knowledge)


def _visit(site: str, screening: Screening) -> Iterator[Closed]:
    """The visit as a whole, and places that are not touched at all."""
    if DECISION_RANK[screening.decision] >= CLOSES:
        yield Closed("VISIT", "There is no massage today, and so no heat and no cold.")
    elif _within(site, screening.excluded):
        yield Closed("EXCLUDED", "This place is left alone today.")
    if screening.ask_first:
        facts = tuple(one.fact for one in screening.questions if one.critical)
        yield Closed("ASK-FIRST", "Questions are open that come before any touch.", held=True, ask=facts)


def _within(site: str, regions: tuple[str, ...]) -> bool:
    """Does the site share anything with these regions?"""
    return any(AREA[region] & AREA[site] for region in regions if region in AREA)


def _by_rules(source: HeatSource, site: str, screening: Screening, knowledge: Knowledge) -> Iterator[Closed]:
    known = _closers(source, site, screening.limits, knowledge)
    for rule in known:
        yield Closed(rule.id, rule.says)
    for rule in _closers(source, site, screening.until_answered, knowledge):
        if rule not in known:
            ask = tuple(one.fact for one in screening.questions if rule.id in one.because)
            yield Closed(rule.id, rule.says, held=True, ask=ask)


def _closers(
    source: HeatSource, site: str, limits: Mapping[str, RegionLimit], knowledge: Knowledge
) -> tuple[Rule, ...]:
    """The rules about warmth and cold that close it on this sheet, among those that limit any part of the site."""
    found: dict[str, Rule] = {}
    for region, one in limits.items():
        if AREA[region] & AREA[site] and not _allows(source, one):
            for rule in (knowledge.rules[id] for id in one.because if id in knowledge.rules):
                if any(_closes(source, effect) for effect in rule.effects):
                    found[rule.id] = rule
    return tuple(found.values())


def _open(source: HeatSource, site: str, limits: Mapping[str, RegionLimit]) -> bool:
    return all(_allows(source, one) for region, one in limits.items() if AREA[region] & AREA[site])


def _allows(source: HeatSource, one: RegionLimit) -> bool:
    own = one.heat if source.does == "heat" else one.cold
    return bool(own) and not one.excluded and set(source.off_with).isdisjoint(one.techniques_off)


def _closes(source: HeatSource, effect: Effect) -> bool:
    own = effect.heat if source.does == "heat" else effect.cold
    return own is False or not set(source.off_with).isdisjoint(effect.off)
