"""A physician's answer, read strictly: which clearances and facts it is, and what about it cannot stand.

Ask here: `read(answer, request, knowledge)`. Where two boxes contradict each other the stricter holds and is named; a
level above what a rule can be opened to is cut; a hard stop is lifted by nothing; a question left open stays open. What
somebody wrote in their own words is kept and shown, and never interpreted. Then `opening` and `tightening`: what counts
once the answer is verified, and what counts at once while it is not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from msgspec import structs

from afferent.knowledge import Knowledge
from afferent.records.letters.answer_facts import facts_of, is_hazard, origin
from afferent.records.letters.answer_form import About, Answer, Fault, ItemAnswer, Reading, Says
from afferent.records.letters.items import ItemAsked
from afferent.records.letters.request import Request
from afferent.safety.evidence import Clearance, Evidence
from afferent.words.consents import long_day
from afferent.words.vocabulary import level

_LEVELS: Final = range(6)
_WORDS: Final = "Something was written in words. Read it before you work; nothing was read out of it."


def read(answer: Answer, asked: Request, knowledge: Knowledge) -> Reading:
    """The answer to this request. Never raises for what somebody answered."""
    if sum(letter.isalpha() for letter in answer.name) < 2:
        return Reading((), (), (Fault("unsigned", "Nobody signed this answer, so it says nothing. Ask who gave it."),))
    faults = [*_stops(answer, asked, knowledge), *_not_asked(answer, asked, knowledge)]
    until, late = _until(answer, asked)
    faults += late
    early = answer.date < asked.on
    if early:
        says = f"It is dated {long_day(answer.date)}, before it was asked on {long_day(asked.on)}: it opens nothing."
        faults.append(Fault("date", says))
    said = {one.item: one for one in reversed(answer.items)}
    clearances: list[Clearance] = []
    facts: list[Evidence] = []
    for item in asked.items:
        one = said.get(item.id, ItemAnswer(item.id))
        told, wrong = facts_of(one.facts, item.questions, answer, knowledge, item)
        settled, found = _settled(one, item, answer, told, knowledge)
        faults += [*wrong, *found]
        facts += told
        if settled.says in ("fine", "limit"):
            known = {fact.fact for fact in told}
            faults += [_unsaid(item, ask.text) for ask in item.questions if ask.fact and ask.fact not in known]
        if settled.says != "open" and not (early and settled.says != "do_not"):
            clearances += _clearances(settled, item, answer, until)
    told, wrong = facts_of(answer.also, asked.also, answer, knowledge, None)
    if answer.words.strip() or answer.because.strip():
        faults.append(Fault("words", _WORDS))
    faults += wrong
    if answer.overall == "inadvisable":
        clearances.append(_whole(asked, answer, until))
    return Reading(tuple(clearances), (*facts, *told), tuple(dict.fromkeys(faults)))


def opening(reading: Reading) -> Reading:
    """All of it, verified: somebody called a number from a listing of their own, and the answer was confirmed."""
    return structs.replace(reading, clearances=tuple(structs.replace(one, verified=True) for one in reading.clearances))


def tightening(reading: Reading, knowledge: Knowledge) -> Reading:
    """What may count at once: the clearances, of which the screening takes only what they hold back, and those facts
    that are hazards. `counted.with_unverified` adds a fact only where it loosens nothing for this person."""
    hazards = tuple(one for one in reading.facts if is_hazard(one, knowledge))
    unverified = tuple(structs.replace(one, verified=False) for one in reading.clearances)
    return Reading(unverified, hazards, reading.faults)


def _settled(
    one: ItemAnswer, item: ItemAsked, answer: Answer, told: list[Evidence], knowledge: Knowledge
) -> tuple[ItemAnswer, list[Fault]]:
    """What holds of one line: the boxes of the line and of the whole, the stricter of both, within the rule."""
    faults: list[Fault] = []

    def note(about: About, says: str) -> None:
        faults.append(Fault(about, f"{item.title}: {says}", item.id))

    if answer.overall == "inadvisable" and one.says in ("fine", "limit"):
        note("contradiction", "this line is open, and “inadvisable” is ticked for the whole. The stricter holds.")
    if answer.overall == "inadvisable":
        return structs.replace(one, says="do_not", level=None), faults
    if one.says == "fine" and _nothing_marked(answer):
        note(
            "contradiction",
            "“adapt” is ticked for the whole, and no line says how. It opens nothing until you have asked.",
        )
        return structs.replace(one, says="open"), faults
    if one.says == "open":
        note("open", "left open. It stays closed as before, and is asked again.")
        return one, faults
    if one.says in ("limit", "do_not") and answer.overall == "nothing_found":
        note(
            "contradiction", "limited here, and “nothing found against it” is ticked for the whole. The stricter holds."
        )
    worse = [fact for fact in told if is_hazard(fact, knowledge) and fact.kind != "lab"]
    if one.says == "fine" and any(knowledge.facts[fact.fact].kind in ("yes_no", "finding") for fact in worse):
        note(
            "contradiction",
            "“fine” is ticked beside an answer that speaks against it. Both are kept, the stricter holds.",
        )
    if one.says != "limit":
        return one, faults
    if one.level not in _LEVELS or one.level is None or not item.level:
        note("unreadable", "“limit to” without a pressure level from 0 to 5. It opens nothing until one is named.")
        return structs.replace(one, says="open", level=None), faults
    if item.ceiling is not None and one.level > item.ceiling:
        note("ceiling", f"{level(one.level)} was named; no answer opens it further than {level(item.ceiling)}.")
        return structs.replace(one, level=item.ceiling), faults
    return one, faults


def _unsaid(item: ItemAsked, question: str) -> Fault:
    return Fault("open", f"{item.title}: “{question}” is left open. What hangs on it stays closed.", item.id)


def _nothing_marked(answer: Answer) -> bool:
    return answer.overall == "adapt" and all(one.says in ("fine", "open") for one in answer.items)


def _clearances(one: ItemAnswer, item: ItemAsked, answer: Answer, until: dt.date) -> Iterator[Clearance]:
    for rule in item.rules:
        named = one.level if one.says == "limit" else rule.planned if one.says == "fine" else 0
        if one.says == "limit" and rule.ceiling is not None and named is not None:
            named = min(named, rule.ceiling)
        where = item.where if one.says == "do_not" else rule.where
        pressure = {} if named is None else dict.fromkeys(where, named)
        yield _clearance((rule.id,), one.says, pressure, answer, until)


def _whole(asked: Request, answer: Answer, until: dt.date) -> Clearance:
    """ "Inadvisable" is said of all of it."""
    rules = tuple(rule.id for item in asked.items for rule in item.rules)
    return _clearance(rules, "do_not", {"body": 0}, answer, until)


def _clearance(
    rules: tuple[str, ...], says: Says, pressure: dict[str, int], answer: Answer, until: dt.date
) -> Clearance:
    return Clearance(
        rules=rules,
        by=answer.name,
        date=answer.date,
        until=until,
        answer="limit" if says == "limit" else "do_not" if says == "do_not" else "fine",
        pressure=pressure,
        role=answer.role,
        origin=origin(answer),
        verified=False,
    )


def _until(answer: Answer, asked: Request) -> tuple[dt.date, list[Fault]]:
    """The last day it counts: as written, and no later than 90 days on, 30 in chemotherapy."""
    latest = answer.date + dt.timedelta(days=asked.valid_days)
    if answer.until is None:
        return latest, []
    if answer.until > latest:
        says = f"It was to count until {long_day(answer.until)}; it counts until {long_day(latest)} and is asked again."
        return latest, [Fault("expiry", says)]
    if answer.until < answer.date:
        says = f"It ends on {long_day(answer.until)}, before the day it was given: it opens nothing."
        return answer.until, [Fault("expiry", says)]
    return answer.until, []


def _stops(answer: Answer, asked: Request, knowledge: Knowledge) -> Iterator[Fault]:
    """Hard stops that an answer may seem to lift."""
    if answer.overall != "inadvisable":
        for title in asked.stops:
            yield Fault("hard_stop", f"{title}: this is a hard stop, and no answer lifts it.")
    for one in answer.items:
        rule = knowledge.rules.get(one.item)
        if rule is not None and rule.hard_stop and not rule.until:
            yield Fault(
                "hard_stop", f"{rule.title}: this is a hard stop, and no answer lifts it. {rule.lifted_by}", one.item
            )


def _not_asked(answer: Answer, asked: Request, knowledge: Knowledge) -> Iterator[Fault]:
    known = {item.id for item in asked.items}
    for one in answer.items:
        if one.item not in known and not getattr(knowledge.rules.get(one.item), "hard_stop", False):
            yield Fault("not_asked", f"{one.item[:60]!r} was not asked, and is not counted.", one.item[:60])
    seen: set[str] = set()
    for one in answer.items:
        if one.item in seen:
            yield Fault("contradiction", f"{one.item[:60]!r} was answered twice; the first counts.", one.item[:60])
        seen.add(one.item)


__all__ = ["Answer", "Fault", "ItemAnswer", "Reading", "opening", "read", "tightening"]
