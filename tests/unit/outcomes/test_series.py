"""Missing, repeated, disordered and impossible scores are named, not guessed."""

from __future__ import annotations

import datetime as dt

import pytest

from afferent.knowledge import load
from afferent.outcomes.readings import Reading, SetAside
from afferent.outcomes.series import Series, series

MEASURES = load().measures
PAIN = MEASURES["nrs_pain"]
FIRST = dt.date(2026, 10, 5)
TODAY = dt.date(2026, 11, 22)


def day(n: int) -> dt.date:
    return FIRST + dt.timedelta(days=n)


def of(*readings: Reading, **more: object) -> Series:
    return series(PAIN, readings, today=TODAY, **more)


def plain(values: list[float | None], phases: str = "", **more: object) -> Series:
    """One score a day from the first."""
    labels = phases or " " * len(values)
    return of(*(Reading(day(n), v, p.strip()) for n, (v, p) in enumerate(zip(values, labels, strict=True))), **more)


def says(found: Series) -> list[str]:
    return [one.says for one in found.faults]


def test_a_sound_series_says_nothing() -> None:
    found = plain([6, 7, 6, 5, 4, 5], "AAABBB")
    assert says(found) == []
    assert found.phased == (
        (0, 6, False, 1),
        (1, 7, False, 1),
        (2, 6, False, 1),
        (3, 5, True, 2),
        (4, 4, True, 2),
        (5, 5, True, 2),
    )
    assert (found.design, found.days, found.scale) == ("AB", 6, PAIN.scale)


def test_missing_days_are_named_and_stay_empty() -> None:
    found = of(*(Reading(day(n), 5) for n in (0, 1, 2, 4, 5, 9)))
    assert says(found) == ["no score on 2026-10-08", "no score from 2026-10-11 to 2026-10-13 (3 days)"]
    assert (len(found.used), found.days) == (6, 10)


def test_a_gap_is_measured_by_how_often_this_person_answers() -> None:
    assert says(of(*(Reading(day(n), 5) for n in (0, 3, 7, 10, 14)))) == []
    weekly = of(*(Reading(day(n), 5) for n in (0, 7, 14, 28)))
    assert says(weekly) == ["no score between 2026-10-19 and 2026-11-02 (14 days; usually 7)"]


def test_of_two_scores_of_a_day_neither_is_used() -> None:
    found = of(
        Reading(day(0), 6), Reading(day(1), 5, line=3), Reading(day(1), 7, line=9), Reading(day(2), 6), name="s.csv"
    )
    assert [one.value for one in found.used] == [6, 6]
    assert [one.reading.value for one in found.set_aside] == [5, 7]
    assert says(found)[0] == (
        "s.csv, lines 3 and 9: 2026-10-06 stands there 2 times, with 5 and 7 as its score; "
        "none is used until somebody says which is right"
    )


def test_the_same_score_twice_counts_once() -> None:
    found = of(Reading(day(0), 6, "A"), Reading(day(0), 6, visit=True, note="late"))
    assert found.used == (Reading(day(0), 6, "A", visit=True, note="late"),)
    assert [one.why for one in found.set_aside] == ["2026-10-05: the same score again; it counts once"]


@pytest.mark.parametrize(("one", "other", "word"), [
    (Reading(FIRST, 6, "A"), Reading(FIRST, 6, "B"), "A and B as its phase"),
    (Reading(FIRST, 6, visit=True), Reading(FIRST, 6, visit=False), "yes and no as its visit"),
    (Reading(FIRST, 6, minutes=30.0), Reading(FIRST, 6, minutes=40.0), "30 and 40 as its minutes"),
])  # fmt: skip
def test_rows_of_a_day_that_contradict_each_other(one: Reading, other: Reading, word: str) -> None:
    found = of(one, other)
    assert found.used == ()
    assert word in says(found)[0]


def test_a_visit_without_a_score_completes_the_day_and_is_no_score() -> None:
    found = of(Reading(day(0), 6), Reading(day(0), visit=True, minutes=40.0), Reading(day(2), visit=True))
    assert found.used == (Reading(day(0), 6, visit=True, minutes=40.0),)
    assert [one.day for one in found.visits] == [day(0), day(2)]
    assert [one.day for one in found.unanswered] == [day(2)]


def test_out_of_order_is_sorted_and_named_once() -> None:
    found = of(Reading(day(2), 4), Reading(day(0), 6), Reading(day(1), 5))
    assert [one.value for one in found.used] == [6, 5, 4]
    assert says(found) == ["2026-10-05 stands after 2026-10-07; the days were put in order"]


