"""Answers become a score, or the reason why not; never a guess."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from afferent.knowledge import load
from afferent.knowledge.measures import MeasureExample
from afferent.outcomes.scoring import NotScored, Scored, disagreement, score

MEASURES = load().measures
MNSI = MEASURES["mnsi"]
ALL_NO = {item.id: "no" for item in MNSI.items}


def test_a_score_carries_the_name_of_its_scale() -> None:
    found = score(MEASURES["nrs_pain"], {"pain": 6})
    assert found == Scored("nrs_pain", "0–10 numeric rating, pain on average, last 24 hours", 6, {"pain": 6})


@pytest.mark.parametrize("item", [item.id for item in MNSI.items])
def test_each_answer_of_the_mnsi_counts_as_its_key_says(item: str) -> None:
    before, after = score(MNSI, ALL_NO), score(MNSI, {**ALL_NO, item: "yes"})
    assert isinstance(before, Scored)
    assert isinstance(after, Scored)
    assert after.value - before.value == {"4": 0, "10": 0, "7": -1, "13": -1}.get(item, 1)


def test_unscored_questions_may_stay_open() -> None:
    answers = {key: said for key, said in ALL_NO.items() if key not in ("4", "10")}
    assert isinstance(score(MNSI, answers), Scored)


def test_what_is_missing_is_named_and_what_was_said_is_kept() -> None:
    found = score(MEASURES["peg"], {"pain": 6, "activity": "not sure", "enjoyment": None})
    assert isinstance(found, NotScored)
    assert (found.missing, found.answers) == (("enjoyment", "activity"), {"pain": 6})


@pytest.mark.parametrize("given", [11, -1, 4.5, "4,5", "five", True, float("nan"), float("inf"), [4], "٤", "9" * 50])
def test_what_cannot_be_an_answer_is_named(given: object) -> None:
    found = score(MEASURES["nrs_pain"], {"pain": given})
    assert isinstance(found, NotScored)
    assert len(found.faults) == 1
    assert found.faults[0].startswith("Pain, question pain: ")


@pytest.mark.parametrize("given", [6, 6.0, "6", " 6 "])
def test_a_number_however_a_form_sends_it(given: object) -> None:
    assert score(MEASURES["nrs_pain"], {"pain": given}).answers == {"pain": 6}


@pytest.mark.parametrize(("given", "value"), [(True, 1), (False, 0), ("YES", 1), ("no ", 0)])
def test_yes_and_no(given: object, value: int) -> None:
    assert score(MNSI, {**ALL_NO, "1": given}).answers["1"] == value


@pytest.mark.parametrize("given", ["maybe", 1, 2, "1"])
def test_neither_yes_nor_no(given: object) -> None:
    found = score(MNSI, {**ALL_NO, "1": given})
    assert isinstance(found, NotScored)
    assert "neither yes nor no" in found.faults[0]


def test_a_question_that_is_not_there() -> None:
    found = score(MNSI, {**ALL_NO, "16": "yes"})
    assert isinstance(found, NotScored)
    assert found.faults == ("Neuropathy questions (MNSI): there is no question '16'",)


def test_levels_by_words_or_number() -> None:
    pgic = MEASURES["pgic"]
    assert score(pgic, {"change": "very much worse"}).answers == {"change": 7}
    assert isinstance(score(pgic, {"change": 0}), NotScored)
    assert isinstance(score(pgic, {"change": 8}), NotScored)


def test_an_example_without_a_score_says_what_was_open() -> None:
    wrong = disagreement(MEASURES["peg"], MeasureExample("x", {"pain": 4}, {"score": 4}))
    assert wrong == "score = 4, but there is no score (open: enjoyment, activity; no fault)"


def test_a_sum_is_multiplied_and_looked_up() -> None:
    peg = MEASURES["peg"]
    answers = {item.id: 5 for item in peg.items}
    assert score(replace(peg, scoring="sum", times=4), answers).value == 60
    table = {str(n): 20.0 + n for n in range(31)}
    assert score(replace(peg, scoring="table", table=table), answers).value == 35


@pytest.mark.parametrize(
    ("then", "says"),
    [
        ({"score": 5}, "score = 5, but the score is 4"),
        ({"missing": ["pain"]}, "missing = ['pain'], but the score is 4"),
        ({}, "says nothing"),
        ({"refused": "whole"}, "refused = 'whole', but the score is 4"),
        ({"colour": "red"}, "colour = 'red'"),
    ],
)
def test_an_example_that_does_not_hold_says_how(then: dict, says: str) -> None:
    example = MeasureExample("x", {"pain": 4}, then)
    assert says in disagreement(MEASURES["nrs_pain"], example)
