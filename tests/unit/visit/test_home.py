"""The home-touch card: light, short, and only where the limits allow it."""

from __future__ import annotations

from afferent.visit.home import MOST, home_card
from afferent.words.home import card_words
from tests.unit.words.made import KNOWLEDGE, at_ease, bare, screened, short_of_breath

ALL = tuple(KNOWLEDGE.groups)


def joan(**more: object):
    """Numb feet, everything asked."""
    return screened({"age_years": 71, "numb": ["foot.left", "foot.right"], "foot_pulses": "yes", **more}, ALL)


def regions(screening, wanted=None) -> list[str]:
    return [place.region for place in home_card(screening, wanted).places]


def text(screening) -> str:
    words = card_words(home_card(screening))
    return "\n".join([words.lead, *(line for part in words.parts for line in part.lines)])


def test_hands_arms_feet_and_lower_legs_never_above_level_one_and_five_minutes() -> None:
    card = home_card(at_ease())
    assert len(card.places) == 12
    assert {(place.level, place.minutes) for place in card.places} == {(1, 5)}
    assert {one.strength for one in MOST.values()} == {"N"}


def test_open_skin_takes_the_whole_foot_off_the_card() -> None:
    assert "foot.left" not in regions(joan(open_skin=["foot.left.sole.heel"]))
    assert "foot.right" in regions(joan(open_skin=["foot.left.sole.heel"]))


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
    assert regions(joan(), ("foot.left.sole",)) == ["foot.left"]
    assert home_card(joan(), ("back",)).because == "limits"


def test_on_a_numb_place_the_eyes_must_look_and_nothing_is_ever_warmed() -> None:
    words = text(joan())
    assert "Where it is numb, feeling is not a guide." in words
    assert "Numb: BOTH of your feet." in words
    assert "Ask your clinician first" in words
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
