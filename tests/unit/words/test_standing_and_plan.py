"""What is drawn and listed: never looser than what is known, everything once, the strictest first."""

from __future__ import annotations

from afferent.body.regions import AREA, LEAVES, WHOLE, contains
from afferent.safety.screening import Screening
from afferent.words.plan import common_off, plan
from afferent.words.standing import standing
from tests.unit.words.made import KNOWLEDGE, anybody, at_ease, bare, old_clot, screened, short_of_breath


def limit(table, leaf: str):
    return next((held for region, held in table.items() if contains(region, leaf)), None)


def test_a_bare_record_is_a_frame_round_an_empty_figure() -> None:
    stands = standing(bare(), KNOWLEDGE)
    assert stands.gate
    assert not stands.closed
    assert not any(held.excluded for held in stands.leaves.values())
    assert not any(held.heat or held.cold for held in stands.leaves.values())


def test_a_stop_has_no_frame_and_shuts_everything() -> None:
    stands = standing(short_of_breath(), KNOWLEDGE)
    assert stands.closed
    assert not stands.gate
    assert all(held.excluded and not held.open for held in stands.leaves.values())


def test_what_is_known_is_drawn_inside_the_frame() -> None:
    stands = standing(old_clot(), KNOWLEDGE)
    assert stands.gate
    assert stands.leaves["leg.right.front"].excluded
    assert not stands.leaves["leg.right.front"].open
    assert stands.leaves["back.left.upper"].pressure == 2


def test_what_something_known_has_raised_is_dashed() -> None:
    """Diabetes and feet nobody has looked at: the left foot waits for the look, and says so."""
    held = standing(old_clot(), KNOWLEDGE).leaves["foot.left.sole.heel"]
    assert held.excluded
    assert held.open


def test_once_the_body_is_not_held_the_effective_limit_is_drawn() -> None:
    screening = screened(
        {"age_years": 60, "numb": ["foot.left"]}, ("today", "limbs", "clots", "medicines", "skin", "history")
    )
    stands = standing(screening, KNOWLEDGE)
    if not stands.gate:
        for leaf in LEAVES:
            effective = limit(screening.effective, leaf)
            assert stands.leaves[leaf].excluded == (effective is not None and effective.excluded)


def test_never_looser_than_what_is_known() -> None:
    for screening in anybody(150):
        stands = standing(screening, KNOWLEDGE)
        for leaf in LEAVES:
            known, effective = limit(screening.limits, leaf), limit(screening.effective, leaf)
            held = stands.leaves[leaf]
            if known is not None and not stands.closed:
                assert held.excluded >= known.excluded
                assert held.pressure <= known.pressure
                assert held.minutes <= known.minutes
                assert held.off >= set(known.techniques_off)
            if effective is not None:
                assert held.heat <= (effective.heat is not False)
                assert held.cold <= (effective.cold is not False)
            if not stands.gate and not stands.closed and effective is not None:
                assert (held.excluded, held.pressure) == (effective.excluded, effective.pressure)


def test_rows_cover_the_body_once_the_strictest_first() -> None:
    for screening in anybody(150):
        rows = plan(standing(screening, KNOWLEDGE), screening, KNOWLEDGE)
        assert sum(row.area for row in rows) == WHOLE
        levels = [-1 if row.level is None else row.level for row in rows]
        assert levels == sorted(levels)
        if len(rows) > 1:
            assert rows[-1].place == "Everywhere else"
        for row in rows:
            assert row.reasons or row.free
            assert row.limit.split()[-1].isalpha()  # a number never stands without its name


def test_rows_of_an_old_clot() -> None:
    rows = rows_of(old_clot())
    assert (rows[0].place, rows[0].limit) == ("Right leg, thigh to toes", "not today")
    assert rows[0].reasons == ("a blood clot in the past",)
    assert not rows[0].until_answered
    assert rows[1].until_answered
    assert (rows[-1].place, rows[-1].limit) == ("Everywhere else", "at most 2 heavy lotioning")
    assert "friction" in common_off(rows)


def test_a_body_without_limits_is_one_row() -> None:
    rows = rows_of(at_ease())
    assert [(row.place, row.limit, row.free) for row in rows] == [("The whole body", "no limit found", True)]


def rows_of(screening: Screening):
    return plan(standing(screening, KNOWLEDGE), screening, KNOWLEDGE)


def test_the_area_of_a_row_is_made_of_leaves() -> None:
    assert all(row.area & AREA["body"] == row.area for row in rows_of(old_clot()))


def test_what_holds_after_every_no_stands_with_what_waits() -> None:
    """The left foot waits for a look; it is numb, so after a "no" it is not free."""
    foot = next(row for row in rows_of(old_clot()) if row.area & AREA["foot.left.sole.heel"])
    assert foot.level is None
    assert foot.until_answered
    assert foot.then == limit(old_clot().limits, "foot.left.sole.heel").pressure
    assert foot.afterwards.startswith("then ")


def test_what_holds_after_every_no_is_what_is_known() -> None:
    for screening in anybody(100):
        for row in rows_of(screening):
            known = {
                found.pressure if (found := limit(screening.limits, leaf)) else 3
                for leaf in LEAVES if AREA[leaf] & row.area
            }  # fmt: skip
            if row.level is None and row.until_answered:
                assert known == {3 if row.then is None else row.then}
            else:
                assert row.then is None
