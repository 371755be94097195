"""Before and after: the middle of each side, and an interval that counts people and not visits."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from afferent.outcomes.paired import FEWEST, Side, paired


def test_one_visit_each_is_the_paired_t_interval() -> None:
    before, after = np.array([6, 5, 7, 4, 8, 6.0]), np.array([4, 5, 3, 4, 6, 5.0])
    counts = [(b, a, 1) for b, a in zip(before, after, strict=True)]
    found = paired(counts, [(1, float(a - b)) for b, a in zip(before, after, strict=True)])
    expected = stats.ttest_rel(after, before).confidence_interval(0.95)
    assert found.change == pytest.approx(np.mean(after - before))
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    assert found.before == Side(6, 5.25, 6.75)


def test_the_same_visit_ten_times_is_no_more_sure() -> None:
    """Visits of one person say the same thing again: only more people make it surer."""
    once = paired([(6, 4, 3), (6, 6, 3)], [(1, -2), (1, -2), (1, -2), (1, 0), (1, 0), (1, 0)])
    often = paired([(6, 4, 30), (6, 6, 30)], [(10, -20)] * 3 + [(10, 0)] * 3)
    assert (once.low, once.high) == pytest.approx((often.low, often.high))
    assert (once.pairs, often.pairs) == (6, 60)


def test_covers_in_nineteen_of_twenty_with_visits_that_go_together() -> None:
    """Simulated, seeded: thirty people with one to nine visits each, whose changes go together."""
    chance, inside = np.random.default_rng(6), 0
    for _ in range(600):
        people, counts = [], []
        for visits in chance.integers(1, 10, 30):
            own = chance.normal(-1, 1)
            changes = own + chance.normal(0, 1, visits)
            people.append((int(visits), float(changes.sum())))
            counts += [(5.0, 5.0 + float(one), 1) for one in changes]
        found = paired(counts, people)
        inside += found.low <= -1 <= found.high  # type: ignore[operator]
    assert 0.92 <= inside / 600 <= 0.97


def test_of_few_people_there_is_no_interval() -> None:
    found = paired([(6, 4, FEWEST - 1)], [(1, -2.0)] * (FEWEST - 1))
    assert (found.change, found.low, found.high) == (-2, None, None)


@pytest.mark.parametrize(("counts", "people"), [([], []), ([(6, 4, 2)], [(1, -2.0)])])
def test_pairs_and_people_have_to_be_the_same_ones(counts, people) -> None:
    with pytest.raises(ValueError, match="pair"):
        paired(counts, people)
