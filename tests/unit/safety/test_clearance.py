"""A clinician's answer opens no more than it says, and never a hard stop."""

from __future__ import annotations

import datetime as dt

import pytest

from afferent.knowledge import load
from afferent.records.answers import statements
from afferent.safety import Evidence, resolve, screen
from afferent.safety.evidence import Clearance
from afferent.safety.screen import find
from tests.generative.people import AS_OF

KNOWLEDGE = load()
OLD_CLOT = {"clot_ever": "right", "clot_date": "2019-05-01", "clot_left": "no"}


def person(clearance: Clearance, given=OLD_CLOT, also: tuple[Evidence, ...] = ()):
    said = [*statements(given, KNOWLEDGE, AS_OF), *also]
    return resolve(said, KNOWLEDGE, AS_OF, clearances=[clearance])


def clearance(**changed) -> Clearance:
    made = {"rules": ("VTE-HISTORY",), "by": "Dr A, vascular clinic", "date": AS_OF - dt.timedelta(days=10)}
    return Clearance(**{**made, **changed})


def test_it_lifts_clearance_first_and_leaves_the_lower_number() -> None:
    shown = screen(person(clearance()), KNOWLEDGE)
    assert shown.decision == "treat_adapted"
    assert shown.excluded == ()
    assert find(person(clearance()), KNOWLEDGE).known.region("leg.right").pressure == 0


def test_a_clot_limb_stays_shut_while_nobody_has_said_what_is_left() -> None:
    """A level answers another question. What is left may still be asked, and only "none" opens."""
    for left, asked in ((None, ("leg_whole.right",)), ("yes", ())):
        given = {key: value for key, value in OLD_CLOT.items() if key != "clot_left"}
        given |= {"clot_left": left} if left else {}
        shown = screen(person(clearance(answer="limit", pressure={"leg_whole.right": 1}), given), KNOWLEDGE)
        assert (shown.decision, shown.excluded) == ("avoid_areas", ("leg_whole.right",))
        assert shown.clearance_for == asked


@pytest.mark.parametrize(("named", "cap"), [(0, 0), (1, 1), (3, 1)])
def test_it_opens_to_the_level_named_and_never_above_the_rule(named: int, cap: int) -> None:
    known = find(person(clearance(pressure={"leg_whole.right": named})), KNOWLEDGE).known
    assert known.region("leg_whole.right").pressure == cap


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"by": " "}, "nobody signed"),
        ({"date": AS_OF + dt.timedelta(days=1)}, "future"),
        ({"date": AS_OF - dt.timedelta(days=91)}, "ended"),
        ({"until": AS_OF - dt.timedelta(days=1)}, "ended"),
        ({"rules": ("NO-SUCH",)}, "no rule"),
    ],
)
def test_it_must_be_specific_signed_dated_and_unexpired(changed, fault: str) -> None:
    shown = screen(person(clearance(**changed)), KNOWLEDGE)
    assert shown.excluded == ("leg_whole.right",)
    assert fault in shown.clearances[0].fault


def test_it_counts_on_its_last_day() -> None:
    assert screen(person(clearance(until=AS_OF)), KNOWLEDGE).excluded == ()
    assert screen(person(clearance(date=AS_OF - dt.timedelta(days=90))), KNOWLEDGE).excluded == ()


@pytest.mark.parametrize("chemo", [
    {"chemo_date": "2026-10-20"},
    {"chemo_date": "2026-08-01", "oxaliplatin_date": "2026-10-20"},
    {"oxaliplatin_date": "2026-10-20"},
])  # fmt: skip
def test_chemotherapy_shortens_it_to_thirty_days(chemo) -> None:
    given = OLD_CLOT | chemo
    old = clearance(date=AS_OF - dt.timedelta(days=31), until=AS_OF + dt.timedelta(days=30))
    assert screen(person(old), KNOWLEDGE).clearances[0].counts
    assert not screen(person(old, given), KNOWLEDGE).clearances[0].counts


def test_something_new_in_the_record_ends_it() -> None:
    new = Evidence("clot_ever", ("leg.right",), AS_OF - dt.timedelta(days=2), "Condition/7", kind="code")
    shown = screen(person(clearance(), also=(new,)), KNOWLEDGE)
    assert not shown.clearances[0].counts
    assert "Condition/7" in shown.clearances[0].fault


@pytest.mark.parametrize(
    "event", ["clot_date", "stroke_date", "fracture_date", "operation_date", "chemo_date", "oxaliplatin_date"]
)
def test_an_event_of_any_kind_after_it_ends_it_whatever_rule_it_is_about(event: str) -> None:
    """As the page says to the physician. On the day of the answer itself nobody knows which came first: it counts."""
    old = clearance(date=AS_OF - dt.timedelta(days=5))
    for days, counts in ((6, True), (5, True), (4, False), (0, False)):
        given = OLD_CLOT | {event: str(AS_OF - dt.timedelta(days=days))}
        judged = screen(person(old, given), KNOWLEDGE).clearances[0]
        assert judged.counts is counts, (event, days)
        assert counts or "something new came after it" in judged.fault


def test_do_not_closes_the_region_and_nothing_reopens_it() -> None:
    refused = clearance(answer="do_not", pressure={"leg_whole.right": 0, "leg_whole.left": 0})
    shown = screen(person(refused), KNOWLEDGE)
    assert set(shown.excluded) == {"leg_whole.left", "leg_whole.right"}
    assert shown.clearance_for == ()


def test_no_clearance_lifts_a_hard_stop() -> None:
    given = {"breathless_or_chest_pain": "yes"}
    shown = screen(person(clearance(rules=("PE-SUSPECT",)), given), KNOWLEDGE)
    assert shown.decision == "do_not_treat_refer"
    assert shown.excluded == ("body",)
    assert shown.clearance_for == ()
    assert "hard stop" in shown.clearances[0].fault


def test_it_never_reaches_another_rules_limit() -> None:
    given = OLD_CLOT | {"open_skin": "leg.right.front"}
    shown = screen(person(clearance(pressure={"leg_whole.right": 1}), given), KNOWLEDGE)
    if any(rule.id == "SKIN-OPEN" for rule in shown.rules):
        assert "leg.right.front" in shown.excluded


@pytest.mark.parametrize(
    ("rule", "given"),
    [
        ("STROKE-TIA", {"stroke_ever": "yes", "stroke_date": "2026-11-18"}),
        ("SURGERY-RECENT", {"operation_date": "2026-11-20", "operation_site": "knee.left"}),
        ("FRACTURE-RECENT", {"fracture_date": "2026-11-20", "fracture_site": "leg.left"}),
    ],
)
def test_an_answer_from_before_the_event_opens_nothing(rule: str, given) -> None:
    shown = screen(person(clearance(rules=(rule,)), given), KNOWLEDGE)
    assert not shown.clearances[0].counts
    assert shown.excluded


def test_of_two_answers_of_one_day_the_stricter_holds_whatever_their_order() -> None:
    both = [clearance(pressure={"leg_whole.right": level}) for level in (1, 0)]
    for order in (both, both[::-1]):
        said = list(statements(OLD_CLOT, KNOWLEDGE, AS_OF))
        known = find(resolve(said, KNOWLEDGE, AS_OF, clearances=order), KNOWLEDGE).known
        assert known.region("leg_whole.right").pressure == 0


@pytest.mark.parametrize("by", ["-", "\u200b", "x", ""])
def test_a_mark_is_no_signature(by: str) -> None:
    assert not screen(person(clearance(by=by)), KNOWLEDGE).clearances[0].counts
