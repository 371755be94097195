"""What the rules found on one person, gathered while they are asked: two sheets of limits and the headline.

*Known* comes from fired rules; *held* is what open critical questions hold back for now.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from afferent.body.regions import cover
from afferent.knowledge.model import CLOSES, DECISION_RANK, URGENCY_RANK, Decision, Urgency
from afferent.safety.evidence import Clearance
from afferent.safety.limits import Sheet
from afferent.safety.logic import Truth, View, cleared_key
from afferent.safety.person import Person
from afferent.safety.prepared import ReadyEffect, ReadyRule


class Outcome(NamedTuple):
    """One rule asked of one person: fired (True) or possible (None)."""

    ready: ReadyRule
    state: Truth
    cleared: Clearance | None


class Findings:
    """Everything the rules say of one person, gathered while they are asked."""

    def __init__(self, person: Person, view: View, open_facts: dict[str, str], holding: frozenset[str]) -> None:
        self.person = person
        self.view = view
        self.open = open_facts
        self.holding = holding
        self.told = frozenset([*person.evidence, *person.raised, *person.stale])
        self.known = Sheet()
        self.held = Sheet()
        self.decision: Decision = "treat"
        self.urgency: Urgency = "none"
        self.clearable = 0
        self.shut = 0
        self.outcomes: list[Outcome] = []
        self.minutes: dict[str, int] = {}
        self.positions: dict[str, list[str]] = {}
        self.advice: dict[str, list[str]] = {}
        self.points: dict[str, dict[str, int]] = {}
        self.closers: list[ReadyRule] = []

    @cached_property
    def effects(self) -> dict[str, list[tuple[ReadyEffect, Truth]]]:
        """Rule id -> its effects that fired (True) or may yet (None). Only the report asks."""
        return {one.ready.rule.id: list(_effects(one, self.view)) for one in self.outcomes}

    def raise_to(self, decision: Decision, urgency: Urgency) -> None:
        """The headline only ever rises."""
        if DECISION_RANK[decision] > DECISION_RANK[self.decision]:
            self.decision = decision
        if URGENCY_RANK[urgency] > URGENCY_RANK[self.urgency]:
            self.urgency = urgency


def _effects(outcome: Outcome, view: View) -> Iterator[tuple[ReadyEffect, Truth]]:
    for effect in outcome.ready.effects:
        own = True if effect.test is None else effect.test(view)
        if own is not False:
            yield effect, True if outcome.state and own else None


def excluded(findings: Findings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The regions out of bounds, and those that a clinician's answer could open [safety-clarifications.md 3]."""
    if findings.decision == "clearance_first":
        return ("body",), ("body",)
    if DECISION_RANK[findings.decision] >= CLOSES:
        may_open = bool(findings.closers) and all(_clearable(rule, findings.view) for rule in findings.closers)
        return ("body",), ("body",) if may_open else ()
    shut = findings.known.where(lambda limit: limit.excluded)
    return cover(shut), cover(findings.clearable & ~findings.shut)


def _clearable(rule: ReadyRule, view: View) -> bool:
    """Could a clinician's answer, with what else must be so, hand this rule over?"""
    answered = View({**view.values, cleared_key(rule.rule.id): True}, view.places)
    return rule.until is not None and rule.until(answered) is not False
