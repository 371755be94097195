"""What an answer would change: the rules that would hold if one open question were answered the dangerous way.

Asked of the rules themselves, with everything else as it is known; a rule that would need a further answer is not
named, for "could you be pregnant? if yes: call the emergency number" would be false. Ask here: `if_worst`.
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
    name: str, because: Iterable[str], screening: Screening, knowledge: Knowledge
) -> list[tuple[RuleResult, list[Effect]]]:
    """Each rule that would then hold for sure, with the effects it would have; in the order of the screening."""
    view = _view(knowledge.facts[name], screening, knowledge)
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


def _view(fact: Fact, screening: Screening, knowledge: Knowledge) -> View:
    """Everything that met a rule, and this fact at its worst."""
    met: list[Met] = [one for rule in screening.rules for one in rule.facts]
    values = known_values(met, knowledge)
    places = places_met(met, knowledge)
    values[fact.id] = worst(fact)
    if fact.kind == "finding":
        places[fact.id] = (areas.part(fact.part) if fact.part else WHOLE,)
    return View(values, places)


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
