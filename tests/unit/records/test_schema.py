"""The published schemas: every fact with its question, and nothing that a reader could not use."""

from __future__ import annotations

import json

import pytest

from afferent.errors import InputError
from afferent.records.schema import schema
from tests.unit.records.made import KNOWLEDGE


def test_every_fact_stands_in_the_schema_of_a_case_with_its_question():
    found = schema("case", KNOWLEDGE)
    facts = found["$defs"]["Case"]["properties"]["facts"]["properties"]
    asked = {fact.id: fact.ask for fact in KNOWLEDGE.facts.values() if fact.kind != "derived"}
    assert {name: one["description"] for name, one in facts.items()} == asked
    assert json.loads(json.dumps(found)) == found


def test_the_screening_has_a_schema_and_nothing_else_has():
    properties = schema("screening", KNOWLEDGE)["$defs"]["Screening"]["properties"]
    assert {"decision", "urgency", "ask_first", "excluded", "limits", "until_answered", "questions"} <= set(properties)
    with pytest.raises(InputError, match="there is no schema of 'visit'"):
        schema("visit", KNOWLEDGE)
