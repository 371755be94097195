"""An answer in words: what each line says, what opened by it and why, and what did not.

Ask here: `said` (line by line, as it came), `signed` (by somebody who was not asked), `opened` (what became looser, and
what tighter, from one screening to another) and `not_opened` (where "fine" was said and the place stays shut: above all
behind a hard stop). Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct

from afferent.body.areas import PLACES
from afferent.knowledge import Knowledge
from afferent.records.letters.answer_form import Answer, ItemAnswer, Reading
from afferent.records.letters.items import ItemAsked, Question
from afferent.records.letters.request import Request
from afferent.safety.compare import compare
from afferent.safety.screening import Screening
from afferent.words.changes import Line, changes
from afferent.words.letters import say
from afferent.words.places import phrase
from afferent.words.vocabulary import capital, level, listed, lower_first

OVERALL: Final = {
    "nothing_found": "Nothing found against it",
    "adapt": "Adapt, as marked at the lines",
    "inadvisable": "Inadvisable",
    "open": "No box ticked for the whole",
}


class Said(Struct, frozen=True):
    """One line of the request, what was answered, and the small answers: (question, answer)."""

    title: str
    answer: str
    small: tuple[tuple[str, str], ...] = ()


class NotOpened(Struct, frozen=True):
    """A line that was answered, and a place that stays shut or lower. `hard`: behind a hard stop."""

    text: str
    why: str
    hard: bool = False


def said(given: Answer, one: Request) -> tuple[Said, ...]:
    """Every line in its order; then what was asked beside the lines, as one more."""
    answers = {item.item: item for item in reversed(given.items)}
    lines = [_said(item, answers.get(item.id, ItemAnswer(item.id))) for item in one.items]
    also = tuple(_small(ask, given.also[ask.fact]) for ask in one.also if ask.fact in given.also)
    if also:
        lines.append(Said(say("also").rstrip(":"), "", also))
    return tuple(lines)


def opened(before: Screening, after: Screening, knowledge: Knowledge) -> tuple[Line, ...]:
    """What changed in what may be done, the tighter first."""
    return changes(compare(before, after), knowledge)


def not_opened(given: Answer, one: Request, after: Screening, knowledge: Knowledge) -> tuple[NotOpened, ...]:
    """What a reader of "fine" may think is open, and is not."""
    answers = {item.item: item for item in given.items}
    found: dict[tuple[str, str], NotOpened] = {}
    for item in one.items:
        line = answers.get(item.id)
        if line is None or line.says not in ("fine", "limit") or given.overall == "inadvisable":
            continue
        for kept in _shut(item, after, knowledge):
            found[kept.text, kept.why] = kept
    for rule in after.rules:
        if rule.state == "fired" and rule.hard_stop:
            stop = NotOpened(rule.title, f"A hard stop: no answer lifts it. {rule.lifted_by}".strip(), hard=True)
            found.setdefault((stop.text, stop.why), stop)
    return tuple(sorted(found.values(), key=lambda kept: not kept.hard))


def signed(given: Answer, one: Request) -> str:
    """Where somebody else signed than was asked, that in a sentence; else ""."""
    if _letters(given.name) == _letters(one.to.name):
        return ""
    return f"It was asked of {one.to.name}, and {given.name} signed it. Ask the practice about both."


def in_words(reading: Reading) -> tuple[str, ...]:
    """Everything about it that a therapist must know, once each."""
    return tuple(dict.fromkeys(fault.says for fault in reading.faults if fault.about != "words"))


def _letters(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def _shut(item: ItemAsked, after: Screening, knowledge: Knowledge) -> Iterator[NotOpened]:
    """The places of a line that are still left alone, by the rules that say so."""
    places = 0
    for region in item.where:
        places |= PLACES.get(region, 0)
    closed: dict[tuple[str, ...], int] = {}
    for region, limit in after.effective.items():
        if limit.excluded and (area := PLACES.get(region, 0) & places):
            closed[limit.because] = closed.get(limit.because, 0) | area
    for because, area in closed.items():
        rules = [knowledge.rules[name] for name in because if name in knowledge.rules]
        hard = [rule for rule in rules if rule.hard_stop]
        why = listed(lower_first(rule.title) for rule in hard or rules)
        ends = "a hard stop: no answer lifts it" if hard else "still held back"
        yield NotOpened(f"{item.title}: {phrase(area)} stays shut", f"{capital(why)}; {ends}.", bool(hard))


def _said(item: ItemAsked, line: ItemAnswer) -> Said:
    words = {"fine": "Fine as planned", "do_not": "Do not", "open": "Left open"}
    if line.says == "limit" and line.level is not None:
        answer = f"Limit to {level(line.level)}"
    elif line.says == "fine" and item.planned is not None:
        answer = f"Fine as planned: at most {level(item.planned)}"
    else:
        answer = words.get(line.says, "Left open")
    small = [_small(ask, line.facts[ask.fact]) for ask in item.questions if ask.fact and ask.fact in line.facts]
    small += [(question, text) for question, text in line.words.items()]
    return Said(item.title, answer, tuple(small))


def _small(ask: Question, value: Any) -> tuple[str, str]:
    if isinstance(value, dict):
        text = f"{value.get('value', '')} {ask.unit if ask.unit != '1' else ''}".strip()
        return ask.text, f"{text}, {value.get('date', '')}".rstrip(", ")
    return ask.text, listed(map(str, value)) if isinstance(value, list | tuple) else str(value)
