"""Every worked example of physician_questions.toml, run: what is asked of a person, and what an answer opens.

`then` may say: title, asks, planned, ceiling, where (the line as it stands on the page); facts (what the answer
becomes), decision, excluded, pressure, fired, not_fired (the screening once the answer is verified).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from afferent.knowledge import load
from afferent.knowledge.physician import Item, PhysicianExample
from afferent.records.answers import statements
from afferent.records.letters.answer import Answer, ItemAnswer, opening, read
from afferent.records.letters.items import ItemAsked
from afferent.safety import resolve, screen
from afferent.safety.evidence import Clearance, Evidence
from afferent.safety.screen import find
from tests.unit.records.letters_made import request_of

AS_OF = dt.date(2026, 11, 22)
KNOWLEDGE = load()
EXAMPLES = [
    pytest.param(item, example, id=f"{item.id}: {example.say}")
    for item in KNOWLEDGE.physician.values()
    for example in item.example
]


@pytest.mark.parametrize(("item", "example"), EXAMPLES)
def test_example(item: Item, example: PhysicianExample) -> None:
    said = list(statements(example.given, KNOWLEDGE, AS_OF))
    asked = request_of(_screened(said))
    line = next(one for one in asked.items if one.id == item.id)
    facts: tuple[Evidence, ...] = ()
    clearances: tuple[Clearance, ...] = ()
    if example.answer:
        told = ItemAnswer(item.id, **example.answer)
        answer = Answer(date=AS_OF, name="Dr. Amara Osei", role="physician", items=(told,), overall=_whole(told))
        reading = opening(read(answer, asked, KNOWLEDGE))
        facts, clearances = reading.facts, reading.clearances
    for what, expected in example.then.items():
        if what == "facts":
            assert {one.fact: one.value for one in facts} == expected
        elif what in LINE:
            assert LINE[what](line) == expected, what
        else:
            person = resolve([*said, *facts], KNOWLEDGE, AS_OF, clearances=clearances)
            assert _holds(what, expected, screen(person, KNOWLEDGE), find(person, KNOWLEDGE)), f"{what} = {expected}"


def _screened(said: list[Evidence]) -> Any:
    return screen(resolve(said, KNOWLEDGE, AS_OF), KNOWLEDGE)


LINE: dict[str, Any] = {
    "title": lambda line: line.title,
    "asks": lambda line: [one.text for one in line.questions],
    "planned": lambda line: line.planned,
    "ceiling": lambda line: line.ceiling,
    "where": lambda line: _where(line),
}


def _whole(told: ItemAnswer) -> Any:
    return "nothing_found" if told.says == "fine" else "adapt"


def _where(line: ItemAsked) -> list[str]:
    return list(line.where)


def _holds(what: str, expected: Any, result: Any, found: Any) -> bool:
    states = {one.id: one.state for one in result.rules}
    match what:
        case "decision":
            return result.decision == expected
        case "excluded":
            return set(result.excluded) == set(expected)
        case "pressure":
            return all(found.known.region(region).pressure == cap for region, cap in expected.items())
        case "fired":
            return all(states.get(one) == "fired" for one in expected)
        case "not_fired":
            return not any(states.get(one) == "fired" for one in expected)
    raise AssertionError(f"{what} is no check")
