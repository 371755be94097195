"""The record of an incident, a near miss or a wound that was found."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from msgspec.structs import replace

from afferent.knowledge import load
from afferent.visit.events import Look
from afferent.visit.incident import Incident, ToldTo, faults, prefill
from tests.unit.visit.made import START, Tape

RULES = load().rules
SOUND = Incident(
    "incident", START, where="Room 2", reported_by="Mae", seen="a blister on the left heel", severity="mild"
)


def a_stop() -> Tape:
    tape = Tape()
    tape.opened()
    tape.moved(0, "foot.left", level=1)
    tape.put(30, "Warmed", regions="foot.left", source="warm_pack", celsius=37.5, seconds=300)
    tape.said(90, "stop")
    tape.put(92, "HandsOff")
    tape.put(99, "StopBecause", detail="burning", words="in the toes")
    return tape


def test_a_stop_fills_in_what_the_events_know() -> None:
    found = prefill(a_stop().kept, reported_by="Mae")
    assert found is not None
    assert (found.kind, found.regions, found.technique, found.level) == ("incident", ("foot.left",), "effleurage", 1)
    assert (found.minutes, found.warmth, found.celsius) == (1.5, "warm_pack", 37.5)
    assert (found.felt, found.could_feel) == ("stop, burning, in the toes", "less")
    assert (found.at, found.reported_by, found.of) == (START + dt.timedelta(seconds=90), "Mae", ("event-0004",))


def test_what_nobody_said_stays_unknown() -> None:
    found = prefill(a_stop().kept)
    assert found is not None
    assert (found.severity, found.related, found.preventable, found.first_aid) == ("unknown", "unknown", "unknown", "")
    assert (found.after_24_hours, found.after_7_days) == ("not_yet", "not_yet")


def test_a_new_finding_afterwards_points_at_the_work_done_there() -> None:
    tape = Tape()
    tape.opened()
    tape.looked(0, "before", Look("foot.right.sole.ball", "callus"))
    tape.moved(10, "foot.left", level=1)
    tape.moved(130, "foot.right", work="holding", level=0)
    tape.looked(
        200, "after", Look("foot.left.sole.heel", "blister", felt=False), Look("foot.right.sole.ball", "callus")
    )
    found = prefill(tape.kept)
    assert found is not None
    assert found.regions == ("foot.left.sole.heel",)
    assert (found.technique, found.level, found.minutes) == ("effleurage", 1, 2)
    assert (found.seen, found.could_feel) == ("blister, left foot, sole, heel", "no")


def test_a_wound_found_before_the_first_touch_is_no_incident_of_the_massage() -> None:
    tape = Tape()
    tape.looked(0, "before", Look("foot.left.sole.heel", "open", felt=False))
    found = prefill(tape.kept)
    assert found is not None
    assert (found.kind, found.technique, found.level, found.minutes) == ("found_wound", "", None, 0)


def test_one_event_may_be_named_and_without_any_there_is_nothing_to_fill_in() -> None:
    tape = a_stop()
    named = prefill(tape.kept, "event-0005")
    assert named is not None
    assert named.of == ("event-0005",)
    assert prefill([]) is None
    assert prefill(tape.kept, "no-such-event") is None


def test_a_sound_record_has_no_faults() -> None:
    assert faults(SOUND, RULES) == {}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"where": " "}, "where"),
        ({"reported_by": ""}, "reported_by"),
        ({"seen": "", "felt": ""}, "seen"),
        ({"regions": ("tail",)}, "regions"),
        ({"severity": "unknown"}, "severity"),
        ({"kind": "near_miss"}, "kind"),
        ({"photo": "yes"}, "photo_consent"),
        ({"rule": "NO-SUCH"}, "rule"),
        ({"at": START.replace(tzinfo=None)}, "at"),
        ({"severity": "serious", "first_aid": "none"}, "told"),
        ({"severity": "needs_care", "told": (ToldTo("physician", START),)}, "first_aid"),
        ({"told": (ToldTo("client", START - dt.timedelta(hours=1)),)}, "told"),
        ({"told": (ToldTo("client", START.replace(tzinfo=None)),)}, "told"),
    ],
)
def test_each_fault_is_one_sentence_at_its_field(changed: dict, field: str) -> None:
    found = faults(replace(SOUND, **changed), RULES)
    assert list(found) == [field]
    assert found[field].count(".") - found[field].count("2026") <= 2
    assert found[field].endswith(".")


def test_a_near_miss_and_a_rule_that_should_have_caught_it() -> None:
    assert faults(replace(SOUND, kind="near_miss", severity="none", rule="LOPS"), RULES) == {}


def test_only_the_closed_choices_are_read() -> None:
    sent = msgspec.to_builtins(SOUND) | {"severity": "catastrophic"}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(sent, Incident)
    assert msgspec.convert(msgspec.to_builtins(SOUND), Incident) == SOUND
