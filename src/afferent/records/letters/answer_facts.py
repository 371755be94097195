"""The small questions of an answer as dated facts: only what was asked, and only in the boxes that were there.

Ask here: `facts_of` and `is_hazard`. A box that does not exist, a count without its day or its unit, two boxes that
exclude each other: named, and not counted.
"""

from __future__ import annotations

from typing import Any

from afferent.errors import InputError
from afferent.knowledge import Knowledge
from afferent.records import answers
from afferent.records.answered import reassures
from afferent.records.letters.answer_form import Answer, Fault
from afferent.records.letters.items import ItemAsked, Question
from afferent.safety.evidence import Evidence, Kind
from afferent.words.consents import long_day


def origin(answer: Answer) -> str:
    """Where its statements stand: "answer of Dr. A, 22 November 2026"."""
    return f"answer of {answer.name}, {long_day(answer.date)}"


def is_hazard(one: Evidence, knowledge: Knowledge) -> bool:
    """Does this statement make something worse, as far as it stands alone?"""
    fact = knowledge.facts[one.fact]
    return one.value in fact.worse_options if fact.kind == "choice" else not reassures(one, knowledge)


def facts_of(
    told: dict[str, Any], questions: tuple[Question, ...], answer: Answer, knowledge: Knowledge, item: ItemAsked | None
) -> tuple[list[Evidence], list[Fault]]:
    """The small questions of one line as dated facts."""
    open_for = {one.fact: one for one in questions if one.fact}
    about, line = (f"{item.title}: ", item.id) if item else ("", "")
    found: list[Evidence] = []
    faults: list[Fault] = []
    for name, value in told.items():
        question = open_for.get(name)
        if question is None:
            faults.append(Fault("not_asked", f"{about}{name[:60]!r} was not asked, and is not counted.", line))
            continue
        try:
            found += _fact(question, value, answer, knowledge)
        except (InputError, ValueError, TypeError, OverflowError, RecursionError) as error:
            why = str(error) if isinstance(error, InputError) else "this cannot be read"
            faults.append(Fault("unreadable", f"{about}{question.text} {why}. It is not counted.", line))
    return found, faults


def _fact(question: Question, value: Any, answer: Answer, knowledge: Knowledge) -> list[Evidence]:
    fact = knowledge.facts[question.fact]
    if question.boxes:
        value = _ticked(question, value, knowledge)
    elif question.written == "number" and not (isinstance(value, dict) and value.get("date")):
        raise InputError("a count needs the day on which it was taken")
    kind: Kind = "lab" if fact.group == "blood" and fact.kind == "number" else "clinician"
    return list(answers.statement(fact, value, answer.date, origin=origin(answer), kind=kind))


def _ticked(question: Question, value: Any, knowledge: Knowledge) -> Any:
    """The value behind a box, by the words on it or by the value itself; several places may be ticked."""
    boxes = _boxes(question, knowledge)
    ticked = [boxes.get(one, one) for one in (value if isinstance(value, list | tuple) else [value])]
    if not ticked or any(one not in boxes.values() for one in ticked):
        raise InputError(f"there is no such box; there are {', '.join(boxes)}")
    if len(ticked) == 1:
        return ticked[0]
    plain = {"yes", "no", "unknown"}
    if knowledge.facts[question.fact].kind != "finding" or plain & set(ticked):
        raise InputError("two boxes that exclude each other are ticked")
    return ticked


def _boxes(question: Question, knowledge: Knowledge) -> dict[str, Any]:
    for item in knowledge.physician.values():
        for one in item.asks:
            if one.fact == question.fact and tuple(one.boxes) == question.boxes:
                return one.boxes
    return {}
