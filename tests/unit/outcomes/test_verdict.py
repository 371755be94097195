"""What one person's trial comes to, by the numbers and in words."""

from __future__ import annotations

import pytest

from afferent.errors import InputError
from afferent.knowledge import load
from afferent.outcomes.person.dose import LEAST, Visited, dose
from afferent.outcomes.person.flares import flares
from afferent.outcomes.person.outcome import course_of, outcome
from afferent.outcomes.person.permuted import as_drawn, drawn
from afferent.outcomes.person.trial import Agreement, Blocks, Stop, drawn_by, schedule
from afferent.outcomes.readings import Reading
from afferent.outcomes.series import series
from afferent.words.outcome import About, about, in_100, outcome_words, signed
from tests.unit.outcomes.courses import PAIN, STEADY, course, judged, scores

FALLEN = [3, 4, 2, 3, 3, 2, 4, 3, 2, 3, 3, 2, 3, 4, 3, 2, 3, 3, 4, 2, 3, 3, 2, 3, 2, 4, 3, 3]
A_LITTLE = [6, 7, 5, 6, 6, 5, 4, 6, 5, 5, 6, 4, 5, 5, 6, 4, 5, 4, 5, 6, 4, 4, 5, 5, 4, 5, 3, 5]
SAME = [6, 5, 7, 6, 6, 5, 7, 6, 6, 7, 5, 6, 6, 7, 5, 6, 6, 5, 7, 6, 6, 6, 7, 5, 6, 6, 5, 7]
RISEN = [9, 8, 9, 9, 8, 9, 10, 9, 9, 8, 9, 9, 8, 9, 9, 10, 9, 8, 9, 9, 9, 8, 9, 9, 8, 9, 9, 9]


@pytest.mark.parametrize(
    ("during", "is_", "why", "headline"),
    [
        (FALLEN, "helping", "enough", "Better while having massage."),
        (A_LITTLE, "too_early", "lower_unclear", "Better than before. Not clear why."),
        (SAME, "not_helping", "no_more_than_nothing", "Not helping, as far as can be told."),
        (RISEN, "getting_worse", "rose", "Getting worse."),
        (FALLEN[:4], "too_early", "few_days_during", "Too early to say."),
        (FALLEN[:12], "too_early", "visits_to_come", "Too early to say."),
    ],
)
def test_verdicts(during, is_, why, headline):
    found = judged(STEADY, during)
    assert (found.verdict.is_, found.verdict.why) == (is_, why)
    assert outcome_words(found).headline == headline


def test_four_days_before_are_too_few_whatever_they_say():
    assert judged(STEADY[:4], FALLEN).verdict.why == "few_days_before"


def test_a_fall_that_was_on_its_way_is_no_help():
    falling = [10, 9, 9, 8, 8, 7, 7, 6, 6, 5, 5, 4, 4, 3]
    found = judged(falling, [2, 3, 2, 1, 2, 3, 2, 2, 1, 2, 3, 2, 2, 1, 2, 2, 3, 2, 1, 2, 2, 3, 2, 1, 2])
    assert found.verdict.is_ == "too_early"
    assert found.verdict.on_the_way


def test_the_agreed_number_of_flares_ends_it():
    found = judged(STEADY, A_LITTLE, visits=(14, 18, 22, 26), flares=(14, 18, 22))
    assert (found.verdict.is_, found.verdict.why) == ("getting_worse", "flares")
    assert "Three visits of 4 were followed by a worse day" in outcome_words(found).lead
    calm = judged(STEADY, A_LITTLE, Agreement(stop=Stop(flares=None)), visits=(14, 18, 22, 26), flares=(14, 18, 22))
    assert calm.verdict.why != "flares"


def test_a_before_and_after_trial_never_says_that_massage_did_it():
    for during in (FALLEN, A_LITTLE, SAME, RISEN):
        for told in (About(), About(your=True)):
            words = outcome_words(judged(STEADY, during), told)
            said = " ".join([words.headline, words.lead, words.sure, *words.options]).lower()
            assert "helping." not in said or "not helping" in said
            assert "massage caused" not in said
            assert "because of the massage" not in said


