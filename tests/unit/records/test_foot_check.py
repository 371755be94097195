"""The foot check: what is recorded, what it states, and that it can only tighten."""

from __future__ import annotations

import copy
import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from afferent.body.regions import AREA, LEAVES
from afferent.errors import InputError, KnowledgeError
from afferent.knowledge import load
from afferent.knowledge.expression import Compare, walk
from afferent.knowledge.loader import FOLDER
from afferent.knowledge.model import DECISION_RANK, URGENCY_RANK
from afferent.records import answers
from afferent.records.foot_check import FIELDS, Degrees, Filament, FootCheck, Toes, faults, from_form, read
from afferent.records.foot_results import differences, lost, one_sided
from afferent.records.foot_statements import statements
from afferent.records.intake import Intake
from afferent.records.screened import screening
from afferent.safety import Evidence, Screening
from afferent.safety.foot_category import category
from afferent.words.foot_check import category_words, found, warmth
from tests.unit.records.made import AS_OF, KNOWLEDGE, taken

SOMEBODY = {"date": str(AS_OF), "looked_by": "Sam Okafor"}
ALL_FELT = {
    "monofilament": {"big_toe": "felt", "metatarsal_1": "felt", "metatarsal_5": "felt"},
    "touch": {"toe_1": "felt", "toe_3": "felt", "toe_5": "felt"},
    "tuning_fork": "felt",
}
WELL = {**ALL_FELT, "pulses": "felt", "deformity": "no", "past_ulcer": "no", "amputation": "no"}


def check(left: dict[str, Any] | None = None, right: dict[str, Any] | None = None, **more: Any) -> FootCheck:
    return read({**SOMEBODY, **more, "left": left or {}, "right": right or {}}, "check", KNOWLEDGE)


def told(of: FootCheck, as_of: dt.date = AS_OF) -> dict[str, Any]:
    return {one.fact: one.value for one in statements(of, KNOWLEDGE, as_of)}


def person(of: FootCheck | None = None, **facts: Any) -> Screening:
    """The screening of somebody of whom these facts are known, and this check."""
    said: list[Evidence] = list(answers.statements({"age_years": 60, **facts}, KNOWLEDGE, AS_OF))
    said += statements(of, KNOWLEDGE, AS_OF) if of else ()
    return screening(Intake("alice", AS_OF, tuple(said)), KNOWLEDGE)


def fired(of: Screening) -> set[str]:
    return {one.id for one in of.rules if one.state == "fired"}


# Reading


def test_what_is_missing_is_not_tested() -> None:
    assert check() == FootCheck(date=AS_OF, looked_by="Sam Okafor")
    assert check().left.monofilament.big_toe == "not_tested"
    assert told(check()) == {}


