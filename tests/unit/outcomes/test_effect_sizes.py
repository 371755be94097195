"""Effect sizes of one person's phases, each held to a number published elsewhere or worked out by hand.

Where from: the tests and rendered pages of SingleCaseES 8de5a3a and scan 7e80cb9, as listed in docs/evidence.md.
"""

from __future__ import annotations

import time
import tracemalloc

import numpy as np
import pytest
from scipy import stats

from afferent.errors import InputError
from afferent.outcomes.kendall import kendall, theil_sen
from afferent.outcomes.overlap import ird, nap, pand, pem, pnd, rescaled, tau
from afferent.outcomes.ratios import (
    band,
    glass_delta,
    hedges_g,
    improvement,
    log_median_ratio,
    log_response_ratio,
    mean_difference,
    percent_change,
    slope_difference,
)
from afferent.outcomes.refused import Refused
from afferent.outcomes.tau_u import corrected_tau, tau_u

PARKER = ([20, 20, 26, 25, 22, 23], [28, 25, 24, 27, 30, 30, 29])
BOB = ([2, 3, 5, 3], [4, 5, 5, 7, 6])
FALLING = ([33, 25, 17, 25, 14, 13, 15], [15, 16, 16, 5, 7, 9, 6, 5, 3, 3, 8, 11, 7])
SMD = ([54, 53, 56, 58, 52], [61, 62, 71, 66, 64, 78, 70, 74, 82, 77, 86, 68, 80, 86, 87])
PRICE = ([21, 14, 11, 27, 19, 32, 21, 23, 18, 26, 24, 23], [34, 19, 26, 31, 39, 42, 27, 14, 25, 29, 33, 36])
PAIN = ([7, 9, 8, 7, 7, 8, 8], [3, 4, 2, 4, 2, 1, 4, 5, 3, 2, 1, 2, 4, 4])


def test_nine_ways_to_count_overlap_agree_with_parker_vannest_and_davis() -> None:
    found = [one(*PARKER, better="higher") for one in (pnd, pand, pem, ird, nap, tau)]
    assert found == pytest.approx([5 / 7, 11 / 13, 1, 6 / 7 - 1 / 6, 38.5 / 42, 35 / 42], abs=1e-12)


def test_a_fall_is_counted_as_better_where_lower_is() -> None:
    found = nap([12, 14, 9, 10], [10, 6, 4, 5, 3, 4], better="lower")
    assert found == pytest.approx(22.5 / 24)
    assert round(rescaled(found), 2) == 0.88


def test_tau_and_tau_u() -> None:
    found = tau_u([3, 3, 4, 5], [4, 5, 6, 7, 7], better="higher")
    assert (found.plain.s, found.plain.pairs) == (16, 20)
    assert (found.less_before.s, found.less_before.pairs) == (11, 20)


@pytest.mark.parametrize(
    ("member", "s", "pairs", "tau", "z", "p"),
    [
        ("plain", 16, 20, 0.80, 2.00, 0.045),
        ("less_before", 13, 20, 0.65, 1.53, 0.125),
        ("plus_during", 23, 30, 0.77, 2.58, 0.010),
        ("both", 20, 36, 0.56, 2.14, 0.032),
    ],
)
def test_the_family_of_tau_u(member: str, s: int, pairs: int, tau: float, z: float, p: float) -> None:
    found = getattr(tau_u(*BOB, better="higher"), member)
    assert (found.s, found.pairs) == (s, pairs)
    assert found.tau == pytest.approx(tau, abs=0.005)
    assert found.z == pytest.approx(z, abs=0.005)
    assert found.p == pytest.approx(p, abs=0.0005)


def test_a_course_that_only_goes_on_as_it_was_is_no_effect() -> None:
    before, during = range(1, 6), range(6, 11)
    assert tau_u(before, during, better="higher").plain.tau == 1
    assert tau_u(before, during, better="higher").less_before.tau == pytest.approx(0.6)
    assert corrected_tau(before, during, better="higher").tau == 0


