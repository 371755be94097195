"""The body map: read strictly, stated faithfully, said back in words, compared with the last one."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afferent.body.heights import regions_up_to
from afferent.body.regions import AREA, REGIONS, area
from afferent.errors import InputError
from afferent.knowledge import load
from afferent.records.body_map import BodyMap, answered, body_map, choir_keys, statements
from afferent.records.map_words import changes, places, spoken
from afferent.safety.person import resolve
from afferent.safety.screen import screen

KNOWLEDGE = load()
DAY = dt.date(2026, 11, 5)
ZONES = st.dictionaries(st.sampled_from(REGIONS), st.none() | st.integers(0, 10), max_size=8)


@st.composite
def maps(draw) -> BodyMap:
    zones = {layer: draw(ZONES) for layer in draw(st.sets(st.sampled_from(list(KNOWLEDGE.layers))))}
    free = [layer for layer in KNOWLEDGE.layers if not zones.get(layer)]
    none = draw(st.sets(st.sampled_from(free))) if free else set()
    return body_map({"zones": zones, "none": sorted(none)}, KNOWLEDGE)


def marked(found: dict[str, list[str]], **more) -> BodyMap:
    return body_map({"zones": {layer: dict.fromkeys(zones) for layer, zones in found.items()}, **more}, KNOWLEDGE)


@given(maps())
def test_what_is_marked_is_what_is_stated(found: BodyMap) -> None:
    told = {one.fact: one for one in statements(found, KNOWLEDGE, DAY, "map", "said so")}
    for layer in KNOWLEDGE.layers.values():
        one = told.pop(layer.fact, None)
        if found.of(layer.id):
            assert isinstance(one.value, tuple)
            assert area(one.value) == found.area(layer.id)
        elif layer.id in found.none:
            assert one.value is False
        else:
            assert one is None
        assert one is None or (one.date, one.origin, one.said, one.kind) == (DAY, "map", "said so", "answer")
    assert not told


@given(maps())
def test_a_map_survives_being_written_and_read(found: BodyMap) -> None:
    written = {"zones": found.zones, "none": list(found.none), "unsure": list(found.unsure)}
    assert body_map(written, KNOWLEDGE) == found


@given(maps())
def test_every_answer_is_read_back_and_nothing_has_changed_from_itself(found: BodyMap) -> None:
    assert len(spoken(found, KNOWLEDGE)) == sum(found.is_answered(layer) for layer in KNOWLEDGE.layers)
    assert changes(found, found, KNOWLEDGE) == []


@given(maps(), maps())
def test_a_change_is_told_whenever_places_differ(before: BodyMap, after: BodyMap) -> None:
    told = changes(before, after, KNOWLEDGE)
    for layer in KNOWLEDGE.layers.values():
        same = before.area(layer.id) == after.area(layer.id) and (
            before.is_answered(layer.id) == after.is_answered(layer.id)
        )
        assert same or any(line.startswith(layer.title) for line in told)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ({"zones": {"nmb": {}}}, "no layer 'nmb'; did you mean numb?"),
        ({"zones": {"numb": {"foot.left.soul": 3}}}, "map, numb: there is no region 'foot.left.soul'; did you mean"),
        ({"zones": {"numb": {"foot.left": 11}}}, "map, numb, foot.left: write a whole number from 0 to 10, not 11"),
        ({"zones": {"numb": {"foot.left": -1}}}, "not -1"),
        ({"zones": {"numb": {"foot.left": True}}}, "not True"),
        ({"zones": {"numb": {"foot.left": "3"}}}, "not '3'"),
        ({"zones": {"numb": ["foot.left"]}}, "write {region: 0 to 10}"),
        ({"zones": ["numb"]}, "write zones as"),
        ({"zones": {"numb": {"foot.left": 3}}, "none": ["numb"]}, "take one of them away"),
        ({"none": "numb"}, "as a list of layers"),
        ({"none": [3]}, "no layer 3; there are numb, tingling"),
        ({"marks": {}}, "map: write {zones"),
    ],
)
def test_one_clear_sentence_for_each_fault(written, says) -> None:
    with pytest.raises(InputError, match=re.escape(says)):
        body_map(written, KNOWLEDGE)


def test_a_layer_answered_by_a_form() -> None:
    before = marked({"numb": ["foot.left"]}, none=["tingling"])
    after = answered(before, "tingling", ["hand.left"], {"hand.left": "7", "hand.right": "3"}, "unsure", KNOWLEDGE)
    assert after.of("tingling") == {"hand.left": 7}
    assert after.of("numb") == {"foot.left": None}
    assert (after.none, after.unsure) == ((), ())
    again = answered(after, "tingling", [], {}, "unsure", KNOWLEDGE)
    assert again.unsure == ("tingling",)
    assert not again.is_answered("tingling")
    assert answered(again, "tingling", [], {}, "none", KNOWLEDGE).none == ("tingling",)
    for zones, strengths, answer in (
        (["hand.left"], {}, "none"),
        (["hand.left"], {"hand.left": "12"}, ""),
        ([], {}, "no"),
    ):
        with pytest.raises(InputError):
            answered(before, "tingling", zones, strengths, answer, KNOWLEDGE)


def test_it_is_said_as_a_client_would() -> None:
    numb = [*regions_up_to("foot", "left", "mid_calf"), *regions_up_to("foot", "right", "mid_calf")]
    numb += regions_up_to("hand", "right", "fingertips")
    found = body_map(
        {"zones": {"numb": dict.fromkeys(numb), "burning": {"foot.left.sole.heel": 6}}, "none": ["weak"],
         "unsure": ["tight"]},
        KNOWLEDGE,
    )  # fmt: skip
    assert spoken(found, KNOWLEDGE) == [
        "Numb: both feet to mid-calf, right hand fingertips.",
        "Burning or pain: left foot, sole, heel (6 of 10).",
        "Weak: nowhere.",
        "Tight or cramping: not sure.",
    ]
    assert places(area(["foot.left", "ankle.left", "back.left.lower"])) == "left foot to the ankle, left lower back"


def test_changes_are_told_without_praise() -> None:
    before = body_map(
        {"zones": {"numb": {"foot.left": None}, "tingling": {"hand.left": 4}}, "none": ["weak"]}, KNOWLEDGE
    )
    after = body_map(
        {"zones": {"numb": {"ankle.right": None}, "tingling": {"hand.left": 7}}, "none": ["skin"]}, KNOWLEDGE
    )
    assert changes(before, after, KNOWLEDGE) == [
        "Numb, new: right ankle.",
        "Numb, no longer marked: left foot.",
        "Tingling, left hand: 7 of 10, last time 4.",
        "Weak: not answered this time; last time nowhere.",
        "Skin problem, for the first time: nowhere.",
    ]


def test_choir_keys_are_those_of_the_registry() -> None:
    """The extremity keys of users.md 5.2."""
    listed = {
        "forearm.right.front": "f15",
        "wrist.left.front": "f24",
        "hand.left.palm": "f28",
        "leg.right.front": "f31",
        "ankle.left.front": "f34",
        "foot.right.top": "f35",
        "forearm.left.back": "b17",
        "hand.right.back": "b30",
        "leg.left.back": "b33",
        "ankle.right.back": "b36",
        "foot.left.sole": "b37",
    }
    for region, key in listed.items():
        assert choir_keys(marked({"numb": [region]}), "numb") == key
    assert choir_keys(marked({"numb": ["foot.left.sole.toe1", "foot.right"]}), "numb") == "b37,b38,f35"
    assert choir_keys(marked({"numb": ["foot.left"]}), "skin") == ""


def test_a_marked_skin_problem_or_its_absence_answers_no_other_question() -> None:
    """What a client says on the map is no look at the skin: open skin and swollen limbs stay as unknown as before."""
    silent = open_questions(BodyMap())
    for found in (marked({"skin": ["foot.left"], "swelling": ["leg.left"]}), marked({}, none=["skin", "swelling"])):
        assert {one.fact for one in statements(found, KNOWLEDGE, DAY)} == {
            "skin_problem_places",
            "swollen_or_cold_places",
        }
        assert open_questions(found) == silent
    assert {"open_skin", "limb_swollen"} <= silent


def open_questions(found: BodyMap) -> set[str]:
    told = statements(found, KNOWLEDGE, DAY)
    return {one.fact for one in screen(resolve(told, KNOWLEDGE, DAY), KNOWLEDGE).questions}


def test_every_place_of_the_tree_can_be_said() -> None:
    for region in REGIONS:
        assert places(AREA[region])
