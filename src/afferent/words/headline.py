"""The first sentence of every page: what is so today, in words a tired person understands.

Never generated: a table of patterns, filled with counts and places. Ask here: `headline` (one or two sentences),
`banner` (the sentence with its shape and the few numbers beside it).
"""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

from afferent.body.regions import WHOLE, area
from afferent.knowledge import Knowledge
from afferent.knowledge.model import DECISIONS, DEFAULT_MINUTES, DEFAULT_PRESSURE, Decision, Urgency
from afferent.safety.screening import RegionLimit, RuleResult, Screening
from afferent.words.places import count, phrase
from afferent.words.session import Visit, at_most
from afferent.words.vocabulary import URGENCY, counted, in_words, listed, lower_first
from afferent.words.vocabulary import sentence as sentence_of

_FEW: Final = 3  # places that one sentence can name
Shape = Literal["ask", "stop", "ready"]

# Nothing moves these: a stop is never delayed by a question.
_STOPPED: Final[dict[tuple[Decision, Urgency], str]] = {
    ("do_not_treat_refer", "emergency"): "No massage today. Call the emergency number now.",
    ("do_not_treat_refer", "same_day"): "No massage today. Medical care is needed today.",
    ("do_not_treat_refer", "routine"): "No massage today. Ask the physician before the next visit.",
    ("do_not_treat_refer", "none"): "No massage today.",
    ("postpone", "emergency"): "Not today. Call the emergency number now.",
    ("postpone", "same_day"): "Not today. Medical care is needed today.",
    ("postpone", "routine"): "Not today. Tell the client’s clinician.",
    ("postpone", "none"): "Not today.",
    ("clearance_first", "emergency"): "No hands-on today. Call the emergency number now.",
    ("clearance_first", "same_day"): "Ask the physician today: no hands-on until then.",
    ("clearance_first", "routine"): "Ask the physician first: no hands-on today.",
    ("clearance_first", "none"): "Ask the physician first: no hands-on today.",
}
# What follows once nothing must be asked any more: (decision, places are few enough to name) -> sentence.
_READY: Final[dict[tuple[Decision, bool], str]] = {
    ("avoid_areas", True): "Massage may go ahead, but leave {places} alone today.",
    ("avoid_areas", False): "Massage may go ahead, but leave the places below alone today.",
    ("treat_adapted", True): "Massage may go ahead within the limits below.",
    ("treat", True): "Massage is fine today; the limits below hold.",
}
_AFTER_ASKING: Final[dict[tuple[Decision, bool], str]] = {
    ("avoid_areas", True): "Ask {things} first. Then work, but leave {places} alone today.",
    ("avoid_areas", False): "Ask {things} first. Then work, but leave the places below alone today.",
    ("treat_adapted", True): "Ask {things} first. Then work within the limits below.",
    ("treat", True): "Ask {these} first.",
}
_URGENT: Final[dict[Urgency, str]] = {
    "emergency": " Call the emergency number now.",
    "same_day": " Medical care is needed today.",
    "routine": "",
    "none": "",
}
_ADVISED_AGAINST: Final = "No hands-on today: a clinician has advised against it."
_NOT_YET: Final = "Nothing known forbids massage. Too little is known to begin."


class Banner(Struct, frozen=True):
    """The decision as a page opens with it. `notes` are (word, value), printed beside each other."""

    shape: Shape
    sentence: str
    second: str
    notes: tuple[tuple[str, str], ...]


def headline(screening: Screening) -> str:
    """One or two sentences: decision, urgency, what to ask, what to leave alone."""
    if screening.decision == "clearance_first" and screening.urgency == "routine" and _refused(screening):
        return _ADVISED_AGAINST
    stopped = _STOPPED.get((screening.decision, screening.urgency))
    if stopped:
        return stopped
    excluded = area(screening.excluded)
    decision = screening.decision
    if decision == "avoid_areas" and not excluded:  # somewhere, but nobody knows where yet
        decision = "treat_adapted"
    few = decision != "avoid_areas" or count(excluded) <= _FEW
    table = _AFTER_ASKING if screening.ask_first else _READY
    sentence = table[decision, few]
    if screening.decision == "treat" and not screening.ask_first and not any(map(_limits, screening.limits.values())):
        sentence = "Massage is fine today; no limit was found."
    number, noun = things(screening)
    return sentence.format(
        things=counted(number, noun), these=f"these {counted(number, noun)}" if number > 1 else f"this {noun}",
        places=phrase(excluded, spans=False),
    ) + _URGENT[screening.urgency]  # fmt: skip


def _refused(screening: Screening) -> bool:
    """Is the whole body left alone because of a clinician who said "do not"?"""
    rules = {one.rule for one in screening.clearances if one.refused}
    shut = [name for name, limit in screening.limits.items() if limit.excluded and not rules.isdisjoint(limit.because)]
    return area(shut) == WHOLE


def _limits(limit: RegionLimit) -> bool:
    """Does this limit anything? A ceiling for warmth is none."""
    thermal = limit.heat is not False and limit.cold is not False
    free = limit.pressure == DEFAULT_PRESSURE and limit.minutes == DEFAULT_MINUTES and not limit.techniques_off
    return limit.excluded or not (thermal and free)


def things(screening: Screening) -> tuple[int, str]:
    """How many groups of critical questions are open, and their name: questions, if each group is a single one."""
    groups = [question.group for question in screening.questions if question.critical]
    return len(set(groups)), "question" if len(set(groups)) == len(groups) else "thing"


def banner(screening: Screening, knowledge: Knowledge, visit: Visit = "any") -> Banner:
    """The headline with its shape and notes. `visit`: a first one is shorter."""
    closed = DECISIONS.index(screening.decision) >= DECISIONS.index("clearance_first")
    asking = screening.ask_first or screening.decision == "clearance_first"
    shape: Shape = "stop" if closed and screening.decision != "clearance_first" else "ask" if asking else "ready"
    bare = screening.ask_first and screening.decision == "treat" and screening.urgency == "none"
    second = _NOT_YET if bare else _first_stop(screening) if closed else ""
    return Banner(shape, headline(screening), second, tuple(_notes(screening, knowledge, closed, visit)))


def _first_stop(screening: Screening) -> str:
    """The heaviest rule that closes the visit, in its own words, and the names of the others."""
    closing = [rule for rule in screening.rules if rule.state == "fired" and _closes(rule)]
    if not closing:
        return ""
    also = listed(lower_first(rule.title) for rule in closing[1:])
    return f"{closing[0].text} {sentence_of(f'also: {also}')}" if also else closing[0].text


_ASKING: Final = frozenset({"DATA-MISSING", "DATA-CONFLICT"})


def _closes(rule: RuleResult) -> bool:
    return DECISIONS.index(rule.decision) >= DECISIONS.index("clearance_first")


def _notes(screening: Screening, knowledge: Knowledge, closed: bool, visit: Visit) -> list[tuple[str, str]]:
    """No minutes where nobody may begin yet: closed, or to be asked first."""
    fired = [rule.id for rule in screening.rules if rule.state == "fired"]
    present = [one for one in fired if not knowledge.rules[one].informs and one not in _ASKING]
    missing = sum(question.critical for question in screening.questions)
    notes = [
        ("Urgency", URGENCY[screening.urgency]),
        ("Precautions present", in_words(len(present)) if present else "none so far"),
    ]
    if missing:
        notes.append(("Not known", counted(missing, "answer")))
    if not closed and not screening.ask_first:
        notes.append(("Hands-on", at_most(screening, knowledge, visit)))
    return notes
