"""From statements to what is known."""

from __future__ import annotations

import datetime as dt

from afferent.body.areas import PLACES, part
from afferent.body.regions import WHOLE
from afferent.knowledge import load
from afferent.records.answers import none_of as none_of_these
from afferent.records.answers import statements
from afferent.safety import Evidence, resolve, screen
from afferent.safety.person import NEVER
from afferent.safety.screen import find
from tests.generative.people import AS_OF

KNOWLEDGE = load()


def ago(days: int) -> dt.date:
    return AS_OF - dt.timedelta(days=days)


def known(*said: Evidence):
    return resolve(said, KNOWLEDGE, AS_OF)


def code(fact: str, value, days: int = 5) -> Evidence:
    return Evidence(fact, value, ago(days), "Condition/1", kind="code")


def test_silence_is_unknown() -> None:
    assert "clot_ever" not in known().values


def test_an_explicit_no_is_no() -> None:
    assert known(Evidence("clot_ever", False)).values["clot_ever"] is False


def test_the_stricter_statement_holds_and_is_a_conflict() -> None:
    person = known(Evidence("anticoagulant", False), Evidence("anticoagulant", True, ago(3), "Med/1", kind="drug"))
    assert person.values["anticoagulant"] is True
    assert person.conflicts == {"anticoagulant"}
    shown = screen(person, KNOWLEDGE)
    assert shown.ask_first
    assert any(q.fact == "anticoagulant" and q.reason == "conflict" for q in shown.questions)


def test_a_normal_test_against_felt_numbness_is_no_conflict() -> None:
    person = known(Evidence("numb", ("foot.left",)), Evidence("monofilament_lost", False, kind="test"))
    assert not person.conflicts


def test_two_records_that_differ_are_no_conflict_but_the_stricter_holds() -> None:
    person = known(code("open_skin", False), code("open_skin", ("foot.left",)))
    assert person.values["open_skin"] is True
    assert not person.conflicts


def test_the_latest_answer_replaces_an_earlier_one() -> None:
    person = known(Evidence("fever_symptoms", True, ago(7)), Evidence("fever_symptoms", False, AS_OF))
    assert person.values["fever_symptoms"] is False


def test_an_answer_replaces_only_what_the_same_teller_said() -> None:
    staff = Evidence("numb", ("foot.left",), ago(7), teller="a")
    before = Evidence("numb", ("body",), ago(9), teller="a")
    person = known(staff, Evidence("numb", ("hand.right",), AS_OF, teller="b"), before)
    assert set(person.places["numb"]) == {PLACES["foot.left"], PLACES["hand.right"]}


def test_a_place_that_somebody_else_named_does_not_say_where_this_one_is() -> None:
    place = Evidence("numb", ("foot.left",), AS_OF, teller="b")
    assert set(known(Evidence("numb", True, ago(7), teller="a"), place).places["numb"]) == {PLACES["foot.left"], 0}
    assert set(known(code("numb", True), place).places["numb"]) == {PLACES["foot.left"]}, "a record names no places"


def test_places_of_several_statements_are_joined() -> None:
    person = known(code("numb", ("foot.left",)), Evidence("numb", ("hand.right",)))
    assert set(person.places["numb"]) == {PLACES["foot.left"], PLACES["hand.right"]}


def test_a_bare_side_is_a_side_of_the_facts_own_part() -> None:
    assert known(Evidence("clot_ever", ("right",))).places["clot_ever"] == (part("leg_whole", "right"),)


def test_a_future_date_does_not_count() -> None:
    assert "clot_ever" not in known(code("clot_ever", True, days=-1)).values


def test_a_result_counts_to_its_last_day() -> None:
    for days, counts in ((90, True), (91, False)):
        person = known(Evidence("platelets", 180.0, ago(days), "lab", kind="lab"))
        assert ("platelets" in person.values) is counts


def test_chemotherapy_shortens_how_long_a_count_counts() -> None:
    chemo = Evidence("chemo_date", ago(20))
    assert "platelets" in known(chemo, Evidence("platelets", 180.0, ago(7), kind="lab")).values
    assert "platelets" not in known(chemo, Evidence("platelets", 180.0, ago(8), kind="lab")).values


def test_a_stale_low_count_says_known_low() -> None:
    person = known(Evidence("platelets", 60.0, ago(200), kind="lab"))
    assert "platelets" not in person.values
    assert person.values["low_platelets"] is True
    assert "low_platelets" not in known(Evidence("platelets", 250.0, ago(200), kind="lab")).values


