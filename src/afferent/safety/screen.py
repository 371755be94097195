"""From a person to a screening: ask every rule, lay the limits down, say what is still open.

Two sheets are kept apart all the way: what is *known* (fired rules) and what open critical questions *hold back for
now* (possible rules). Maps, outlines and visits obey the meet of both.
"""

from __future__ import annotations

from msgspec import structs

from afferent.body.areas import PLACES
from afferent.body.regions import WHOLE
from afferent.knowledge import Knowledge
from afferent.knowledge.model import CLOSES, DECISION_RANK, Decision
from afferent.safety import report
from afferent.safety.clearance import judge, level, tightened
from afferent.safety.evidence import Clearance
from afferent.safety.findings import Findings, Outcome
from afferent.safety.limits import Limit, Sheet
from afferent.safety.logic import Truth, View, cleared_key, last_key
from afferent.safety.person import Person
from afferent.safety.prepared import Ready, ReadyEffect, ReadyFact, ReadyRule, ready
from afferent.safety.screening import Screening

# An answer turns clearance, and what it opens, into adapted work; never a stop.
_LIFTABLE = ("clearance_first", "avoid_areas")
_LOW = 3  # medium: a clinician's level below it is adapted work


def screen(person: Person, knowledge: Knowledge) -> Screening:
    """Screen one person against all rules. Never raises for what a person may be; unknown never clears."""
    return report.write(find(person, knowledge), knowledge, judged=tuple(judge(person, knowledge)))


def find(person: Person, knowledge: Knowledge) -> Findings:
    """Ask every rule and lay every limit. The part that decides; `report` only words it."""
    prepared = ready(knowledge)
    cleared = _cleared(person, knowledge)
    last = {last_key(name): number for name, number in person.last.items()}
    opened = [rule for rule, answer in cleared.items() if answer.answer != "do_not"]  # a refusal hands nothing over
    values = {**person.values, **last, **dict.fromkeys(map(cleared_key, opened), True)}
    view = View(values, person.places)
    critical = {fact: True if fact.critical is None else fact.critical(view) for fact in prepared.critical}
    open_facts = _open(person, prepared, view, critical)
    values["unsettled"] = any(reason != "missing" for reason in open_facts.values())
    findings = Findings(person, view, open_facts, _holding(open_facts, view, critical))
    fired: set[str] = set()
    for rule in prepared.rules:
        state = _state(rule, view, fired)
        if state is True:
            fired.add(rule.rule.id)
        if state is not False:
            _apply(rule, state, cleared.get(rule.rule.id), findings)
    _tighten(person, knowledge, findings)
    return findings


def _tighten(person: Person, knowledge: Knowledge, findings: Findings) -> None:
    """What clinicians' answers hold back. A refusal is a headline, and over the whole body it closes."""
    speaking = {one.ready.rule.id: one.ready for one in findings.outcomes}
    refused = 0
    for one in tightened(person, knowledge):
        ready = speaking.get(one.rule)
        if ready is None and (one.ended or not one.area):
            continue  # the reason for it is gone
        area = one.area or (_own(ready, findings) if ready is not None else 0)
        findings.known.lay(area, one.limit)
        if one.limit.excluded and area:
            refused |= area
            findings.raise_to("avoid_areas", "none")
            if one.ended:
                findings.clearable |= area
            else:
                findings.shut |= area
        elif one.limit.pressure < _LOW:
            findings.raise_to("treat_adapted", "none")
    if refused and findings.known.where(lambda limit: limit.excluded) == WHOLE:
        findings.raise_to("clearance_first", "routine")


def _own(rule: ReadyRule, findings: Findings) -> int:
    """The place that a rule speaks of, both sides or all of it where that is not known."""
    found = 0
    for effect in rule.effects:
        speaks = effect is rule.effects[0] or (effect.limit is not None and not effect.whole_body)
        if speaks and (effect.test is None or effect.test(findings.view) is not False):
            sure, maybe = _area(effect, findings)
            found |= sure | maybe
    return found


def _cleared(person: Person, knowledge: Knowledge) -> dict[str, Clearance]:
    """The clearance that counts for each rule: the latest, and of several of one day the strictest in everything."""
    counting: dict[str, list[Clearance]] = {}
    for one in judge(person, knowledge):
        if not one.fault:
            counting.setdefault(one.rule, []).append(one.clearance)
    return {rule: _strictest(found) for rule, found in counting.items()}


def _strictest(found: list[Clearance]) -> Clearance:
    last = max(one.date for one in found)
    today = [one for one in found if one.date == last]
    refused = [one for one in today if one.answer == "do_not"]
    pressure: dict[str, int] = {}
    for one in refused or today:
        for region, named in one.pressure.items():
            pressure[region] = min(named, pressure.get(region, named))
    return structs.replace((refused or today)[0], pressure=pressure)


def _open(person: Person, prepared: Ready, view: View, critical: dict[ReadyFact, Truth]) -> dict[str, str]:
    """Every critical fact that is open, and why: missing, place, conflict, or brought up by the record."""
    found: dict[str, str] = {}
    for fact, matters in critical.items():
        if matters is True:
            if fact.id not in view.values:
                found[fact.id] = "missing"
            elif view.values[fact.id] is True and fact.id in prepared.reach and _unplaced(view.places.get(fact.id)):
                found[fact.id] = "place"
    for name in person.raised:
        if name not in view.values:
            found[name] = "record"
    for name in person.conflicts:
        found[name] = "conflict"
    return found


def _unplaced(places: tuple[int, ...] | None) -> bool:
    """Is the finding, or part of it, somewhere nobody named?"""
    return not places or 0 in places


