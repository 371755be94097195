"""The quiz is made of the rules' own examples, the same for the same seed, and its badge ends."""

from __future__ import annotations

import datetime as dt

import pytest

from afferent.directory.quiz import marked, paper, terms, valid
from afferent.errors import InputError
from afferent.knowledge import load

KNOWLEDGE = load()
DAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize("seed", range(12))
def test_a_paper(seed) -> None:
    made = paper(KNOWLEDGE, seed)
    assert made == paper(KNOWLEDGE, seed)
    assert len(made.items) == terms().questions
    assert len({item.rule for item in made.items}) == terms().questions
    for item in made.items:
        assert len(set(item.choices)) == terms().choices
        assert item.known
        assert KNOWLEDGE.rules[item.rule].why in item.why


def test_other_seeds_other_papers() -> None:
    assert len({paper(KNOWLEDGE, seed).items for seed in range(12)}) == 12


def test_a_badge_is_dated_and_ends() -> None:
    made = paper(KNOWLEDGE, 1)
    right = [item.right for item in made.items]
    result = marked(made, right, DAY)
    assert (result.right, result.passed, result.badge_until) == (10, True, dt.date(2027, 11, 22))
    assert valid(result, dt.date(2027, 11, 22))
    assert not valid(result, dt.date(2027, 11, 23))
    assert not valid(result, dt.date(2026, 11, 21))
    assert marked(made, right, dt.date(2028, 2, 29)).badge_until == dt.date(2029, 2, 28)


def test_too_few_right_ones_give_none() -> None:
    made = paper(KNOWLEDGE, 1)
    wrong = [(item.right + 1) % 4 for item in made.items]
    near = [item.right for item in made.items][:7] + wrong[7:]
    assert marked(made, near, DAY).badge_until is None
    assert not valid(marked(made, wrong, DAY), DAY)
    with pytest.raises(InputError, match="10 answers are needed, not 1"):
        marked(made, [0], DAY)
