"""The case file: what it says, what it refuses, and what an older answer is still worth."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from afferent.errors import InputError, Refusal
from afferent.safety import resolve, screen
from tests.unit.records.made import AS_OF, KNOWLEDGE, taken, told


def case(text: str, **more):
    return taken(text, name="case.yaml", **more)


FULL = """
client: {id: alice, age: 62}
as_of: 2026-11-22
medicines: [Warfarin 5 mg daily, Aspirin 100, Clopidogrel 75 mg, vitamin C]
facts:
  numb: [foot.left.sole, right]
  clot_ever: no
  operation_date: never
  systolic: 128
  diabetes: true
  fever_symptoms: unknown
none_of: [today, limbs]
labs:
- {test: platelets, value: 210, unit: 10*3/uL, date: 2026-11-20}
- {loinc: 6301-6, value: 2.4, date: 2026-11}
codes:
- {system: ICD-10, code: I82.402, date: 2026-10-30}
clearances:
- {rules: [VTE-HISTORY], by: Dr Bob, date: 2026-11-20, pressure: {leg_whole.left: 1}}
"""


def test_a_whole_case():
    intake = case(FULL.replace("right]", "foot.right]"))
    assert (intake.subject, intake.as_of, intake.age.value) == ("alice", AS_OF, 62)
    assert told(intake, "numb") == [("foot.left.sole", "foot.right")]
    assert told(intake, "operation_date") == [False]
    assert told(intake, "platelets") == [210]
    assert told(intake, "inr") == [2.4]
    assert told(intake, "anticoagulant") == [True]
    assert told(intake, "antiplatelet_two") == [True]
    assert told(intake, "clot_date") == [dt.date(2026, 10, 30)]
    assert told(intake, "stroke_signs") == [False]
    assert told(intake, "fever_symptoms") == []  # unknown by name: "none of these" does not answer it
    assert intake.clearances[0].pressure == {"leg_whole.left": 1}
    assert any("vitamin C" in note for note in intake.notes)
    person = resolve(intake.statements, KNOWLEDGE, intake.as_of, clearances=intake.clearances)
    assert "clot_ever" in person.conflicts  # the answer says no, the code says yes
    assert screen(person, KNOWLEDGE).ask_first


def test_json_says_the_same_as_yaml():
    as_json = json.dumps({"client": {"id": "alice", "age": 62}, "facts": {"numb": ["foot.left"], "clot_ever": False}})
    as_yaml = "client: {id: alice, age: 62}\nfacts: {numb: [foot.left], clot_ever: no}"
    first, second = taken(as_json), case(as_yaml)
    assert [(e.fact, e.value) for e in first.statements] == [(e.fact, e.value) for e in second.statements]


@pytest.mark.parametrize("word", ["yes", "Yes", "true", "TRUE", "y"])
def test_yes_in_all_its_forms_is_one(word):
    assert told(case(f"facts: {{diabetes: {word}}}"), "diabetes") == [True]


@pytest.mark.parametrize("word", ["unknown", "not sure", "'?'", "''", "~", ""])
def test_unknown_in_all_its_forms_says_nothing(word):
    assert told(case(f"facts: {{diabetes: {word}}}"), "diabetes") == []


def test_what_is_left_empty_is_absent():
    assert case("client:\n  id: 17\nmedicines:\nlabs:\nfacts:\n").subject == "17"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("facts: {nmb: yes}", "case.yaml, line 1: there is no fact 'nmb'; did you mean numb?"),
        ("client: {agee: 5}", "case.yaml, line 1: there is no field 'agee' in client; did you mean age?"),
        ("numb: yes", "case.yaml, line 1: there is no field 'numb'; it is a fact: write it under facts:"),
        ("client:\n  age: old", "case.yaml, line 2: client, age: expected a number, got words"),
        ("facts:\n\n  numb: foot.lft", "line 3: numb: there is no region 'foot.lft'; did you mean foot.left"),
        ("facts: {numb: left}", "line 1: numb: 'left' of what?"),
        ("facts: {platelets: 42}", "line 1: platelets: the value 42 has no unit"),
        ("labs: [{test: platelets, value: 42, date: 2026-11-01}]", "line 1: platelets: the value 42 has no unit"),
        ("labs: [{test: platelets, value: 150000, unit: 10*3/uL, date: 2026-11-01}]", "not believable"),
        ("labs: [{test: platlets, value: 1, date: 2026-11-01}]", "did you mean platelets?"),
        ("labs: [{value: 1, date: 2026-11-01}]", "name the test"),
        ("labs: [{test: inr, value: high, date: 2026-11-01}]", "'high' is not a number"),
        ("labs: [{test: inr, value: 2}]", "missing required field `date`"),
        ("labs: [{test: inr, value: 2, date: 2027-01-01}]", "after the day of the screening"),
        ("labs: [{test: inr, value: 2, date: last week}]", "write the date like 2026-11-05"),
        ("codes: [{system: ICD-11, code: X}]", "there is no code system 'ICD-11' here"),
        ("codes: [{system: ICD-10, code: I82.402, side: up}]", "codes, entry 1, side"),
        ("codes: [{system: ICD-10, code: I82.402, place: leg.lft}]", "did you mean leg.left"),
        ("none_of: [todya]", "line 1: none_of: there is no group 'todya'"),
        ("as_of: 2027-01-01", "after the day of the screening"),
        ("as_of: 2026", "write a whole date"),
        ("client: {birth_date: 31.5.64}", "write the birth date like 1964-05-31"),
        ("client: {age: 250}", "not believable"),
        ("clearances: [{rules: [VTE-HISTROY], by: Dr, date: 2026-11-01}]", "did you mean VTE-HISTORY"),
        ("clearances: [{rules: [], by: Dr, date: 2026-11-01}]", "name the rules"),
        ("clearances: [{rules: [VTE-HISTORY], by: Dr, date: 2026-11-01, pressure: {leg: 9}}]", "0 to 5"),
        ("clearances: [{rules: [VTE-HISTORY], by: Dr, date: 2026-11-01, pressure: {lg: 1}}]", "there is no region"),
        ("medicines: warfarin", "medicines: expected a list, got words"),
        ("just words", "a case begins with names"),
        ("facts: {clot_date: {value: [1]}}", "clot_date: write a date"),
        ("facts: {clot_date: {when: 1}}", "write {value: ..., unit: ..., date: ...}"),
    ],
)
def test_one_sentence_with_place_and_mend(text, sentence):
    with pytest.raises(InputError) as caught:
        case(text)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_children_are_refused_however_the_age_is_told():
    for text in ("client: {age: 17.9}", "client: {birth_date: 2009}", "facts: {age_years: 12}"):
        with pytest.raises(Refusal, match="does not screen children"):
            case(text)
    assert case("client: {birth_date: 2008}").age is None  # 17 or 18: asked
    assert case("client: {birth_date: 1960-05}").age.value == 66


def test_the_day_of_the_case_is_the_day_of_the_screening_unless_another_is_asked_for():
    text = "as_of: 2026-10-01\nfacts: {clot_ever: no, numb: foot.left, clot_treated: yes}\nnone_of: [today]"
    own = case(text, as_of=None)
    assert own.as_of == dt.date(2026, 10, 1)
    assert told(own, "stroke_signs") == [False]
    later = case(text)
    assert later.as_of == AS_OF
    assert told(later, "stroke_signs") == []  # "no" is a no of that day
    assert told(later, "clot_ever") == []
    assert told(later, "clot_treated") == []  # here the yes reassures
    assert told(later, "numb") == [("foot.left",)]
    assert any("asked again" in note for note in later.notes)


def test_codes_that_say_nothing_are_noted_and_those_that_matter_are_named():
    intake = case("codes: [{system: ICD-10, code: J00}, {system: ICD-10, code: I82.999}]")
    assert any("J00" in note for note in intake.notes)
    assert any("I82.999" in fault for fault in intake.not_understood)


def test_a_code_by_hand_follows_status_side_and_place():
    def clot(more: str):
        return told(case(f"codes: [{{system: ICD-10-CM, code: I82.40, date: 2026-10-30{more}}}]"), "clot_ever")

    assert clot(", side: left") == [("leg_whole.left",)]
    assert clot(", place: thigh.right") == [("thigh.right",)]
    assert clot(", status: unconfirmed") == [None]
    assert clot(", status: resolved") == [("leg_whole",)]


def answers(text: str, **more):
    return taken(text, name="answers.yaml", answers=True, **more)


def test_answers_bare_or_in_the_shape_of_a_case():
    bare = answers("clot_ever: no\nnumb:\n- foot.left\n")
    shaped = answers("facts: {clot_ever: no, numb: [foot.left]}\nnone_of: [limbs]")
    assert told(bare, "clot_ever") == told(shaped, "clot_ever") == [False]
    assert told(shaped, "limb_swollen") == [False]
    with pytest.raises(InputError, match=r"answers\.yaml, line 2: there is no fact 'nmb'"):
        answers("clot_ever: no\nnmb: yes")
    with pytest.raises(InputError, match="there is no field 'client'"):
        answers("client: {id: alice}\nfacts: {clot_ever: no}")
    with pytest.raises(InputError, match="FHIR Patient"):
        answers('{"resourceType": "Patient"}')


def test_answers_join_a_record():
    record = case("client: {id: alice, age: 62}\nmedicines: [aspirin 100 mg]")
    joined = record.with_answers(answers("medicines: [clopidogrel]\nfacts: {clot_ever: no}"))
    assert joined.subject == "alice"
    assert joined.age == record.age
    assert told(joined, "clot_ever") == [False]
    assert told(joined, "antiplatelet_two") == [True]  # one here, one there


def test_codes_of_medicines_and_of_tests():
    assert told(case("codes: [{system: RxNorm, code: 11289}]"), "anticoagulant") == [True]
    assert told(case("codes: [{system: 'http://snomed.info/sct', code: 44054006}]"), "diabetes") == [True]
    intake = case("labs: [{loinc: 718-7, value: 14, unit: g/dL, date: 2026-11-01}]")
    assert [one.fact for one in intake.statements] == []
    assert any("718-7" in note for note in intake.notes)


def test_less_than_is_read_as_the_worst_it_may_be():
    text = 'labs: [{test: platelets, value: "<20", unit: 10*3/uL, date: 2026-11-20}]'
    assert told(case(text), "platelets") == [0]
    assert told(case('labs: [{test: platelets, value: "210 10*3/uL", date: 2026-11-20}]'), "platelets") == [210]


def test_a_choice_of_an_earlier_day():
    text = "as_of: 2026-10-01\nfacts: {weakness_onset: longer, anticoagulant_reason: rhythm}"
    assert told(case(text), "weakness_onset") == []  # that it is not getting worse was so then
    assert told(case(text), "anticoagulant_reason") == ["rhythm"]


LISTED = "as_of: 2026-11-22\nmedicines: [oxaliplatin]\nfacts:\n  "


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("chemo_date: 2026-11-08", ["2026-11-08"]),  # a day was stated, and a course goes on for weeks between doses
        ("chemo_date: 2026-10-11", ["2026-10-11"]),  # 42 days
        ("chemo_date: 2026-10-10", ["2026-10-10", "2026-11-22"]),  # longer than a course pauses: the two contradict
        ("chemo_date: no", [False, "2026-11-22"]),
        ("diabetes: no", ["2026-11-22"]),  # nobody stated a day: the day of the list is the strictest guess
    ],
)
def test_a_stated_day_stands_against_the_day_of_the_list(said, days) -> None:
    found = told(case(LISTED + said), "chemo_date")
    assert sorted(str(one) for one in found) == sorted(map(str, days))


def test_a_clearance_of_no_believable_date_is_refused():
    with pytest.raises(InputError, match="cannot be right"):
        case("clearances: [{rules: [VTE-HISTORY], by: Dr, date: 9999-12-31}]")
