"""The closed form against the same model written out in full, and against a quantity known without any model."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from afferent.outcomes.person.analysis import changed, phases_of
from afferent.outcomes.person.course import CHANGE, LOOSE, Course, fitted, laid
from afferent.outcomes.person.posterior import LEAST_SD, SLOPE_SD, Mixture, _grid
from afferent.outcomes.person.trial import Agreement


def course(before, during, *, days=None):
    score = (*before, *during)
    on = (False,) * len(before) + (True,) * len(during)
    return Course(tuple(days or range(len(score))), tuple(map(float, score)), on, tuple(map(int, on)))


def in_full(one: Course):
    """Whole covariance matrices, one ρ at a time: slow, and plain to read."""
    x, y, day = laid([one]).columns[0], np.array(one.score), np.array(one.day)
    free = len(y) - 2
    logs, means, scales = [], [], []
    for rho, log_prior in zip(*_grid(len(y)), strict=True):
        apart = np.abs(day[:, None] - day[None])
        inverse = np.linalg.inv(np.sign(rho) ** apart * np.abs(rho) ** apart if rho else np.eye(len(y)))
        normal = x.T @ inverse @ x + np.diag(np.where(LOOSE, 0, SLOPE_SD**-2))
        mean = np.linalg.solve(normal, x.T @ inverse @ y)
        rest = max(y @ inverse @ y - mean @ normal @ mean, free * LEAST_SD**2)
        logs.append(
            0.5 * np.linalg.slogdet(inverse)[1] - 0.5 * np.linalg.slogdet(normal)[1] - free / 2 * np.log(rest)
            + log_prior
        )  # fmt: skip
        means.append(CHANGE @ mean)
        scales.append(np.sqrt(rest / free * (CHANGE @ np.linalg.inv(normal) @ CHANGE)))
    weight = np.exp(np.array(logs) - max(logs))
    return weight / weight.sum(), np.array(means), np.array(scales), free


@pytest.mark.parametrize("days", [None, [0, 1, 2, 4, 5, 6, 9, 10, 11, 12, 15, 16, 17, 21]])
def test_the_closed_form_is_the_model_in_full(days):
    one = course([6, 7, 6, 5, 7, 6], [5, 6, 5, 4, 4, 5, 3, 4], days=days)
    weight, mean, scale, free = in_full(one)
    mine = fitted(laid([one])).along(CHANGE)
    assert mine.weight[0] == pytest.approx(weight, abs=1e-6)
    assert mine.middle[0] == pytest.approx(mean, abs=1e-6)
    assert mine.spread[0] == pytest.approx(scale, abs=1e-6)
    at = -1.0
    assert mine.below(at)[0] == pytest.approx(weight @ stats.t.cdf((at - mean) / scale, free), abs=1e-6)


def test_padding_and_company_change_nothing():
    alone = course([6, 7, 6, 5], [5, 6, 5, 4, 4])
    longer = course([3] * 20, [2] * 30)
    together = fitted(laid([longer, alone, longer])).along(CHANGE)
    assert together.mean[1] == pytest.approx(fitted(laid([alone])).along(CHANGE).mean[0], abs=1e-6)


def test_a_quantile_is_where_its_share_lies():
    rng = np.random.default_rng(0)
    weight = rng.dirichlet(np.ones(30), 50)
    mixture = Mixture(weight, rng.normal(0, 3, (50, 30)), rng.uniform(0.05, 4, (50, 30)), rng.integers(3, 60, 50) * 1.0)
    for share in (0.001, 0.025, 0.5, 0.9, 0.999):
        assert mixture.below(mixture.quantile(share)) == pytest.approx(share, abs=1e-4)


def test_density_is_the_slope_of_the_probability():
    mixture = fitted(laid([course([6, 7, 6, 5, 7], [5, 6, 5, 4, 4])])).along(CHANGE)
    at = np.array([-1.2])
    rise = (mixture.below(at + 1e-5) - mixture.below(at - 1e-5)) / 2e-5
    assert mixture.density(at) == pytest.approx(rise, rel=1e-5)


def test_moving_and_stretching_the_scale_moves_and_stretches_the_answer():
    one = course([6, 7, 6, 5, 7], [5, 6, 5, 4, 4])
    moved = course([9, 10, 9, 8, 10], [8, 9, 8, 7, 7])
    assert changed(moved, Agreement()).points == pytest.approx(changed(one, Agreement()).points, abs=1e-6)


def test_scores_that_never_move_are_not_certain():
    found = changed(course([5] * 7, [5] * 7), Agreement())
    assert found.points == pytest.approx(0)
    assert 0.4 < found.lower < 0.6
    assert found.low < 0 < found.high


def test_slopes_are_in_points_a_week():
    before, during = phases_of(course([n % 2 + n for n in range(30)], [15.0, 16.0] * 15))
    assert before.slope == pytest.approx(7, abs=0.7)
    assert during.slope == pytest.approx(0, abs=0.4)
    assert before.average == pytest.approx(15)
