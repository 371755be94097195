"""What the rules found on one person, gathered while they are asked: two sheets of limits and the headline.

*Known* comes from fired rules; *held* is what open critical questions hold back for now.
"""

from __future__ import annotations

from typing import NamedTuple

from afferent.body.regions import cover
from afferent.knowledge.model import CLOSES, DECISION_RANK, URGENCY_RANK, Decision, Urgency
from afferent.safety.evidence import Clearance
from afferent.safety.limits import Sheet
from afferent.safety.logic import Truth, View, cleared_key
from afferent.safety.person import Person
from afferent.safety.prepared import ReadyEffect, ReadyRule


class Outcome(NamedTuple):
    """One rule asked of one person."""

    ready: ReadyRule
    state: Truth
    cleared: Clearance | None
    effects: tuple[tuple[ReadyEffect, Truth], ...]


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

    def raise_to(self, decision: Decision, urgency: Urgency) -> None:
        """The headline only ever rises."""
        if DECISION_RANK[decision] > DECISION_RANK[self.decision]:
            self.decision = decision
        if URGENCY_RANK[urgency] > URGENCY_RANK[self.urgency]:
            self.urgency = urgency


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
