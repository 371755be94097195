"""Gates first, then a score whose reasons add up, then what is not known."""

from __future__ import annotations

import datetime as dt
import random
from fractions import Fraction

import pytest
from msgspec.structs import replace

from afferent.directory import Licence, Needs, match
from afferent.directory.grid import bands, cell, km
from afferent.directory.needs import from_screening, from_words
from afferent.directory.published import published
from afferent.errors import InputError
from afferent.knowledge import load
from afferent.records.answers import statements
from afferent.safety import resolve, screen
from tests.unit.directory.people import DAY, MINNEAPOLIS, SAINT_LOUIS, known, needs, therapist


def test_nothing_known_counts_half_and_says_so() -> None:
    found = match(needs(), [therapist("ann")]).matches[0]
    line = {one.line: one for one in found.lines}["neuropathy_training"]
    assert (line.tenths, line.of) == (60, 120)
    assert line.says.startswith("?")
    assert "training in neuropathy" in found.not_known


@pytest.mark.parametrize(
    ("standing", "value", "tenths"),
    [("verified", True, 60), ("declared", True, 30), ("verified", False, 0), ("declared", False, 0)],
)
def test_verified_counts_full_declared_half_and_no_is_nothing(standing, value, tenths) -> None:
    found = match(needs(), [therapist("ann", writes_to_care_team=known(value, standing))]).matches[0]
    assert {one.line: one.tenths for one in found.lines}["writes"] == tenths


def test_verified_and_self_declared_read_differently() -> None:
    says = [
        match(needs(), [therapist("ann", writes_to_care_team=known(True, standing))]).matches[0].reasons[0].says
        for standing in ("verified", "declared")
    ]
    assert says == [
        "writes to your care team (verified, 22 Nov 2026)",
        "writes to your care team (self-declared, 22 Nov 2026)",
    ]


def test_three_reasons_and_the_rest_make_the_score() -> None:
    one = match(needs(), [therapist("ann", neuropathy_hours=24, step_free=True, price=50, first_slot="2026-11-24")])
    found = one.matches[0]
    assert len(found.reasons) == 3
    assert sum(reason.tenths for reason in found.reasons) + found.rest == found.tenths
    assert sum(share.tenths for share in found.parts.values()) == found.tenths
    assert sum(share.of for share in found.parts.values()) == 1000


def test_equal_scores_go_to_the_soonest_time_then_by_id() -> None:
    late, soon = known("2026-11-28"), known("2026-11-26")
    found = match(needs(), [therapist("c"), therapist("b", first_slot=late), therapist("a", first_slot=soon)], shown=5)
    assert [one.id for one in found.matches] == ["a", "b", "c"]
    assert [one.id for one in match(needs(), [therapist("d"), therapist("c")]).matches] == ["c", "d"]


def test_where_a_licence_is_needed_none_named_is_a_gate_and_a_number_is_no_proof() -> None:
    number = (Licence("MO", "123"),)
    active = (Licence("MO", "123", "active", "verified", DAY, "board's page"),)
    there = [therapist(name, SAINT_LOUIS, of) for name, of in (("none", ()), ("number", number), ("active", active))]
    found = match(needs(SAINT_LOUIS), there)
    assert {one.id for one in found.matches} == {"number", "active"}
    by = {one.id: one for one in found.matches}
    assert by["number"].ask_first
    assert not by["active"].ask_first
    assert "nobody has looked whether it holds" in by["number"].licence
    assert found.refused[0].says == "no licence is named where one is needed"
    only = match(needs(SAINT_LOUIS, licence_checked=True), there)
    assert [one.id for one in only.matches] == ["active"]


@pytest.mark.parametrize("status", ["suspended", "revoked", "lapsed"])
def test_a_licence_that_does_not_hold_shuts_the_gate(status) -> None:
    one = therapist("ann", SAINT_LOUIS, (Licence("MO", "1", status),), neuropathy_hours=40)
    assert not match(needs(SAINT_LOUIS), [one]).matches


def test_where_none_is_needed_that_is_said() -> None:
    found = match(needs(), [therapist("ann")]).matches[0]
    assert found.licence == "Minnesota: the state does not license massage therapists; no licence is named"


def test_training_that_is_needed_must_be_said_by_somebody() -> None:
    those = [therapist("silent"), therapist("no", oncology_training=False), therapist("yes", oncology_training=True)]
    found = match(needs(training=("oncology",)), those)
    assert [one.id for one in found.matches] == ["yes"]
    assert {one.says for one in found.refused} == {
        "no training in oncology massage", "nobody has said whether there is training in oncology massage",
    }  # fmt: skip


def test_a_must_that_is_not_known_is_asked_and_one_that_is_not_met_is_a_gate() -> None:
    found = match(needs(must=("step_free",)), [therapist("silent"), therapist("steps", step_free=False)])
    assert [one.id for one in found.matches] == ["silent"]
    assert found.matches[0].ask_first == ("Is it step-free from the street to the table and to the toilet?",)