def test_the_fall_that_is_told_can_be_checked_on_the_chart():
    found = judged(STEADY, A_LITTLE)
    assert found.before is not None
    assert found.during is not None
    told = f"{found.before.average - found.during.average:.1f}"
    assert f"fell by {told} points" in outcome_words(found).lead


def test_where_more_is_better_the_signs_turn_and_the_probabilities_do_not():
    walking = load().measures["walking"]
    readings = [
        Reading(day, value, phase="A" if day < 14 else "B")
        for day, value in enumerate([*(20 + n % 3 for n in range(14)), *(40 + n % 3 for n in range(28))])
    ]
    found = outcome(series(walking, readings), Agreement(points=5, visits=1), walking)
    assert found.change is not None
    assert found.change.points == pytest.approx(20, abs=1)
    assert found.change.low < found.change.points < found.change.high
    assert found.change.lower > 0.95
    assert found.sizes is not None
    assert found.sizes.nap == 1


def test_without_phases_the_first_visit_divides():
    readings = [Reading(day, 6 if day < 10 else 3, visit=day in (10, 14)) for day in range(30)]
    made, faults = course_of(series(PAIN, readings))
    assert made.on == (False,) * 10 + (True,) * 20
    assert "first visit" in faults[0]
    nothing, faults = course_of(series(PAIN, [Reading(day, 6) for day in range(9)]))
    assert nothing.day == ()
    assert "nothing can be compared" in faults[0]


def test_nothing_at_all_is_too_early():
    found = outcome(series(PAIN, []), Agreement(), PAIN)
    assert found.verdict.why == "few_days_before"
    assert outcome_words(found).sure == "Nothing can be said yet."


def test_a_flare_is_a_rise_above_all_of_the_week():
    calm = dict.fromkeys(range(10), 5.0)
    assert flares(calm | {6: 7.0}, [5]).count == 1
    assert flares(calm | {6: 6.0}, [5]).count == 0
    assert flares(calm | {1: 8.0, 6: 7.0}, [5]).count == 0  # it was as bad earlier in the week
    assert flares(calm, [5], told=[5]).count == 1
    assert flares({5: 5.0}, [5]).known == 0


def test_dose_is_counted_and_lined_up_only_with_enough():
    few = dose([Visited(1, 30, 0.0), Visited(3, 30, 2.0)])
    assert [(row.value, row.visits, row.rose) for row in few.by_level] == [(1, 1, 0), (3, 1, 1)]
    assert few.per_level is None
    many = dose([Visited(n % 3, 30 + 10 * (n % 2), float(n % 3)) for n in range(2 * LEAST)])
    assert many.per_level is not None
    assert many.per_level.points == pytest.approx(1)
    assert dose([Visited(None, None, 1.0), Visited(2, 30, None)]).by_level == ()


def test_an_order_is_drawn_again_from_its_seed():
    blocks = Blocks(pairs=4, days=7, seed=5)
    order = schedule(blocks)
    assert order == schedule(blocks)
    assert all(a != b for a, b in zip(order[::2], order[1::2], strict=True))
    assert len({schedule(Blocks(pairs=4, days=7, seed=seed)) for seed in range(40)}) > 8


