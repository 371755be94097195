"""The look at the skin: where to look, and what a finding means for the screening."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from afferent.body.regions import AREA, known
from afferent.knowledge import load
from afferent.records.answers import none_of, statements
from afferent.safety import Evidence, Screening, resolve, screen
from afferent.visit.events import Look
from afferent.visit.skin import checklist, facts, rescreening, tally

KNOWLEDGE = load()
AT = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
DAY = AT.date()


def told(**given: Any) -> list[Evidence]:
    """Everything asked today; nothing but this was so."""
    return [*statements(given, KNOWLEDGE, DAY), *none_of(list(KNOWLEDGE.groups), KNOWLEDGE, DAY, set(given))]


def numb_feet(**more: Any) -> list[Evidence]:
    return told(
        age_years=71, diabetes="yes", neuropathy="yes", neuropathy_examined="yes", foot_pulses="yes",
        numb=["foot.left", "foot.right"], **more,
    )  # fmt: skip


def after_looking(held: list[Evidence], *looks: Look) -> Screening:
    found = facts(looks, AT, held)
    return screen(resolve(rescreening(held, found), KNOWLEDGE, DAY), KNOWLEDGE)


def critical(screening: Screening) -> set[str]:
    return {one.fact for one in screening.questions if one.critical}


def fired(screening: Screening) -> set[str]:
    return {one.id for one in screening.rules if one.state == "fired"}


def test_both_feet_and_both_hands_are_looked_at_and_whatever_else_is_touched() -> None:
    spots = checklist(("shoulder.left", "foot.left", "back"))
    titles = [(one.side, one.title) for one in spots if one.side]
    assert titles == [
        (side, title) for side in ("left", "right")
        for title in ("top", "sole", "between the toes", "palm", "back", "between the fingers")
    ]  # fmt: skip
    assert [one.regions for one in spots if not one.side] == [("shoulder.left",), ("back",)]
    assert all(known(region) for one in spots for region in one.regions)


def test_the_checklist_fits_into_one_event() -> None:
    assert sum(len(one.regions) for one in checklist(("body",))) <= 60


def test_a_blister_that_was_not_felt_closes_that_foot_and_is_seen_today() -> None:
    screening = after_looking(numb_feet(), Look("foot.left.sole.heel", "blister", felt=False))
    assert screening.excluded == ("leg.left", "foot.left")
    assert screening.urgency == "same_day"
    assert {"DFU", "SKIN-OPEN"} <= fired(screening)


def test_a_hot_foot_ends_the_visit() -> None:
    screening = after_looking(numb_feet(), Look("foot.right.top", "hot"))
    assert screening.decision == "do_not_treat_refer"
    assert "CHARCOT-ACTIVE" in fired(screening)


def test_a_foot_swollen_on_one_side_ends_the_visit() -> None:
    assert after_looking(numb_feet(), Look("foot.left.top", "swollen")).decision == "do_not_treat_refer"


def test_feet_swollen_on_both_sides_are_asked_about_before_anything_goes_on() -> None:
    screening = after_looking(numb_feet(), Look("foot.left.top", "swollen"), Look("foot.right.sole", "swollen"))
    assert screening.ask_first
    assert {"foot_hot_swollen", "oedema_both"} <= critical(screening)
    assert all(one.excluded for one in screening.effective.values()), "nothing is touched meanwhile"


def test_a_leg_that_is_hot_on_one_side_is_taken_for_a_clot() -> None:
    assert "DVT-SUSPECT" in fired(after_looking(told(age_years=50), Look("leg.left.back", "hot")))


def test_red_skin_puts_the_questions_again_that_were_answered_with_no() -> None:
    held = numb_feet()
    assert not screen(resolve(held, KNOWLEDGE, DAY), KNOWLEDGE).ask_first
    screening = after_looking(held, Look("foot.left.sole.heel", "red"))
    assert screening.ask_first
    assert critical(screening) == {"foot_hot_swollen", "pressure_redness", "cellulitis"}


def test_callus_lowers_the_level_there() -> None:
    screening = after_looking(told(age_years=50), Look("foot.right.sole.ball", "callus"))
    here = [one.pressure for region, one in screening.effective.items() if AREA[region] & AREA["foot.right.sole.ball"]]
    assert min(here) == 1


@pytest.mark.parametrize("found", ["intact", "not_looked"])
def test_whole_skin_clears_nobody(found: str) -> None:
    looks = [Look(region, found) for region in ("foot.left", "foot.right", "hand.left")]
    assert facts(looks, AT) == []


def test_places_told_before_stay_beside_a_new_one() -> None:
    held = [*statements({"open_skin": ["hand.right"]}, KNOWLEDGE, DAY)]
    (one,) = facts([Look("foot.left.sole.heel", "open")], AT, held)
    assert one.value == ("hand.right", "foot.left.sole.heel")
    screening = after_looking(told(age_years=50, open_skin=["hand.right"]), Look("foot.left.sole.heel", "open"))
    assert set(screening.excluded) == {"hand.right", "foot.left"}


def test_a_place_that_was_never_named_stays_somewhere() -> None:
    held = told(age_years=50, open_skin="yes")
    screening = after_looking(held, Look("foot.left.sole.heel", "open"))
    assert screening.excluded == ("foot.left",)
    assert "open_skin" in critical(screening)


def test_a_red_place_where_redness_is_known_already_is_not_asked_away() -> None:
    held = [*statements({"pressure_redness": ["foot.left.sole.heel"]}, KNOWLEDGE, DAY)]
    assert "pressure_redness" not in {one.fact for one in facts([Look("foot.left.sole.heel", "red")], AT, held)}


def test_a_region_that_nobody_knows_is_open_skin_somewhere() -> None:
    screening = after_looking(told(age_years=50), Look("tail", "open"))
    assert "open_skin" in critical(screening)


def test_found_not_felt_is_counted_and_so_is_what_nobody_asked() -> None:
    looks = [
        Look("foot.left.sole", "blister", felt=False), Look("foot.right.sole", "red", felt=True),
        Look("hand.left.palm", "callus"), Look("hand.right.palm", "intact", felt=False),
    ]  # fmt: skip
    found = tally(looks)
    assert (found.found, found.not_felt, found.not_asked) == (3, 1, 1)


def test_what_is_stated_says_where_it_was_found() -> None:
    (one, *_) = facts([Look("foot.left.sole.heel", "open", felt=False)], AT)
    assert one.said == "open skin, left foot, sole, heel: found, not felt"
    assert (one.origin, one.date) == ("skin check", DAY)
