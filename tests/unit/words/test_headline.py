"""The first sentence: decision, urgency, what to ask, what to leave alone – and never more than is known."""

from __future__ import annotations

import itertools

import pytest
from msgspec.structs import replace

from afferent.knowledge.model import DECISIONS, URGENCIES
from afferent.words.headline import banner, headline
from afferent.words.session import hands_on as minutes
from tests.unit.words.made import KNOWLEDGE, anybody, at_ease, bare, old_clot, short_of_breath


def test_a_bare_record_reads_neither_as_fine_nor_as_touch_nothing() -> None:
    said = banner(bare(), KNOWLEDGE)
    assert said.sentence.startswith("Ask these ")
    assert said.sentence.endswith(" things first.")
    assert said.second == "Nothing known forbids massage. Too little is known to begin."
    assert said.shape == "ask"
    for word in ("fine", "alone", "No massage", "not today"):
        assert word not in said.sentence


def test_groups_are_counted_not_single_questions() -> None:
    groups = {question.group for question in bare().questions if question.critical}
    assert len(groups) < sum(question.critical for question in bare().questions)
    assert headline(bare()) == f"Ask these {['six', 'seven', 'eight', 'nine'][len(groups) - 6]} things first."


def test_ask_then_work_but_leave_the_leg_alone() -> None:
    assert headline(old_clot()) == "Ask two things first. Then work, but leave the right leg alone today."


def test_single_questions_are_called_questions() -> None:
    screening = old_clot()
    one = tuple(question for question in screening.questions if question.fact == "limb_swollen")
    assert headline(replace(screening, questions=one)).startswith("Ask one question first.")


def test_a_stop_waits_for_no_question() -> None:
    screening = short_of_breath()
    assert screening.ask_first
    assert headline(screening) == "No massage today. Call the emergency number now."
    assert banner(screening, KNOWLEDGE).shape == "stop"


def test_nothing_found_is_said_plainly() -> None:
    said = banner(at_ease(), KNOWLEDGE)
    assert said.sentence == "Massage is fine today; no limit was found."
    assert said.shape == "ready"


@pytest.mark.parametrize(("decision", "urgency", "ask"), list(itertools.product(DECISIONS, URGENCIES, (True, False))))
def test_every_combination_has_its_sentence(decision, urgency, ask) -> None:
    closed = DECISIONS.index(decision) >= DECISIONS.index("clearance_first")
    excluded = ("body",) if closed else ("leg_whole.right",) if decision == "avoid_areas" else ()
    screening = replace(old_clot(), decision=decision, urgency=urgency, ask_first=ask, excluded=excluded)
    words = headline(screening)
    assert words.endswith(".")
    assert "{" not in words
    assert ("emergency number" in words) == (urgency == "emergency")
    assert words.startswith("Ask") or not ask or closed
    if closed:
        assert "Then work" not in words
        assert "fine" not in words


def test_nobody_is_told_fine_while_something_must_be_asked() -> None:
    for screening in anybody(200):
        words = headline(screening)
        assert "  " not in words
        assert not (screening.ask_first and "fine" in words)
        if screening.excluded == ("body",):
            assert "work" not in words
        for note in banner(screening, KNOWLEDGE).notes:
            assert all(note)


def hands_on(screening, visit="any") -> str | None:
    return dict(banner(screening, KNOWLEDGE, visit).notes).get("Hands-on")


def test_a_first_visit_is_short_and_a_later_one_no_longer_than_usual() -> None:
    assert hands_on(at_ease()) == "up to 60 minutes"
    assert hands_on(at_ease(), "first") == "up to 30 minutes: a first visit (our default)"
    assert hands_on(at_ease(), "later") == "up to 45 minutes: a later visit (our default)"


def test_a_limit_that_is_shorter_than_the_visit_counts() -> None:
    screening = at_ease()
    short = replace(screening, session=replace(screening.session, minutes=20))
    assert {hands_on(short, visit) for visit in ("any", "first", "later")} == {"20 minutes at most"}


@pytest.mark.parametrize("visit", ["any", "first", "later"])
def test_no_minutes_while_something_must_be_asked_first(visit) -> None:
    for screening in (bare(), old_clot()):
        assert screening.ask_first
        assert hands_on(screening, visit) is None


def test_which_visit_it_is_only_shortens() -> None:
    for screening in anybody(100):
        for visit in ("first", "later"):
            assert minutes(screening, KNOWLEDGE, visit) <= minutes(screening, KNOWLEDGE)
            assert minutes(screening, KNOWLEDGE, visit) <= screening.session.minutes