def test_an_improvement_may_turn_round_once_the_trend_before_is_taken_off() -> None:
    found = corrected_tau(*FALLING, better="higher")
    assert found.uncorrected.tau_b == pytest.approx(-0.572, abs=0.0005)
    assert found.uncorrected.z == pytest.approx(-2.94, abs=0.005)
    assert found.uncorrected.p < 0.01
    assert found.trend.tau_b == pytest.approx(-0.683, abs=0.0005)
    assert found.trend.z == pytest.approx(-2.13, abs=0.005)
    assert found.trend.p < 0.05
    assert found.was_corrected
    assert found.tau == pytest.approx(0.699, abs=0.0005)
    assert found.z == pytest.approx(3.61, abs=0.005)
    assert found.p < 0.001


def test_where_lower_is_better_the_same_course_got_worse_against_its_trend() -> None:
    found = corrected_tau(*FALLING, better="lower")
    assert found.uncorrected.tau_b == pytest.approx(0.572, abs=0.0005)
    assert found.tau == pytest.approx(-0.699, abs=0.0005)


@pytest.mark.parametrize(("correct", "was"), [("never", False), ("always", True), ("where_needed", False)])
def test_a_baseline_without_a_trend_is_left_as_it_is_unless_asked(correct: str, was: bool) -> None:
    assert corrected_tau(*PAIN, better="lower", correct=correct).was_corrected is was


def test_one_score_before_has_no_trend() -> None:
    assert corrected_tau([5], [3, 2], better="lower", correct="always").was_corrected is False


def test_standardised_differences_and_slopes() -> None:
    assert np.mean(SMD[0]) == pytest.approx(54.60)
    assert np.mean(SMD[1]) == pytest.approx(74.13, abs=0.005)
    assert glass_delta(*SMD) == pytest.approx(8.11, abs=0.005)
    assert hedges_g(*SMD, corrected=False) == pytest.approx(2.45, abs=0.005)
    assert hedges_g(*SMD) == pytest.approx(2.35, abs=0.005)
    assert mean_difference(*SMD) == pytest.approx(19.5333, abs=0.00005)
    assert slope_difference(*SMD) == pytest.approx(1.525, abs=0.0005)


def test_the_log_ratio_of_medians_with_its_interval() -> None:
    found = log_median_ratio(*PRICE)
    assert (np.median(PRICE[0]), np.median(PRICE[1])) == (22, 30)
    assert not isinstance(found, Refused)
    assert [found.log, found.se] == pytest.approx([0.3102, 0.1252], abs=0.00005)
    assert [found.low, found.high] == pytest.approx([0.0648, 0.5555], abs=0.00005)


def test_kendall_with_ties() -> None:
    a = [1, 2.5, 2.5, 4.5, 4.5, 6.5, 6.5, 8, 9.5, 9.5]
    b = [1, 2, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10]
    found = kendall(a, b)
    assert found.s == 33
    assert found.tau_b == pytest.approx(0.859, abs=0.0005)
    assert found.p == pytest.approx(stats.kendalltau(a, b, method="asymptotic").pvalue)


@pytest.mark.parametrize("n", [2, 5, 9, 30])
def test_without_ties_the_p_of_kendall_is_exact(n: int) -> None:
    b = np.random.default_rng(n).permutation(n)
    found, peer = kendall(range(n), b), stats.kendalltau(range(n), b, method="exact")
    assert (found.tau_b, found.p) == pytest.approx((peer.statistic, peer.pvalue), abs=1e-12)


def test_four_scores_in_order_are_not_yet_a_trend() -> None:
    assert kendall(range(4), range(4)).p == pytest.approx(2 / 24)


def test_all_the_same_is_no_correlation() -> None:
    assert kendall([1, 2, 3], [5, 5, 5]).tau_b == 0
    assert kendall([1, 2, 3], [5, 5, 5]).p == 1


