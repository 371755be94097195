"""What to ask next, most consequential first.

Critical and open: the visit does not start. Not critical: worth asking, because a rule hangs on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import structs

from afferent.knowledge import Knowledge
from afferent.knowledge.model import Fact
from afferent.safety.evidence import Evidence
from afferent.safety.findings import Findings
from afferent.safety.screening import Met, Question

_ENGINE = frozenset({"answers_conflict", "unsettled"})  # set by the engine, never asked


def questions(findings: Findings, knowledge: Knowledge) -> tuple[Question, ...]:
    """Every open question, critical ones first, then by the weight of what hangs on it."""
    because = _because(findings, knowledge)
    weights = {outcome.ready.rule.id: outcome.ready.weight for outcome in findings.outcomes}
    order = {fact: n for n, fact in enumerate(knowledge.facts)}
    names = dict.fromkeys([*findings.open, *because])

    def rank(name: str) -> tuple[bool, int, int]:
        weight = max([weights.get(rule, 0) for rule in because.get(name, ())], default=0)
        return name not in findings.open, -weight, order[name]

    return tuple(_question(name, because.get(name, ()), findings, knowledge) for name in sorted(names, key=rank))


def _because(findings: Findings, knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Fact -> rules whose answer hangs on it."""
    found: dict[str, dict[str, None]] = {}
    for outcome in findings.outcomes:
        rule = outcome.ready.rule
        for name in _unknown_inputs(outcome.ready.inputs if outcome.state is None else (), findings):
            found.setdefault(name, {})[rule.id] = None
        for effect, state in findings.effects[rule.id]:
            for name in _unknown_inputs(effect.inputs if state is None else (), findings):
                found.setdefault(name, {})[rule.id] = None
            for place in effect.places:
                if place.fact in findings.open:
                    found.setdefault(place.fact, {})[rule.id] = None
    for name, reason in findings.open.items():
        found.setdefault(name, {})["DATA-CONFLICT" if reason == "conflict" else "DATA-MISSING"] = None
    return {name: tuple(rules) for name, rules in found.items()}


def _unknown_inputs(inputs: Iterable[str], findings: Findings) -> Iterator[str]:
    for name in inputs:
        if name not in _ENGINE and (name in findings.open or name not in findings.view.values):
            yield name


def _question(name: str, because: tuple[str, ...], findings: Findings, knowledge: Knowledge) -> Question:
    reason, person = findings.open.get(name, "missing"), findings.person
    silent = _silent(knowledge.facts[name], because, name in findings.open, reason)
    if name not in findings.told:
        return silent
    shown = {"record": person.raised, "conflict": person.evidence}.get(reason, person.stale).get(name, ())
    return structs.replace(silent, record=tuple(met(one, silent.title) for one in shown))


@lru_cache(maxsize=8192)
def _silent(fact: Fact, because: tuple[str, ...], critical: bool, reason: str) -> Question:
    """A question without what a record says of it: the same for many people, so it is kept."""
    return Question(
        fact=fact.id,
        text=fact.ask,
        critical=critical,
        because=because,
        group=fact.group,
        title=fact.title,
        kind=fact.kind,
        reason=reason,
        options=fact.options,
    )


def met(evidence: Evidence, title: str) -> Met:
    """A statement as the screening shows it."""
    return Met(
        fact=evidence.fact, title=title, value=evidence.value, date=evidence.date, origin=evidence.origin,
        said=evidence.said,
    )  # fmt: skip
