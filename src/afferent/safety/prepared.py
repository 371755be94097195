"""Rules made ready to be asked of many people: expressions as functions, places as areas. Once per knowledge."""

from __future__ import annotations

from functools import cache

from msgspec import Struct, structs

from afferent.body import areas
from afferent.body.regions import WHOLE
from afferent.knowledge import Knowledge
from afferent.knowledge.expression import Missing, walk
from afferent.knowledge.model import (
    CLOSES,
    DECISION_RANK,
    DEFAULT_MINUTES,
    DEFAULT_PRESSURE,
    URGENCY_RANK,
    Decision,
    Effect,
    Fact,
    Rule,
    Urgency,
)
from afferent.knowledge.terms import Term, term
from afferent.safety.limits import NO_LIMIT, Limit
from afferent.safety.logic import Test, test
from afferent.safety.screening import Cited


class ReadyPlace(Struct, frozen=True, eq=False):
    """A term of a `where` that hangs on a finding. `anywhere`: all it may be while its place is unknown.

    `bounded`: the finding has a part of its own, so that an unknown side means both, and not the whole body.
    """

    term: Term
    fact: str
    anywhere: int
    bounded: bool


class ReadyEffect(Struct, frozen=True, eq=False):
    """An effect with its condition, its terms and the facts it rests on.

    `limit` is what it lays (None: it lays none), `shut` the same with the place excluded, `held` what it holds back
    while it is only possible. `shuts`: it leaves a place alone. `headline`: the decision it asks for while no clinician
    has answered, `elsewhere` the same where no place is known that it would shut. `gathers`: it says something of the
    visit as a whole. `awaits`: it shuts because something is not known, so that a clinician's answer could open it.
    """

    effect: Effect
    limit: Limit | None
    shut: Limit | None
    held: Limit | None
    urgency: Urgency
    test: Test | None
    places: tuple[ReadyPlace, ...]
    fixed: int
    whole_body: bool
    inputs: dict[str, None]
    shuts: bool
    headline: Decision
    elsewhere: Decision
    gathers: bool
    awaits: bool


class ReadyRule(Struct, frozen=True, eq=False):
    """A rule with everything that can be known of it beforehand.

    `weight`: how much hangs on it, for the order. `speaks`: it would set something, so that "possible" is worth saying.
    `holds`: some effect of it is held back while unknown, whether or not a critical fact is open.
    """

    rule: Rule
    test: Test
    until: Test | None
    effects: tuple[ReadyEffect, ...]
    inputs: tuple[str, ...]
    weight: int
    speaks: bool
    holds: bool
    cited: tuple[Cited, ...]


class ReadyFact(Struct, frozen=True, eq=False):
    """A fact that must be known: always (`critical` is None), or where its condition holds."""

    id: str
    critical: Test | None
    inputs: tuple[str, ...]


class Ready(Struct, frozen=True, eq=False):
    """All rules, all critical facts, and for each finding where it may be."""

    rules: tuple[ReadyRule, ...]
    critical: tuple[ReadyFact, ...]
    reach: dict[str, int]


@cache
def ready(knowledge: Knowledge) -> Ready:
    """The rules of this knowledge, made ready; kept for as long as the process lives."""
    # A rule that takes over is asked after the one it takes over from.
    ordered = sorted(knowledge.rules.values(), key=lambda rule: bool(rule.takes_over))
    rules = tuple(_rule(rule, knowledge) for rule in ordered)
    critical = tuple(_critical(fact, knowledge) for fact in knowledge.facts.values() if fact.critical)
    reach = {fact.id: _reach(fact.part) for fact in knowledge.facts.values() if fact.kind == "finding"}
    return Ready(rules, critical, reach)


def _critical(fact: Fact, knowledge: Knowledge) -> ReadyFact:
    if not isinstance(fact.critical, str):
        return ReadyFact(fact.id, None, ())
    return ReadyFact(fact.id, test(fact.critical, knowledge), knowledge.inputs(fact.critical))


@cache
def _reach(part: str) -> int:
    """Where a finding may be while its place is unknown: its own part on both sides, or anywhere."""
    return areas.part(part) if part else WHOLE


