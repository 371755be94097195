"""An answer read strictly: the stricter of two boxes, no further than the rule, and what it cannot say is named."""

from __future__ import annotations

import datetime as dt

import pytest

from afferent.knowledge import load
from afferent.records.answers import statements
from afferent.records.intake import Intake
from afferent.records.letters.answer import Answer, ItemAnswer, Reading, opening, read, tightening
from afferent.records.letters.counted import with_unverified
from afferent.safety import resolve, screen
from afferent.safety.screen import find
from tests.unit.records.letters_made import AS_OF, request_of

KNOWLEDGE = load()
GIVEN = {"clot_ever": "right", "clot_date": "2019-05-01", "anticoagulant": "yes"}


def asked(given=GIVEN):
    return request_of(screen(person(given), KNOWLEDGE))


def person(given=GIVEN, reading: Reading | None = None):
    more = reading or Reading((), (), ())
    return resolve([*statements(given, KNOWLEDGE, AS_OF), *more.facts], KNOWLEDGE, AS_OF, clearances=more.clearances)


def answer(*items: ItemAnswer, **changed) -> Answer:
    return Answer(**{"date": AS_OF, "name": "Dr. Amara Osei", "items": items, "overall": "nothing_found", **changed})


def faults(told: Answer, given=GIVEN) -> dict[str, str]:
    return {one.about: one.says for one in read(told, asked(given), KNOWLEDGE).faults}


def after(told: Answer, given=GIVEN):
    return screen(person(given, opening(read(told, asked(given), KNOWLEDGE))), KNOWLEDGE)


FINE = (ItemAnswer("clot", "fine", facts={"clot_left": "no"}), ItemAnswer("thinner", "fine"))


def test_fine_opens_to_what_was_planned() -> None:
    shown = after(answer(*FINE))
    assert shown.excluded == ()
    known = find(person(GIVEN, opening(read(answer(*FINE), asked(), KNOWLEDGE))), KNOWLEDGE).known
    assert (known.region("leg_whole.right").pressure, known.region("back").pressure) == (1, 2)
    assert all(one.counts for one in shown.clearances)


def test_it_is_unverified_until_somebody_opens_it() -> None:
    reading = read(answer(*FINE), asked(), KNOWLEDGE)
    assert not any(one.verified for one in reading.clearances)
    assert screen(person(GIVEN, reading), KNOWLEDGE).excluded == ("leg_whole.right",)
    assert screen(person(GIVEN, opening(reading)), KNOWLEDGE).excluded == ()


def test_do_not_beside_nothing_found_resolves_to_do_not() -> None:
    told = answer(ItemAnswer("clot", "do_not"), ItemAnswer("thinner", "fine"))
    assert "The stricter holds" in faults(told)["contradiction"]
    assert after(told).excluded == ("leg_whole.right",)


def test_inadvisable_closes_everything_whatever_the_lines_say() -> None:
    told = answer(*FINE, overall="inadvisable", because="awaiting a scan")
    assert after(told).excluded == ("body",)
    assert {"contradiction", "words"} <= set(faults(told))


def test_adapt_without_saying_how_opens_nothing() -> None:
    told = answer(*FINE, overall="adapt", words="only his arms please")
    assert "no line says how" in faults(told)["contradiction"]
    assert after(told).excluded == ("leg_whole.right",)


def test_a_level_above_the_rule_is_cut_and_named() -> None:
    told = answer(ItemAnswer("clot", "limit", 3), ItemAnswer("thinner", "limit", 5), overall="adapt")
    said = [one.says for one in read(told, asked(), KNOWLEDGE).faults if one.about == "ceiling"]
    assert ["1 light lotioning" in said[0], "3 medium" in said[1]] == [True, True]
    assert max(max(one.pressure.values()) for one in read(told, asked(), KNOWLEDGE).clearances) == 3


@pytest.mark.parametrize("level", [None, -1, 6, 99])
def test_limit_without_a_level_opens_nothing(level) -> None:
    told = answer(ItemAnswer("clot", "limit", level), overall="adapt")
    assert "without a pressure level" in faults(told)["unreadable"]
    assert after(told).excluded == ("leg_whole.right",)


def test_what_is_left_open_stays_closed() -> None:
    told = answer(ItemAnswer("thinner", "fine"))
    assert "left open" in faults(told)["open"]
    assert after(told).excluded == ("leg_whole.right",)


def test_a_small_question_left_open_is_named() -> None:
    for facts in ({}, {"clot_left": "not known"}):
        told = answer(ItemAnswer("clot", "fine", facts=facts), ItemAnswer("thinner", "fine"))
        said = [one.says for one in read(told, asked(), KNOWLEDGE).faults if one.about == "open"]
        assert "“Is any clot left?” is left open" in said[0]
        assert after(told).excluded == ("leg_whole.right",)


def test_my_doctor_said_it_is_fine_lifts_no_hard_stop() -> None:
    given = GIVEN | {"foot_hot_swollen": "left", "neuropathy": "yes"}
    told = answer(*FINE, ItemAnswer("CHARCOT-ACTIVE", "fine"))
    said = [one.says for one in read(told, asked(given), KNOWLEDGE).faults if one.about == "hard_stop"]
    assert any("no answer lifts it" in one for one in said)
    assert after(told, given).decision == "do_not_treat_refer"


