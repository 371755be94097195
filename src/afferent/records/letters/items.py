"""Which lines a request has: one per item whose rules fired, how far an answer can open it, and its questions.

Ask here: `raised` (the numbered lines) and `worth_asking` (questions of rules that only may hold, while they hold
something back). A rule that a clinician has answered already, and whose answer counts, raises nothing, unless the
answer left out what still shuts a place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct, structs

from afferent.body.regions import LEAVES, area, cover
from afferent.knowledge import Knowledge
from afferent.knowledge.model import DEFAULT_PRESSURE, Effect, Rule
from afferent.knowledge.physician import AskedOf, Item
from afferent.knowledge.terms import term
from afferent.records.letters.titles import title_of
from afferent.safety.logic import View, test
from afferent.safety.screening import RuleResult, Screening
from afferent.words.effects import area_of, known_values, places_met


class Question(Struct, frozen=True):
    """One small question. `boxes`: the words on them; `written`: a number or a date is written down, in `unit`; without
    either it is answered in words, which are kept and never interpreted. `fact`: what it becomes, or nothing."""

    text: str
    fact: str = ""
    boxes: tuple[str, ...] = ()
    written: str = ""
    unit: str = ""


class RuleAsked(Struct, frozen=True):
    """One rule behind a line: where it can be opened, as planned (a Walton level; None: it names none), and how far."""

    id: str
    where: tuple[str, ...]
    planned: int | None
    ceiling: int | None


class ItemAsked(Struct, frozen=True):
    """One numbered line. `where`, `planned`, `ceiling`: of all its rules together, the strictest where they meet."""

    id: str
    title: str
    rules: tuple[RuleAsked, ...]
    where: tuple[str, ...]
    planned: int | None
    ceiling: int | None
    questions: tuple[Question, ...] = ()
    level: bool = True  # "limit to" means something here


def raised(screening: Screening, knowledge: Knowledge) -> tuple[ItemAsked, ...]:
    """The lines, in the order of the screening: the heaviest first."""
    fired = [one.id for one in screening.rules if one.state == "fired" and (not one.cleared or _awaits(one, knowledge))]
    found: list[ItemAsked] = []
    for item in sorted(knowledge.physician.values(), key=lambda one: _rank(one, fired)):
        rules = [knowledge.rules[name] for name in fired if name in item.rules]
        if rules:
            found.append(_asked(item, rules, screening, knowledge))
    return tuple(found)


def worth_asking(screening: Screening, knowledge: Knowledge) -> tuple[Question, ...]:
    """What a physician may know while it holds something back: of items that no rule has raised."""
    holding = {rule for limit in screening.until_answered.values() for rule in limit.because}
    unknown = {one.fact for one in screening.questions if one.critical}
    asked = {one.fact for line in raised(screening, knowledge) for one in line.questions}
    return tuple(
        question(ask, knowledge)
        for item in knowledge.physician.values()
        if not holding.isdisjoint(item.rules)
        for ask in item.asks
        if ask.also and ask.fact in unknown and ask.fact not in asked
    )


def _awaits(rule: RuleResult, knowledge: Knowledge) -> bool:
    """Did the answer leave out what still shuts a place?"""
    shut = [one.when for one in knowledge.rules[rule.id].effects if _until_known(one)]
    return any(not set(knowledge.inputs(when)).isdisjoint(rule.unknown) for when in shut)


def _until_known(effect: Effect) -> bool:
    """Does it shut its place because something is not known?"""
    return effect.exclude and "missing(" in effect.when


def question(ask: AskedOf, knowledge: Knowledge) -> Question:
    """A question as it stands on the page."""
    fact = knowledge.facts.get(ask.fact)
    written = fact.kind if fact is not None and not ask.boxes else ""
    return Question(ask.text, ask.fact, tuple(ask.boxes), written, fact.unit if fact and written == "number" else "")


def _rank(item: Item, fired: list[str]) -> int:
    return min((fired.index(name) for name in item.rules if name in fired), default=len(fired))


def _asked(item: Item, rules: list[Rule], screening: Screening, knowledge: Knowledge) -> ItemAsked:
    known = _view(screening, knowledge)
    laid = {rule.id: list(_laid(rule, known, screening, knowledge)) for rule in rules}
    each = tuple(_rule(name, own) for name, own in laid.items())
    reach, planned, ceiling = _reach([one for own in laid.values() for one in own])
    unknown, met = _unknown(screening, item.rules), {name for name, value in known.values.items() if value is True}
    return ItemAsked(
        id=item.id,
        title=title_of(item, screening, knowledge),
        rules=each,
        where=cover(reach),
        planned=min([one.planned for one in each if one.planned is not None], default=planned),
        ceiling=ceiling,
        questions=tuple(
            question(ask, knowledge)
            for ask in item.asks
            if (not ask.fact or ask.always or ask.fact in unknown) and met.issuperset(ask.needs)
        ),
        level=bool(reach),
    )


def never(screening: Screening, knowledge: Knowledge) -> int:
    """The area that a fired rule shuts for good: no clinician's answer opens it."""
    known, shut = _view(screening, knowledge), 0
    for one in screening.rules:
        if one.state == "fired":
            for laid in _laid(knowledge.rules[one.id], known, screening, knowledge):
                shut |= laid.area if laid.top is None else 0
    return shut


