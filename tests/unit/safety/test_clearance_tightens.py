"""What a clinician's answer holds back counts at once, verified or not, and a refusal opens nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from afferent.knowledge import load
from afferent.records.answers import statements
from afferent.safety import Evidence, resolve, screen
from afferent.safety.evidence import Clearance
from afferent.safety.screen import find
from afferent.words.headline import headline
from tests.generative.people import AS_OF

KNOWLEDGE = load()
TEN_DAYS_AGO = AS_OF - dt.timedelta(days=10)


def person(given, *clearances: Clearance, also: tuple[Evidence, ...] = ()):
    return resolve([*statements(given, KNOWLEDGE, AS_OF), *also], KNOWLEDGE, AS_OF, clearances=clearances)


def said(rule: str, **changed) -> Clearance:
    return Clearance(**{"rules": (rule,), "by": "Dr A", "date": TEN_DAYS_AGO, **changed})


def test_a_refusal_does_not_hand_over_a_stroke_or_a_broken_bone() -> None:
    stroke = {"stroke_ever": "yes", "stroke_date": "2026-09-20", "stroke_signs": "no"}
    assert screen(person(stroke, said("STROKE-TIA", answer="do_not")), KNOWLEDGE).decision == "do_not_treat_refer"
    bone = {"fracture_date": "2026-09-20", "fracture_site": "ankle.right", "fracture_healed": "yes"}
    shown = screen(person(bone, said("FRACTURE-RECENT", answer="do_not")), KNOWLEDGE)
    assert shown.excluded == ("leg_whole.right",)


def test_a_level_named_holds_also_where_the_rule_itself_hands_over() -> None:
    stroke = {"stroke_ever": "yes", "stroke_date": "2026-09-20", "stroke_signs": "no"}
    cleared = said("STROKE-TIA", answer="limit", pressure={"body": 1})
    assert find(person(stroke, cleared), KNOWLEDGE).known.region("back").pressure == 1


def test_a_level_named_outside_the_place_of_the_rule_holds() -> None:
    old_clot = {"clot_ever": "right", "clot_date": "2019-05-01"}
    cleared = said("VTE-HISTORY", answer="limit", pressure={"leg_whole.right": 1, "leg_whole.left": 1})
    assert find(person(old_clot, cleared), KNOWLEDGE).known.region("thigh.left").pressure == 1


def test_what_nobody_verified_opens_nothing_and_tightens_at_once() -> None:
    thinner = {"anticoagulant": "yes", "anticoagulant_reason": "rhythm"}
    high = said("ANTICOAG", answer="limit", pressure={"back": 3}, verified=False)
    shown = screen(person(thinner, high), KNOWLEDGE)
    assert find(person(thinner, high), KNOWLEDGE).known.region("back").pressure == 2
    assert not shown.clearances[0].counts
    assert "opens nothing" in shown.clearances[0].fault
    low = said("ANTICOAG", answer="limit", pressure={"back": 1}, verified=False)
    assert find(person(thinner, low), KNOWLEDGE).known.region("back").pressure == 1
    never = said("ANTICOAG", answer="do_not", pressure={"back": 0}, verified=False)
    shown = screen(person(thinner, never), KNOWLEDGE)
    assert (shown.excluded, shown.decision) == (("back",), "avoid_areas")


def test_a_later_answer_replaces_it_only_once_verified() -> None:
    thinner = {"anticoagulant": "yes", "anticoagulant_reason": "rhythm"}
    never = said("ANTICOAG", answer="do_not", pressure={"back": 0})
    later = {"answer": "limit", "pressure": {"back": 3}, "date": AS_OF}
    still = person(thinner, never, said("ANTICOAG", verified=False, **later))
    assert screen(still, KNOWLEDGE).excluded == ("back",)
    assert screen(person(thinner, never, said("ANTICOAG", **later)), KNOWLEDGE).excluded == ()


def test_something_new_ends_what_it_opened_and_not_what_it_held_back() -> None:
    thinner = {"anticoagulant": "yes", "anticoagulant_reason": "rhythm"}
    never = said("ANTICOAG", answer="do_not", pressure={"back": 0})
    new = Evidence("anticoagulant", True, AS_OF, "MedicationRequest/7", kind="drug")
    assert screen(person(thinner, never, also=(new,)), KNOWLEDGE).excluded == ("back",)


def test_after_its_last_day_a_clinician_can_open_it() -> None:
    thinner = {"anticoagulant": "yes", "anticoagulant_reason": "rhythm"}
    never = said("ANTICOAG", answer="do_not", pressure={"back": 0}, until=AS_OF - dt.timedelta(days=1))
    shown = screen(person(thinner, never), KNOWLEDGE)
    assert (shown.excluded, shown.clearance_for) == (("back",), ("back",))
    low = said("ANTICOAG", answer="limit", pressure={"back": 1}, until=AS_OF - dt.timedelta(days=1))
    assert find(person(thinner, low), KNOWLEDGE).known.region("back").pressure == 1


def test_a_refusal_is_a_headline() -> None:
    """ "Do not" is never read as permission."""
    journey = {"long_journey": "yes"}
    shown = screen(person(journey, said("VTE-RISK", answer="do_not")), KNOWLEDGE)
    assert (shown.decision, set(shown.excluded)) == ("avoid_areas", {"leg_whole.left", "leg_whole.right"})
    assert shown.clearance_for == ()


CHEMO = {"chemo_date": "2026-11-08", "cancer_active": "yes"}


def test_a_refusal_of_the_whole_body_closes() -> None:
    for refused in (said("CHEMO-CURRENT", answer="do_not"), said("VTE-RISK", answer="do_not", pressure={"body": 0})):
        shown = screen(person(CHEMO, refused), KNOWLEDGE)
        assert (shown.decision, shown.excluded) == ("clearance_first", ("body",))
        assert shown.urgency != "none"


@pytest.mark.parametrize("level", [0, 1, 2])
def test_a_low_cap_is_adapted_work(level: int) -> None:
    shown = screen(person({}, said("VTE-RISK", answer="limit", pressure={"body": level})), KNOWLEDGE)
    assert shown.decision == "treat_adapted"


def test_a_refusal_without_a_place_holds_where_the_rule_does_though_nobody_verified_it() -> None:
    journey = {"long_journey": "yes"}
    shown = screen(person(journey, said("VTE-RISK", answer="do_not", verified=False)), KNOWLEDGE)
    assert (shown.decision, set(shown.excluded)) == ("avoid_areas", {"leg_whole.left", "leg_whole.right"})


def test_something_new_does_not_end_a_refusal_without_a_place() -> None:
    operated = {"operation_date": "2026-11-21", "operation_site": "knee.left", "operation_major": "no"}
    shown = screen(person(operated, said("VTE-RISK", answer="do_not")), KNOWLEDGE)
    assert not shown.clearances[0].counts
    assert {"leg_whole.left", "leg_whole.right"} <= set(shown.excluded)


def test_a_refusal_that_ended_is_asked_about_again_and_opens_nothing() -> None:
    long_ago = AS_OF - dt.timedelta(days=94)
    never = said("VTE-RISK", answer="do_not", pressure={"body": 0}, date=long_ago)
    shown = screen(person({"long_journey": "yes"}, never), KNOWLEDGE)
    assert (shown.decision, shown.excluded, shown.clearance_for) == ("clearance_first", ("body",), ("body",))
    assert "asked again" in shown.clearances[0].fault
    again = said("VTE-RISK", answer="fine", date=AS_OF)
    assert screen(person({"long_journey": "yes"}, never, again), KNOWLEDGE).excluded == ()


def test_a_refusal_that_ended_holds_nothing_once_its_reason_is_gone() -> None:
    never = said("ANTICOAG", answer="do_not", date=AS_OF - dt.timedelta(days=94), pressure={"back": 0})
    assert "back" not in screen(person({"anticoagulant": "no"}, never), KNOWLEDGE).excluded


def test_the_headline_says_who_advised_against_it() -> None:
    shown = screen(person(CHEMO, said("CHEMO-CURRENT", answer="do_not")), KNOWLEDGE)
    assert headline(shown) == "No hands-on today: a clinician has advised against it."
    elsewhere = said("CHEMO-CURRENT", answer="do_not", pressure={"back": 0})
    assert "a clinician has advised against" not in headline(screen(person(CHEMO, elsewhere), KNOWLEDGE))
