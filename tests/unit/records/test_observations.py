"""Observations: numbers with unit and day, panels, reports, tests with a result."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.unit.records.made import LOINC, coded, observation, of_alice, told

PLATELETS = "777-3"


def test_a_count_with_its_unit():
    intake = of_alice(observation(PLATELETS, 42, "10*3/uL"))
    assert told(intake, "platelets") == [42]
    [evidence] = [one for one in intake.statements if one.fact == "platelets"]
    assert evidence.date == dt.date(2026, 11, 20)
    assert evidence.said == "777-3: 42 10*3/uL"
    assert told(of_alice(observation(PLATELETS, 42000, "/uL")), "platelets") == [42]


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"valueQuantity": {"value": 42}}, "has no unit"),
        ({"valueQuantity": {"value": 42, "unit": "bananas"}}, "does not measure this"),
        ({"valueQuantity": {"value": 150000, "unit": "10*3/uL"}}, "not believable"),
        ({"valueQuantity": {"value": -4, "unit": "10*3/uL"}}, "not believable"),
        ({"valueQuantity": {"value": "42", "unit": "10*3/uL"}}, "written as words"),
        ({"valueQuantity": {"value": 42, "unit": "10*3/uL", "comparator": "ad"}}, "neither more nor less"),
        ({"valueInteger": 42}, "has no unit"),
        ({"valueString": "42 10*3/uL"}, "written as words"),
        ({"valueRange": {"low": {"value": 40}}}, "is a range"),
        ({"valueQuantity": {"value": 42, "unit": "10*3/uL"}, "effectiveDateTime": None}, "no date"),
        ({"valueQuantity": {"value": 42, "unit": "10*3/uL"}, "effectiveDateTime": "0001-01-01"}, "no date"),
    ],
)
def test_what_cannot_be_trusted_is_no_value_and_is_listed(more, word):
    intake = of_alice(observation(PLATELETS, **more))
    assert told(intake, "platelets") in ([], [None])
    assert any("Observation/o1" in fault and word in fault for fault in intake.not_understood)


def test_the_code_of_a_unit_goes_before_its_text_and_the_text_helps():
    both = {"value": 42, "unit": "thousand per microlitre", "code": "10*3/uL"}
    assert told(of_alice(observation(PLATELETS, valueQuantity=both)), "platelets") == [42]
    text = {"value": 42, "unit": "K/uL", "code": "thousands"}
    assert told(of_alice(observation(PLATELETS, valueQuantity=text)), "platelets") == [42]


@pytest.mark.parametrize(
    ("code", "comparator", "value", "unit", "worst"),
    [
        (PLATELETS, "<", 50, "10*3/uL", 0),  # it may be anything below: the worst
        (PLATELETS, ">", 150, "10*3/uL", 150),
        ("6301-6", ">", 4.5, "{INR}", 50),
        ("6301-6", "<", 1.1, "{INR}", 1.1),
        ("2339-0", "<", 70, "mg/dL", 5),
        ("2339-0", ">", 250, "mg/dL", 3000),
    ],
)
def test_more_than_and_less_than_mean_the_worst_they_may(code, comparator, value, unit, worst):
    quantity = {"value": value, "unit": unit, "comparator": comparator}
    fact = {PLATELETS: "platelets", "6301-6": "inr", "2339-0": "glucose"}[code]
    intake = of_alice(observation(code, valueQuantity=quantity))
    assert told(intake, fact) == [worst]
    assert f"{comparator}{value:g}" in next(one.said for one in intake.statements if one.fact == fact)


@pytest.mark.parametrize("status", ["entered-in-error", "cancelled", "registered"])
def test_withdrawn_results_never_count(status):
    assert told(of_alice(observation(PLATELETS, 42, "10*3/uL", status=status)), "platelets") == []


def test_preliminary_counts_and_the_future_does_not():
    assert told(of_alice(observation(PLATELETS, 42, "10*3/uL", status="preliminary")), "platelets") == [42]
    assert told(of_alice(observation(PLATELETS, 42, "10*3/uL", effectiveDateTime="2026-11-23")), "platelets") == []


def test_a_result_known_by_its_month_is_as_old_as_it_may_be():
    intake = of_alice(observation(PLATELETS, 42, "10*3/uL", effectiveDateTime="2026-11"))
    assert [one.date for one in intake.statements if one.fact == "platelets"] == [dt.date(2026, 11, 1)]


def test_a_percentage_is_no_count():
    assert told(of_alice(observation("770-8", 60, "%")), "neutrophils") == []


def test_an_absent_value_says_nothing():
    absent = observation(PLATELETS, dataAbsentReason={"text": "clotted"})
    assert told(of_alice(absent), "platelets") == []


@pytest.mark.parametrize("panel", ["55284-4", "85354-9"])
def test_blood_pressure_panels(panel):
    parts = [
        {"code": coded(LOINC, "8462-4"), "valueQuantity": {"value": 95, "unit": "mm[Hg]"}},
        {"code": coded(LOINC, "8480-6"), "valueQuantity": {"value": 165, "unit": "mm[Hg]"}},
    ]
    intake = of_alice(observation(panel, component=parts))
    assert told(intake, "systolic") == [165]
    assert told(intake, "diastolic") == [95]


def test_of_many_results_the_last_day_and_every_low_count_are_kept():
    many = [
        observation(PLATELETS, value, "10*3/uL", id=f"o{year}", effectiveDateTime=f"{year}-05-01")
        for year, value in [(2019, 300), (2020, 40), (2021, 250), (2022, 260)]
    ]
    assert told(of_alice(*many), "platelets") == [40, 260]


def test_observations_inside_a_report():
    inside = observation(PLATELETS, 42, "10*3/uL", subject=None, effectiveDateTime=None)
    report = {
        "resourceType": "DiagnosticReport", "id": "r1", "status": "final", "subject": {"reference": "Patient/alice"},
        "effectiveDateTime": "2026-11-20", "contained": [inside],
    }  # fmt: skip
    assert told(of_alice(report), "platelets") == [42]
    assert told(of_alice(report | {"status": "entered-in-error"}), "platelets") == []


def test_a_finding_as_value_of_a_question_we_do_not_know_only_asks():
    clot = coded("http://snomed.info/sct", "128053003")
    assert told(of_alice(observation("8661-1", valueCodeableConcept=clot)), "clot_ever") in ([None], [None, None])
    family = observation("10157-6", valueCodeableConcept=clot)
    family["code"]["coding"][0]["display"] = "History of family member diseases"
    assert told(of_alice(family), "clot_ever") == []


def finding(**more):
    """The left foot does not feel the monofilament, as the code of an Observation."""
    return observation("", code=coded("http://snomed.info/sct", "392774008"), **more)


@pytest.mark.parametrize(
    ("value", "lost"),
    [
        ({"valueBoolean": True}, [("foot.left",)]),
        ({"valueCodeableConcept": {"text": "Present"}}, [("foot.left",)]),
        ({"valueString": "not felt"}, [("foot.left",)]),
        ({"interpretation": [{"coding": [{"code": "A"}]}]}, [("foot.left",)]),
        ({}, [None]),  # a test without a result says nothing, and asks
        ({"valueString": "absent"}, [None]),  # the feeling, or the loss?
        ({"valueBoolean": False}, []),  # a normal test clears nothing
        ({"valueString": "not lost"}, []),
        ({"valueString": "felt, normal"}, []),
        ({"interpretation": {"coding": [{"code": "N"}]}}, []),
    ],
)
def test_a_foot_test_counts_only_with_a_worse_result(value, lost):
    intake = of_alice(finding(**value))
    assert told(intake, "monofilament_lost") == lost
    assert {one.kind for one in intake.statements if one.fact == "monofilament_lost"} <= {"test"}


def test_a_finding_as_value_of_a_question_that_we_know():
    examined = coded("http://snomed.info/sct", "134388005")
    lost = coded("http://snomed.info/sct", "392774008")
    asked = observation("", code=examined, valueCodeableConcept=lost)
    assert told(of_alice(asked), "monofilament_lost") == [("foot.left",)]


def test_a_body_site_places_a_test():
    placed = finding(valueBoolean=True, bodySite={"text": "left sole"})
    assert told(of_alice(placed), "monofilament_lost") == [("foot.left.sole",)]


def test_a_sensor_raises_the_question_for_its_place():
    intake = of_alice(observation("99504-3", 99, "mg/dL"))
    assert told(intake, "glucose") == [99]
    assert told(intake, "pump_or_sensor") == [None]


def test_a_code_in_a_block_that_matters_and_a_broken_entry_are_listed():
    broken = of_alice(observation(PLATELETS, valueQuantity="42"))
    assert any("cannot be read" in fault for fault in broken.not_understood)


def test_many_faults_of_one_kind_are_counted():
    many = [observation(PLATELETS, valueQuantity={"value": 42}, id=f"o{n}") for n in range(30)]
    faults = of_alice(*many).not_understood
    assert len(faults) == 21
    assert faults[-1] == "Observation: 10 more entries are not understood"
