"""Conditions: status, dates and sides decide what a diagnosis still says today."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.unit.records.made import SNOMED, coded, condition, of_alice, status, told

CLOT = "I82.402"  # a clot in deep veins of the left leg
DAY = dt.date(2026, 10, 30)


def clot(**more):
    return of_alice(condition(CLOT, **({"onsetDateTime": "2026-10-30"} | more)))


def test_an_active_recent_clot_tells():
    intake = clot()
    assert told(intake, "clot_ever") == [("leg_whole.left",)]
    assert told(intake, "clot_date") == [DAY]
    [evidence] = [one for one in intake.statements if one.fact == "clot_ever"]
    assert (evidence.origin, evidence.date, evidence.kind) == ("Condition/c1", DAY, "code")


@pytest.mark.parametrize("word", ["refuted", "entered-in-error"])
def test_refuted_and_entered_in_error_never_count(word):
    assert told(clot(verificationStatus=status(word)), "clot_ever") == []
    assert told(clot(verificationStatus=word), "clot_ever") == []  # a plain code, as older records write


@pytest.mark.parametrize("word", ["unconfirmed", "provisional", "differential"])
def test_unconfirmed_only_asks(word):
    assert told(clot(verificationStatus=status(word)), "clot_ever") == [None]


@pytest.mark.parametrize("word", ["active", "recurrence", "relapse"])
def test_active_in_all_its_words(word):
    assert told(clot(clinicalStatus=status(word)), "clot_date") == [DAY]


def test_an_open_sore_that_healed_leaves_a_past_one():
    healed = of_alice(condition("E11.621", clinicalStatus=status("resolved"), onsetDateTime="2026-11-01"))
    assert told(healed, "foot_ulcer") == []
    assert told(healed, "past_foot_ulcer") == [("foot",)]
    assert told(healed, "diabetes") == []  # the code said "resolved" of it all; silence is not no
    open_sore = of_alice(condition("E11.621", onsetDateTime="2026-11-01"))
    assert told(open_sore, "foot_ulcer") == [("foot",)]
    assert told(open_sore, "diabetes") == [True]


def test_abatement_by_the_day_is_over_and_after_it_is_not():
    sore = {"onsetDateTime": "2026-11-01"}
    assert told(of_alice(condition("E11.621", abatementDateTime="2026-11-20", **sore)), "foot_ulcer") == []
    later = condition("E11.621", abatementDateTime="2026-12-20", clinicalStatus=status("resolved"), **sore)
    assert told(of_alice(later), "foot_ulcer") == [("foot",)]
    month = condition("E11.621", abatementDateTime="2026-11", **sore)  # ended some day of this month: perhaps not yet
    assert told(of_alice(month), "foot_ulcer") == [("foot",)]


def test_an_old_episode_that_stands_as_active_only_asks():
    old = of_alice(condition("E11.621", onsetDateTime="2016-01-01"))
    assert told(old, "foot_ulcer") == [None]
    assert told(old, "past_foot_ulcer") == [("foot",)]


def test_an_undated_acute_clot_is_a_clot_all_the_same():
    undated = clot(onsetDateTime=None)
    assert told(undated, "clot_ever") == [("leg_whole.left",)]
    assert told(undated, "clot_date") == [None]


def test_a_missing_status_is_not_active():
    recent = of_alice(condition("E11.621", onsetDateTime="2026-11-01", clinicalStatus=None))
    assert told(recent, "foot_ulcer") == [None]
    old = of_alice(condition("E11.621", onsetDateTime="2016-01-01", clinicalStatus=None))
    assert told(old, "foot_ulcer") == []
    assert told(old, "past_foot_ulcer") == [("foot",)]


def test_future_entries_never_count():
    assert told(clot(onsetDateTime="2026-11-23"), "clot_ever") == []
    assert told(clot(onsetDateTime=None, recordedDate="2027-01-01"), "clot_ever") == []
    assert told(clot(onsetDateTime="2026-11"), "clot_date") == [dt.date(2026, 11, 22)]  # this month: as late as may be


@pytest.mark.parametrize(
    ("onset", "date"),
    [
        ({"onsetPeriod": {"start": "2026-10-30", "end": "2026-11-10"}}, DAY),
        ({"onsetString": "2026-10-30"}, DAY),
        ({"onsetString": "three weeks ago"}, None),
        ({"recordedDate": "2026-10-30"}, DAY),
        ({"assertedDate": "2026-10-30"}, DAY),
        ({"onsetDateTime": "0001-01-01T00:00:00Z"}, None),
        ({"onsetDateTime": "1931-01-01"}, None),  # before she was born
        ({"onsetAge": {"value": 62, "unit": "a", "code": "a"}}, dt.date(2026, 11, 22)),
        ({"onsetAge": {"value": 62, "unit": "months", "code": "mo"}}, None),
    ],
)
def test_onset_in_all_its_forms(onset, date):
    assert told(clot(**({"onsetDateTime": None} | onset)), "clot_date") == [date]


def test_history_codes_count_but_date_nothing():
    history = of_alice(condition("Z86.718", onsetDateTime="2026-11-01", clinicalStatus=status("resolved")))
    assert told(history, "clot_ever") == [True]
    assert told(history, "clot_date") == []


def test_lasting_states_count_however_old():
    assert told(of_alice(condition("M81.0", onsetDateTime="1990")), "osteoporosis") == [True]
    assert told(of_alice(condition("E11.9", clinicalStatus=status("inactive"))), "diabetes") == []


def test_symptom_codes_and_charcot_only_ask():
    assert told(of_alice(condition("R06.02")), "breathless_or_chest_pain") == [None]
    assert told(of_alice(condition("E11.610", onsetDateTime="2026-11-20")), "charcot_ever") == [None]


def test_dotted_undotted_and_addresses_of_others():
    assert told(of_alice(condition("I82402", onsetDateTime="2026-10-30")), "clot_date") == [DAY]
    site = "http://mimic.mit.edu/fhir/mimic/CodeSystem/mimic-diagnosis-icd10"
    assert told(of_alice(condition("I82402", system=site, onsetDateTime="2026-10-30")), "clot_date") == [DAY]
    urn = "urn:oid:2.16.840.1.113883.6.90"
    assert told(of_alice(condition("I82.402", system=urn, onsetDateTime="2026-10-30")), "clot_date") == [DAY]


def test_acute_shingles_and_what_stays_after_them_are_kept_apart():
    assert told(of_alice(condition("B02.29", onsetDateTime="2026-11-10")), "shingles_rash") in ([], [None])
    assert told(of_alice(condition("B02.9", onsetDateTime="2026-11-10")), "shingles_rash") == [True]


def test_sides_from_body_sites_and_words():
    snomed = {"system": SNOMED, "onsetDateTime": "2026-10-30"}
    deep = "128053003"  # a clot in a deep vein, no side
    assert told(of_alice(condition(deep, **snomed)), "clot_ever") in ([True], [("leg_whole",)])
    worded = condition(deep, display="Deep venous thrombosis of left lower limb", **snomed)
    assert told(of_alice(worded), "clot_ever") in ([("left",)], [("leg_whole.left",)])
    sided = condition(deep, bodySite=[coded(SNOMED, "22335008")], **snomed)
    assert told(of_alice(sided), "clot_ever") == [("foot.left",)]
    single = condition(deep, bodySite={"text": "right foot"}, **snomed)
    assert told(of_alice(single), "clot_ever") == [("foot.right",)]
    qualified = condition(deep, bodySite=[coded(SNOMED, "56459004"), coded(SNOMED, "7771000")], **snomed)
    assert told(of_alice(qualified), "clot_ever") == [("foot.left",)]


def test_where_code_and_body_site_differ_both_count():
    both = condition(CLOT, onsetDateTime="2026-10-30", bodySite=[{"text": "right thigh"}])
    assert told(of_alice(both), "clot_ever") == [("thigh.right", "left")]


def test_several_codings_are_one_idea():
    code = {"coding": [coded("http://site.example/dx", "42")["coding"][0], coded(SNOMED, "44054006")["coding"][0]]}
    assert told(of_alice(condition("", code=code)), "diabetes") == [True]


def test_a_code_in_a_block_that_matters_is_never_dropped():
    intake = of_alice(condition("I82.999"), condition("J00", id="c2"))
    [fault] = intake.not_understood
    assert fault.startswith("Condition/c1: I82.999 (")
    assert "is not understood" in fault


def test_words_without_a_code_ask():
    intake = of_alice(condition("", code={"text": "Deep vein thrombosis, left leg"}))
    assert None in told(intake, "clot_ever")
    assert told(of_alice(condition("", code={"text": "Hay fever"})), "clot_ever") == []


def test_what_the_record_says_can_be_found_again():
    intake = of_alice(condition("E11.9", display="Type 2\u200b diabetes \n mellitus"))
    [evidence] = [one for one in intake.statements if one.fact == "diabetes"]
    assert evidence.said == "Type 2 diabetes mellitus"


@pytest.mark.parametrize(
    "broken",
    [{"code": "I82.402"}, {"clinicalStatus": 3}, {"onsetDateTime": 2026}, {"subject": []}, {"bodySite": "leg"}],
)
def test_an_entry_that_cannot_be_read_is_listed(broken):
    intake = of_alice(condition(CLOT, **broken))
    assert told(intake, "clot_ever") == []
    assert any("Condition/c1: cannot be read" in fault for fault in intake.not_understood)


def test_a_code_without_system_or_words_is_listed():
    intake = of_alice(condition("", code={"coding": [{"code": "I82.402"}]}))
    assert any("I82.402, without a code system" in fault for fault in intake.not_understood)
    own = of_alice(condition("42", system="http://site.example/dx"))
    assert any("42, of the code system http://site.example/dx" in fault for fault in own.not_understood)
    assert of_alice(condition("42", system="http://site.example/dx", display="Hay fever")).not_understood == ()