class _Laid(NamedTuple):
    """One effect that fired: where, does an answer open it, up to which level (None: never), its lower number."""

    area: int
    opens: bool
    top: int | None
    low: int


def _rule(name: str, laid: list[_Laid]) -> RuleAsked:
    reach, planned, ceiling = _reach(laid)
    return RuleAsked(name, cover(reach), planned, ceiling)


def _reach(laid: list[_Laid]) -> tuple[int, int | None, int | None]:
    """Where an answer opens these effects, the level planned there, and the highest that any place of it can have.

    "Fine" means as planned: the lower number of the rule, and light lotioning where that is no touch and the rule can
    be opened so far (ours, N). A rule that an answer hands over altogether names no level.
    """
    reach, tops, plans = 0, [], []
    for number in range(len(LEAVES)):
        bit = 1 << number
        here = [one for one in laid if one.area & bit]
        if not any(one.opens for one in here) or any(one.top is None for one in here):
            continue
        reach |= bit
        tops.append(min(one.top for one in here if one.top is not None))
        plans.append(min(tops[-1], max(1, min(one.low for one in here))))
    if not tops or max(tops) >= DEFAULT_PRESSURE:
        return reach, None, None
    return reach, max(plans), max(tops)


def _laid(rule: Rule, known: View, screening: Screening, knowledge: Knowledge) -> Iterator[_Laid]:
    held = next((area(one.where) for one in screening.rules if one.id == rule.id), 0)
    for effect in rule.effects:
        if not effect.when or test(effect.when, knowledge)(known) is True:
            low = DEFAULT_PRESSURE if effect.pressure is None else effect.pressure
            said = tuple(one for one in effect.where if _so(one, known))
            where = area_of(structs.replace(effect, where=said), knowledge, dict(known.places)) & held
            yield _Laid(where, _opens(effect, rule), _top(effect, rule), low)


def _so(where: str, known: View) -> bool:
    """Is this a place of its own, or that of a finding which is known to be so?"""
    fact = term(where).fact
    return not fact or known.values.get(fact) is True


def _opens(effect: Effect, rule: Rule) -> bool:
    return effect.cleared is not None or effect.decision == "clearance_first" or _hands_over(effect, rule)


def _hands_over(effect: Effect, rule: Rule) -> bool:
    return "cleared(" in rule.until and not rule.informs and effect.pressure is not None


def _top(effect: Effect, rule: Rule) -> int | None:
    if _hands_over(effect, rule):
        return DEFAULT_PRESSURE
    if effect.cleared is not None:
        return effect.cleared
    if _until_known(effect):
        return DEFAULT_PRESSURE
    if effect.exclude:
        return None
    return DEFAULT_PRESSURE if effect.pressure is None else effect.pressure


def _view(screening: Screening, knowledge: Knowledge) -> View:
    """What the rules met, as expressions want it."""
    facts = [met for rule in screening.rules for met in rule.facts]
    return View(known_values(facts, knowledge, screening.as_of), places_met(facts, knowledge))


def _unknown(screening: Screening, rules: tuple[str, ...]) -> frozenset[str]:
    """What is open of these rules, fired or possible, and what must be known before any visit."""
    critical = [one.fact for one in screening.questions if one.critical]
    return frozenset([*critical, *(name for rule in screening.rules if rule.id in rules for name in rule.unknown)])