def test_a_case_file_may_write_words_counts_and_plain_yes() -> None:
    found_ = check({"monofilament": {"big_toe": "2"}, "touch": {"toe_1": "Not felt"}, "deformity": True})
    assert found_.left.monofilament.big_toe == 2
    assert found_.left.touch.toe_1 == "not_felt"
    assert found_.left.deformity == "yes"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"looked_by": " "}, "check: looked_by: say who looked at the feet"),
        ({"date": "yesterday"}, "check: date: write the day like 2026-11-22, not 'yesterday'"),
        ({"left": "felt"}, "check: left: write what was found under it, for example left.monofilament.big_toe"),
        ({"left": {"monofilamnt": {"big_toe": "felt"}}}, "did you mean left.monofilament.big_toe"),
        (
            {"left": {"touch": {"toe_1": "a bit"}}},
            "left, touch, toe_1: write felt, not_felt or not_tested, not 'a bit'",
        ),
        ({"left": {"touch": {"toe_1": 2}}}, "left, touch, toe_1: write felt, not_felt or not_tested, not 2"),
        ({"left": {"monofilament": {"big_toe": 4}}}, "or how many of 3 answers were wrong (0 to 3), not 4"),
        ({"left": {"temperature": {"arch": 30}}}, "temperature_unit: choose °C (Cel) or °F ([degF])"),
        ({"left": {"temperature": {"arch": "warm"}}, "temperature_unit": "Cel"}, "degrees as a number such as 30.5"),
        ({"left": {"temperature": {"arch": 88}}, "temperature_unit": "Cel"}, "88 °C is not believable for skin"),
        ({"left": {"temperature": {"arch": 31}}, "temperature_unit": "[degF]"}, "31 °F is not believable for skin"),
        ({"left": {"temperature": {"arch": 31}}, "temperature_unit": "K"}, "write Cel or [degF], not 'K'"),
        ({"left": {"temperature": {"arch": float("nan")}}, "temperature_unit": "Cel"}, "degrees as a number"),
        ({"looked_by": "x" * 81}, "looked_by: write a name of at most 80 letters"),
        ({"left": {"pulses": "weak"}}, "left, pulses: write felt, not_felt or unknown, not 'weak'"),
    ],
    ids=str,
)
def test_a_fault_is_one_sentence_with_place_and_mend(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError) as refused:
        read({**SOMEBODY, **wrong}, "check", KNOWLEDGE)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_form_hears_of_every_fault_at_once() -> None:
    sent = {"left.temperature.arch": "88", "left.touch.toe_1": "maybe", "temperature_unit": "Cel", "csrf": "x"}
    assert set(faults(from_form(sent), KNOWLEDGE)) == {
        "date", "looked_by", "left.temperature.arch", "left.touch.toe_1",
    }  # fmt: skip


def test_a_form_reads_as_a_file_does() -> None:
    sent = {**SOMEBODY, "left.temperature.arch": " 31,5 ", "temperature_unit": "Cel", "left.tuning_fork": "",
            "right.monofilament.big_toe": "not_felt", "csrfmiddlewaretoken": "x"}  # fmt: skip
    written = check({"temperature": {"arch": 31.5}}, {"monofilament": {"big_toe": "not_felt"}}, temperature_unit="Cel")
    assert read(from_form(sent), "form", KNOWLEDGE) == written


sent_values = st.one_of(
    st.text(max_size=8), st.integers(), st.floats(), st.booleans(), st.none(), st.lists(st.text(max_size=2))
)


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from([*FIELDS, "left", "left.monofilament", "x"]), sent_values))
def test_whatever_is_sent_is_read_or_refused(sent: dict[str, Any]) -> None:
    try:
        assert isinstance(read(sent, "check", KNOWLEDGE), FootCheck)
    except InputError:
        assert faults(sent, KNOWLEDGE)


# What it states


def test_one_place_not_felt_makes_the_whole_foot_numb() -> None:
    """Clarification 20: an abnormal test, the whole foot. It is the side's own; the other is not known better."""
    of = check({"monofilament": {"big_toe": 2, "metatarsal_1": "felt"}})
    assert told(of) == {"monofilament_lost": ("left",)}
    seen = person(of, diabetes="no", foot_pulses="yes")
    assert "LOPS" in fired(seen)
    assert seen.numb == ("foot.left",)
    assert limit_at(seen, "foot.left.top.toe1")["pressure"] <= 2


def test_one_wrong_answer_of_three_is_felt() -> None:
    assert told(check({"monofilament": {"big_toe": 1}})) == {}
    assert lost(check({"monofilament": {"big_toe": 1}}), "monofilament", KNOWLEDGE) == ()
    assert told(check({"tuning_fork": 2})) == {"vibration_lost": ("left",)}