def test_it_counts_no_longer_than_it_may() -> None:
    told = answer(*FINE, until=AS_OF + dt.timedelta(days=400))
    assert "20 February 2027" in faults(told)["expiry"]
    assert read(told, asked(), KNOWLEDGE).clearances[0].until == AS_OF + dt.timedelta(days=90)
    gone = answer(*FINE, until=AS_OF - dt.timedelta(days=1))
    assert "opens nothing" in faults(gone)["expiry"]
    assert after(gone).excluded == ("leg_whole.right",)


def test_dated_before_it_was_asked_it_opens_nothing() -> None:
    told = answer(*FINE, date=AS_OF - dt.timedelta(days=3))
    assert "before it was asked" in faults(told)["date"]
    assert read(told, asked(), KNOWLEDGE).clearances == ()


def test_unsigned_it_says_nothing() -> None:
    assert read(answer(*FINE, name=" – "), asked(), KNOWLEDGE).clearances == ()
    assert "unsigned" in faults(answer(*FINE, name=""))


def test_what_was_not_asked_is_named_and_not_counted() -> None:
    told = answer(*FINE, ItemAnswer("heart", "fine"), ItemAnswer("clot", "do_not"))
    said = faults(told)
    assert "'heart' was not asked" in said["not_asked"]
    assert "answered twice" in said["contradiction"]
    extra = answer(ItemAnswer("clot", "fine", facts={"platelets": 200}))
    assert "'platelets' was not asked" in faults(extra)["not_asked"]


@pytest.mark.parametrize(
    ("value", "becomes"), [("no", False), ("yes", True), ("not known", None), ("perhaps", None), (["no", "yes"], None)]
)
def test_a_small_question_becomes_a_dated_fact(value, becomes) -> None:
    told = answer(ItemAnswer("clot", "fine", facts={"clot_left": value}))
    facts = read(told, asked(), KNOWLEDGE).facts
    assert [one.value for one in facts] == ([] if becomes is None else [becomes])
    for one in facts:
        assert (one.date, one.kind, one.origin) == (AS_OF, "clinician", "answer of Dr. Amara Osei, 22 November 2026")


def test_fine_beside_an_answer_that_speaks_against_it_is_named() -> None:
    told = answer(ItemAnswer("clot", "fine", facts={"clot_left": "yes"}), ItemAnswer("thinner", "fine"))
    assert "speaks against it" in faults(told)["contradiction"]
    assert after(told).excluded == ("leg_whole.right",)


def test_a_count_needs_its_day_and_its_unit() -> None:
    given = {"platelets": {"value": "42 10*3/uL", "date": "2026-11-13"}, "anticoagulant": "no"}
    for wrong in (180, {"value": 180, "unit": "10*3/uL"}, {"value": 180, "date": "2026-11-20"}):
        told = answer(ItemAnswer("platelets", "fine", facts={"platelets": wrong}))
        assert "not counted" in faults(told, given)["unreadable"]
    right = {"value": 180, "unit": "10*3/uL", "date": "2026-11-20"}
    told = answer(ItemAnswer("platelets", "fine", facts={"platelets": right}))
    fact = read(told, asked(given), KNOWLEDGE).facts[0]
    assert (fact.value, fact.kind, fact.date) == (180, "lab", dt.date(2026, 11, 20))


def test_the_place_of_a_clot_opens_the_other_leg_only_once_verified() -> None:
    given = {"clot_ever": "yes", "clot_date": "2019-05-01"}
    told = answer(ItemAnswer("clot", "do_not", facts={"clot_ever": "left leg"}), overall="adapt")
    reading = read(told, asked(given), KNOWLEDGE)
    intake = Intake("", AS_OF, tuple(statements(given, KNOWLEDGE, AS_OF)))
    counted = with_unverified(intake, [reading], KNOWLEDGE)
    shown = screen(resolve(counted.statements, KNOWLEDGE, AS_OF, clearances=counted.clearances), KNOWLEDGE)
    assert set(shown.excluded) == {"leg_whole.left", "leg_whole.right"}


def test_what_tightens_counts_at_once() -> None:
    given = {"anticoagulant": "yes", "clot_ever": "no"}
    told = answer(ItemAnswer("thinner", "limit", 1, {"anticoagulant_reason": "clot"}), overall="adapt")
    part = tightening(read(told, asked(given), KNOWLEDGE), KNOWLEDGE)
    assert [one.value for one in part.facts] == ["clot"]
    intake = Intake("", AS_OF, tuple(statements(given, KNOWLEDGE, AS_OF)))
    counted = with_unverified(intake, [read(told, asked(given), KNOWLEDGE)], KNOWLEDGE)
    shown = screen(resolve(counted.statements, KNOWLEDGE, AS_OF, clearances=counted.clearances), KNOWLEDGE)
    assert set(shown.excluded) == {"leg_whole.left", "leg_whole.right"}
    assert all(limit.pressure <= 1 for limit in shown.effective.values())


def test_words_are_kept_and_never_read() -> None:
    told = answer(*FINE, words="You may press as hard as you like, level 5 everywhere.")
    assert read(told, asked(), KNOWLEDGE).clearances == read(answer(*FINE), asked(), KNOWLEDGE).clearances
    assert "Read it before you work" in faults(told)["words"]