def _holding(open_facts: dict[str, str], view: View, critical: dict[ReadyFact, Truth]) -> frozenset[str]:
    """The open facts, and those that an open one may yet make critical: they hold back too.

    Without them an answer could tighten more than the question had held back.
    """
    holding = set(open_facts)
    waiting = [fact for fact, matters in critical.items() if matters is None and fact.id not in view.values]
    while grown := [fact for fact in waiting if fact.id not in holding and not holding.isdisjoint(fact.inputs)]:
        holding.update(fact.id for fact in grown)
    return frozenset(holding)


def _state(rule: ReadyRule, view: View, fired: set[str]) -> Truth:
    state = rule.test(view)
    if state is not False and rule.until is not None and rule.until(view) is True:
        return False  # handed over: every condition is known to be met
    if state is not False and rule.rule.takes_over in fired:
        return False
    return state


def _apply(rule: ReadyRule, state: Truth, cleared: Clearance | None, findings: Findings) -> None:
    holding, view = findings.holding, findings.view
    held_here = state is None and not holding.isdisjoint(rule.inputs)
    findings.outcomes.append(Outcome(rule, state, cleared))
    if state is None and not held_here and not rule.holds:
        return
    for effect in rule.effects:
        own = True if effect.test is None else effect.test(view)
        if own is False:
            continue
        if state and own:
            sure, maybe = _area(effect, findings)
            if cleared is None:
                _fire(rule, effect, sure, findings)
            else:
                _fire_cleared(rule, effect, sure, cleared, findings)
            _hold(effect, maybe, findings)
        elif held_here or effect.effect.holds or (state and not holding.isdisjoint(effect.inputs)):
            sure, maybe = _area(effect, findings)
            _hold(effect, sure | maybe, findings)


def _area(effect: ReadyEffect, findings: Findings) -> tuple[int, int]:
    """Where the effect certainly is, and where it may also be because a place is unknown."""
    sure, maybe = effect.fixed, 0
    if not effect.places:
        return sure, maybe
    values, places_of = findings.view
    for place in effect.places:
        value, places = values.get(place.fact), places_of.get(place.fact, ())
        if place.term.shape == "outside":
            rest = place.term.taken(places)
            sure, maybe = (sure | rest, maybe) if value is False else (sure, maybe | rest)
        elif value is True and not _unplaced(places):
            sure |= place.term.taken(places)
        elif value is True and (place.bounded or not effect.effect.exclude):
            sure |= place.anywhere | place.term.taken(places)  # side unknown: both; place unknown: caps everywhere
        elif value is True or (value is None and place.fact in findings.holding):
            sure |= place.term.taken(places)
            maybe |= place.anywhere
    return sure, maybe & ~sure


def _hold(effect: ReadyEffect, area: int, findings: Findings) -> None:
    """What an open question holds back for now."""
    if effect.held is not None:
        findings.held.lay(area, effect.held)


def _fire(rule: ReadyRule, effect: ReadyEffect, area: int, findings: Findings) -> None:
    """What a fired effect sets for sure, while no clinician has answered."""
    laid = effect.shut if effect.shuts else effect.limit
    if laid is not None:
        findings.known.lay(area, laid)
    if effect.shuts:
        if effect.effect.cleared is None and not effect.awaits:
            findings.shut |= area
        else:
            findings.clearable |= area
    if not rule.rule.informs:
        _headline(rule, effect.headline if area else effect.elsewhere, effect, findings)
    if effect.gathers:
        _gather(effect, rule.rule.id, area, findings)


def _fire_cleared(rule: ReadyRule, effect: ReadyEffect, area: int, cleared: Clearance, findings: Findings) -> None:
    """What a fired effect sets once a clinician has answered: "fine", "limit to", or "do not"."""
    refused = cleared.answer == "do_not"
    opened = not refused and effect.effect.cleared is not None
    if effect.limit is not None and opened:
        _lay_opened(effect, effect.limit, area, cleared, findings.known)
    elif effect.limit is not None and effect.shut is not None:
        findings.known.lay(area, effect.shut if effect.shuts else effect.limit)
        if effect.shuts and effect.awaits and not refused:
            findings.clearable |= area
        elif effect.shuts:
            findings.shut |= area
    if not rule.rule.informs:
        lifted = opened or (not refused and effect.whole_body and effect.headline == "clearance_first")
        asked = effect.headline if area else effect.elsewhere
        _headline(rule, "treat_adapted" if lifted and asked in _LIFTABLE else asked, effect, findings)
    _gather(effect, rule.rule.id, area, findings)


def _lay_opened(effect: ReadyEffect, limit: Limit, area: int, cleared: Clearance, sheet: Sheet) -> None:
    """A clinician opened it: named regions to the level named, the rest to the lower number of the rule."""
    rest = area
    for region, named in cleared.pressure.items():
        here = PLACES[region] & area
        cap = level(effect.effect, named)
        sheet.lay(here, limit if cap is None else structs.replace(limit, pressure=cap))
        rest &= ~here
    sheet.lay(rest, limit)


def _headline(rule: ReadyRule, decision: Decision, effect: ReadyEffect, findings: Findings) -> None:
    findings.raise_to(decision, effect.urgency)
    if DECISION_RANK[decision] >= CLOSES:
        findings.closers.append(rule)


def _gather(effect: ReadyEffect, rule: str, area: int, findings: Findings) -> None:
    """What belongs to the visit as a whole: minutes, positions, advice, points."""
    e = effect.effect
    if e.minutes is not None and effect.whole_body:
        findings.minutes[rule] = min(e.minutes, findings.minutes.get(rule, e.minutes))
    for position in e.positions_off:
        findings.positions.setdefault(position, []).append(rule)
    for name in e.advice:
        findings.advice.setdefault(name, []).append(rule)
    for point in e.points_off:
        where = findings.points.setdefault(point, {})
        where[rule] = where.get(rule, 0) | area