def test_gender_and_language_as_a_must() -> None:
    wanted = needs(must=("gender", "languages"), gender="female", language="Spanish")
    those = [
        therapist("a", gender="female", languages=("English", "spanish")),
        therapist("b", gender="male", languages=("Spanish",)),
        therapist("c", gender="female", languages=("English",)),
    ]
    assert [one.id for one in match(wanted, those).matches] == ["a"]


def test_further_than_one_can_travel() -> None:
    far = replace(MINNEAPOLIS, lat=MINNEAPOLIS.lat + 0.3)  # 33 km
    those = [therapist("far", far), therapist("far and visits", far, visits_home=True)]
    assert [one.id for one in match(needs(travel_km=20), those).matches] == ["far and visits"]
    assert len(match(needs(travel_km=40), those).matches) == 2
    home = match(needs(at_home=True), [therapist("no", visits_home=False, visits_hospital=False), therapist("silent")])
    assert [one.id for one in home.matches] == ["silent"]
    assert "Do they come to you?" in home.matches[0].ask_first


def test_nobody_is_said_plainly_with_what_else_there_is() -> None:
    found = match(needs(training=("lymphatic",)), [therapist("ann")])
    assert found.nobody == "We know of nobody suitable within 40 km of Minneapolis; 1 were looked at."
    assert any("lymphoedema clinic" in says for says in found.fallbacks)
    assert not any("cancer centre" in says for says in found.fallbacks)
    assert match(needs(), []).nobody == "We know of no massage therapist within 40 km of Minneapolis."


@pytest.mark.parametrize(
    ("given", "training"),
    [
        ({"platelets": "40 10*9/L"}, ("oncology",)),
        ({"platelets": "200 10*9/L"}, ()),
        ({"bone_metastasis": "yes"}, ("oncology",)),
        ({"radiation_date": "2019-05-01"}, ("oncology",)),
        ({"lymphoedema": "arm_whole.left"}, ("lymphatic",)),
        ({"nodes_removed": "left", "lymphoedema": "no"}, ()),
        ({"diabetes": "yes"}, ()),
    ],
)
def test_which_training_a_screening_asks_for(given, training) -> None:
    knowledge = load()
    screening = screen(resolve(statements(given, knowledge, DAY), knowledge, DAY), knowledge)
    assert from_screening(needs(), screening).training == training


def test_every_rule_and_source_named_in_the_tables_exists() -> None:
    knowledge = load()
    for training in published().training.values():
        assert set(training.rules) <= set(knowledge.rules)
        assert set(training.sources) <= set(knowledge.sources)
        assert set(training.facts) <= set(knowledge.facts)


def test_the_weights_are_those_published() -> None:
    points = dict.fromkeys(published().parts, 0)
    for line in published().lines.values():
        points[line.part] += line.points
    assert points == {"fit": 40, "reach": 25, "time": 15, "money": 10, "preference": 10}


def test_other_weights_change_the_score_by_the_same_rules() -> None:
    other = replace(published(), unknown=Fraction(0))
    assert match(needs(), [therapist("a")], tables=other).matches[0].tenths < match(
        needs(), [therapist("a")]
    ).matches[0].tenths  # fmt: skip


def test_words_of_the_five_questions() -> None:
    found = from_words(needs(), ["cancer", "at_home", "twice_a_week", "woman"])
    assert (found.training, found.must, found.per_week, found.gender) == (("oncology",), ("visits_home",), 2, "female")
    with pytest.raises(InputError, match="there is no 'cancr'"):
        from_words(needs(), ["cancr"])
    for question in published().questions.values():
        assert from_words(needs(), question.choices)


@pytest.mark.parametrize("fields", [{"must": ("magic",)}, {"training": ("x",)}, {"travel_km": 0}, {"per_week": 99}])
def test_needs_that_cannot_be_are_refused(fields) -> None:
    with pytest.raises(ValueError, match=next(iter(fields))):
        needs(**fields)
    with pytest.raises(ValueError, match="no such place"):
        Needs(lat=100, lon=0, as_of=DAY)


def test_the_bands_hold_everything_within_reach() -> None:
    chance = random.Random(4)
    for _ in range(3000):
        lat, lon = chance.uniform(-80, 80), chance.uniform(-180, 180)
        reach = chance.choice((1, 10, 60, 400))
        there, across = lat + chance.gauss(0, reach / 100), (lon + chance.gauss(0, reach / 50) + 180) % 360 - 180
        if abs(there) < 90 and km(lat, lon, there, across) <= reach:
            at = cell(there, across)
            assert any(low <= at <= high for low, high in bands(lat, lon, reach))


def test_a_free_time_that_is_over_is_not_known() -> None:
    over = match(needs(), [therapist("a", first_slot=str(DAY - dt.timedelta(1)))]).matches[0]
    assert "the first free time" in over.not_known
