"""The home-touch card: light, short, and only where the limits allow it."""

from __future__ import annotations

import datetime as dt

import pytest

from afferent.safety.evidence import Clearance
from afferent.visit.home import BARRED, MOST, home_card
from afferent.visit.where import area_of as AREA_OF
from afferent.words.home import card_words
from tests.unit.words.made import KNOWLEDGE, at_ease, bare, screened, short_of_breath

ALL = tuple(KNOWLEDGE.groups)


def joan(**more: object):
    """Numb feet, everything asked."""
    return screened({"age_years": 71, "numb": ["foot.left", "foot.right"], "foot_pulses": "yes", **more}, ALL)


def regions(screening, wanted=None, **more: bool) -> list[str]:
    return [place.region for place in home_card(screening, wanted, **more).places]


def text(screening, **more: bool) -> str:
    words = card_words(home_card(screening, **more))
    return "\n".join([words.lead, *(line for part in words.parts for line in part.lines)])


def test_hands_arms_feet_and_lower_legs_never_above_level_one_and_five_minutes() -> None:
    card = home_card(at_ease())
    assert len(card.places) == 12
    assert {(place.level, place.minutes) for place in card.places} == {(1, 5)}
    assert {one.strength for one in MOST.values()} == {"N"}


def test_open_skin_takes_the_whole_foot_off_the_card() -> None:
    assert "foot.left" not in regions(joan(open_skin=["foot.left.sole.heel"]), numb_agreed=True)
    assert "foot.right" in regions(joan(open_skin=["foot.left.sole.heel"]), numb_agreed=True)


def test_where_light_touch_hurts_nothing_is_stroked() -> None:
    assert "hand.left" not in regions(joan(touch_hurts=["hand.left.palm"]))


def test_while_a_question_is_open_the_card_names_no_place() -> None:
    card = home_card(bare())
    assert (card.places, card.because) == ((), "ask_first")
    assert "A question is still open" in text(bare())


def test_a_closed_visit_closes_the_card() -> None:
    card = home_card(short_of_breath())
    assert (card.places, card.because) == ((), "closed")
    assert "Something must be looked at first" in text(short_of_breath())


def test_only_what_was_wanted_is_on_it() -> None:
    assert regions(joan(), ("foot.left.sole",), numb_agreed=True) == ["foot.left"]
    assert home_card(joan(), ("back",)).because == "limits"


def test_on_a_numb_place_the_eyes_must_look_and_nothing_is_ever_warmed() -> None:
    words = text(joan(), numb_agreed=True)
    assert "Where it is numb, feeling is not a guide." in words
    assert "Numb: BOTH of your feet." in words
    assert "No heat and no cold" in words
    assert "Numb" not in text(at_ease())


def test_it_says_when_to_stop_what_to_look_at_and_what_it_rests_on() -> None:
    words = card_words(home_card(joan()))
    assert [part.title for part in words.parts] == [
        "Where, and how long",
        "How",
        "Look, before and after",
        "Stop",
        "Never",
    ]
    assert "1 light lotioning: only enough to spread lotion." in text(joan())
    assert "our default" in text(joan())
    assert "does not repair nerves" in words.lead
    assert "heal" not in text(joan())


def test_what_is_left_alone_is_named() -> None:
    assert "Leave alone: the LEFT foot." in text(
        joan(open_skin=["foot.left.sole.heel"], neuropathy="no", diabetes="no")
    )


def test_a_numb_place_waits_for_a_clinicians_yes_and_the_card_says_so() -> None:
    card = home_card(joan())
    assert card.ask_numb == ("foot.left", "foot.right")
    assert not card.numb
    assert "BOTH of your feet: not yet. Where it is numb, feeling is not a guide; ask your clinician first" in text(
        joan()
    )
    assert home_card(joan(), ("foot.left",)).because == "numb"
    assert {"foot.left", "foot.right"} <= set(regions(joan(), numb_agreed=True))


def asked(**given: object):
    """Feeling everywhere, everything asked."""
    return screened({"age_years": 60, "foot_pulses": "yes", **given}, ALL)


LEGS = ("leg.left", "leg.right", "foot.left", "foot.right")


@pytest.mark.parametrize(
    ("rule", "given"),
    [
        ("VTE-HISTORY", {"clot_ever": "right", "clot_date": "2019-05"}),
        ("VTE-RISK", {"thrombophilia": "yes"}),
        ("PREGNANCY", {"age_years": 31, "pregnant": "yes", "pregnancy_danger": "no"}),
        ("PAD-CLAUD", {"pad_diagnosed": "yes"}),
    ],
)
def test_legs_stay_off_the_card_where_a_clot_poor_flow_or_pregnancy_is_known(rule: str, given: dict) -> None:
    screening = asked(**given)
    assert rule in {one.id for one in screening.rules if one.state == "fired"}
    assert not AREA_OF(LEGS) & home_card(screening, numb_agreed=True).area


def test_a_clinicians_answer_to_the_therapist_opens_nothing_at_home() -> None:
    day = dt.date(2026, 11, 20)
    yes = (Clearance(("VTE-HISTORY",), "Dr A", day, day + dt.timedelta(days=90), pressure={"leg_whole.right": 1}),)
    screening = screened(
        {"age_years": 60, "foot_pulses": "yes", "clot_ever": "right", "clot_date": "2019-05", "clot_left": "no"},
        ALL, clearances=yes,
    )  # fmt: skip
    assert "leg_whole.right" not in screening.excluded
    assert not AREA_OF(LEGS) & home_card(screening, numb_agreed=True).area


def test_the_arm_where_lymph_nodes_are_gone_stays_off_the_card() -> None:
    found = regions(asked(nodes_removed=["left"]))
    assert not {"hand.left", "forearm.left", "upper_arm.left"} & set(found)
    assert "hand.right" in found


def test_feet_of_a_high_risk_category_stay_off_the_card_even_after_a_yes() -> None:
    screening = joan(diabetes="yes", neuropathy="yes", foot_deformity=["foot.left"])
    assert "IWGDF-2" in {one.id for one in screening.rules if one.state == "fired"}
    assert not {"foot.left", "foot.right"} & set(regions(screening, numb_agreed=True))


def test_who_cannot_tell_gets_no_card() -> None:
    card = home_card(asked(cannot_tell="yes", helper_present="yes"), numb_agreed=True)
    assert (card.places, card.because) == ((), "limits")


def test_every_rule_that_bars_exists() -> None:
    assert {rule for one in BARRED for rule in one.rules} <= set(KNOWLEDGE.rules)


def test_a_whole_visit_that_only_an_answer_opened_opens_nothing_at_home() -> None:
    yes = (Clearance(("HF",), "Dr A", dt.date(2026, 11, 20), pressure={"body": 2}),)
    given = {"age_years": 70, "foot_pulses": "yes", "heart_failure": "yes", "systolic": "125", "diastolic": "75"}
    screening = screened(given, ALL, clearances=yes)
    assert [one.id for one in screening.rules if one.cleared] == ["HF"]
    assert screening.decision == "treat_adapted"
    assert home_card(screening, numb_agreed=True).because == "limits"
