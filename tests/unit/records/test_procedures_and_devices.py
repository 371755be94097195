"""Operations from the day they were done, devices in and on the body, allergies as notes."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.unit.records.made import SNOMED, coded, condition, of_alice, told

BYPASS = "232717009"  # an operation on the heart's arteries


def procedure(code: str = BYPASS, **more):
    made = {
        "resourceType": "Procedure", "id": "p1", "status": "completed", "subject": {"reference": "Patient/alice"},
        "code": coded(SNOMED, code), "performedDateTime": "2026-10-30",
    } | more  # fmt: skip
    return {key: value for key, value in made.items() if value is not None}


def test_a_recent_operation_has_its_date():
    assert told(of_alice(procedure()), "operation_date") == [dt.date(2026, 10, 30)]
    period = procedure(performedDateTime=None, performedPeriod={"start": "2026-10-29", "end": "2026-10-30"})
    assert told(of_alice(period), "operation_date") == [dt.date(2026, 10, 30)]


def test_an_old_or_undated_operation_does_not_answer_the_question_for_the_last_one():
    assert set(told(of_alice(procedure(performedDateTime="2009-10-30")), "operation_date")) == {None}
    assert set(told(of_alice(procedure(performedDateTime=None)), "operation_date")) == {None}


@pytest.mark.parametrize(
    "more",
    [
        {"status": "not-done"}, {"status": "entered-in-error"}, {"status": "preparation"}, {"notDone": True},
        {"performedDateTime": "2027-01-01"},
    ],
)  # fmt: skip
def test_what_was_not_done_never_counts(more):
    assert told(of_alice(procedure(**more)), "operation_date") == []


def test_what_was_begun_only_asks():
    assert told(of_alice(procedure(status="stopped")), "operation_date") == [None]


def test_an_amputation_lasts():
    lost = procedure("180030006", performedDateTime="2001-01-01", bodySite=[{"text": "left foot"}])
    assert told(of_alice(lost), "amputation") == [("foot.left",)]


def device(text: str, **more):
    return {
        "resourceType": "Device", "id": "d1", "patient": {"reference": "Patient/alice"}, "status": "active",
        "type": {"text": text},
    } | more  # fmt: skip


def test_devices_by_words_ask_and_by_status_end():
    assert told(of_alice(device("Cardiac pacemaker")), "pacemaker") == [None]
    assert told(of_alice(device("Cardiac pacemaker", status="entered-in-error")), "pacemaker") == []
    assert told(of_alice(condition("Z95.0")), "pacemaker") != []


def test_the_use_of_a_device_says_more_than_the_device():
    use = {
        "resourceType": "DeviceUseStatement", "id": "u1", "status": "active", "device": {"reference": "Device/d1"},
        "subject": {"reference": "Patient/alice"}, "timingPeriod": {"start": "2020-01-01"},
    }  # fmt: skip
    held = of_alice(device("Cardiac pacemaker"), use)
    assert [one.origin for one in held.statements if one.fact == "pacemaker"] == ["DeviceUseStatement/u1"]
    ended = of_alice(device("Cardiac pacemaker"), use | {"timingPeriod": {"start": "2020-01-01", "end": "2021-01-01"}})
    assert told(ended, "pacemaker") == []


def test_allergies_are_noted_only_where_they_touch_the_skin():
    def allergy(text: str, **more):
        who = {"patient": {"reference": "Patient/alice"}}
        return {"resourceType": "AllergyIntolerance", "id": "a1", "code": {"text": text}} | who | more

    assert any("Latex allergy" in note for note in of_alice(allergy("Latex allergy")).notes)
    assert of_alice(allergy("Allergy to penicillin")).notes == ()
    assert of_alice(allergy("Latex", verificationStatus="refuted")).notes == ()


def test_an_operation_by_age_or_by_a_start_alone():
    by_age = procedure(performedDateTime=None, performedAge={"value": 62, "unit": "a"})
    assert told(of_alice(by_age), "operation_date") == [dt.date(2026, 11, 22)]
    begun = procedure(performedDateTime=None, performedPeriod={"start": "2026-11-20", "end": "2026-12-20"})
    assert told(of_alice(begun), "operation_date") == [dt.date(2026, 11, 20)]


def test_a_device_by_its_names_and_as_newer_records_write_it():
    named = device("", type=None, deviceName=[{"name": "Cardiac pacemaker"}])
    assert told(of_alice(named), "pacemaker") == [None]
    use = {"resourceType": "DeviceUsage", "id": "u1", "status": "active", "patient": {"reference": "Patient/alice"}}
    concept = use | {"device": {"concept": {"text": "Cardiac pacemaker"}}}
    assert told(of_alice(concept), "pacemaker") == [None]
    shown = use | {"device": {"display": "Cardiac pacemaker"}, "bodySite": {"concept": {"text": "left chest"}}}
    assert told(of_alice(shown), "pacemaker") == [None]
