"""Words for what the rules found: builds the Screening out of the Findings. Decides nothing."""

from __future__ import annotations

from functools import lru_cache

from msgspec import structs

from afferent.body.regions import cover
from afferent.knowledge import Knowledge
from afferent.knowledge.model import DECISION_RANK, DEFAULT_MINUTES, URGENCY_RANK
from afferent.safety.clearance import Judged, expiry
from afferent.safety.findings import Findings, Outcome, excluded
from afferent.safety.limits import Limit, Sheet
from afferent.safety.logic import Truth
from afferent.safety.prepared import ReadyEffect, ReadyRule
from afferent.safety.questions import met, questions
from afferent.safety.screening import (
    Advice,
    ClearanceResult,
    Met,
    PointOff,
    RegionLimit,
    RuleResult,
    Screening,
    Session,
    Subject,
    Thermal,
)  # fmt: skip

_SHOWN = 50  # statements on one fact; a record may repeat itself thousands of times
_CATEGORY = "iwgdf_category_"


def write(findings: Findings, knowledge: Knowledge, judged: tuple[Judged, ...]) -> Screening:
    """The screening of one person, in the shape of the JSON contract."""
    shut, may_open = excluded(findings)
    person = findings.person
    age = person.values.get("age_years")
    areas = {True: findings.known.by_rule(), False: findings.held.by_rule()}
    ordered = sorted((one for one in findings.outcomes if one.state or one.ready.speaks), key=_rank)
    return Screening(
        knowledge=knowledge.version,
        as_of=person.as_of,
        subject=Subject(id=person.id, age=None if age is None else int(age)),
        decision=findings.decision,
        urgency=findings.urgency,
        ask_first=bool(findings.open),
        excluded=shut,
        clearance_for=may_open,
        limits=_limits(findings.known, knowledge),
        until_answered=_limits(findings.held, knowledge),
        effective=_limits(findings.known.meet(findings.held), knowledge),
        session=_session(findings),
        advice=_advice(findings, knowledge),
        points_off=_points(findings, knowledge),
        rules=tuple(
            _rule(one, areas[one.state is True].get(one.ready.rule.id, 0), findings, knowledge) for one in ordered
        ),
        questions=questions(findings, knowledge),
        numb=_numb(findings),
        clearances=tuple(_clearance(one, findings) for one in judged),
        not_understood=person.not_understood,
    )


def _limits(sheet: Sheet, knowledge: Knowledge) -> dict[str, RegionLimit]:
    heat = Thermal(minutes=knowledge.ceilings["heat"].minutes, max_c=knowledge.ceilings["heat"].max_c)
    cold = Thermal(minutes=knowledge.ceilings["cold"].minutes, min_c=knowledge.ceilings["cold"].min_c)
    found: dict[str, RegionLimit] = {}
    for area, limit in sheet.blocks():
        shown = _region_limit(limit, heat, cold)
        for region in cover(area):
            found[region] = shown
    return found


def _region_limit(limit: Limit, heat: Thermal, cold: Thermal) -> RegionLimit:
    touched = not limit.excluded and limit.pressure > 0  # where nothing is rubbed, nothing is warmed or cooled
    return RegionLimit(
        pressure=limit.pressure,
        heat=heat if limit.heat and touched else False,
        cold=cold if limit.cold and touched else False,
        minutes=limit.minutes, techniques_off=tuple(sorted(limit.off)), because=tuple(sorted(limit.because)),
        excluded=limit.excluded,
    )  # fmt: skip


def _session(findings: Findings) -> Session:
    minutes = min(findings.minutes.values(), default=DEFAULT_MINUTES)
    because = {position: tuple(rules) for position, rules in findings.positions.items()}
    if findings.minutes:
        because["minutes"] = tuple(rule for rule, own in findings.minutes.items() if own == minutes)
    return Session(minutes=minutes, positions_off=tuple(findings.positions), because=because)