def test_only_the_order_of_the_seed_counts_as_drawn():
    order = schedule(Blocks(pairs=3, days=7, seed=9))
    on = tuple(one for each in order for one in (each,) * 7)
    made = type(course([], []))(
        tuple(range(42)), tuple(5.0 - 2 * one for one in on), on, tuple(1 + n // 7 for n in range(42))
    )
    assert as_drawn(made, 9) == Blocks(pairs=3, days=7, seed=9)
    others = [seed for seed in range(30) if schedule(Blocks(pairs=3, days=7, seed=seed)) != order]
    assert as_drawn(made, others[0]) is None
    test = drawn(made)
    assert test is not None
    assert (test.as_low, test.orders) == (1 / 8, 8)


@pytest.mark.parametrize("wrong", [{"points": 0}, {"visits": 0}, {"baseline_days": 4}, {"percent": 101}])
def test_an_agreement_that_cannot_be_is_refused(wrong):
    with pytest.raises(InputError):
        Agreement(**wrong)


@pytest.mark.parametrize(("words", "seed"), [("3", 1), ("3x", 1), ("1x7", 1), ("3x4", 1), ("3x7", None), ("٣x7", 1)])
def test_blocks_that_cannot_be_are_refused(words, seed):
    with pytest.raises(InputError):
        drawn_by(words, seed)


def test_nothing_is_certain():
    assert in_100(1.0) == "over 99 in 100"
    assert in_100(0.0) == "under 1 in 100"
    assert in_100(0.714) == "71 in 100"
    assert signed(-1.25) == "−1.2"
    assert signed(0.01) == "0"


def test_a_measure_that_judges_nothing_is_refused():
    mnsi = load().measures["mnsi"]
    with pytest.raises(InputError, match="not whether it is better"):
        outcome(series(mnsi, []), Agreement(), mnsi)


def test_three_flares_of_a_hundred_visits_are_no_alarm_and_three_of_eight_are():
    days = list(range(14, 14 + 2 * 60, 2))
    many = judged(STEADY, FALLEN[:4] * 30, visits=days, flares=days[:3])
    assert many.verdict.why != "flares"
    assert judged(STEADY, A_LITTLE, visits=days[:8], flares=days[:3]).verdict.why == "flares"


def test_flares_that_chance_explains_are_no_alarm():
    jumping = [2, 8, 3, 7, 2, 9, 3, 8, 2, 7, 3, 9, 2, 8] * 3
    found = judged(jumping[:14], jumping[14:], visits=range(14, 42, 3))
    assert found.verdict.why != "flares"


def test_without_any_visit_named_the_days_count():
    found = outcome(scores(STEADY, FALLEN), Agreement(), PAIN)
    assert found.verdict.is_ == "helping"
    assert "judged by the days" in found.faults[-1]


def test_where_there_was_no_pain_no_fall_is_asked_for():
    found = judged([0] * 14, [0] * 28)
    assert (found.verdict.is_, found.verdict.why) == ("too_early", "no_room")
    assert found.sizes is not None
    assert found.sizes.percent is None


def test_steps_are_judged_in_steps():
    steps = load().measures["steps"]
    before, during = [3000 + 150 * (n % 5) for n in range(14)], [4500 + 150 * (n % 5) for n in range(28)]
    readings = [Reading(day, value, phase="A" if day < 14 else "B") for day, value in enumerate([*before, *during])]
    found = outcome(series(steps, readings), Agreement(points=500), steps)
    assert found.verdict.is_ == "helping"
    words = outcome_words(found, about(steps))
    assert "went up by 1505 steps" in words.lead
    assert "point" not in words.lead + words.sure
    assert "dummy" not in words.lead


def test_a_falling_trend_is_not_drawn_on_for_ever():
    drifting = [7, 7, 6, 7, 6, 7, 6]
    assert judged(drifting, [2, 3, 2, 3] * 14).verdict.is_ == "helping"


def test_an_agreement_whose_order_was_not_followed_does_not_count_as_drawn():
    blocks = Blocks(pairs=2, days=7, seed=10)
    on = [one for each in schedule(blocks) for one in (each,) * 7]
    follow = [
        Reading(day, 3 + day % 2 if one else 6 + day % 2, phase="B" if one else "A") for day, one in enumerate(on)
    ]
    against = [
        Reading(day, 3 + day % 2 if not one else 6 + day % 2, phase="A" if one else "B") for day, one in enumerate(on)
    ]
    kept = outcome(series(PAIN, follow), Agreement(blocks=blocks), PAIN)
    assert kept.agreement.randomised
    assert kept.course.phases == 4
    lost = outcome(series(PAIN, against), Agreement(blocks=blocks), PAIN)
    assert not lost.agreement.randomised
    assert "does not count as drawn" in " ".join(lost.faults)


def test_what_is_itself_a_change_is_not_judged_as_one():
    pgic = load().measures["pgic"]
    with pytest.raises(InputError, match="itself a judgement"):
        outcome(series(pgic, []), Agreement(), pgic)


def test_default_amounts_are_not_put_into_anybodys_mouth():
    found = judged(STEADY, A_LITTLE)
    assert "our default" in outcome_words(found, About(said=False)).sure
    assert "you said" in outcome_words(found, About(your=True)).sure


@pytest.mark.parametrize("wrong", [{"flares": 0}, {"flares": -1}, {"worse": 0}])
def test_a_rule_to_stop_that_cannot_be_is_refused(wrong):
    with pytest.raises(InputError):
        Stop(**wrong)
