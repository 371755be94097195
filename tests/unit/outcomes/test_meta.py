"""Pooled trials, each row of the reference checks held to its published number.

Where from: the tests and rendered pages of metafor 71ae8f5 and metadat 0cb96ce, as listed in docs/evidence.md.
"""

from __future__ import annotations

import numpy as np
import pytest

from afferent.errors import InputError
from afferent.outcomes.meta import effects as make
from afferent.outcomes.meta import equal_effects, random_effects
from afferent.outcomes.meta.influence import egger, leave_one_out, trim_and_fill
from afferent.outcomes.meta.tau import q_profile

_BCG = np.array([
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600),
    (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
])  # fmt: skip
BCG = make.log_risk_ratio(_BCG[:, 0], _BCG[:, :2].sum(1), _BCG[:, 2], _BCG[:, 2:].sum(1))
# Raudenbush 1985: effect and variance of 19 studies on what teachers expect of pupils.
_RAUDENBUSH = np.array([
    (0.03, 0.0156), (0.12, 0.0216), (-0.14, 0.0279), (1.18, 0.1391), (0.26, 0.1362), (-0.06, 0.0106), (-0.02, 0.0106),
    (-0.32, 0.0484), (0.27, 0.0269), (0.80, 0.0630), (0.54, 0.0912), (0.18, 0.0497), (-0.02, 0.0835), (0.23, 0.0841),
    (-0.18, 0.0253), (-0.06, 0.0279), (0.30, 0.0193), (0.07, 0.0088), (-0.07, 0.0303),
]).T  # fmt: skip
# Normand 1999: people, mean, standard deviation, twice.
_NORMAND = np.array([
    (155, 55, 47, 156, 75, 64), (31, 27, 7, 32, 29, 4), (75, 64, 17, 71, 119, 29), (18, 66, 20, 18, 137, 48),
    (8, 14, 8, 13, 18, 11), (57, 19, 7, 52, 18, 4), (34, 52, 45, 33, 41, 34), (110, 21, 16, 183, 31, 27),
    (60, 30, 27, 52, 23, 20),
]).T  # fmt: skip
NORMAND = make.hedges_g(_NORMAND[1], _NORMAND[2], _NORMAND[0], _NORMAND[4], _NORMAND[5], _NORMAND[3])


def test_bcg_by_restricted_likelihood() -> None:
    found = random_effects(BCG.y, BCG.v, method="reml", test="wald", next_by="normal")
    assert [found.estimate, found.se] == pytest.approx([-0.7145, 0.1798], abs=0.00005)
    assert [found.interval.low, found.interval.high] == pytest.approx([-1.0669, -0.3622], abs=0.00005)
    assert found.tau2 == pytest.approx(0.313243, abs=0.0000005)
    assert found.i2 == pytest.approx(92.22, abs=0.005)
    assert found.q == pytest.approx(152.2330, abs=0.00005)
    ratio = np.exp([found.estimate, found.interval.low, found.interval.high, found.next.low, found.next.high])
    assert ratio == pytest.approx([0.4894, 0.3441, 0.6962, 0.1546, 1.5490], abs=0.00005)


def test_bcg_by_dersimonian_and_laird_and_the_interval_of_tau() -> None:
    found = random_effects(BCG.y, BCG.v, method="dl", test="wald")
    assert found.estimate == pytest.approx(-0.7141, abs=0.00005)
    assert [found.interval.low, found.interval.high] == pytest.approx([-1.0644, -0.3638], abs=0.00005)
    assert found.statistic == pytest.approx(-3.9952, abs=0.00005)
    assert found.tau2 == pytest.approx(0.3088, abs=0.00005)
    assert found.i2 == pytest.approx(92.1173, abs=0.00005)
    assert found.h2 == pytest.approx(found.q / 12)
    assert q_profile(BCG.y, BCG.v) == pytest.approx((0.1197, 1.1115), abs=0.00005)


def test_bcg_as_if_every_trial_measured_the_same_and_with_trials_filled_in() -> None:
    found = equal_effects(BCG.y, BCG.v)
    assert [found.estimate, found.interval.low, found.interval.high] == pytest.approx(
        [-0.4303, -0.5097, -0.3509], abs=0.00005
    )
    filled = trim_and_fill(BCG.y, BCG.v)
    assert (filled.missing, filled.side) == (4, "right")
    assert [filled.pooled.estimate, filled.pooled.interval.low, filled.pooled.interval.high] == pytest.approx(
        [-0.2910, -0.3660, -0.2160], abs=0.00005
    )


