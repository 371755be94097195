"""Which days are with massage: by visits, by pauses that were agreed, or by blocks as they were drawn."""

from __future__ import annotations

import datetime as dt

from afferent.outcomes.person.trial import Agreement, Blocks, schedule
from afferent.web.outcomes.phases import drawn, order, simple

FIRST = dt.date(2026, 10, 5)


def day(number: int) -> dt.date:
    return FIRST + dt.timedelta(number)


def as_letters(phases, days: int) -> str:
    found = [phases.of(day(n)) for n in range(days)]
    return "".join("." if one is None or one.on is None else "B" if one.on else "A" for one in found)


def test_the_days_before_the_first_visit_are_without() -> None:
    assert as_letters(simple(FIRST, [], [day(3), day(5)]), 7) == "AAABBBB"


def test_without_a_visit_every_day_is_without() -> None:
    assert as_letters(simple(FIRST, [], []), 3) == "AAA"
    assert simple(FIRST, [], []).of(day(-1)) is None


def test_a_pause_is_without_until_the_next_visit() -> None:
    phases = simple(FIRST, [day(4)], [day(1), day(6)])
    assert as_letters(phases, 8) == "ABBBAABB"
    assert [one.block for one in phases.stretches] == [1, 2, 3, 4]


def test_a_pause_that_a_visit_broke_at_once_is_none() -> None:
    assert as_letters(simple(FIRST, [day(4)], [day(1), day(4)]), 6) == "ABBBBB"


def test_a_visit_on_the_first_day_leaves_no_day_before() -> None:
    assert as_letters(simple(FIRST, [], [FIRST]), 2) == "BB"


def test_blocks_as_they_were_drawn_without_their_washout() -> None:
    blocks = Blocks(pairs=2, days=5, seed=7, washout=2)
    sides = "".join("..BBB" if on else "..AAA" for on in schedule(blocks))
    phases = drawn(FIRST, 6, blocks)
    assert as_letters(phases, 30) == "." * 6 + sides + "...."
    assert phases.ends == day(26)
    numbers = [phases.of(day(6 + 5 * n + 3)).block for n in range(4)]
    assert numbers == [1, 2, 3, 4]


def test_the_order_is_told_with_its_days() -> None:
    told = order(FIRST, Agreement(baseline_days=6, blocks=Blocks(pairs=2, days=5, seed=7)))
    assert [(first, last) for first, last, _ in told][:2] == [(day(6), day(10)), (day(11), day(15))]
    assert [on for *_, on in told] == list(schedule(Blocks(pairs=2, days=5, seed=7)))