@pytest.mark.parametrize(
    ("left", "right", "sides"),
    [
        ({"toe_1": "not_felt"}, {}, None),  # one of six: neither lost nor normal
        ({"toe_1": "not_felt", "toe_3": "not_felt"}, {}, ("left",)),
        ({"toe_1": "not_felt"}, {"toe_5": "not_felt"}, ("left", "right")),  # two of six, one on each: both
        (dict.fromkeys(("toe_1", "toe_3", "toe_5"), "felt"), dict.fromkeys(("toe_1", "toe_3"), "felt"), None),
        (dict.fromkeys(("toe_1", "toe_3", "toe_5"), "felt"), dict.fromkeys(("toe_1", "toe_3", "toe_5"), "felt"), False),
    ],
    ids=str,
)
def test_the_ipswich_test_speaks_for_both_feet_together(left, right, sides) -> None:
    assert told(check({"touch": left}, {"touch": right})).get("touch_test_lost") == sides


def test_a_normal_test_never_says_not_numb() -> None:
    of = check(ALL_FELT, ALL_FELT)
    assert "numb" not in told(of)
    assert told(of) == {"monofilament_lost": False, "touch_test_lost": False, "vibration_lost": False}
    felt_numb = person(of, numb=["foot.left"], diabetes="no", foot_pulses="yes")
    assert felt_numb.numb == ("foot.left",)
    assert limit_at(felt_numb, "foot.left.sole.heel")["pressure"] <= 2
    assert "DATA-CONFLICT" not in fired(felt_numb)
    assert any(one.fact == "numb" and one.critical for one in person(of).questions)


def test_an_abnormal_test_of_the_feet_leaves_the_hands_to_be_asked() -> None:
    """To state `numb` would answer the question where feeling is lost. The hands were not tested."""
    before, after = person(), person(check({"monofilament": {"big_toe": "not_felt"}}))
    assert limit_at(after, "hand.left.palm.centre") == limit_at(before, "hand.left.palm.centre")
    assert any(one.fact == "numb" and one.critical for one in after.questions)


def test_a_normal_test_of_an_earlier_day_says_nothing_a_lost_one_stands() -> None:
    earlier = str(AS_OF - dt.timedelta(days=1))
    assert told(check(WELL, WELL, date=earlier)) == {}
    assert told(check({"tuning_fork": "not_felt"}, date=earlier)) == {"vibration_lost": ("left",)}
    assert told(check({"tuning_fork": "not_felt"}, date=str(AS_OF + dt.timedelta(days=1)))) == {}


def test_a_later_normal_test_does_not_lift_an_earlier_lost_one() -> None:
    earlier = check({"tuning_fork": "not_felt"}, date="2026-10-01")
    said = [*statements(earlier, KNOWLEDGE, AS_OF), *statements(check(WELL, WELL), KNOWLEDGE, AS_OF)]
    assert "LOPS" in fired(screening(Intake("alice", AS_OF, tuple(said)), KNOWLEDGE))


@pytest.mark.parametrize(
    ("left", "right", "unit", "stated"),
    [
        ({"arch": 31.0}, {"arch": 33.6}, "Cel", 2.6),
        ({"arch": 31.6}, {"arch": 33.6}, "Cel", None),  # exactly 2.0, and four places not measured
        ({"arch": 87}, {"arch": 91}, "[degF]", pytest.approx(2.222, abs=0.001)),
        ({"arch": 31.0}, {"heel": 36.0}, "Cel", None),  # nothing to compare
        (dict.fromkeys(Degrees.__struct_fields__, 30), dict.fromkeys(Degrees.__struct_fields__, 31), "Cel", 1.0),
    ],
    ids=str,
)
def test_how_much_warmer(left, right, unit, stated) -> None:
    of = check({"temperature": left}, {"temperature": right}, temperature_unit=unit)
    assert told(of).get("foot_warmer_c") == stated


def test_a_warmer_foot_stops_the_visit() -> None:
    of = check({"temperature": {"arch": 31.0, "heel": 30}}, {"temperature": {"arch": 33.6}}, temperature_unit="Cel")
    seen = person(of)
    assert "CHARCOT-ACTIVE" in fired(seen)
    assert seen.decision == "do_not_treat_refer"
    assert seen.urgency == "same_day"
    assert one_sided(of) == {"heel": "left"}
    said = " ".join(map(str, warmth(of, KNOWLEDGE)))
    assert "RIGHT foot 2.6 °C warmer at the arch: no massage; have it looked at today." in said
    assert "Heel: measured on the LEFT foot only." in said


