"""What a request says: only what the fired rules need, as information, with its origin, and for how long."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from afferent.errors import InputError
from afferent.knowledge import load
from afferent.outline.model import Wish
from afferent.outline.offer import outlines
from afferent.records.answers import statements
from afferent.records.letters.planned import HowHard, Shut
from afferent.records.letters.request import Request
from afferent.safety import resolve, screen
from afferent.safety.evidence import Clearance
from tests.generative.outline_people import well
from tests.unit.records.letters_made import AS_OF, request_of

KNOWLEDGE = load()
CLOT = {"clot_ever": "right", "clot_date": "2019-05-01"}


def screened(given, *clearances: Clearance):
    said = list(statements(given, KNOWLEDGE, AS_OF))
    return screen(resolve(said, KNOWLEDGE, AS_OF, clearances=clearances), KNOWLEDGE)


def test_only_what_its_lines_rest_on_is_told() -> None:
    asked = request_of(screened(CLOT | {"osteoporosis": "yes", "masking_medicine": "yes", "trauma_history": "yes"}))
    assert asked.known == ("A blood clot, ever: the RIGHT leg (told to us, 22 November 2026)",)
    text = msgspec.json.encode(asked).decode().lower()
    assert not [word for word in ("osteoporosis", "thin bones", "opioid", "trauma") if word in text]


def test_it_says_where_a_statement_comes_from_and_never_which_entry() -> None:
    said = statements({"anticoagulant": "yes"}, KNOWLEDGE, AS_OF, origin="MedicationRequest/7", kind="drug")
    asked = request_of(screen(resolve(said, KNOWLEDGE, AS_OF), KNOWLEDGE))
    assert asked.known == ("A blood thinner (anticoagulant) (medicine list, 22 November 2026)",)


def test_a_rule_that_is_only_possible_raises_no_line_and_its_question_may_be_asked_beside() -> None:
    asked = request_of(screened(CLOT | {"diabetes": "yes"}))
    assert [one.id for one in asked.items] == ["clot"]
    assert [one.text for one in asked.also] == ["Are the foot pulses felt?"]


def test_what_was_answered_is_not_asked_again_until_it_ends() -> None:
    answered = Clearance(("VTE-HISTORY",), "Dr A", AS_OF - dt.timedelta(days=10))
    with pytest.raises(InputError, match="nothing to ask"):
        request_of(screened(CLOT | {"clot_left": "no"}, answered))
    assert request_of(screened(CLOT, answered)).items, "it left out what still shuts the leg"
    old = Clearance(("VTE-HISTORY",), "Dr A", AS_OF - dt.timedelta(days=100))
    assert request_of(screened(CLOT, old)).items


def test_it_counts_for_ninety_days_and_thirty_in_chemotherapy() -> None:
    assert request_of(screened(CLOT)).until == AS_OF + dt.timedelta(days=90)
    asked = request_of(screened(CLOT | {"chemo_date": "2026-11-10"}))
    assert (asked.until, asked.valid_days) == (AS_OF + dt.timedelta(days=30), 30)


def test_nobody_healthy_is_asked_about() -> None:
    with pytest.raises(InputError, match="nothing to ask"):
        request_of(screened({"numb": "no"}))


def test_without_a_plan_the_limits_are_said() -> None:
    asked = request_of(screened(CLOT))
    assert HowHard(2, "The LEFT leg", "2") in asked.hard
    assert asked.shut == (Shut("The RIGHT leg", True),)
    assert asked.plan.places == ()


def test_a_place_that_no_answer_opens_is_said_so() -> None:
    asked = request_of(screened(CLOT | {"port_or_line": "chest.left", "port_arm_swollen": "no"}))
    assert asked.shut == (Shut("The RIGHT leg", True), Shut("The LEFT chest", False))


def test_an_outline_is_said_place_by_place_in_its_order() -> None:
    from afferent.safety import Person

    known = resolve(statements(CLOT, KNOWLEDGE, AS_OF), KNOWLEDGE, AS_OF)
    person = Person(as_of=AS_OF, values={**well(), **known.values}, places=known.places, evidence=known.evidence)
    found = screen(person, KNOWLEDGE)
    outline = next(one for one in outlines(found, KNOWLEDGE, Wish(("ease_pain",))) if one.steps)
    asked = request_of(found, outline, rhythm="Twice a week for four weeks")
    assert asked.plan.minutes == outline.minutes
    assert len(asked.plan.places) <= len(outline.steps)
    assert asked.plan.rhythm == "twice a week for four weeks"
    assert max(one.level for one in asked.hard) == max(step.level for step in outline.steps)


def test_a_stop_that_is_not_asked_about_is_not_named() -> None:
    asked = request_of(screened(CLOT | {"saddle_or_bladder_change": "yes"}))
    assert "for a reason that this request does not ask about" in asked.meanwhile
    assert asked.stops


def test_it_is_kept_and_read_again_as_data() -> None:
    asked = request_of(screened(CLOT))
    assert msgspec.json.decode(msgspec.json.encode(asked), type=Request) == asked


def test_the_record_of_making_changes_with_what_it_says() -> None:
    first, second = request_of(screened(CLOT)), request_of(screened(CLOT), why="Sleep.")
    assert first.made.digest != second.made.digest
    assert first.made == request_of(screened(CLOT)).made
    assert first.made.facts == ("clot_ever, answer, 2026-11-22",)
