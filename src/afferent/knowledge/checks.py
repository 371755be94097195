"""What every entry of the knowledge must satisfy. One sentence, with file and key, for the first fault found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from afferent.body import areas
from afferent.errors import KnowledgeError
from afferent.knowledge import (
    claim_checks,
    consent_checks,
    foot_test_checks,
    layer_checks,
    library_checks,
    measure_checks,
    physician_checks,
    proof,
)
from afferent.knowledge.expression import (
    At,
    Cleared,
    Compare,
    Everywhere,
    Is,
    Missing,
    Node,
    Not,
    facts_of,
    walk,
)
from afferent.knowledge.model import DECISIONS, Effect, Fact, Rule
from afferent.knowledge.terms import term

if TYPE_CHECKING:
    from afferent.knowledge.loader import Knowledge

_PRESSURES = range(6)


def check(knowledge: Knowledge) -> None:
    """Raise KnowledgeError for the first entry that is not sound."""
    for fact in knowledge.facts.values():
        for fault in _fact(fact, knowledge):
            raise KnowledgeError(f"facts, {fact.id}: {fault}")
    for rule in knowledge.rules.values():
        for fault in _rule(rule, knowledge):
            raise KnowledgeError(f"{rule.file}, {rule.id}: {fault}")
    for claim in knowledge.claims.values():
        for fault in claim_checks.faults(claim, knowledge.sources):
            raise KnowledgeError(f"claims.toml, {claim.id}: {fault}")
    for fault in consent_checks.faults(knowledge.consents, knowledge.sources):
        raise KnowledgeError(f"consents.toml, {fault}")
    for test in knowledge.foot_tests.values():
        for fault in foot_test_checks.faults(test, knowledge.facts, knowledge.sources):
            raise KnowledgeError(f"foot_tests.toml, {test.id}: {fault}")
    for fault in layer_checks.faults(knowledge.layers, knowledge.facts):
        raise KnowledgeError(f"layers.toml, {fault}")
    for fault in library_checks.faults(knowledge):
        raise KnowledgeError(fault)
    for fault in measure_checks.faults(knowledge):
        raise KnowledgeError(fault)
    for fault in physician_checks.faults(knowledge):
        raise KnowledgeError(f"physician_questions.toml, {fault}")


def _fact(fact: Fact, knowledge: Knowledge) -> Iterator[str]:
    if fact.kind == "derived":
        yield from _names(fact.definition, knowledge)
        return
    if not fact.ask:
        yield "has no question (`ask`)"
    if fact.group not in knowledge.groups:
        yield f"group {fact.group!r} does not exist"
    if fact.part and fact.part not in areas.PARTS:
        yield f"part {fact.part!r} does not exist"
    if fact.within and fact.within not in areas.PARTS:
        yield f"within {fact.within!r} does not exist"
    if fact.kind == "number" and (fact.worse not in ("high", "low", "apart") or not fact.unit):
        yield "a number needs a unit and worse = 'high', 'low' or 'apart'"
    if fact.worse == "apart" and fact.middle is None:
        yield "worse = 'apart' needs a middle"
    if fact.kind == "choice" and not set(fact.worse_options) <= set(fact.options):
        yield "worse_options must be options"
    if isinstance(fact.critical, str):
        yield from _names(fact.critical, knowledge)
    if fact.detail_of and (fact.detail_of not in knowledge.facts or knowledge.facts[fact.detail_of].detail_of):
        yield f"detail_of {fact.detail_of!r} is no fact, or a detail itself"
    if fact.implied_by:
        yield from _names(fact.implied_by, knowledge)
    for age in fact.counts_for:
        if age.when:
            yield from _names(age.when, knowledge)


def _rule(rule: Rule, knowledge: Knowledge) -> Iterator[str]:
    for field in ("title", "says", "why", "when"):
        if not getattr(rule, field).strip():
            yield f"has no `{field}`"
    if not rule.sources and rule.strength != "N":
        yield "has no source"
    if not rule.examples:
        yield "has no example"
    for source in rule.sources:
        if source not in knowledge.sources:
            yield f"source {source!r} does not exist"
    yield from _expression(rule.when, rule, knowledge)
    if rule.until:
        yield from _until(rule.until, knowledge)
    if rule.takes_over:
        yield from _succession(rule, knowledge)
    for effect in rule.effects:
        yield from _effect(effect, rule, knowledge)


def _expression(text: str, rule: Rule, knowledge: Knowledge) -> Iterator[str]:
    yield from _names(text, knowledge)
    if not rule.informs or any(_tightens(effect) for effect in rule.effects):
        node = knowledge.meaning(text)
        meanings = {f.id: knowledge.meaning(f.definition) for f in knowledge.facts.values() if f.definition}
        yield from proof.faults(node, knowledge.facts, meanings, rule.ignorance)


def _until(text: str, knowledge: Knowledge) -> Iterator[str]:
    """What hands over must be monotone the other way: a further hazard can never make it true."""
    yield from _names(text, knowledge)
    meanings = {f.id: knowledge.meaning(f.definition) for f in knowledge.facts.values() if f.definition}
    yield from proof.faults(Not(knowledge.meaning(text)), knowledge.facts, meanings, ignorance=False)


def _names(text: str, knowledge: Knowledge) -> Iterator[str]:
    node = knowledge.meaning(text)
    for name in facts_of(node):
        if name not in knowledge.facts:
            yield f"fact {name!r} does not exist"
            return
    for part in walk(node):
        yield from _kind(part, knowledge)


def _kind(node: Node, knowledge: Knowledge) -> Iterator[str]:
    """Does each piece of the expression suit the kind of its fact?"""
    match node:
        case Is(name):
            if knowledge.facts[name].kind not in ("yes_no", "finding", "derived"):
                yield f"{name} is a {knowledge.facts[name].kind} and cannot stand alone"
        case At(name, part):
            if knowledge.facts[name].kind != "finding":
                yield f"at({name}, ...) needs a finding"
            if part not in areas.PARTS:
                yield f"part {part!r} does not exist"
        case Everywhere(name):
            if knowledge.facts[name].kind != "finding":
                yield f"everywhere({name}) needs a finding"
        case Compare(name, operator, value, days):
            yield from _comparable(knowledge.facts[name], operator, value, days)
        case Cleared(rule):
            if rule not in knowledge.rules:
                yield f"cleared({rule!r}): no such rule"
        case Missing(_):
            pass
        case _:
            pass


def _comparable(fact: Fact, operator: str, value: object, days: bool) -> Iterator[str]:
    if days != (fact.kind == "date"):
        yield f"days_since(...) is for dates: {fact.id} is a {fact.kind}"
    elif fact.kind == "choice" and (operator != "==" or value not in fact.options):
        yield f"{fact.id} has no option {value!r}"
    elif fact.kind == "number" and (operator == "==" or isinstance(value, str)):
        yield f"{fact.id} is a number: compare it with <, <=, > or >="
    elif fact.kind not in ("number", "date", "choice"):
        yield f"{fact.id} is a {fact.kind} and cannot be compared"


def _effect(effect: Effect, rule: Rule, knowledge: Knowledge) -> Iterator[str]:
    if effect.when:
        yield from _expression(effect.when, rule, knowledge)
    for text in effect.where:
        try:
            place = term(text)
        except ValueError as error:
            yield f"where: {error}"
            continue
        if place.fact and (place.fact not in knowledge.facts or knowledge.facts[place.fact].kind != "finding"):
            yield f"where: {place.fact!r} is no finding"
    for level in (effect.pressure, effect.cleared):
        if level is not None and level not in _PRESSURES:
            yield f"pressure {level} is not a Walton level"
    if effect.cleared is not None and effect.cleared < (effect.pressure or 0):
        yield "`cleared` must not be below `pressure`"
    for kind in ("techniques", "positions", "advice", "points"):
        listed = {"techniques": effect.off, "positions": effect.positions_off, "advice": effect.advice,
                  "points": effect.points_off}[kind]  # fmt: skip
        for name in listed:
            if name not in getattr(knowledge, kind):
                yield f"{name!r} is not in the closed list of {kind}"


def _tightens(effect: Effect) -> bool:
    return bool(
        effect.exclude or effect.pressure is not None or effect.minutes is not None or effect.off
        or effect.positions_off or effect.points_off or effect.heat is False or effect.cold is False
    )  # fmt: skip


def _succession(rule: Rule, knowledge: Knowledge) -> Iterator[str]:
    """`takes_over` is monotone only where the rule taken over from closes the whole visit."""
    stricter = knowledge.rules.get(rule.takes_over)
    if stricter is None:
        yield f"takes_over: no rule {rule.takes_over!r}"
        return
    closes = any(
        effect.where == ("body",) and effect.pressure == 0 and DECISIONS.index(effect.decision or "treat") >= 4
        for effect in stricter.effects
    )
    if not closes:
        yield f"takes over from {rule.takes_over}, which does not close the whole visit"