def test_bcg_without_one_trial() -> None:
    found = leave_one_out(BCG.y, BCG.v, test="wald")
    assert found.estimate[[0, 7]] == pytest.approx([-0.7071, -0.7948], abs=0.00005)
    assert found.tau2[[0, 7]] == pytest.approx([0.3362, 0.2732], abs=0.00005)


@pytest.mark.parametrize("test", ["wald", "hksj", "adhoc"])
@pytest.mark.parametrize("method", ["reml", "dl", "pm", "ml"])
def test_leaving_out_all_at_once_is_leaving_out_each(method: str, test: str) -> None:
    found = leave_one_out(BCG.y, BCG.v, method=method, test=test)
    for n in range(13):
        alone = random_effects(np.delete(BCG.y, n), np.delete(BCG.v, n), method=method, test=test)
        one = [found.estimate[n], found.se[n], found.low[n], found.high[n], found.tau2[n]]
        other = [alone.estimate, alone.se, alone.interval.low, alone.interval.high, alone.tau2]
        assert one == pytest.approx(other, abs=1e-9)


def test_bcg_with_hartung_and_knapp_and_where_a_next_trial_would_fall() -> None:
    found = random_effects(BCG.y, BCG.v, test="hksj")
    assert found.se == pytest.approx(0.1808, abs=0.00005)
    assert [found.interval.low, found.interval.high] == pytest.approx([-1.1084, -0.3206], abs=0.00005)
    assert found.p == pytest.approx(0.0019, abs=0.00005)
    assert [found.next.low, found.next.high] == pytest.approx([-1.9960, 0.5670], abs=0.00005)
    riley = random_effects(BCG.y, BCG.v, test="hksj", next_by="riley").next
    assert [riley.low, riley.high] == pytest.approx([-2.0084, 0.5793], abs=0.00005)


@pytest.mark.parametrize(
    ("method", "test", "se", "low", "high"),
    [("reml", "wald", 0.0516, -0.0175, 0.1849), ("reml", "hksj", 0.0616, -0.0457, 0.2131),
     ("dl", "hksj", 0.0636, -0.0442, 0.2229)],
)  # fmt: skip
def test_raudenbush(method: str, test: str, se: float, low: float, high: float) -> None:
    found = random_effects(*_RAUDENBUSH, method=method, test=test)
    assert [found.se, found.interval.low, found.interval.high] == pytest.approx([se, low, high], abs=0.00005)
    if method == "reml":
        assert [found.estimate, found.tau2] == pytest.approx([0.0837, 0.0188], abs=0.00005)


def test_normand_from_means_to_the_pooled_difference() -> None:
    assert NORMAND.y[:4] == pytest.approx([-0.3552, -0.3479, -2.3176, -1.8880], abs=0.00005)
    assert NORMAND.v[:4] == pytest.approx([0.0131, 0.0645, 0.0458, 0.1606], abs=0.00005)
    found = random_effects(NORMAND.y, NORMAND.v, test="wald")
    assert [found.estimate, found.se] == pytest.approx([-0.5371, 0.3087], abs=0.00005)
    assert [found.interval.low, found.interval.high] == pytest.approx([-1.1421, 0.0679], abs=0.00005)
    assert found.tau2 == pytest.approx(0.7908, abs=0.00005)
    assert found.i2 == pytest.approx(95.49, abs=0.01)
    assert found.q == pytest.approx(123.7293, abs=0.00005)
    assert random_effects(NORMAND.y[:4], NORMAND.v[:4]).tau2 == pytest.approx(1.0090, abs=0.00005)


def test_clasp_by_four_estimators() -> None:
    found = make.log_odds_ratio(
        [5, 5, 12, 69, 9, 313], [156, 303, 565, 1570, 103, 4659],
        [8, 17, 9, 94, 11, 352], [74, 303, 477, 1565, 105, 4650],
    )  # fmt: skip
    by = {method: random_effects(found.y, found.v, method=method, test="wald") for method in ("pm", "dl", "reml", "ml")}
    assert [by[method].tau2 ** 0.5 for method in ("pm", "dl", "reml")] == pytest.approx(
        [0.3681, 0.2323, 0.1843], abs=0.00005
    )
    assert [by["reml"].estimate, by["reml"].se] == pytest.approx([-0.2980, 0.1343], abs=0.00005)
    assert [by["pm"].estimate, by["pm"].se] == pytest.approx([-0.3811, 0.2060], abs=0.00005)
    assert by["ml"].tau2 == 0  # the 0.0023 printed elsewhere is where an iteration stopped