def test_of_two_readings_the_later_counts_and_of_one_day_the_worse() -> None:
    later = known(Evidence("inr", 5.0, ago(9), kind="lab"), Evidence("inr", 2.0, ago(2), kind="lab"))
    assert later.values["inr"] == 2.0
    same = known(Evidence("systolic", 150.0, AS_OF, kind="lab"), Evidence("systolic", 185.0, AS_OF, kind="lab"))
    assert same.values["systolic"] == 185.0


def test_never_is_further_back_than_any_rule_looks() -> None:
    assert known(Evidence("operation_date", False)).values["operation_date"] == NEVER
    person = known(Evidence("operation_date", False), Evidence("operation_date", ago(10), ago(10), kind="procedure"))
    assert person.values["operation_date"] == 10
    assert person.conflicts == {"operation_date"}


def test_an_entry_that_only_asks_leaves_the_fact_unknown_and_raises_it() -> None:
    person = known(Evidence("foot_ulcer", None, dt.date(2010, 1, 1), "Condition/9", "ulcer of foot", "code"))
    assert "foot_ulcer" not in person.values
    shown = screen(person, KNOWLEDGE)
    question = next(q for q in shown.questions if q.fact == "foot_ulcer")
    assert question.critical
    assert question.record[0].origin == "Condition/9"


def test_a_blood_thinner_taken_for_a_clot_says_that_there_was_a_clot() -> None:
    person = known(Evidence("anticoagulant_reason", "clot"), Evidence("clot_ever", False))
    assert person.values["clot_ever"] is True
    assert person.conflicts == {"clot_ever"}
    assert screen(person, KNOWLEDGE).excluded == ("leg_whole.left", "leg_whole.right")


def test_a_clot_outside_every_limb_is_a_clot_whose_limb_is_not_known() -> None:
    person = known(Evidence("clot_ever", ("chest.left",)))
    assert screen(person, KNOWLEDGE).excluded == ("leg_whole.left", "leg_whole.right")


def none_of(*groups: str, **said):
    answers = list(statements(said, KNOWLEDGE, AS_OF))
    return resolve([*answers, *none_of_these(list(groups), KNOWLEDGE, AS_OF, set(said))], KNOWLEDGE, AS_OF)


def test_none_of_these_never_denies_a_detail_of_something_that_is_so() -> None:
    person = none_of(*KNOWLEDGE.groups, clot_ever="left", stroke_ever="yes", pacemaker="left")
    assert not {"clot_date", "stroke_date", "pacemaker_date"} & set(person.values)
    shown = screen(person, KNOWLEDGE)
    assert shown.ask_first
    assert {"clot_date", "stroke_date"} <= {question.fact for question in shown.questions if question.critical}


def test_none_of_these_denies_what_was_not_said() -> None:
    person = none_of("clots")
    assert person.values["clot_ever"] is False
    assert person.values["clot_date"] == NEVER


def test_none_of_these_is_no_conflict_with_what_another_answer_implies() -> None:
    person = none_of("medicines", warfarin="yes")
    assert person.values["anticoagulant"] is True
    assert not person.conflicts


def test_a_place_and_somewhere_else_is_not_only_that_place() -> None:
    person = none_of(*KNOWLEDGE.groups, open_skin=["foot.left", "elsewhere"])
    assert screen(person, KNOWLEDGE).ask_first
    assert find(person, KNOWLEDGE).held.where(lambda limit: limit.excluded) == WHOLE & ~PLACES["foot.left"]


def test_a_place_outside_of_where_a_finding_is_looked_for_stays_when_another_is_unknown() -> None:
    """A pacemaker sits in a chest or an arm; one told of elsewhere is believed."""
    one = none_of(*KNOWLEDGE.groups, pacemaker=["abdomen.left"])
    more = none_of(*KNOWLEDGE.groups, pacemaker=["abdomen.left", "elsewhere"])
    was, now = (find(person, KNOWLEDGE).known.region("abdomen.left") for person in (one, more))
    assert "PACEMAKER" in was.because
    assert was.allows(now)


def test_a_told_number_never_outweighs_a_worse_lab_that_still_counts() -> None:
    told = Evidence("platelets", 200.0, AS_OF)
    person = known(Evidence("platelets", 8.0, ago(2), "Observation/1", kind="lab"), told)
    assert person.values["platelets"] == 8.0
    assert person.conflicts == {"platelets"}


def test_a_new_reading_of_today_replaces_an_earlier_one() -> None:
    person = known(Evidence("systolic", 185.0, AS_OF, "Observation/1", kind="lab"), Evidence("systolic", 150.0, AS_OF))
    assert person.values["systolic"] == 185.0


def test_none_of_these_does_not_deny_a_detail_of_something_of_today() -> None:
    """Nought days since is not "no"."""
    person = none_of("history", operation_date=str(AS_OF))
    assert "wound_signs" not in person.values