def test_the_slope_of_theil_and_sen() -> None:
    x, y = [0, 1, 2, 4, 7], [1, 3, 2, 8, 9]
    assert theil_sen(x, y) == pytest.approx(stats.theilslopes(y, x).slope)


def test_daily_pain() -> None:
    assert [np.mean(one) for one in PAIN] == pytest.approx([7.714, 2.929], abs=0.0005)
    assert percent_change(*PAIN) == pytest.approx(-62, abs=0.5)
    assert nap(*PAIN, better="lower") == 1
    assert tau(*PAIN, better="higher") == -1
    plain, corrected = log_response_ratio(*PAIN, corrected=False), log_response_ratio(*PAIN)
    assert not isinstance(plain, Refused)
    assert not isinstance(corrected, Refused)
    assert plain.log == pytest.approx(-0.969, abs=0.0005)
    assert [corrected.log, corrected.se] == pytest.approx([-0.963, 0.122], abs=0.0005)


@pytest.mark.parametrize(
    ("refused", "why"),
    [
        (log_response_ratio([4, 5], [0, 3]), "1 of 2 scores of the treatment phase is nought"),
        (log_response_ratio([4], [2, 3]), "2 scores or more"),
        (log_median_ratio([0, 0, 3, 4], [2, 3, 1, 1]), "2 of 4 scores of the baseline are nought"),
        (log_median_ratio([4, 5, 5], [2, 3, 1, 1]), "4 scores or more"),
        (percent_change([0, 0], [1, 2]), "nothing is a percentage of nought"),
        (glass_delta([5, 5, 5], [1, 2, 3]), "do not differ"),
        (hedges_g([5, 5], [2, 2]), "do not differ"),
        (slope_difference([5], [2, 2]), "two scores or more"),
    ],
)
def test_what_would_mean_nothing_is_refused_with_a_sentence(refused: object, why: str) -> None:
    assert isinstance(refused, Refused)
    assert why in refused.why


@pytest.mark.parametrize(
    ("before", "during", "fault"),
    [
        ([], [1], "the baseline needs 1"),
        ([1], [[2]], "the treatment phase needs"),
        ([1, np.nan], [2], "score 2 of the"),
    ],
)
def test_what_is_no_row_of_scores_is_named(before: list, during: list, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        nap(before, during, better="lower")


PERCENT = {"minimal": 10, "moderate": 30, "substantial": 50}


@pytest.mark.parametrize(
    ("change", "better", "name"),
    [(-62, "lower", "substantial"), (-50, "lower", "substantial"), (-30, "lower", "moderate"),
     (-29, "lower", "minimal"), (-9, "lower", "none"), (9, "lower", "none"), (10, "lower", "worse"),
     (40, "higher", "moderate")],
)  # fmt: skip
def test_bands_of_change(change: float, better: str, name: str) -> None:
    assert band(change, PERCENT, better=better) == name


def test_improvement_turns_by_which_way_is_better() -> None:
    assert improvement(-2, better="lower") == improvement(2, better="higher") == 2


@pytest.mark.parametrize("scores", ["rated", "flat", "fine"])
def test_many_days_need_neither_memory_nor_patience(scores: str) -> None:
    """What one table may hold of one person: all pairs at once would be gigabytes."""
    rng = np.random.default_rng(1)
    n = 9_990
    day = np.arange(n, dtype=float)
    made = {"rated": rng.integers(0, 11, n), "flat": np.full(n, 6), "fine": rng.normal(5, 2, n)}[scores].astype(float)
    theil_sen(day[:200], made[:200])
    tracemalloc.start()
    try:
        kendall(day, made)
        theil_sen(day, made)
        nap(made[: n // 2], made[n // 2 :], better="lower")
        assert tracemalloc.get_traced_memory()[1] < 60e6
    finally:
        tracemalloc.stop()
    for one in (lambda: kendall(day, made), lambda: theil_sen(day, made)):
        begun = time.process_time()
        one()
        assert time.process_time() - begun < 1
