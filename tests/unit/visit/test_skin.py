"""The look at the skin: where to look, and what a finding means for the screening."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args

import pytest

from afferent.body.regions import AREA, known
from afferent.knowledge import load
from afferent.records.answers import none_of, statements
from afferent.safety import Evidence, Screening, resolve, screen
from afferent.visit.events import Found, Look, decode
from afferent.visit.skin import HARMLESS, checklist, facts, rescreening, tally
from afferent.words.visit import FOUND

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


def test_a_bruise_or_red_dots_put_the_question_about_bleeding_again_before_anything_goes_on() -> None:
    screening = after_looking(numb_feet(), Look("thigh.left", "bruise"))
    assert screening.ask_first
    assert "bleeding_signs" in critical(screening)
    assert all(one.excluded for one in screening.effective.values())


def test_a_pale_or_blue_foot_ends_the_visit_and_is_seen_today() -> None:
    screening = after_looking(numb_feet(), Look("foot.left.top", "pale"))
    assert (screening.decision, screening.urgency) == ("do_not_treat_refer", "same_day")
    assert "CLTI" in fired(screening)


def test_a_pale_leg_is_asked_about() -> None:
    assert "cold_limb_sudden" in critical(after_looking(numb_feet(), Look("leg.left.front", "pale")))


def test_black_skin_ends_the_visit_and_is_seen_today() -> None:
    screening = after_looking(numb_feet(), Look("foot.right.sole.toe1", "black"))
    assert (screening.decision, screening.urgency) == ("do_not_treat_refer", "same_day")
    assert "SKIN-SEVERE" in fired(screening)


def test_wet_skin_between_the_toes_leaves_that_foot_alone() -> None:
    screening = after_looking(numb_feet(), Look("foot.left.top.web45", "wet"))
    assert "CONTAGIOUS-SKIN" in fired(screening)
    assert "foot.left" in screening.excluded


def test_every_finding_but_whole_skin_tells_the_rules_something() -> None:
    for found in get_args(Found):
        looks = [Look(region, found) for region in ("foot.left.top", "leg.left.front", "back")]
        assert bool(facts(looks, AT)) == (found not in HARMLESS), found


def test_every_finding_has_its_words() -> None:
    assert set(FOUND) == set(get_args(Found))


def test_a_visit_recorded_before_these_findings_still_reads() -> None:
    told = b'{"kind":"skin","id":"event-0001","at":"2026-11-24T09:00:00Z","when":"after",'
    told += b'"looks":[{"region":"back","found":"red"}]}'
    assert decode(told).looks == (Look("back", "red"),)  # type: ignore[union-attr]
