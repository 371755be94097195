"""Our intake as a Questionnaire, and what was answered to it."""

from __future__ import annotations

import json

import pytest

from afferent.errors import InputError, Refusal
from afferent.records.questionnaire import URL, questionnaire
from tests.unit.records.made import AS_OF, KNOWLEDGE, condition, of_alice, taken, told


def response(*items, **more):
    return {
        "resourceType": "QuestionnaireResponse", "id": "q1", "status": "completed", "questionnaire": f"{URL}|2026.11",
        "authored": "2026-11-22T08:00:00Z", "subject": {"reference": "Patient/alice"},
        "item": [{"linkId": "group.x", "item": list(items)}],
    } | more  # fmt: skip


def item(link: str, **value):
    return {"linkId": link, "answer": [value]}


def read(*items, **more):
    return taken(json.dumps(response(*items, **more)))


def test_every_fact_that_may_be_asked_is_a_question():
    made = questionnaire(KNOWLEDGE)
    asked = [one["linkId"] for group in made["item"] for one in group["item"]]
    assert len(asked) == len(set(asked))
    facts = {fact.id for fact in KNOWLEDGE.facts.values() if fact.kind != "derived"} - {"answers_conflict", "unsettled"}
    assert facts <= set(asked)
    assert {one["linkId"].removeprefix("group.") for one in made["item"]} <= set(KNOWLEDGE.groups)
    assert json.loads(json.dumps(made)) == made


def test_answers_in_all_their_types():
    intake = read(
        item("diabetes", valueBoolean=True),
        {"linkId": "numb", "answer": [{"valueString": "foot.left"}, {"valueCoding": {"code": "foot.right"}}]},
        item("clot_ever", valueCoding={"code": "left"}),
        item("systolic", valueDecimal=128),
        item("platelets", valueQuantity={"value": 42000, "code": "/uL"}),
        item("clot_date", valueDate="2019-05-01"),
        item("operation_date.never", valueBoolean=True),
        item("anticoagulant_reason", valueCoding={"code": "rhythm"}),
    )
    assert intake.subject == "alice"
    assert told(intake, "diabetes") == [True]
    assert told(intake, "numb") == [("foot.left", "foot.right")]
    assert told(intake, "clot_ever") == [("left",)]
    assert told(intake, "systolic") == [128]
    assert told(intake, "platelets") == [42]
    assert told(intake, "operation_date") == [False]
    assert told(intake, "anticoagulant_reason") == ["rhythm"]
    assert {one.origin for one in intake.statements} == {"QuestionnaireResponse/q1"}


def test_unanswered_is_unknown_and_none_of_these_is_no():
    none, fever = item("none_of.today", valueBoolean=True), item("fever_symptoms", valueBoolean=True)
    intake = read({"linkId": "diabetes"}, none, fever)
    assert told(intake, "diabetes") == []
    assert told(intake, "stroke_signs") == [False]
    assert told(intake, "fever_symptoms") == [True]
    assert told(read(item("none_of.today", valueBoolean=False)), "stroke_signs") == []


def test_answers_of_an_earlier_day():
    intake = read(item("clot_ever", valueBoolean=False), item("diabetes", valueBoolean=True), authored="2026-10-01")
    assert told(intake, "clot_ever") == []
    assert told(intake, "diabetes") == [True]


def test_questions_of_another_version_are_named():
    intake = read(item("removed_fact", valueBoolean=True), item("clot_recent", valueBoolean=True))
    assert len(intake.not_understood) == 2


@pytest.mark.parametrize(
    ("made", "word"),
    [
        (response(questionnaire="http://elsewhere.example/q"), "another Questionnaire"),
        (response(questionnaire=None), "another Questionnaire"),
        (response(status="entered-in-error"), "entered in error"),
        (response(authored=None), "when it was answered"),
        (response(authored="2027-01-01"), "after the day"),
        (response(item("platelets", valueDecimal=42)), "has no unit"),
        (response(item("numb", valueString="foot.lft")), "there is no region"),
        (response({"linkId": "diabetes", "answer": [{"valueBoolean": True}, {"valueBoolean": False}]}), "one answer"),
        (response(item=3), "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(made, word):
    with pytest.raises(InputError, match=word):
        taken(json.dumps(made))


def test_a_child_is_refused():
    with pytest.raises(Refusal):
        read(item("age_years", valueDecimal=12))


def test_as_answers_to_a_record_and_inside_one():
    asked = response(item("clot_ever", valueBoolean=False))
    answers = taken(json.dumps(asked), answers=True)
    assert told(of_alice(condition("E11.9")).with_answers(answers), "clot_ever") == [False]
    assert told(of_alice(condition("E11.9"), asked), "clot_ever") == [False]
    broken = of_alice(response(item("platelets", valueDecimal=42)))
    assert any("has no unit" in fault for fault in broken.not_understood)
    assert broken.as_of == AS_OF