def test_the_rule_and_the_test_have_one_threshold() -> None:
    meaning = KNOWLEDGE.meaning(KNOWLEDGE.rules["CHARCOT-ACTIVE"].when)
    compared = [one for one in walk(meaning) if isinstance(one, Compare) and one.fact == "foot_warmer_c"]
    assert [(one.operator, one.value) for one in compared] == [
        (">", KNOWLEDGE.foot_tests["skin_temperature"].threshold)
    ]


def test_pulses_deformity_ulcer_and_amputation_state_their_facts() -> None:
    of = check({"pulses": "not_felt", "deformity": "yes", "past_ulcer": "no"}, {"pulses": "felt", "past_ulcer": "no"})
    assert told(of) == {"foot_pulses": False, "foot_deformity": ("left",), "past_foot_ulcer": False}
    assert told(check({"pulses": "felt"})) == {}  # the other foot is not known
    gone = check({"amputation": "part_of_foot"}, {"amputation": "higher"})
    assert told(gone) == {"amputation": ("foot.left", "right")}
    assert "amputation" not in told(check(WELL, WELL))  # nobody looked at the arms


def test_the_places_of_the_form_are_those_of_the_knowledge() -> None:
    shapes = {"monofilament": Filament, "touch": Toes, "skin_temperature": Degrees}
    for name, shape in shapes.items():
        assert tuple(KNOWLEDGE.foot_tests[name].places) == shape.__struct_fields__


# The category


@pytest.mark.parametrize(
    ("facts", "left", "state", "number", "says"),
    [
        ({"diabetes": "no"}, {}, "no_diabetes", None, "speaks of diabetes only"),
        ({}, {}, "open", None, "whether there is diabetes"),
        ({"diabetes": "yes"}, {"tuning_fork": "not_felt"}, "at_least", 1, "foot pulses"),
        ({"diabetes": "yes"}, {"tuning_fork": "not_felt", "pulses": "not_felt"}, "at_least", 2, "a past ulcer"),
        ({"diabetes": "yes"}, {"tuning_fork": "not_felt", "past_ulcer": "yes"}, "known", 3, "category 3"),
        ({"diabetes": "yes"}, {"past_ulcer": "yes"}, "open", None, "the monofilament"),
    ],
    ids=str,
)
def test_the_foot_category_comes_from_the_rules(facts, left, state, number, says) -> None:
    seen = person(check(left), **facts)
    of = category(seen, KNOWLEDGE)
    assert (of.state, of.number) == (state, number)
    words = category_words(of)
    assert says in f"{words.sentence} {words.open}"
    assert set(of.rules) <= fired(seen)


def test_a_good_foot_is_category_0_only_with_everything_known() -> None:
    facts = {"diabetes": "yes", "numb": "no", "pad_diagnosed": "no", "walking_leg_pain": "no"}
    assert category(person(check(WELL, WELL), **facts), KNOWLEDGE).state == "known"
    assert category(person(check(WELL, {**WELL, "tuning_fork": "not_tested"}), **facts), KNOWLEDGE).state == "open"


def test_a_numb_hand_is_not_what_a_foot_category_rests_on() -> None:
    of = category(person(check({"tuning_fork": 3}), diabetes="yes", numb=["hand.left"]), KNOWLEDGE)
    assert [one.fact for one in of.rests_on] == ["diabetes", "vibration_lost"]
    assert "numb" not in of.unknown


# Laws

