"""Counting, levels, strength, dates, options and notes."""

from __future__ import annotations

import datetime as dt

import pytest

from afferent.words.dates import age, ago, day
from afferent.words.notes import HANDS_ONLY, advice, notes
from afferent.words.options import options
from afferent.words.standing import standing
from afferent.words.vocabulary import LEVELS, STRENGTH, at_most, counted, level, listed, lower_first, sentence
from tests.unit.words.made import KNOWLEDGE, anybody, at_ease, bare, old_clot, screened, short_of_breath

TODAY = dt.date(2026, 11, 22)


def test_a_level_is_a_number_and_a_name() -> None:
    assert [level(number) for number in range(6)] == [f"{n} {name}" for n, name in enumerate(LEVELS)]
    assert at_most(2) == "at most 2 heavy lotioning"
    assert at_most(0) == "only 0 holding"


def test_our_own_default_is_called_that() -> None:
    assert STRENGTH["N"] == "our default – no published source found"


@pytest.mark.parametrize(
    ("number", "words"), [(0, "no things"), (1, "one thing"), (12, "twelve things"), (13, "13 things")]
)
def test_numbers_up_to_twelve_are_words(number: int, words: str) -> None:
    assert counted(number, "thing") == words


def test_lists() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a, b", "c"], "or") == "a, b; or c"


def test_sentences() -> None:
    assert sentence("left alone") == "Left alone."
    assert sentence("is it?") == "Is it?"
    assert lower_first("INR too high") == "INR too high"
    assert lower_first("A blood clot") == "a blood clot"


def test_days() -> None:
    assert day(dt.date(2026, 11, 2)) == "2 Nov 2026"
    assert age(TODAY - dt.timedelta(days=30), TODAY) == ""
    assert age(TODAY - dt.timedelta(days=213), TODAY) == "7 months old"
    assert age(dt.date(2019, 5, 1), TODAY) == "7 years old"
    assert [ago(days) for days in (0, 1, 5, 21, 90, 800)] == [
        "today", "yesterday", "5 days ago", "3 weeks ago", "3 months ago", "2 years ago",
    ]  # fmt: skip


def offered(screening) -> list[str]:
    return [one.title for one in options(standing(screening, KNOWLEDGE), screening, KNOWLEDGE)]


def test_options_always_hold_not_today() -> None:
    for screening in anybody(150):
        assert "Not today" in offered(screening)
        assert 2 <= len(offered(screening)) <= 4


def test_a_closed_visit_offers_no_hands_on() -> None:
    assert offered(short_of_breath()) == ["Call the emergency number", "Not today"]


def test_working_elsewhere_and_the_physician_are_offered() -> None:
    assert offered(old_clot()) == ["Within the limits", "Work elsewhere", "Ask the physician", "Not today"]
    assert offered(bare()) == ["Ask, then decide", "Not today"]
    assert offered(at_ease()) == ["A usual session", "Not today"]


def noted(screening) -> list[str]:
    return [one.text for one in notes(standing(screening, KNOWLEDGE), screening, KNOWLEDGE)]


def test_untested_feeling_means_no_heat_and_no_cold() -> None:
    assert noted(bare())[0] == "No heat, no cold"


def test_numb_places_are_named() -> None:
    assert "Where numb, feeling is not a guide: both lower legs and feet" in noted(old_clot())


def test_warmth_carries_its_ceiling() -> None:
    assert noted(at_ease())[0] == "Warmth up to 40 °C for 10 minutes, cold down to 15 °C for 10 minutes"


def test_diabetes_alone_is_never_called_good_feeling_and_good_flow() -> None:
    """Foot category 0 is said of feet that were tested; of the rest only that it is the least."""
    given = dict(advice(screened({"diabetes": "yes"})))
    assert "0 at least" in next(title for title in given if title.startswith("Foot risk category"))
    text = given["Foot risk category: 0 at least"]
    assert "only if feeling and blood flow of both feet are known to be good" in text
    assert "Until both are known, it may be higher." in text


def test_a_closed_visit_advises_nothing_that_only_hands_could_do() -> None:
    screening = screened({"fever_symptoms": "yes", "numb": ["foot.left"], "diabetes": "yes", "chemo_date": "no"})
    open_, closed = dict(advice(screening)), dict(advice(screening, closed=True))
    assert standing(screening, KNOWLEDGE).closed
    assert {"Feet are washed, not soaked", "Points: light and short"} <= set(open_)
    assert not {"Feet are washed, not soaked", "Points: light and short", "Test before any heat"} & set(closed)
    assert set(closed) < set(open_)
    assert "Stop, note the time, do not resume" in closed


def test_what_a_closed_visit_leaves_out_is_advice_that_exists_and_calls_nobody() -> None:
    assert set(KNOWLEDGE.advice) >= HANDS_ONLY
    assert not any(word in one for one in HANDS_ONLY for word in ("call", "tell", "medical", "emergency", "ask_"))
    assert not {"watch_for_clot", "watch_spinal_cord", "watch_red_hot_limb", "stop_and_log", "give_sugar"} & HANDS_ONLY
