"""The limit for one source on one place: rules first, then caps, then sums; the strictest of all."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
import yaml

from afferent.errors import InputError
from afferent.knowledge import load
from afferent.physiology.heat.contact import COLD_FLOORS, MATERIALS, cold_floor, contact_celsius
from afferent.physiology.heat.kinetics import EPIDERMAL, LIMIT, SETS, injury
from afferent.physiology.heat.limit import ABSOLUTE_C, ThermalLimit, limit
from afferent.physiology.heat.pennes import Contact, skin, warm
from afferent.physiology.heat.source import HEAT_SOURCES, heat_source
from afferent.physiology.heat.tissue import SITES, layers, site_of
from afferent.records.read import read, read_bytes
from afferent.records.screened import screening
from afferent.safety import Screening

KNOWLEDGE = load()
EXAMPLES = Path(__file__).parents[3] / "examples"


def person(name: str) -> Screening:
    return screening(read(str(EXAMPLES / f"{name}.yaml"), as_of=None, knowledge=KNOWLEDGE), KNOWLEDGE)


def told(change: dict[str, object]) -> Screening:
    """Bao, with something told otherwise."""
    text = (EXAMPLES / "hands-at-ease.yaml").read_text("utf-8")
    case = yaml.safe_load(text)
    case["facts"] |= change
    read_in = read_bytes(json.dumps(case, default=str).encode(), name="case.json", as_of=None, knowledge=KNOWLEDGE)
    return screening(read_in, KNOWLEDGE)


BAO = person("hands-at-ease")  # feeling tested today and whole everywhere
RUTH = person("client")  # both feet and lower legs numb, an old clot


def asked(source: str, site: str, celsius: float | None, who: Screening | None = BAO, **more) -> ThermalLimit:
    return limit(heat_source(source), site, who, celsius, knowledge=KNOWLEDGE, **more)


def why(found: ThermalLimit) -> list[str]:
    return [one.rule for one in found.closed]


def test_where_feeling_is_whole_a_wrapped_pack_may_lie_ten_minutes_at_forty_degrees() -> None:
    found = asked("hot_pack", "back.left.upper", 40.0)
    assert (found.allowed, found.seconds, found.warmest) == (True, 600, 40)
    assert found.clocks[0].kind == "cap"
    assert found.conditions


def test_what_binds_is_the_shortest_of_all_clocks() -> None:
    clocks = asked("hot_pack", "back", 40.0).clocks
    assert {one.kind for one in clocks} == {"cap", "line", "kinetics"}
    assert [one.seconds for one in clocks] == sorted(one.seconds for one in clocks)


@pytest.mark.parametrize(
    ("celsius", "minutes"), [(37.001, 123), (38, 58), (39, 28), (40, 14), (41, 6.7), (42, 3.4), (43, 1.8)]
)
def test_a_tenth_of_the_safety_line_is_what_the_reference_says(celsius: float, minutes: float) -> None:
    line = next(one for one in asked("hot_pack", "back", float(celsius)).clocks if one.kind == "line")
    assert line.seconds / 60 == pytest.approx(minutes, abs=0.5 if minutes > 10 else 0.051)


@pytest.mark.parametrize("celsius", [40.01, 40.1, 41, 45, 60, 100])
def test_above_the_ceiling_nothing_is_open(celsius: float) -> None:
    found = asked("hot_pack", "back", celsius)
    assert (found.allowed, found.seconds) == (False, 0)
    assert why(found) == ["TOO-WARM"]


def test_a_foot_bath_has_a_lower_ceiling_and_is_for_feet() -> None:
    assert asked("footbath", "foot.left", 38.0).allowed
    assert why(asked("footbath", "foot.left.sole", 39.0)) == ["TOO-WARM"]
    assert why(asked("footbath", "back", 37.0)) == ["PLACE"]


def test_no_ceiling_can_rise_above_the_absolute_cap() -> None:
    assert all(one.max_c is None or one.max_c <= ABSOLUTE_C for one in KNOWLEDGE.ceilings.values())


def test_without_a_thermometer_there_is_none() -> None:
    found = asked("hot_pack", "back", None)
    assert not found.allowed
    assert why(found) == ["UNMEASURED"]
    assert found.warmest == 40


def test_about_nobody_nothing_is_open() -> None:
    found = asked("hot_pack", "back", 38.0, None)
    assert (found.allowed, found.until_answered, why(found)) == (False, True, ["NOBODY"])


@pytest.mark.parametrize("source", HEAT_SOURCES)
@pytest.mark.parametrize("site", ["foot.left.sole", "foot.right", "leg.left", "leg_whole.left", "body"])
def test_a_numb_place_gets_neither_heat_nor_cold(source: str, site: str) -> None:
    for celsius in (15.0, 20.0, 36.0, 38.0):
        found = asked(source, site, celsius, RUTH)
        assert (found.allowed, found.seconds) == (False, 0)
        assert "NUMB" in why(found)


def test_an_old_clot_bars_heat_everywhere() -> None:
    assert "HEAT-OFF" in why(asked("hot_pack", "back", 38.0, RUTH))


def test_a_closed_visit_has_no_heat() -> None:
    assert "VISIT" in why(asked("hot_pack", "back", 38.0, person("short-of-breath")))


def test_open_questions_hold_it_back_and_are_named() -> None:
    found = asked("hot_pack", "back", 38.0, person("first-visit"))
    assert (found.allowed, found.until_answered) == (False, True)
    assert {"numb", "open_skin"} <= set(found.ask)


def test_cold_has_a_floor_and_no_sums() -> None:
    found = asked("cold_pack", "shoulder.left", 15.0)
    assert (found.allowed, found.seconds, found.coldest) == (True, 600, 15)
    assert [one.kind for one in found.clocks] == ["cap"]
    assert why(asked("cold_pack", "shoulder.left", 14.99)) == ["TOO-COLD"]
    assert why(asked("ice", "shoulder.left", 0.0)) == ["TOO-COLD"]


@pytest.mark.parametrize(("source", "celsius"), [("hot_pack", -5.0), ("warm_towel", 2.0), ("hot_stone", 29.9)])
def test_a_warm_thing_that_is_cold_is_no_heat(source: str, celsius: float) -> None:
    assert why(asked(source, "hand.left", celsius)) == ["NOT-WARM"]


@pytest.mark.parametrize(("source", "celsius"), [("cool_water", 59.9), ("cold_pack", 50.0), ("ice", 30.0)])
def test_a_cold_thing_that_is_warm_is_no_cold(source: str, celsius: float) -> None:
    assert "NOT-COLD" in why(asked(source, "foot.left", celsius))


@pytest.mark.parametrize("source", ["moxa", "infrared", "paraffin"])
def test_what_no_reading_limits_is_never_used(source: str) -> None:
    assert "NEVER" in why(asked(source, "hand.left", 36.0))


@pytest.mark.parametrize("site", ["ankle.left", "foot.left.top", "foot.left.sole.heel"])
def test_a_bath_is_judged_on_all_that_it_wets(site: str) -> None:
    """Only the right foot is whole: whichever part of the left is named, the numb toe is in the water."""
    numb = told({"numb": ["foot.left.top.toe1"]})
    assert "NUMB" in why(asked("footbath", site, 37.0, numb))
    assert asked("footbath", site.replace("left", "right"), 37.0, numb).allowed


def test_who_cannot_raise_the_alarm_is_not_warmed() -> None:
    for fact in ("masking_medicine", "cannot_tell"):
        found = asked("hot_pack", "back.left", 38.0, told({fact: True}))
        assert "ALARM" in why(found)
        assert not found.until_answered
        assert not found.ask


def test_diabetes_or_pulses_that_nobody_asked_about_hold() -> None:
    assert asked("footbath", "foot.left", 37.0, told({"diabetes": "unknown"})).until_answered
    assert asked("hot_pack", "back.left", 38.0, told({"foot_pulses": "unknown"})).until_answered


def test_the_first_question_is_the_test_of_hot_and_cold_where_it_was_not_made() -> None:
    found = asked("hot_pack", "thigh.left", 38.0, told({"hot_cold_intact": ["back"]}))
    assert found.until_answered
    assert found.ask[0] == "hot_cold_intact"
    assert "anticoagulant_reason" not in found.ask


@pytest.mark.parametrize("site", ["head_neck.left.face", "head_neck.left.neck_front", "pelvis.left.groin", "body"])
def test_face_throat_groin_and_the_whole_body_are_left_out(site: str) -> None:
    assert why(asked("hot_pack", site, 38.0)) == ["PLACE"]


@pytest.mark.parametrize("flow", [0.0, 0.1, 1.0, 5.0, 15.0, 100.0])
def test_blood_flow_never_lengthens(flow: float) -> None:
    for celsius in (38.0, 40.0, 45.0):
        none, own = asked("hot_pack", "back", celsius), asked("hot_pack", "back", celsius, perfusion=flow)
        for before, after in zip(none.clocks, own.clocks, strict=True):
            assert after.seconds <= before.seconds


def test_a_thick_sole_never_lengthens() -> None:
    for celsius in (38.0, 41.0, 45.0, 50.0):
        thin, thick = (asked("hot_pack", site, celsius).clocks for site in ("back", "foot.left.sole.heel"))
        assert [one.seconds for one in thick] <= [one.seconds for one in thin]


@pytest.mark.parametrize(
    ("site", "celsius", "more"),
    [("foot.middle", 38.0, {}), ("back", math.nan, {}), ("back", 1e9, {}), ("back", -300.0, {}),
     ("back", 38.0, {"perfusion": -1.0}), ("back", 38.0, {"perfusion": math.nan}),
     ("back", 38.0, {"perfusion": math.inf}), ("back", 38.0, {"perfusion": 1e20})],
)  # fmt: skip
def test_nonsense_is_refused_in_a_sentence(site: str, celsius: float, more: dict[str, float]) -> None:
    with pytest.raises(InputError):
        asked("hot_pack", site, celsius, **more)


def test_an_unknown_source_names_those_there_are() -> None:
    with pytest.raises(InputError, match="footbath"):
        heat_source("kettle")


def test_every_source_names_a_ceiling_techniques_and_regions_that_exist() -> None:
    from afferent.body.regions import known

    for one in HEAT_SOURCES.values():
        assert one.ceiling in KNOWLEDGE.ceilings
        assert set(one.off_with) <= set(KNOWLEDGE.techniques)
        for entry in (*one.on, *one.spared, *one.reaches):
            assert all(known(region.replace(".S", ".left")) for region in entry.split())


def test_every_source_cited_exists() -> None:
    cited = {key for one in asked("hot_pack", "back", 38.0).clocks for key in one.sources}
    cited |= {one.source for one in MATERIALS.values()} | {one.source for one in SITES.values()}
    assert cited <= set(KNOWLEDGE.sources)


def test_t7_glass_at_ninety_degrees_on_skin() -> None:
    assert contact_celsius(MATERIALS["glass"], 90, MATERIALS["skin"], 33) == pytest.approx(64.5, abs=0.05)


def test_contact_is_a_mean_of_both() -> None:
    skin, stone = MATERIALS["skin"], MATERIALS["basalt"]
    assert contact_celsius(skin, 33, skin, 43) == pytest.approx(38)
    assert contact_celsius(stone, 45, skin, 33) == pytest.approx(contact_celsius(skin, 33, stone, 45))
    assert 39 < contact_celsius(stone, 45, skin, 33) < 45


@pytest.mark.parametrize(("celsius", "words"), [(16, ""), (15, "pain"), (8, "pain"), (7, "numbness"), (0, "frostbite")])
def test_what_a_finger_meets_in_the_cold(celsius: float, words: str) -> None:
    assert cold_floor(celsius) == words
    assert KNOWLEDGE.ceilings["cold"].min_c == COLD_FLOORS[-1][0]


def test_a_site_is_found_for_each_region() -> None:
    assert site_of("foot.left.sole.heel") == "sole"
    assert site_of("foot.left") == "standard"  # top and sole: the thinner counts
    assert site_of("hand.right.palm") == "palm"
    assert layers("sole")[0].mm == 0.597


def test_ten_minutes_at_the_ceiling_and_what_follows_stay_below_the_limiting_injury() -> None:
    """Skin stays warm after the thing is taken off; no limit counts that, so the ceiling must leave room for it."""
    on = skin([layers()], 0.0)
    under = warm(on, Contact(40.0), 600)
    after = warm(on, Contact(22.0, film=10.0), 3600, start=under.end)
    for name in EPIDERMAL:
        both = sum(injury(SETS[name], course.times, course.basal)[-1, 0] for course in (under, after))
        assert both < 0.6 * LIMIT
