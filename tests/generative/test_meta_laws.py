"""What must hold for pooled trials whatever they found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from afferent.outcomes.meta import effects as make
from afferent.outcomes.meta import equal_effects, random_effects
from afferent.outcomes.meta.influence import leave_one_out, trim_and_fill
from afferent.outcomes.meta.tau import _likelihood, tau2
from afferent.outcomes.methods import METHODS

EFFECT = st.floats(-3, 3, allow_nan=False).map(lambda x: round(x, 4))
VARIANCE = st.floats(0.001, 2).map(lambda x: round(x, 4))
EVERY = pytest.mark.parametrize("method", METHODS)


def many(least: int = 2, most: int = 12):
    """(y, v) of so many trials."""
    return st.lists(st.tuples(EFFECT, VARIANCE), min_size=least, max_size=most).map(
        lambda rows: tuple(np.array(rows).T)
    )


@EVERY
@given(trials=many(), by=st.floats(-5, 5))
def test_moving_every_effect_moves_the_pooled_one_and_nothing_else(method, trials, by) -> None:
    y, v = trials
    here, there = random_effects(y, v, method=method), random_effects(y + by, v, method=method)
    assert there.estimate == pytest.approx(here.estimate + by, abs=1e-6)
    assert there.tau2 == pytest.approx(here.tau2, abs=1e-6, rel=1e-6)


@EVERY
@given(trials=many(), by=st.floats(0.1, 10))
def test_another_unit_is_another_unit(method, trials, by) -> None:
    y, v = trials
    here, there = random_effects(y, v, method=method), random_effects(y * by, v * by**2, method=method)
    assert there.estimate == pytest.approx(here.estimate * by, abs=1e-6 * by)
    assert there.tau2 == pytest.approx(here.tau2 * by**2, abs=1e-6 * by**2, rel=1e-6)
    assert there.i2 == pytest.approx(here.i2, abs=1e-4)


@EVERY
@given(trials=many(), random=st.randoms(use_true_random=False))
def test_the_order_of_trials_does_not_matter(method, trials, random) -> None:
    y, v = trials
    order = random.sample(range(len(y)), len(y))
    here, there = random_effects(y, v, method=method), random_effects(y[order], v[order], method=method)
    assert [there.estimate, there.se, there.tau2] == pytest.approx(
        [here.estimate, here.se, here.tau2], abs=1e-7, rel=1e-7
    )


@given(trials=many(2, 2))
def test_of_two_trials_all_three_estimators_say_the_same(trials) -> None:
    y, v = trials
    exact = max(0.0, ((y[0] - y[1]) ** 2 - v.sum()) / 2)
    assert [float(tau2(y, v, method)) for method in ("dl", "pm", "reml")] == pytest.approx(
        [exact] * 3, abs=1e-9, rel=1e-9
    )


@given(y=st.lists(EFFECT, min_size=2, max_size=12), v=VARIANCE)
def test_of_equally_large_trials_too(y, v) -> None:
    exact = max(0.0, float(np.var(y, ddof=1)) - v)
    found = [float(tau2(np.array(y), np.full(len(y), v), method)) for method in ("dl", "pm", "reml")]
    assert found == pytest.approx([exact] * 3, abs=1e-8, rel=1e-8)


@pytest.mark.parametrize("method", ["reml", "ml"])
@given(trials=many())
def test_nowhere_is_the_likelihood_higher(method, trials) -> None:
    y, v = trials
    top, restricted = tau2(y, v, method), method == "reml"
    elsewhere = np.concatenate([np.linspace(0, 4 * np.ptp(y) ** 2, 200), np.geomspace(1e-8, 100, 200)])
    best = _likelihood(y, v, top, None, restricted)
    assert (_likelihood(y, v, elsewhere, None, restricted) <= best + 1e-7).all()


@given(trials=many(), level=st.floats(0.5, 0.99))
def test_the_interval_of_tau_holds_paule_and_mandel_and_grows_with_its_level(trials, level) -> None:
    found = random_effects(*trials, method="pm", level=level)
    wider = random_effects(*trials, method="pm", level=(1 + level) / 2)
    slack = 1e-9 * (1 + found.tau2)
    assert found.tau2_interval.low - slack <= found.tau2
    if level >= 0.9:  # only then do both ends of chi-square lie around their mean for every number of trials
        assert found.tau2 <= found.tau2_interval.high + slack
    assert wider.tau2_interval.low <= found.tau2_interval.low + slack
    assert found.tau2_interval.high <= wider.tau2_interval.high + 1e-9 * (1 + wider.tau2_interval.high)


@EVERY
@given(trials=many())
def test_what_is_pooled_lies_between_the_trials_and_a_next_one_is_less_certain(method, trials) -> None:
    y, v = trials
    found, wald = random_effects(y, v, method=method), random_effects(y, v, method=method, test="wald")
    assert y.min() - 1e-9 <= found.estimate <= y.max() + 1e-9
    assert found.se >= wald.se * (1 - 1e-12)
    assert found.next.low <= found.interval.low + 1e-9
    assert found.next.high >= found.interval.high - 1e-9
    assert 0 <= found.i2 <= 100
    assert found.h2 >= 1
    assert sum(found.weights) == pytest.approx(100)


@given(trials=many(1))
def test_the_same_trial_twice_narrows_and_all_of_them_twice_halve_the_variance(trials) -> None:
    y, v = trials
    here = equal_effects(y, v)
    assert equal_effects(np.append(y, y[0]), np.append(v, v[0])).se < here.se
    assert equal_effects(np.tile(y, 2), np.tile(v, 2)).se ** 2 == pytest.approx(here.se**2 / 2)


@given(trials=many(3))
def test_leaving_each_out_in_turn_lies_around_the_whole(trials) -> None:
    """For equal effects: the pooled one is a mean of those without one trial, so it lies among them."""
    y, v = trials
    without = [equal_effects(np.delete(y, n), np.delete(v, n)).estimate for n in range(len(y))]
    assert min(without) - 1e-9 <= equal_effects(y, v).estimate <= max(without) + 1e-9
    assert len(leave_one_out(y, v).estimate) == len(y)


@given(trials=many(3))
def test_filling_in_turns_with_the_effects(trials) -> None:
    y, v = trials
    assume(len(set(y)) == len(y))
    here, there = trim_and_fill(y, v), trim_and_fill(-y, v)
    assert 0 <= here.missing <= len(y) - 2
    assert here.pooled.k == len(y) + here.missing
    if here.side != there.side:  # where small trials do not lean at all the side is a convention
        assert there.missing == here.missing
        assert there.pooled.estimate == pytest.approx(-here.pooled.estimate, abs=1e-9)


ARM = st.tuples(st.floats(-50, 50), st.floats(0.1, 20), st.integers(2, 500))


@given(one=ARM, other=ARM, a=st.floats(0.1, 10), b=st.floats(-10, 10))
def test_a_standardised_difference_knows_no_unit_and_turns_with_its_arms(one, other, a, b) -> None:
    def turned(arm):
        return a * arm[0] + b, a * arm[1], arm[2]

    here, back = make.hedges_g(*one, *other), make.hedges_g(*other, *one)
    same = make.hedges_g(*turned(one), *turned(other))
    assert back.y[0] == pytest.approx(-here.y[0], abs=1e-9)
    assert back.v[0] == pytest.approx(here.v[0])
    assert same.y[0] == pytest.approx(here.y[0], abs=1e-6, rel=1e-6)


@given(e1=st.integers(0, 40), e2=st.integers(0, 40))
def test_ratios_turn_with_their_arms_and_odds_with_what_is_counted(e1, e2) -> None:
    assume(0 < e1 + e2 < 80)
    assert make.log_risk_ratio(e2, 40, e1, 40).y[0] == pytest.approx(
        -make.log_risk_ratio(e1, 40, e2, 40).y[0], abs=1e-12
    )
    odds = make.log_odds_ratio(e1, 40, e2, 40)
    assert make.log_odds_ratio(40 - e1, 40, 40 - e2, 40).y[0] == pytest.approx(-odds.y[0], abs=1e-9)


@given(free=st.integers(2, 10_000))
def test_the_factor_against_bias_is_below_one_and_grows_towards_it(free) -> None:
    here, next_ = make.exact_j([free, free + 1])
    assert 0 < here < next_ < 1
    assert here == pytest.approx(1 - 3 / (4 * free - 1), abs=0.02)


def test_the_range_of_a_next_trial_holds_fewer_where_it_comes_of_few() -> None:
    """What docs/evidence.md says of five trials: about 90 of 100, not 95."""
    rng = np.random.default_rng(5)
    held = 0
    for _ in range(800):
        v = 2 / rng.integers(15, 60, 5)
        found = random_effects(rng.normal(-0.5, 0.3, 5) + rng.normal(0, np.sqrt(v)), v)
        assert found.next is not None
        held += found.next.low <= rng.normal(-0.5, 0.3) <= found.next.high
    assert 0.87 < held / 800 < 0.93
