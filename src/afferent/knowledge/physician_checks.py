"""What physician_questions.toml must satisfy: one sentence, with the entry's id, for the first fault found.

No rule that a clinician can open goes without a question, and no question leads to a fact, a choice or a place that
does not exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from afferent.body.areas import PLACES
from afferent.knowledge.model import Fact
from afferent.knowledge.physician import UNKNOWN, AskedOf, Item, openable

if TYPE_CHECKING:
    from afferent.knowledge.loader import Knowledge

_WRITTEN = ("number", "date")
_SIDES = ("left", "right", "both")
_PERMISSION = re.compile(r"\b(permi\w+|approv\w+|clear(ed|ance)|allow(ed)?|authori\w+)\b", re.IGNORECASE)


def faults(knowledge: Knowledge) -> Iterator[str]:
    """Every fault, the file not named. None where there are no questions at all: an older piece of knowledge."""
    asked: dict[str, str] = {}
    for item in knowledge.physician.values():
        for fault in _item(item, knowledge):
            yield f"{item.id}: {fault}"
        for rule in item.rules:
            if rule in asked:
                yield f"{item.id}: rule {rule} is asked under {asked[rule]!r} already"
            asked[rule] = item.id
    for known in knowledge.rules.values() if knowledge.physician else ():
        if openable(known) and known.id not in asked:
            yield f"rule {known.id} can be opened by a clinician and has no question"


def _item(item: Item, knowledge: Knowledge) -> Iterator[str]:
    if not item.title.strip():
        yield "has no title"
    if not item.rules:
        yield "names no rule"
    if not item.example:
        yield "has no example"
    if item.placed.count("{place}") != bool(item.place_of):
        yield "`placed` needs {place} once, and `place_of` the findings it is read from"
    for rule in item.rules:
        if rule not in knowledge.rules:
            yield f"there is no rule {rule!r}"
        elif not openable(knowledge.rules[rule]):
            yield f"no clinician's answer opens {rule}"
    for source in item.sources:
        if source not in knowledge.sources:
            yield f"source {source!r} does not exist"
    if not item.sources and item.strength != "N":
        yield "has no source"
    for name in item.place_of:
        if _kind(name, knowledge) != "finding":
            yield f"place_of: {name!r} is no finding"
    if item.date_of and _kind(item.date_of, knowledge) != "date":
        yield f"date_of: {item.date_of!r} is no date"
    for name in item.value_of:
        if _kind(name, knowledge) not in ("number", "choice"):
            yield f"value_of: {name!r} is no number and no choice"
    for ask in item.asks:
        yield from _asked(ask, knowledge)


def _kind(name: str, knowledge: Knowledge) -> str:
    return knowledge.facts[name].kind if name in knowledge.facts else ""


def _asked(ask: AskedOf, knowledge: Knowledge) -> Iterator[str]:
    if not ask.text.strip().endswith(("?", ":")):
        yield f"{ask.text!r} is no question"
    if _PERMISSION.search(ask.text):
        yield f"{ask.text!r} asks for permission; ask for information"
    for name in ask.needs:
        if name not in knowledge.facts:
            yield f"needs: fact {name!r} does not exist"
    if not ask.fact:
        return
    if _kind(ask.fact, knowledge) in ("", "derived"):
        yield f"fact {ask.fact!r} does not exist, or is worked out from others"
        return
    fact = knowledge.facts[ask.fact]
    if bool(ask.boxes) == (fact.kind in _WRITTEN):
        yield f"{ask.text!r}: a number or a date is written down, everything else has boxes"
    for word, value in ask.boxes.items():
        if word == UNKNOWN:
            if value != "unknown":
                yield f"{ask.text!r}: the box {UNKNOWN!r} becomes nothing but 'unknown'"
        elif not _fits(value, fact):
            yield f"{ask.text!r}: {fact.id} has no value {value!r}"


def _fits(value: Any, fact: Fact) -> bool:
    """Can this value be said of the fact?"""
    match fact.kind:
        case "yes_no":
            return value in ("yes", "no")
        case "choice":
            return value in fact.options
        case "finding":
            named = [value] if isinstance(value, str) else list(value)
            sided = (*_SIDES, *PLACES) if fact.part else tuple(PLACES)
            return named in (["yes"], ["no"]) or all(one in sided for one in named)
        case _:
            return False
