"""What must hold for the effect sizes of two phases whatever somebody scored."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from afferent.outcomes.kendall import Kendall, kendall, middle_of_many, theil_sen
from afferent.outcomes.overlap import ird, nap, pand, pem, pnd, tau
from afferent.outcomes.ratios import log_median_ratio, log_response_ratio, mean_difference, percent_change
from afferent.outcomes.refused import Refused
from afferent.outcomes.tau_u import corrected_tau, tau_u

PHASE = st.lists(st.integers(0, 10), min_size=1, max_size=15)
LONGER = st.lists(st.integers(0, 10), min_size=3, max_size=15)
POSITIVE = st.lists(st.integers(1, 10), min_size=4, max_size=15)


@given(PHASE, PHASE)
def test_turning_what_is_better_turns_the_sign(a, b) -> None:
    assert tau(a, b, better="lower") == -tau(a, b, better="higher")
    assert nap(a, b, better="lower") + nap(a, b, better="higher") == pytest.approx(1)
    assert tau(b, a, better="higher") == -tau(a, b, better="higher")


@given(PHASE, PHASE)
def test_shares_are_shares_and_the_picky_one_is_the_smallest(a, b) -> None:
    for better in ("lower", "higher"):
        shares = [one(a, b, better=better) for one in (pnd, pand, pem, nap)]
        assert all(0 <= share <= 1 for share in shares)
        assert pnd(a, b, better=better) <= pem(a, b, better=better)
        assert pand(a, b, better=better) >= max(len(a), len(b)) / (len(a) + len(b))
        assert ird(a, b, better=better) <= 1


@given(PHASE, PHASE)
def test_ranks_alone_count(a, b) -> None:
    for one in (pnd, pand, ird, nap, tau):
        bent = one([x**3 for x in a], [x**3 for x in b], better="higher")
        assert bent == pytest.approx(one(a, b, better="higher"))


@given(PHASE, PHASE)
def test_nap_is_the_statistic_of_mann_and_whitney(a, b) -> None:
    assert nap(a, b, better="higher") == pytest.approx(stats.mannwhitneyu(b, a).statistic / (len(a) * len(b)))


def _by_hand(a, b) -> float:
    """PAND by trying every set to keep: the k lowest before, and what lies above all of them."""
    kept = [len(b)] + [k + sum(y > sorted(a)[k - 1] for y in b) for k in range(1, len(a) + 1)]
    return max(kept) / (len(a) + len(b))


@given(PHASE, PHASE)
def test_pand_keeps_as_many_as_can_be_kept(a, b) -> None:
    assert pand(a, b, better="higher") == pytest.approx(_by_hand(a, b))


@given(LONGER, LONGER)
def test_the_members_of_tau_u_add_up(a, b) -> None:
    found = tau_u(a, b, better="higher")
    assert found.both.s - found.plus_during.s == found.less_before.s - found.plain.s
    assert found.plain.tau == pytest.approx(tau(a, b, better="higher"))
    assert abs(found.both.tau) <= 1


@given(LONGER, LONGER, st.integers(-3, 3), st.integers(-20, 20))
def test_a_slope_that_was_there_before_is_taken_off_whole(a, b, slope, level) -> None:
    together = [level + slope * n + score for n, score in enumerate((*a, *b))]
    here = corrected_tau(a, b, better="higher", correct="always")
    there = corrected_tau(together[: len(a)], together[len(a) :], better="higher", correct="always")
    assert there.tau == pytest.approx(here.tau, abs=1e-12)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=3, max_size=20))
def test_kendall_is_that_of_scipy(pairs) -> None:
    x, y = np.array(pairs).T
    assume(len(set(x)) > 1 and len(set(y)) > 1)
    tied = len(set(x)) < len(x) or len(set(y)) < len(y)
    peer = stats.kendalltau(x, y, method="asymptotic" if tied else "exact")
    found = kendall(x, y)
    assert (found.tau_b, found.p) == (pytest.approx(peer.statistic), pytest.approx(peer.pvalue))


SOME = st.floats(-1e6, 1e6) | st.integers(-3, 3).map(float) | st.sampled_from([0.0, -0.0, 1e-300, 5e-324, 1e300])
PAIRS = st.lists(st.tuples(SOME, SOME), min_size=2, max_size=40)


def _rises(x, y) -> tuple[np.ndarray, np.ndarray]:
    """Run and rise of all pairs at once: as long as memory lasts."""
    first, second = np.triu_indices(len(x), 1)
    return x[second] - x[first], y[second] - y[first]


def _middle(t, v) -> float:
    run, rise = _rises(t, v)
    return float(np.median(rise[run != 0] / run[run != 0]))


@given(PAIRS)
def test_kendalls_s_is_that_of_all_pairs(pairs) -> None:
    x, y = np.array(pairs).T
    found = kendall(x, y)
    assert isinstance(found, Kendall)
    run, rise = _rises(x, y)
    assert found.s == int(np.sum(np.sign(run) * np.sign(rise)))
    assert found.s == -kendall(x, -y).s == kendall(y, x).s


@given(st.lists(st.tuples(st.integers(-5, 90), st.integers(0, 10) | st.floats(-50, 50)), min_size=2, max_size=40))
def test_the_middle_slope_is_that_of_all_pairs_to_the_last_digit(pairs) -> None:
    t, v = np.array(pairs, float).T
    assume(len(set(t)) > 1)
    assert middle_of_many(t, v) == _middle(t, v) == theil_sen(t, v)


@pytest.mark.parametrize("seed", range(6))
def test_the_middle_slope_of_many_days_is_that_of_all_pairs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(400, 900))
    t = [np.arange(n, dtype=float), rng.permutation(n).astype(float), rng.normal(size=n)][seed % 3]
    v = np.round(rng.normal(5, [0.1, 2][seed % 2], n) + 0.01 * t)
    assert middle_of_many(t, v) == _middle(t, v)


@given(st.lists(SOME, min_size=1, max_size=30), st.lists(SOME, min_size=1, max_size=30))
def test_tau_is_that_of_all_pairs(a, b) -> None:
    slow = float(np.mean(np.sign(np.array(b)[None, :] - np.array(a)[:, None])))
    assert tau(a, b, better="higher") == slow


@given(POSITIVE, POSITIVE, st.floats(0.1, 50))
def test_a_ratio_knows_no_unit(a, b, unit) -> None:
    for one in (log_response_ratio, log_median_ratio):
        here, there = one(a, b), one([unit * x for x in a], [unit * x for x in b])
        assert not isinstance(here, Refused)
        assert (there.log, there.se) == (pytest.approx(here.log, abs=1e-9), pytest.approx(here.se, abs=1e-9))
        assert here.low <= here.log <= here.high
        assert one(b, a).log == pytest.approx(-here.log, abs=1e-12)


@given(PHASE, PHASE)
def test_a_ratio_is_refused_exactly_where_somebody_was_at_nought(a, b) -> None:
    assume(min(len(a), len(b)) >= 4)
    refused = isinstance(log_response_ratio(a, b), Refused)
    assert refused is (0 in a or 0 in b) is isinstance(log_median_ratio(a, b), Refused)


@given(PHASE, PHASE)
def test_percent_and_points_have_one_sign(a, b) -> None:
    percent = percent_change(a, b)
    assert isinstance(percent, Refused) is (sum(a) == 0)
    if not isinstance(percent, Refused):
        assert np.sign(percent) == np.sign(round(mean_difference(a, b), 12))