@pytest.mark.parametrize(
    ("reading", "word"),
    [
        (Reading(day(0), 11), "11 is not on the scale of 0 to 10"),
        (Reading(day(0), -1), "-1 is not on the scale"),
        (Reading(day(0), 6.5), "6.5 is a fraction"),
        (Reading(day(0), float("nan")), "'nan' is not a number"),
        (Reading(day(0), float("inf")), "'inf' is not a number"),
        (Reading(day(0), "six"), "'six' is not a number"),
        (Reading(day(0), True), "'True' is not a number"),
        (Reading(TODAY + dt.timedelta(days=1), 6), "the day is still to come (today is 2026-11-22)"),
        (Reading(dt.date(1899, 1, 1), 6), "the year 1899 cannot be right"),
        (Reading(46302, 6), "this is no day"),
        (Reading(True, 6), "this is no day"),
        (Reading(dt.datetime(2026, 10, 5, 8), 6), "this is no day"),
    ],
)
def test_what_cannot_be_is_set_aside_with_a_sentence(reading: Reading, word: str) -> None:
    found = of(reading)
    assert found.used == ()
    assert word in found.set_aside[0].why
    assert found.set_aside[0].reading == reading
    assert [one.kind for one in found.faults] == ["impossible"]


@pytest.mark.parametrize(
    ("reading", "word"),
    [
        (Reading(day(0), 6, visit=True, minutes=601.0), "601 minutes is not believable"),
        (Reading(day(0), 6, visit=True, pressure=6), "6 is no pressure level"),
        (Reading(day(0), 6, visit=True, pressure=1.5), "1.5 is no pressure level"),
    ],
)
def test_what_cannot_be_beside_a_score_leaves_the_score(reading: Reading, word: str) -> None:
    found = of(reading)
    assert found.used == (Reading(day(0), 6, visit=True),)
    assert found.set_aside == ()
    assert [one.kind for one in found.faults] == ["cell"]
    assert word in says(found)[0]


def test_a_mean_may_be_a_fraction() -> None:
    assert series(MEASURES["peg"], [Reading(1, 5.3333)]).set_aside == ()


def test_a_day_number_among_dates_is_not_guessed_into_one() -> None:
    found = of(Reading(day(0), 6), Reading(3, 5))
    assert [one.value for one in found.used] == [6]
    assert says(found) == ["day 3: a day number among dates; write the date"]


def test_day_numbers_stay_as_they_are_counted() -> None:
    found = of(Reading(-2, 6, "before"), Reading(-1, 6, "before"), Reading(1, 4, "with"), Reading(2, 4, "with"))
    assert [one[0] for one in found.phased] == [-2, -1, 1, 2]
    assert says(found) == ["no score on day 0"]


@pytest.mark.parametrize(
    "labels",
    ["A A B B", "a a b b", "baseline baseline massage massage", "before before with with", "off off on on", "0 0 1 1",
     "A1 A1 B1 B1", "no no yes yes", "control control treatment treatment", "without-massage without_massage on on",
     "pre pre post post", "Baseline-period baseline_period intervention-period treatment_phase",
     "Phase-A phase_a1 Phase-B phase_b", "no-treatment no-intervention during-massage during_treatment",
     "pre-treatment before-massage massage-phase massage-weeks"],
)  # fmt: skip
def test_phases_by_any_of_their_names(labels: str) -> None:
    found = of(*(Reading(n, 5, label) for n, label in enumerate(labels.split())))
    assert found.on == (False, False, True, True)
    assert found.block == (1, 1, 2, 2)


def test_a_phase_that_nobody_knows_is_named_and_its_scores_belong_to_no_block() -> None:
    found = of(*(Reading(n, 5, label) for n, label in enumerate(["A", "A", "washout", "A", "B", "B"])))
    assert found.on == (False, False, None, False, True, True)
    assert found.block == (1, 1, None, 1, 2, 2)
    assert says(found) == ["the phase 'washout' is not known; write A (without massage) or B (with massage)"]


@pytest.mark.parametrize("labels", [["1", "1", "2", "2"], ["1", "1"]])
def test_periods_that_are_numbered_are_not_taken_for_massage(labels: list[str]) -> None:
    found = of(*(Reading(n, 5, label) for n, label in enumerate(labels)))
    assert set(found.on) == {None}
    assert "the phase 1 without a phase 0" in says(found)[-1]


