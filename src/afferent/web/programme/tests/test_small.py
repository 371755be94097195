"""What is hidden cannot be worked out from what is told."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from afferent.web.programme.small import FEWER, HIDDEN, LEAST, few, parts


def test_nought_is_told_and_one_to_four_are_not() -> None:
    assert [few(n) for n in (0, 1, 4, 5, 1200)] == ["0", FEWER, FEWER, "5", "1,200"]


def test_one_hidden_part_takes_the_next_smallest_with_it() -> None:
    assert parts({"a": 2, "b": 30, "c": 9}) == {"a": HIDDEN, "b": "30", "c": HIDDEN}


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_no_hidden_part_follows_from_the_total(numbers: list[int]) -> None:
    """Whoever knows the total, if that is told, and the parts that are told, has a choice for each hidden one."""
    said = parts(dict(enumerate(numbers)))
    total, hidden = sum(numbers), [n for n, one in said.items() if not one[0].isdigit()]
    if not hidden or total < LEAST or all(one < LEAST for one in numbers):
        return  # the total is hidden too, or there is nothing to hide behind
    rest = total - sum(numbers[n] for n in said if n not in hidden)
    ranges = [range(1, LEAST if said[n] == FEWER else rest + 1) for n in hidden]
    fits = [one for one in product(*ranges) if sum(one) == rest]
    for place in range(len(hidden)):
        assert len({one[place] for one in fits}) > 1