def test_of_two_tops_of_a_likelihood_the_higher_one_is_found() -> None:
    """At 0 and at 0.6 it is as good as equally high; a coarse look sees only the first."""
    y = [0, 0, 0, 3, 1.8281, 0.125, 0.125, -2, -1.75]
    v = [1.125, 1.4688, 0.5703, 1.2148, 1.6875, 1.0938, 0.001, 1.3438, 1.2109]
    assert random_effects(y, v).tau2 == pytest.approx(0.60179, abs=0.001)


def test_change_within_one_arm() -> None:
    found = make.smcr(
        [38.5, 26.8, 0.7, 75.9, 36.0], [30.6, 23.5, 0.5, 53.4, 35.6], [15, 3.1, 0.1, 14.5, 4.7], [20, 50, 9, 10, 14],
        [0.47, 0.64, 0.77, 0.89, 0.44],
    )  # fmt: skip
    assert random_effects(found.y, found.v).tau2 == pytest.approx(0.3164, abs=0.00005)


def test_g_from_t_is_g_from_the_means() -> None:
    from_means = make.hedges_g(5, 2, 30, 4, 2, 20)
    from_t = make.g_from_t(1 / (2 * np.sqrt(1 / 30 + 1 / 20)), 30, 20)
    assert (from_t.y, from_t.v) == (pytest.approx(from_means.y), pytest.approx(from_means.v))


def test_an_empty_cell_gets_a_half_everywhere_and_says_so() -> None:
    odds, risk = make.log_odds_ratio([0, 3], [10, 10], [4, 5], [10, 10]), make.log_risk_ratio(0, 10, 4, 10)
    assert odds.corrected.tolist() == [True, False]
    assert odds.y[0] == pytest.approx(np.log((0.5 / 10.5) / (4.5 / 6.5)))
    assert risk.y[0] == pytest.approx(np.log((0.5 / 11) / (4.5 / 11)))
    assert odds.v[0] == pytest.approx(1 / 0.5 + 1 / 10.5 + 1 / 4.5 + 1 / 6.5)


def test_a_published_interval_gives_back_its_variance() -> None:
    found = make.from_interval(0.5, 0.5 - 1.959963984540054 * 0.2, 0.5 + 1.959963984540054 * 0.2)
    assert found.v == pytest.approx([0.04])


def test_points_of_one_scale() -> None:
    found = make.mean_difference(3, 2, 25, 4, 1, 20)
    assert (found.y[0], found.v[0]) == (-1, pytest.approx(4 / 25 + 1 / 20))


def test_hartung_and_knapp_by_luck_is_not_narrower_than_wald() -> None:
    y, v = [0.50, 0.51, 0.49], [0.1, 0.1, 0.1]
    wald, lucky, guarded = (random_effects(y, v, test=test) for test in ("wald", "hksj", "adhoc"))
    assert lucky.se < wald.se == pytest.approx(guarded.se)
    assert guarded.interval.high > wald.interval.high


def test_with_two_trials_nothing_bounds_the_next_by_riley() -> None:
    assert random_effects([0, 1], [0.1, 0.1], next_by="riley").next.high == np.inf


def test_one_trial_alone_is_itself() -> None:
    found = equal_effects([0.4], [0.04])
    assert (found.estimate, found.se, found.i2, found.q_p) == (0.4, pytest.approx(0.2), 0, 1)


def test_small_trials_that_say_the_same_do_not_lean() -> None:
    assert egger([0.4, 0.4, 0.4, 0.4], [0.01, 0.04, 0.09, 0.16]).bias == pytest.approx(0, abs=1e-12)
    assert egger([0.1, 0.4, 0.4], [0.04, 0.04, 0.04]).p == 1


@pytest.mark.parametrize(
    ("run", "fault"),
    [
        (lambda: random_effects([1], [1]), "there are 1 trials; pooling needs 2"),
        (lambda: leave_one_out([1, 2], [1, 1]), "needs 3"),
        (lambda: random_effects([1, 2], [1, 0]), "variance above nought"),
        (lambda: random_effects([1, 2], [1]), "one effect and one variance"),
        (lambda: make.hedges_g(1, 0, 10, 2, 1, 10), "standard deviation must be above nought"),
        (lambda: make.hedges_g(np.nan, 1, 10, 2, 1, 10), "one is missing"),
        (lambda: make.hedges_g(1, 1, 1, 2, 1, 10), "two people or more"),
        (lambda: make.log_risk_ratio(11, 10, 2, 10), "more events than people"),
        (lambda: make.log_risk_ratio(0, 10, 0, 10), "met nobody, or everybody"),
        (lambda: make.smcr(1, 2, 1, 10, 1.5), "correlation lies between"),
        (lambda: make.from_interval(1, 2, 2), "width of an interval"),
    ],
)
def test_what_cannot_be_pooled_is_refused_with_a_sentence(run, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        run()