def test_what_comes_after_massage_is_not_taken_for_massage() -> None:
    found = of(*(Reading(n, 5, label) for n, label in enumerate(["pre", "pre", "massage", "massage", "post", "post"])))
    assert found.on == (False, False, True, True, None, None)
    assert says(found) == [
        "the phase 'post' beside 'massage' may mean with massage, or afterwards; "
        "write A (without massage) or B (with massage)"
    ]
    alone = of(*(Reading(n, 5, "post") for n in range(3)))
    assert set(alone.on) == {None}


def test_massage_first_with_nothing_before_it_is_named() -> None:
    found = plain([4, 4, 4, 7, 7, 7], "BBBAAA")
    assert found.design == "BA"
    assert [one.kind for one in found.faults] == ["phase"]
    assert says(found) == [
        "the days with massage come first (from 2026-10-05), and none without it stands before them; "
        "what would have come without massage cannot be seen from what followed it"
    ]
    assert says(plain([4, 4, 7, 7, 4, 4, 7, 7], "BBAABBAA")) == []


def test_visits_on_days_without_massage_are_named() -> None:
    rows = [Reading(n, 6, "A" if n < 4 else "B", visit=n in (1, 5) or None) for n in range(8)]
    found = of(*rows, Reading(8, None, "A", visit=True), name="s.csv")
    assert says(found) == [
        "s.csv: visits on days that are called without massage (day 1, day 8); if massage was given then, these days "
        "are no baseline: correct the phase or the visit"
    ]
    assert [one.kind for one in found.faults] == ["phase"]


def test_of_scores_that_cannot_be_used_one_sentence_says_so() -> None:
    assert plain([6, 7, 5, 4], "AABB").unusable == ""
    assert of().unusable == ""
    assert plain([70, 80, 60]).unusable == (
        "None of 3 scores could be used: 2026-10-05: 70 is not on the scale of 0 to 10; correct it, or leave it out"
    )
    foreign = of(*(Reading(n, 5, "Ausgangswert" if n < 2 else "Behandlung") for n in range(4)), name="s.csv")
    assert foreign.unusable == (
        "None of 4 scores could be used: s.csv: the phase 'Ausgangswert' is not known; "
        "write A (without massage) or B (with massage)"
    )
    assert plain([5, 5]).unusable == (
        "None of 2 scores could be used: no phase is given; write A (without massage) or B (with massage)"
    )
    assert plain([70]).unusable.startswith("The one score could not be used: ")


def test_scores_without_a_phase_are_named() -> None:
    found = plain([5, 5, 5, 5, 5], "AA BB")
    assert found.on == (False, False, None, True, True)
    assert says(found) == ["no phase is given for 2026-10-07; these scores belong to no block"]


def test_phases_that_change_each_day_are_no_blocks() -> None:
    found = plain([5, 4, 5, 4], "ABAB")
    assert found.design == "ABAB"
    assert says(found)[0].startswith("4 of 4 blocks have one score only (2026-10-05, 2026-10-06, ")


def test_numbered_blocks_stand_where_two_of_one_kind_meet() -> None:
    rows = [
        Reading(n, 5, phase, number)
        for n, (phase, number) in enumerate([("A", 1), ("A", 1), ("A", 2), ("A", 2), ("B", 3), ("B", 3)])
    ]
    assert of(*rows).block == (1, 1, 2, 2, 3, 3)
    assert of(*rows).design == "AAB"


def test_a_numbered_block_with_both_phases_is_named() -> None:
    rows = [Reading(n, 5, phase, 1) for n, phase in enumerate("AABB")]
    assert of(*rows).design == "AB"
    assert "block 1 has days with and days without massage" in says(of(*rows))[0]


def test_a_flare_belongs_to_a_visit() -> None:
    assert says(of(Reading(day(0), 5, visit=True, flare=True))) == []
    assert "a flare on a day without a visit" in says(of(Reading(day(0), 5, flare=True)))[0]


def test_what_could_not_be_read_is_handed_on() -> None:
    found = of(Reading(day(0), 5), unread=[SetAside("s.csv, line 4: no number")])
    assert [one.why for one in found.set_aside] == says(found) == ["s.csv, line 4: no number"]


def test_an_empty_series_is_one() -> None:
    found = of()
    assert (found.used, found.phased, found.design, found.days, found.faults) == ((), (), "", 0, ())