_CHOICES: dict[str, tuple[Any, ...]] = {
    "monofilament": ("felt", "not_felt", "not_tested", 0, 1, 2, 3), "touch": ("felt", "not_felt", "not_tested"),
    "tuning_fork": ("felt", "not_felt", "not_tested", 2), "temperature": (None, 30.0, 31.0, 32.5),
    "pulses": ("felt", "not_felt", "unknown"), "deformity": ("yes", "no", "unknown"),
    "past_ulcer": ("yes", "no", "unknown"), "amputation": ("no", "part_of_foot", "higher", "unknown"),
}  # fmt: skip
_BAD = {"monofilament": "not_felt", "touch": "not_felt", "tuning_fork": "not_felt", "pulses": "not_felt",
        "deformity": "yes", "past_ulcer": "yes"}  # fmt: skip
_GOOD = {"monofilament": "felt", "touch": "felt", "tuning_fork": "felt", "deformity": "no", "past_ulcer": "no"}
_LEAVES = [field for field in FIELDS if "." in field]
_NAMES = ("pad_diagnosed", "walking_leg_pain", "neuropathy", "past_foot_ulcer", "foot_deformity", "end_stage_kidney")
checks = st.fixed_dictionaries({field: st.sampled_from(_CHOICES[field.split(".")[1]]) for field in _LEAVES})
facts = st.fixed_dictionaries(
    {}, optional={"diabetes": st.sampled_from(["yes", "no"]),
                  "numb": st.sampled_from(["no", "yes", ["foot.left"], ["hand.right"]]),
                  "foot_pulses": st.sampled_from(["yes", "no"])}
    | {name: st.sampled_from(["yes", "no"]) for name in _NAMES},
)  # fmt: skip
SOME = settings(max_examples=min(1000, settings().max_examples // 3))


def limit_at(of: Screening, leaf: str, sheet: str = "effective") -> dict[str, Any]:
    """What holds in one leaf, as plain values."""
    for region, limit in getattr(of, sheet).items():
        if AREA[leaf] & AREA[region]:
            return {"pressure": limit.pressure, "excluded": limit.excluded, "minutes": limit.minutes,
                    "heat": bool(limit.heat), "cold": bool(limit.cold), "off": set(limit.techniques_off)}  # fmt: skip
    return {"pressure": 5, "excluded": False, "minutes": 60, "heat": True, "cold": True, "off": set()}


def no_looser(after: Screening, before: Screening) -> None:
    assert DECISION_RANK[after.decision] >= DECISION_RANK[before.decision]
    assert URGENCY_RANK[after.urgency] >= URGENCY_RANK[before.urgency]
    for leaf in LEAVES:
        if leaf.startswith(("foot", "leg", "thigh", "hand.left.palm")):
            was, now = limit_at(before, leaf), limit_at(after, leaf)
            assert now["pressure"] <= was["pressure"], leaf
            assert now["excluded"] >= was["excluded"], leaf
            assert now["minutes"] <= was["minutes"], leaf
            assert now["heat"] <= was["heat"], leaf
            assert now["cold"] <= was["cold"], leaf
            assert now["off"] >= was["off"], leaf


def of_fields(fields: dict[str, Any]) -> FootCheck:
    return read({**SOMEBODY, "temperature_unit": "Cel", **fields}, "check", KNOWLEDGE)


@SOME
@given(checks, facts, st.sampled_from([field for field in _LEAVES if field.split(".")[1] in _BAD]))
def test_a_further_abnormal_result_never_loosens_a_limit(fields, known, field: str) -> None:
    worse = {**fields, field: _BAD[field.split(".")[1]]}
    no_looser(person(of_fields(worse), **known), person(of_fields(fields), **known))


@SOME
@given(checks, facts, st.sampled_from(["left", "right"]), st.sampled_from(Degrees.__struct_fields__))
def test_a_warmer_place_never_loosens_a_limit(fields, known, side: str, place: str) -> None:
    other = {"left": "right", "right": "left"}[side]
    even = {**fields, f"{side}.temperature.{place}": 30.0, f"{other}.temperature.{place}": 30.0}
    apart = {**even, f"{side}.temperature.{place}": 32.5}
    no_looser(person(of_fields(apart), **known), person(of_fields(even), **known))
    assert differences(of_fields(apart))


@SOME
@given(checks, facts, st.sampled_from([field for field in _LEAVES if field.split(".")[1] in _GOOD]))
def test_felt_instead_of_not_tested_changes_nothing_that_is_known(fields, known, field: str) -> None:
    """It may only end what an open question held back."""
    part = field.split(".")[1]
    unknown = {**fields, field: "unknown" if part in ("deformity", "past_ulcer") else "not_tested"}
    before, after = (person(of_fields(one), **known) for one in (unknown, {**unknown, field: _GOOD[part]}))
    assert after.limits == before.limits
    assert after.decision == before.decision
    assert after.numb == before.numb
    assert fired(after) == fired(before)


@SOME
@given(checks, facts)
def test_no_check_at_all_is_never_stricter_in_what_is_known_than_one_that_only_found_things(fields, known) -> None:
    """Everything that is not abnormal made unknown: what is known stays as it is, but for the rules about ignorance."""
    bare = {field: value for field, value in fields.items() if value == _BAD.get(field.split(".")[1])}
    before, after = person(**known), person(of_fields(bare), **known)
    assert DECISION_RANK[after.decision] >= DECISION_RANK[before.decision]
    assert fired(before) - {"DATA-MISSING"} <= fired(after)


def test_what_a_check_says_in_words_names_both_sides() -> None:
    lines = [str(line) for line in found(check({"touch": {"toe_1": "not_felt"}}), KNOWLEDGE)]
    assert any(line.startswith("LEFT foot, ") and "neither lost nor normal" in line for line in lines)
    assert any(line.startswith("RIGHT foot, ") for line in lines)
    assert not any("you have" in line.lower() for line in lines)


# Case files and the knowledge itself


def test_a_case_file_may_hold_foot_checks() -> None:
    of = taken(
        "client: {id: alice, age: 62}\nas_of: 2026-11-22\nfoot_checks:\n"
        "  - {date: 2026-11-22, looked_by: Sam, left: {monofilament: {big_toe: not felt}}}\n",
        name="case.yaml",
        as_of=None,
    )
    assert [(one.fact, one.value, one.kind) for one in of.statements if one.fact != "age_years"] == [
        ("monofilament_lost", ("left",), "test")
    ]


def test_a_fault_in_a_case_file_names_its_line() -> None:
    with pytest.raises(InputError, match=r"case.yaml, line 3: left, touch, toe_1: write felt"):
        taken(
            "client: {age: 62}\nfoot_checks:\n  - {date: 2026-11-22, looked_by: Sam, left: {touch: {toe_1: 5}}}\n",
            name="case.yaml",
        )


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('sources = ["IWGDF-ADD"]', "sources = []", "tuning_fork: has no source"),
        ('sources = ["IWGDF-ADD"]', 'sources = ["IWGDF-NONE"]', "source 'IWGDF-NONE' does not exist"),
        (
            'strength = "N"\nours = "all of it',
            'ours = "all of it',
            "found_well: Object missing required field `strength`",
        ),
        ('fact = "vibration_lost"', 'fact = "vibration"', "fact 'vibration' is no finding"),
        ("foot.S.sole.heel", "foot.S.sole.heal", "region 'foot.S.sole.heal' does not exist"),
    ],
    ids=str,
)
def test_a_test_without_source_or_strength_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    text = (folder / "foot_tests.toml").read_text("utf-8")
    assert old in text
    (folder / "foot_tests.toml").write_text(text.replace(old, new), "utf-8")
    with pytest.raises(KnowledgeError) as refused:
        load(folder)
    assert says in str(refused.value)


def test_a_check_is_a_value() -> None:
    one = check(WELL, WELL)
    assert copy.deepcopy(one) == one
    assert replace(one, helper="her daughter").helper == "her daughter"
    assert statements(replace(one, helper="her daughter"), KNOWLEDGE, AS_OF) == statements(one, KNOWLEDGE, AS_OF)
