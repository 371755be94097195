"""Why: every rule that fired, and those that might, as a page opens them.

Rule in plain words -> what met it -> where from -> how strong -> not known -> what lifts it. Ask here: `fired`,
`waiting` (possible, and holding something back until answered) and `other_possible`.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from msgspec import Struct

from afferent.knowledge import Knowledge
from afferent.knowledge.model import Rule, Strength
from afferent.safety.screening import Cited, RuleResult, Screening
from afferent.words.effects import result_effects
from afferent.words.evidence import FactLine, facts_lines
from afferent.words.vocabulary import STRENGTH, capital, listed, lower_first, sentence

_ASKING: Final = frozenset({"DATA-MISSING", "DATA-CONFLICT"})
_POSSIBLE: Final = "Nothing yet: it is only possible."
_MET_BY: Final = {
    "DATA-MISSING": "That something is not known which must be asked first.",
    "DATA-CONFLICT": "Statements that do not agree. They stand with their question.",
}
_CAPS: Final[dict[Strength, str]] = {**STRENGTH, "N": "our default"}
_EFFECTS: Final = 3  # phrases in the closed line; the rule itself says all


class Reason(Struct, frozen=True):
    """One rule as it is shown. `effect` is the closed line, with `strength_words`; everything below it opens. `met_by`:
    what to say where no statement is shown as having met it."""

    id: str
    title: str
    state: str
    hard_stop: bool
    cleared: bool
    effect: str
    strength: Strength
    strength_words: str
    text: str
    why: str
    met: tuple[FactLine, ...]
    sources: tuple[Cited, ...]
    how_strong: str
    not_known: str
    lifts: str
    met_by: str = ""


def fired(screening: Screening, knowledge: Knowledge) -> tuple[Reason, ...]:
    """What is so, heaviest first; that something must be asked comes last."""
    found = [one for one in screening.rules if one.state == "fired"]
    found.sort(key=lambda one: one.id in _ASKING)
    return tuple(reason(one, screening, knowledge) for one in found)


def waiting(screening: Screening, knowledge: Knowledge) -> tuple[Reason, ...]:
    """What may be so and holds something back until it is asked."""
    holding = _holding(screening)
    return tuple(
        reason(one, screening, knowledge) for one in screening.rules if one.state == "possible" and one.id in holding
    )


def other_possible(screening: Screening) -> tuple[tuple[str, str], ...]:
    """(id, title) of the rules that are possible but hold nothing back."""
    holding = _holding(screening)
    return tuple((one.id, one.title) for one in screening.rules if one.state == "possible" and one.id not in holding)


def _holding(screening: Screening) -> set[str]:
    return {rule for limit in screening.until_answered.values() for rule in limit.because}


def reason(result: RuleResult, screening: Screening, knowledge: Knowledge) -> Reason:
    """One rule of a screening in words."""
    rule = knowledge.rules[result.id]
    return Reason(
        id=result.id,
        title=result.title,
        state=result.state,
        hard_stop=result.hard_stop,
        cleared=result.cleared,
        effect=_effect(result, screening, knowledge),
        strength=result.strength,
        strength_words=strength_words(rule.strength, rule.caps_strength),
        text=result.text,
        why=result.why,
        met=_met(result, screening, knowledge),
        sources=result.sources,
        how_strong=how_strong(rule),
        not_known=_not_known(result, knowledge),
        lifts=lifts(rule),
        met_by=_met_by(result, knowledge),
    )


def _effect(result: RuleResult, screening: Screening, knowledge: Knowledge) -> str:
    """The closed line. Of a rule that is only possible, and that nothing met, the same is said to everybody."""
    if result.facts or result.state == "fired":
        return _line(result, screening, knowledge)
    said = _unmet(knowledge)
    if result.id not in said:
        said[result.id] = _line(result, screening, knowledge)
    return said[result.id]


@cache
def _unmet(knowledge: Knowledge) -> dict[str, str]:
    """For each knowledge: rule -> its closed line where nothing met it; filled as they are asked."""
    return {}


def _line(result: RuleResult, screening: Screening, knowledge: Knowledge) -> str:
    return " · ".join(capital(words) for words in result_effects(result, screening, knowledge)[:_EFFECTS])


def strength_words(letter: Strength, caps: Strength | None) -> str:
    """What the letter means; and where the numbers of a rule rest on less than the rule, that too."""
    if caps is None or caps == letter:
        return STRENGTH[letter]
    return f"{STRENGTH[letter]}; the level: {caps}, {_CAPS[caps]}"


def how_strong(rule: Rule) -> str:
    """The letter's words, and what else is only our default."""
    words = sentence(STRENGTH[rule.strength])
    if rule.caps_strength == "N" and rule.strength != "N":
        return f"{words} The level numbers are our default."
    if rule.caps_strength and rule.caps_strength != rule.strength:
        return f"{words} The level numbers: {STRENGTH[rule.caps_strength]}."
    return words


def lifts(rule: Rule) -> str:
    """What would end this limit."""
    if rule.lifted_by:
        return rule.lifted_by
    if rule.hard_stop:
        return "Nothing lifts this today."
    return "The answer." if rule.ignorance else "It ends when what met it is no longer so."


def _met(result: RuleResult, screening: Screening, knowledge: Knowledge) -> tuple[FactLine, ...]:
    """What speaks for the rule; a "no" to a hazard does not, and what must be asked was met by nothing."""
    if result.id in _ASKING:
        return ()
    speaking = [one for one in result.facts if one.value is not False or knowledge.facts[one.fact].worse == "no"]
    return facts_lines(speaking, knowledge, screening.as_of)


def _met_by(result: RuleResult, knowledge: Knowledge) -> str:
    """What met a rule of which nothing is shown: a possible one nothing; one that holds, what is known to be well."""
    if result.state != "fired":
        return _POSSIBLE
    if result.id in _ASKING:
        return _MET_BY[result.id]
    inputs = [knowledge.facts[name] for name in knowledge.inputs(knowledge.rules[result.id].when)]
    known = [lower_first(fact.title) for fact in inputs if fact.id not in result.unknown and fact.ask]
    return sentence(f"what is known: {listed(known)}") if known else "It holds for everybody."


def _not_known(result: RuleResult, knowledge: Knowledge) -> str:
    if result.id in _ASKING:
        return "All that stands under the questions."
    titles = [lower_first(knowledge.facts[name].title) for name in result.unknown if knowledge.facts[name].ask]
    return sentence(listed(titles)) if titles else "Nothing this rule asks."