def _advice(findings: Findings, knowledge: Knowledge) -> tuple[Advice, ...]:
    tiers = sorted(name for name in findings.advice if name.startswith(_CATEGORY))
    return tuple(
        Advice(name, knowledge.advice[name].title, knowledge.advice[name].text, tuple(dict.fromkeys(rules)))
        for name, rules in findings.advice.items()
        if name not in tiers[:-1]  # the foot risk categories nest: the highest is the category
    )


def _points(findings: Findings, knowledge: Knowledge) -> tuple[PointOff, ...]:
    found = []
    for point, rules in findings.points.items():
        area = 0
        for mask in rules.values():
            area |= mask
        found.append(PointOff(point, knowledge.points[point].title, cover(area), tuple(rules)))
    return tuple(found)


def _rule(outcome: Outcome, area: int, findings: Findings, knowledge: Knowledge) -> RuleResult:
    ready, told = outcome.ready, findings.told
    effects = findings.effects[ready.rule.id]
    speaking = tuple([effect for effect, state in effects if state is outcome.state])
    inputs = dict.fromkeys(ready.inputs)
    for effect, _ in effects:
        inputs |= effect.inputs
    unknown = tuple([name for name in inputs if name not in findings.view.values])
    silent = _silent(ready, outcome.state, speaking, area, unknown, outcome.cleared is not None)
    facts = [shown for name in inputs if name in told for shown in _met(name, findings, knowledge)]
    return structs.replace(silent, facts=tuple(facts)) if facts else silent


@lru_cache(maxsize=8192)
def _silent(
    ready: ReadyRule,
    state: Truth,
    speaking: tuple[ReadyEffect, ...],
    area: int,
    unknown: tuple[str, ...],
    cleared: bool,
) -> RuleResult:
    """A rule's result without the facts of a person: the same for many people, so it is kept."""
    rule = ready.rule
    return RuleResult(
        id=rule.id,
        title=rule.title,
        state="fired" if state else "possible",
        hard_stop=rule.hard_stop,
        strength=rule.strength,
        caps_strength=rule.caps_strength,
        decision=max(
            [effect.effect.decision or "treat" for effect in speaking], key=DECISION_RANK.__getitem__, default="treat"
        ),
        urgency=max([effect.urgency for effect in speaking], key=URGENCY_RANK.__getitem__, default="none"),
        facts=(),
        unknown=unknown,
        where=cover(area),
        sources=ready.cited,
        text=rule.says,
        why=rule.why,
        lifted_by=rule.lifted_by,
        cleared=cleared,
    )


def _met(name: str, findings: Findings, knowledge: Knowledge) -> tuple[Met, ...]:
    """What was stated on a fact that speaks for the rule: a "no" to a hazard met nothing."""
    person, title = findings.person, knowledge.facts[name].title
    value = person.values.get(name)
    if value is None or name in person.last:
        old = (*person.raised.get(name, ()), *person.stale.get(name, ()), *person.evidence.get(name, ()))
        return tuple(met(one, title) for one in old)
    if value is (knowledge.facts[name].worse == "no"):
        return ()
    return tuple(met(one, title) for one in person.evidence.get(name, ())[-_SHOWN:])


def _rank(outcome: Outcome) -> tuple[object, ...]:
    """Fired before possible, then the heavier first."""
    return outcome.state is not True, -outcome.ready.weight


def _numb(findings: Findings) -> tuple[str, ...]:
    """Where feeling is lost: reported, or by a test."""
    area = 0
    for fact in ("numb", "monofilament_lost", "touch_test_lost", "vibration_lost"):
        for place in findings.view.places.get(fact, ()):
            area |= place
    return cover(area)


def _clearance(one: Judged, findings: Findings) -> ClearanceResult:
    return ClearanceResult(
        rule=one.rule, by=one.clearance.by, date=one.clearance.date,
        until=expiry(one.clearance, findings.person), counts=not one.fault, fault=one.fault,
        refused=one.clearance.answer == "do_not",
    )  # fmt: skip
