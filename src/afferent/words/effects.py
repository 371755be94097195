"""What a rule does, in a few words: "no massage today; emergency number", "the left foot at most 1 light lotioning".

Ask here: `area_of` (where an effect is, as far as known), `result_effects` (a rule of a screening) and `consequence` (a
rule in general, for "if yes: ..."). Reads the knowledge; decides nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from afferent.body import areas
from afferent.body.regions import AREA, WHOLE
from afferent.knowledge import Knowledge
from afferent.knowledge.model import DECISIONS, DEFAULT_MINUTES, URGENCIES, Decision, Effect, Fact, Urgency
from afferent.knowledge.terms import Term, term
from afferent.safety.evidence import ELSEWHERE
from afferent.safety.logic import Known, View, test
from afferent.safety.person import NEVER
from afferent.safety.screening import Met, RuleResult, Screening
from afferent.words.places import phrase
from afferent.words.vocabulary import LEVELS, at_most, listed, lower_first

_STOPS: Final = {
    "do_not_treat_refer": "no massage today",
    "postpone": "not today",
    "clearance_first": "a clinician is asked first, no hands-on until then",
}
_URGENT: Final = {"emergency": "call the emergency number", "same_day": "medical care the same day"}
_SHAPES: Final = {
    "site": "that place", "margin": "that place and what is round it", "segment": "that hand or foot",
    "quadrant": "that limb and its quarter of the trunk", "outside": "everywhere else",
}  # fmt: skip
_WHOLE: Final = "the whole body"
_AFTER_PLACE: Final = ("at most", "only", "left alone")  # reads on from the place without a colon
_PARTS: Final = {"leg_whole": "leg", "arm_whole": "arm", "foot_and_ankle": "foot and ankle", "leg": "lower leg"}


def closes(effect: Effect) -> bool:
    """Does this effect shut the whole body for today?"""
    return "body" in effect.where and DECISIONS.index(effect.decision or "treat") >= DECISIONS.index("clearance_first")


def stops(effect: Effect) -> bool:
    """Does this effect end the visit, wherever it is?"""
    return closes(effect) or DECISIONS.index(effect.decision or "treat") >= DECISIONS.index("postpone")


def shuts(effect: Effect) -> bool:
    """Does this effect leave its place alone?"""
    return effect.exclude or effect.decision == "clearance_first" or stops(effect)


def area_of(effect: Effect, knowledge: Knowledge, places: Mapping[str, tuple[int, ...]] | None = None) -> int:
    """Where an effect is: at the places given, otherwise wherever it may be."""
    found = 0
    for one in map(term, effect.where):
        known = (places or {}).get(one.fact)
        if not one.fact:
            found |= one.area
        elif known:
            found |= one.taken(known)
        else:
            found |= _anywhere(one, knowledge.facts[one.fact])
    return found


def places_met(facts: Iterable[Met], knowledge: Knowledge) -> dict[str, tuple[int, ...]]:
    """The places at which findings were met, as areas."""
    found: dict[str, tuple[int, ...]] = {}
    for one in facts:
        if isinstance(one.value, tuple | list):
            masks = tuple(place_area(place, knowledge.facts[one.fact]) for place in one.value)
            found[one.fact] = found.get(one.fact, ()) + masks
    return found


def place_area(place: str, fact: Fact) -> int:
    """A place by name; a bare side means that side of the fact's own part; "elsewhere" is somewhere, nobody said
    where."""
    if place == ELSEWHERE:
        return 0
    if place in ("left", "right", "both"):
        return areas.part(fact.part, None if place == "both" else place)
    return areas.PLACES[place]


def _anywhere(one: Term, fact: Fact) -> int:
    reach = areas.part(fact.part) if fact.part else WHOLE
    return reach if one.other else one.taken((reach,))


class Does(NamedTuple):
    """What an effect does: `what` holds in `place`. With a `stop` the visit is over and nothing else matters."""

    place: str
    what: tuple[str, ...]
    urgency: Urgency
    stop: Decision | None = None


def does(effect: Effect, knowledge: Knowledge, place: str) -> Does:
    """One effect in short words, the heaviest first. `place` is where, in words."""
    urgency = effect.urgency or "none"
    if stops(effect):
        return Does("", (), urgency, effect.decision)
    what: list[str] = []
    if shuts(effect):
        asks = effect.decision == "clearance_first" or effect.cleared is not None
        what.append("left alone until a clinician has answered" if asks else "left alone")
    elif effect.pressure is not None:
        what.append(at_most(effect.pressure))
    if effect.minutes is not None and effect.minutes < DEFAULT_MINUTES:
        what.append(f"{effect.minutes} minutes at most")
    if effect.heat is False or effect.cold is False:
        what.append(no_heat(effect.heat is False, effect.cold is False))
    if effect.off and not shuts(effect):
        what.append(f"no {listed([knowledge.techniques[name].title for name in effect.off[:3]], 'or')}")
    if effect.positions_off:
        what.append(f"not {listed([knowledge.positions[name].title for name in effect.positions_off], 'or')}")
    return Does(place, tuple(what), urgency)


def no_heat(heat: bool, cold: bool) -> str:
    """ "no heat, no cold", or the one that is off."""
    return ", ".join(f"no {word}" for word, off in (("heat", heat), ("cold", cold)) if off)


def consequence(effects: Iterable[Effect], knowledge: Knowledge) -> str:
    """What follows, its places as words: "that leg left alone until a clinician has answered".

    The heaviest words of the two heaviest effects; where nothing is limited, the advice given.
    """
    said = [does(effect, knowledge, somewhere(effect)) for effect in effects]
    words = "; ".join(_said([one._replace(what=one.what[:2]) for one in said])[:2])
    given = [knowledge.advice[name].title for effect in effects for name in effect.advice]
    return words or lower_first("; ".join(given[:2]))


def result_effects(result: RuleResult, screening: Screening, knowledge: Knowledge) -> tuple[str, ...]:
    """What a rule does to this person, with the places that are known: "the right leg left alone".

    An effect with a condition of its own is said only if the condition is met by what is shown here, and if the limits
    of the screening are as strict as it would make them. How urgent it is, and whether the visit is over, a rule that
    fired has said itself: its words are no milder and no harsher than that.
    """
    places = places_met(result.facts, knowledge)
    view = View(known_values(result.facts, knowledge, screening.as_of), places)
    found: list[Does] = []
    for effect in knowledge.rules[result.id].effects:
        if effect.when and test(effect.when, knowledge)(view) is not True:
            continue
        known = [one for one in map(term, effect.where) if not one.fact or one.fact in places]
        area = 0
        for one in known:
            area |= one.taken(places[one.fact]) if one.fact else one.area
        if result.state == "fired" and effect.when and not _holds(effect, area, screening):
            continue
        found.append(does(effect, knowledge, phrase(area, spans=False) if area else somewhere(effect)))
    return tuple(_said(_as_it_fired(found, result) if result.state == "fired" and not result.cleared else found))


def _as_it_fired(found: list[Does], result: RuleResult) -> list[Does]:
    """The effects with the urgency of the rule, and with a stop only where its decision is one."""
    rank = DECISIONS.index
    over = result.decision if rank(result.decision) >= rank("postpone") else None
    kept = [one for one in found if one.stop is None or rank(one.stop) <= rank(result.decision)]
    told = [one._replace(urgency=result.urgency) for one in kept]
    return [*told, Does("", (), result.urgency, over)]


def _holds(effect: Effect, area: int, screening: Screening) -> bool:
    """Are the limits there at least as strict as this effect?"""
    for region, limit in screening.limits.items():
        if AREA[region] & area:
            loose = effect.pressure is not None and limit.pressure > effect.pressure
            if loose or (effect.exclude and not limit.excluded) or (effect.heat is False and limit.heat is not False):
                return False
    return True


def known_values(facts: Iterable[Met], knowledge: Knowledge, as_of: dt.date) -> dict[str, Known]:
    """The values that met a rule, as an expression wants them: of a date the days since, of "never" more than any rule
    asks."""
    found: dict[str, Known] = {}
    for one in facts:
        if knowledge.facts[one.fact].kind == "date":
            when = one.value if isinstance(one.value, dt.date) else None
            if when or one.value is False:
                found[one.fact] = (as_of - when).days if when else NEVER
        elif isinstance(one.value, tuple | list):
            found[one.fact] = True
        elif isinstance(one.value, bool | int | float) or (
            isinstance(one.value, str) and knowledge.facts[one.fact].kind == "choice"
        ):
            found[one.fact] = one.value
    return found


def _said(found: list[Does]) -> list[str]:
    """How urgent it is, then one line per place; once the visit is over, only that."""
    heaviest = max((one.urgency for one in found), key=URGENCIES.index, default="none")
    urgent = [_URGENT[heaviest]] if heaviest in _URGENT else []
    stop = max((one.stop for one in found if one.stop), key=DECISIONS.index, default=None)
    if stop:
        return [", ".join((_STOPS[stop], *urgent))]
    by_place: dict[str, dict[str, None]] = {}
    for one in found:
        by_place.setdefault(one.place, {}).update(dict.fromkeys(one.what))
    return [*urgent, *(_line(place, _tightest(list(what))) for place, what in by_place.items() if what)]


_CAPS: Final = tuple(map(at_most, range(len(LEVELS))))  # the lowest first


def _tightest(what: list[str]) -> list[str]:
    """Of several levels for one place only the lowest; none where nobody touches."""
    caps = [words for words in _CAPS if words in what]
    alone = any(words.startswith("left alone") for words in what)
    return [*([] if alone else caps[:1]), *(words for words in what if words not in caps)]


def _line(place: str, what: list[str]) -> str:
    words = ", ".join(what)
    if what[0].startswith(_AFTER_PLACE):
        return f"{place} {words}"
    return words if place == _WHOLE else f"{place}: {words}"


def somewhere(effect: Effect) -> str:
    """The place of an effect while nobody has said where: "that leg or arm", "that place"."""
    if "body" in effect.where:
        return _WHOLE
    found: dict[str, None] = {}
    fixed = 0
    for one in map(term, effect.where):
        if not one.fact:
            fixed |= one.area
        elif one.shape in _SHAPES:
            found[_SHAPES[one.shape]] = None
        else:
            part = _PARTS.get(one.shape, one.shape.replace("_", " "))
            found[f"the other {part}" if one.other else f"that {part}"] = None
    if fixed:
        found = {phrase(fixed, spans=False): None, **found}
    return listed(found, "or").replace(" or that ", " or ")