def _rule(rule: Rule, knowledge: Knowledge) -> ReadyRule:
    effects = tuple(_effect(effect, rule.id, knowledge) for effect in rule.effects)
    main = rule.effects[0]
    weight = 100 * rule.hard_stop + 10 * URGENCY_RANK[_urgency(main)] + DECISION_RANK[main.decision or "treat"]
    speaks = not rule.informs or any(effect.limit or effect.effect.points_off for effect in effects)
    holds = any(effect.effect.holds for effect in effects)
    cited = tuple(Cited(key, knowledge.sources[key].title, knowledge.sources[key].url) for key in rule.sources)
    inputs = dict.fromkeys(knowledge.inputs(rule.when))
    until = test(rule.until, knowledge) if rule.until else None
    return ReadyRule(rule, test(rule.when, knowledge), until, effects, tuple(inputs), weight, speaks, holds, cited)


def _effect(effect: Effect, rule: str, knowledge: Knowledge) -> ReadyEffect:
    terms = tuple(term(text) for text in effect.where)
    fixed = 0
    for each in terms:
        fixed |= each.area
    inputs = dict.fromkeys(each.fact for each in terms if each.fact)
    if effect.when:
        inputs |= dict.fromkeys(knowledge.inputs(effect.when))
    whole_body = "body" in effect.where
    limit = _limit(effect, rule)
    shut = None if limit is None else structs.replace(limit, excluded=True)
    return ReadyEffect(
        effect=effect,
        limit=limit,
        shut=shut,
        held=shut if _shuts(effect, whole_body) else limit,
        urgency=_urgency(effect),
        test=test(effect.when, knowledge) if effect.when else None,
        places=tuple(_place(each, knowledge) for each in terms if each.fact),
        fixed=fixed,
        whole_body=whole_body,
        inputs=inputs,
        shuts=effect.exclude or (effect.decision == "clearance_first" and not whole_body),
        headline=_headline(effect, whole_body, shuts=effect.exclude),
        elsewhere=_headline(effect, whole_body, shuts=False),
        gathers=bool(effect.positions_off or effect.advice or effect.points_off)
        or (effect.minutes is not None and whole_body),
        awaits=bool(effect.when) and any(isinstance(part, Missing) for part in walk(knowledge.meanings[effect.when])),
    )


def _headline(effect: Effect, whole_body: bool, shuts: bool) -> Decision:
    """Clearance is a headline only for the whole body; an exclusion makes it at least `avoid_areas`."""
    decision: Decision = effect.decision or "treat"
    if decision == "clearance_first" and not whole_body:
        return "avoid_areas"
    if shuts and DECISION_RANK[decision] < DECISION_RANK["avoid_areas"]:
        return "avoid_areas"
    return decision


def _place(term: Term, knowledge: Knowledge) -> ReadyPlace:
    reach = _reach(knowledge.facts[term.fact].part)
    anywhere = reach if term.other else term.taken((reach,))  # "the other side" of an unknown side is both
    return ReadyPlace(term, term.fact, anywhere, reach != WHOLE)


def _shuts(effect: Effect, whole_body: bool) -> bool:
    """Would this effect, once fired, leave its place alone today?"""
    decision = effect.decision or "treat"
    closes = whole_body and DECISION_RANK[decision] >= CLOSES
    return effect.exclude or decision == "clearance_first" or closes


def _limit(effect: Effect, rule: str) -> Limit | None:
    limit = Limit(
        pressure=DEFAULT_PRESSURE if effect.pressure is None else effect.pressure,
        minutes=DEFAULT_MINUTES if effect.minutes is None else effect.minutes,
        heat=effect.heat is not False,
        cold=effect.cold is not False,
        off=frozenset(effect.off),
    )
    if limit == NO_LIMIT and not (effect.ceiling or effect.exclude or effect.decision == "clearance_first"):
        return None
    return structs.replace(limit, because=frozenset({rule}))


def _urgency(effect: Effect) -> Urgency:
    """A clearance row without a stated urgency is routine [safety-clarifications.md 8]."""
    if effect.urgency is not None:
        return effect.urgency
    return "routine" if effect.decision == "clearance_first" else "none"
