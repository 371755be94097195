"""What an answer would change: the rules that would hold if one open question were answered the dangerous way.

Asked of the rules themselves, with everything else as it is known; a rule that would need a further answer is not
named, for "could you be pregnant? if yes: call the emergency number" would be false. Ask here: `known` once per
screening, then `if_worst` per question.
"""

from __future__ import annotations

from collections.abc import Iterable

from afferent.body import areas
from afferent.body.regions import WHOLE
from afferent.knowledge import Knowledge
from afferent.knowledge.model import Effect, Fact
from afferent.safety.logic import Known, View, test
from afferent.safety.screening import Met, RuleResult, Screening
from afferent.words.effects import known_values, places_met

_ENGINE = frozenset({"DATA-MISSING", "DATA-CONFLICT"})
_EXTREME = 1e6  # further than any tier of any number


def if_worst(
    name: str, because: Iterable[str], known: View, screening: Screening, knowledge: Knowledge
) -> list[tuple[RuleResult, list[Effect]]]:
    """Each rule that would then hold for sure, with the effects it would have; in the order of the screening."""
    view = _at_worst(knowledge.facts[name], known)
    hanging = set(because) - _ENGINE
    found: list[tuple[RuleResult, list[Effect]]] = []
    for one in screening.rules:
        rule = knowledge.rules[one.id]
        if one.id not in hanging or rule.informs or not _true(rule.when, view, knowledge):
            continue
        effects = [effect for effect in rule.effects if not effect.when or _true(effect.when, view, knowledge)]
        if effects:
            found.append((one, effects))
    return found


def _true(text: str, view: View, knowledge: Knowledge) -> bool:
    """Does this hold for sure? What asks whether something is *missing* is not judged: a "no" is not seen here."""
    return "missing(" not in text and test(text, knowledge)(view) is True


def known(screening: Screening, knowledge: Knowledge) -> View:
    """Everything that met a rule."""
    met: list[Met] = [one for rule in screening.rules for one in rule.facts]
    return View(known_values(met, knowledge, screening.as_of), places_met(met, knowledge))


def _at_worst(fact: Fact, known: View) -> View:
    """What is known, and this fact at its most dangerous."""
    places = dict(known.places)
    if fact.kind == "finding":
        places[fact.id] = (areas.part(fact.part) if fact.part else WHOLE,)
    return View({**known.values, fact.id: worst(fact)}, places)


def worst(fact: Fact) -> Known:
    """The most dangerous value of a fact."""
    match fact.kind:
        case "date":
            return 0
        case "number":
            return -_EXTREME if fact.worse == "low" else _EXTREME
        case "choice":
            return fact.worse_options[0] if fact.worse_options else next(iter(fact.options))
        case _:
            return fact.worse != "no"
