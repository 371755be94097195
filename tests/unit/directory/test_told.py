"""What a match tells somebody who looks for help: nothing that is not so, and where little is known, that."""

from __future__ import annotations

import pytest

from afferent.directory import match
from afferent.directory.match import look
from afferent.directory.model import Spot
from afferent.directory.needs import from_words
from afferent.directory.published import published
from tests.unit.directory.people import known, needs, therapist

FURTHER = Spot("Northfield", "MN", "55057", 44.67, -93.24)  # 34 km from Minneapolis


@pytest.mark.parametrize("fact", ["visits_home", "visits_hospital"])
def test_who_is_too_far_away_but_visits_is_said_to(fact) -> None:
    (one,) = match(needs(travel_km=16), [therapist("a", FURTHER, **{fact: True})]).matches
    assert any("further than you can travel" in says for says in one.ask_first)
    (one,) = match(needs(travel_km=40), [therapist("a", FURTHER, **{fact: True})]).matches
    assert not one.ask_first


def test_little_known_is_told_where_nothing_is_known_of_training_nor_experience() -> None:
    those = [
        therapist("listed"), therapist("trained", oncology_training=True),
        therapist("kind", step_free=True, writes_to_care_team=known(True, "declared")),
        therapist("untrained", clinical_training=False),
    ]  # fmt: skip
    told = {one.id: one.untold for one in match(needs(), those, shown=9).matches}
    assert told == {"listed": True, "kind": True, "trained": False, "untrained": False}


def test_only_whose_training_or_experience_was_checked() -> None:
    wanted = from_words(needs(), ["training_seen"])
    those = [
        therapist("listed"), therapist("said", oncology_training=known(True, "declared")),
        therapist("seen", neuropathy_years=4), therapist("none", oncology_training=False),
    ]  # fmt: skip
    found = match(wanted, those, shown=9)
    assert [one.id for one in found.matches] == ["seen"]
    assert sum(one.count for one in found.refused) == 3
    assert {one.which for one in found.refused} == {"training"}


def test_a_day_of_training_that_has_not_come_is_not_fresh() -> None:
    sure = therapist("a", neuropathy_hours=16, neuropathy_year=2020)
    odd = therapist("b", neuropathy_hours=16, neuropathy_year=9999)
    lines = [{line.line: line.tenths for line in one.lines} for one in match(needs(), [sure, odd], shown=9).matches]
    assert lines[0]["neuropathy_training"] == lines[1]["neuropathy_training"]


def test_words_of_the_filter_stand_in_the_table() -> None:
    assert "training_seen" in published().questions["work"].choices
    assert look(therapist("a"), needs(training_checked=True), published()).gate.says
