"""Many people together."""

from __future__ import annotations

import numpy as np
import pytest

from afferent.outcomes.person.pooled import pooled


def test_what_was_put_in_comes_out():
    rng = np.random.default_rng(1)
    truth = rng.normal(-1.0, 0.7, 800)
    error = rng.uniform(0.3, 0.8, 800)
    found = pooled(truth + rng.normal(0, error), error)
    assert found.mean_low < -1.0 < found.mean_high
    assert found.tau_low < 0.7 < found.tau_high
    assert np.abs(found.each - truth).mean() < 0.8 * np.abs(rng.normal(0, error)).mean()
    inside = (np.abs(found.each - truth) < 1.96 * found.each_sd).mean()
    assert 0.92 < inside < 0.98


def test_everybody_alike_is_drawn_to_the_middle():
    found = pooled(np.array([-1.0, -1.0, -1.0, -1.0]), np.full(4, 0.5))
    assert found.each == pytest.approx(-1.0)


def test_the_less_is_known_of_somebody_the_further_they_are_drawn():
    change, error = np.array([-3.0, -3.0, 0.0, 0.0, 0.0]), np.array([0.2, 2.0, 0.3, 0.3, 0.3])
    found = pooled(change, error)
    assert found.each[0] < found.each[1] < 0


def test_two_people_are_too_few():
    with pytest.raises(ValueError, match="too few"):
        pooled(np.array([1.0, 2.0]), np.array([1.0, 1.0]))
