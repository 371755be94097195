"""Where an outline crosses a limit: each kind once, with whose limit it is and whether a reason opens it."""

from __future__ import annotations

import pytest
from msgspec import structs

from afferent.outline import faults
from afferent.outline.model import Outline, Step, Wish
from tests.unit.outline.made import (
    BEGIN,
    KNOWLEDGE,
    LATER,
    cleared,
    held_still,
    kinds,
    numb_feet,
    only,
    outline,
    screened,
    step,
    turned_off,
)


def found(one: Outline, screening=None, wish: Wish = LATER):
    return faults(one, screening or screened(), KNOWLEDGE, wish)


def test_a_sound_outline_has_none() -> None:
    assert found(outline(step("foot.left", level=2, minutes=8)), numb_feet()) == ()


def test_not_today_has_none_and_no_steps() -> None:
    assert found(Outline("not_today")) == ()
    assert only(found(Outline("not_today", (BEGIN,)))).crosses == "unknown"
    assert only(found(Outline("elsewhere"))).crosses == "unknown"


def test_a_closed_visit_has_one_fault_that_nothing_opens() -> None:
    fault = only(found(outline(), screened(breathless_or_chest_pain=True)))
    assert (fault.crosses, fault.rules) == ("closed", ("PE-SUSPECT",))
    assert fault.never


def test_a_place_left_alone_is_never_opened() -> None:
    fault = only(found(outline(step("foot.left", work="holding", level=0)), screened(touch_hurts=("foot.left",))))
    assert (fault.crosses, fault.step, fault.rules) == ("excluded", 1, ("ALLODYNIA",))
    assert fault.says == "Left foot: left alone today (A place where light touch hurts)."
    assert fault.never


def test_a_whole_leg_with_one_place_left_alone_is_stopped_at_that_place() -> None:
    leg = outline(step("leg.left.front", "leg.left.back", "thigh.left", minutes=2))
    assert only(found(leg, screened(touch_hurts=("leg.left.front",)))).says.startswith("Left shin: left alone")


def test_harder_than_the_cap_of_two_antiplatelet_drugs_takes_a_reason() -> None:
    hard = step("thigh.left", work="petrissage", level=3)
    fault = only(found(outline(hard), screened(antiplatelet=True, antiplatelet_two=True)))
    assert (fault.crosses, fault.rules) == ("pressure", ("ANTIPLATELET",))
    assert "3 medium is above 2 heavy lotioning" in fault.says
    assert not fault.never


@pytest.mark.parametrize(
    "given",
    [
        {"anticoagulant": True, "anticoagulant_reason": "rhythm"},
        {"platelets": 80.0, "chemo_recent": True},
        {"osteoporosis": True, "vertebral_fracture": True},
        {"nodes_removed": ("arm_whole.left",)},
        {"cannot_tell": True, "helper_present": True},
        {"pregnant": True},
    ],
)  # fmt: skip
@pytest.mark.parametrize("level", [3, 4, 5])
def test_what_a_clinician_answers_or_nothing_lifts_is_not_opened_by_a_wish(given, level) -> None:
    """A client who asks for it opens no level that a clinician has not named."""
    here = screened(**given)
    hard = outline(step("thigh.left", "upper_arm.left", "back.left.lower", work="petrissage", level=level))
    pressed = [one for one in found(hard, here) if one.crosses == "pressure"]
    assert pressed, "it is above a cap"
    assert all(one.never for one in pressed)


def test_nothing_opens_more_than_the_library_has() -> None:
    for level in (4, 5):
        fault = next(one for one in found(outline(step("thigh.left", work="petrissage", level=level))))
        assert fault.crosses == "pressure"
        assert fault.never


def test_harder_on_a_numb_place_is_opened_by_nothing() -> None:
    """A reason would rest on what the client feels there, and there they feel nothing."""
    fault = only(found(outline(step("foot.left", work="petrissage", level=3)), numb_feet()))
    assert fault.crosses == "pressure"
    assert "LOPS" in fault.rules
    assert "nobody could say that it is too much" in fault.says
    assert fault.never


def test_anything_but_a_still_hand_at_level_nought_is_opened_by_nothing() -> None:
    assert found(Outline("still", (step("back", work="holding", level=0),)), held_still()) == ()
    stroked = found(Outline("still", (step("back", level=1),)), held_still())
    assert [one.never for one in stroked if one.crosses == "pressure"] == [True]


def test_level_nought_is_opened_by_nothing_whoever_set_it() -> None:
    shut = turned_off(screened(), "thigh.left", pressure=0)
    assert only(found(outline(step("thigh.left")), shut)).never


def test_a_stroke_called_level_nought_is_still_a_stroke() -> None:
    stroked = found(Outline("still", (step("back", level=0),)), held_still())
    assert [one.never for one in stroked if one.crosses == "pressure"] == [True]


def test_kneading_is_never_as_light_as_lotioning() -> None:
    light = outline(step("foot.left", work="petrissage", level=1))
    fault = only(found(light, numb_feet(past_foot_ulcer=True)))
    assert fault.crosses == "pressure"
    assert "2 heavy lotioning is above 1 light lotioning" in fault.says


def test_beyond_what_a_clinician_named_is_opened_by_nothing() -> None:
    team = screened(crps=("arm_whole.left",), clearances=(cleared("CRPS", **{"arm_whole.left": 1}),))
    assert found(outline(step("forearm.left", level=1)), team) == ()
    fault = only(found(outline(step("forearm.left", level=2)), team))
    assert (fault.crosses, fault.never) == ("pressure", True)
    assert "CRPS" in fault.rules


def test_what_an_open_question_holds_back_is_asked_and_not_reasoned_about() -> None:
    unasked = screened(unasked=("clot_ever",))
    fault = found(outline(step("foot.left")), unasked)[0]
    assert fault.never
    assert "until a question is answered" in fault.says


def test_a_level_that_only_an_open_question_holds_back_is_opened_by_the_answer() -> None:
    """Nobody asked about blood thinners. A reason does not answer that; the answer does."""
    knead = outline(step("thigh.left", work="petrissage", level=3))
    fault = only(found(knead, screened(unasked=("anticoagulant",))))
    assert (fault.crosses, fault.rules, fault.never) == ("pressure", ("ANTICOAG",), True)
    assert "holds until a question is answered" in fault.says
    assert found(knead, screened(anticoagulant=False)) == ()


def test_a_technique_that_is_off_takes_no_reason() -> None:
    off = turned_off(screened(), "thigh.left", "petrissage")
    fault = only(found(outline(step("thigh.left", work="petrissage", level=2)), off))
    assert (fault.crosses, fault.rules) == ("technique", ("VTE-RISK",))
    assert fault.says.startswith("Left thigh: no petrissage today (")
    assert fault.never


def test_a_technique_that_a_rule_only_advises_against_takes_a_reason() -> None:
    by = ("CHEMO-CURRENT",)
    held = structs.replace(turned_off(screened(), "thigh.left", "petrissage").limits["thigh.left"], because=by)
    off = structs.replace(screened(), effective={"thigh.left": held}, limits={"thigh.left": held})
    fault = only(found(outline(step("thigh.left", work="petrissage", level=2)), off))
    assert (fault.crosses, fault.rules, fault.never) == ("technique", by, False)


def test_strong_pressure_is_deep_work() -> None:
    strong = step("thigh.left", work="petrissage", level=4)
    off = turned_off(screened(), "thigh.left", "deep")
    assert {"technique", "pressure"} == kinds(found(outline(strong), off))


def test_the_library_itself_is_a_limit() -> None:
    """Nobody kneads a face; what is not in the library cannot be done at all."""
    assert only(found(outline(step("head_neck.left.face", work="petrissage", level=2)))).crosses == "technique"
    gone = only(found(outline(step("thigh.left", work="friction"))))
    assert gone.crosses == "unknown"
    assert gone.never


def test_a_calf_stretch_moves_the_foot_and_asks_there_too() -> None:
    stretch = outline(step("leg.left.back", work="calf_stretch", minutes=3))
    assert found(stretch) == ()
    assert "excluded" in kinds(found(stretch, screened(touch_hurts=("foot.left",))))
    assert found(stretch, screened(touch_hurts=("foot.right",))) == ()
    assert kinds(found(stretch, turned_off(screened(), "foot.left", "stretch"))) == {"technique"}


def test_a_point_on_a_numb_foot_is_opened_by_nothing() -> None:
    press = outline(step("foot.left.top.instep", work="acupressure", points=("LR3",)))
    assert found(press) == ()
    numb = found(press, numb_feet())
    assert kinds(numb) == {"technique"}
    assert all(one.never for one in numb)


def test_a_point_left_out_in_pregnancy_waits_for_the_maternity_clinician() -> None:
    press = outline(step("hand.left.back.thumb_side", work="acupressure", points=("LI4",)))
    fault = only(found(press, screened(pregnant=True)))
    assert (fault.crosses, fault.rules, fault.never) == ("technique", ("ACUPOINT-PREG",), True)


def test_after_a_clot_reflexology_of_the_other_foot_names_the_clot() -> None:
    press = outline(step("foot.right.sole.arch", work="foot_reflexology", points=("foot_arch",)))
    assert found(press) == ()
    fault = only(found(press, screened(clot_ever=("leg_whole.left",))))
    assert (fault.crosses, fault.rules) == ("technique", ("VTE-HISTORY",))


def test_a_zone_left_out_in_pregnancy_says_that_it_is_tradition() -> None:
    place = ("foot.left.top.inner_side", "foot.left.top.outer_side", "ankle.left.front")
    press = outline(step(*place, work="foot_reflexology", points=("foot_below_ankle",)))
    told = [one for one in found(press, screened(pregnant=True)) if "traditional precaution" in one.says]
    assert [one.rules for one in told] == [("PREGNANCY",)]


def test_a_point_is_where_it_is_and_not_where_the_step_says() -> None:
    """Pressed on the back, says the step; the point lies on the foot, which is left alone."""
    press = outline(step("back.left.lower", work="acupressure", points=("KI1",)))
    assert "excluded" in kinds(found(press, screened(touch_hurts=("foot.left", "foot.right"))))


def test_a_point_that_is_light_is_light() -> None:
    press = step("ankle.left.back", work="acupressure", level=2, points=("KI3",))
    assert "the most on KI3 Taixi" in only(found(outline(press))).says


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"regions": ("tail",)}, "There is no region 'tail'."),
        ({"regions": ()}, "A step needs a place."),
        ({"level": 6}, "6 is no pressure level"),
        ({"level": -1}, "-1 is no pressure level"),
        ({"minutes": 0}, "0 minutes cannot be."),
        ({"minutes": -5}, "-5 minutes cannot be."),
        ({"minutes": 10**9}, "1000000000 minutes cannot be."),
        ({"work": "hot_stones"}, "'hot_stones' is not in the technique library."),
        ({"points": ("KI1",)}, "'KI1' is no point or zone for slow effleurage."),
        ({"work": "acupressure"}, "Acupressure needs a point or a zone."),
        ({"work": "acupressure", "points": ("foot_arch",)}, "'foot_arch' is no point or zone for acupressure."),
        ({"work": "hand_reflexology", "points": ("foot_arch",)}, "'foot_arch' is no point or zone for hand"),
        ({"source": "hot_pack"}, "Slow effleurage neither warms nor cools."),
    ],
)  # fmt: skip
def test_what_does_not_exist_cannot_be_done(changed, says: str) -> None:
    wrong = [one for one in found(outline(structs.replace(step("thigh.left"), **changed))) if one.crosses == "unknown"]
    assert any(one.says.startswith(says) for one in wrong)
    assert all(one.never for one in wrong)


def test_minutes_on_one_place_add_up() -> None:
    twice = outline(step("foot.left", minutes=6), step("foot.left", "foot.right", minutes=6))
    fault = only(found(twice, numb_feet()))
    assert (fault.crosses, fault.step, fault.rules) == ("minutes", 2, ("LOPS",))
    assert fault.says == "Left foot: 12 minutes; 10 are the most today (A numb place)."
    assert not fault.never


def test_affected_places_are_worked_briefly_though_no_rule_says_so() -> None:
    wish = Wish(minutes=60, first=False, affected=("hand.left",))
    fault = only(found(outline(step("hand.left", minutes=11)), None, wish))
    assert "10 are the most where nerves are affected" in fault.says


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (Wish(minutes=30, first=False), "what is booked"),
        (Wish(minutes=60, first=True), "a first visit is short"),
        (Wish(minutes=60, first=False, shorter=10), "shorter than last time"),
    ],
)
def test_a_visit_that_is_too_long_takes_a_reason(wish: Wish, why: str) -> None:
    fault = only(found(outline(step("thigh.left", minutes=20), step("back.left.lower", minutes=20)), None, wish))
    assert (fault.crosses, fault.step) == ("visit_minutes", None)
    assert why in fault.says
    assert not fault.never


def test_a_visit_that_a_rule_keeps_short_names_the_rule() -> None:
    kept = screened(autonomic_neuropathy=True)
    assert kept.session.minutes == 45
    long = outline(*(step(region, minutes=15) for region in ("thigh.left", "back.left.lower", "arm.left")))
    fault = next(one for one in found(long, kept) if one.crosses == "visit_minutes")
    assert fault.rules == ("AUTONOMIC-OH",)


@pytest.mark.parametrize(
    "first",
    [
        step("thigh.left", work="petrissage", level=2),
        step("foot.left", level=1),
        step("shoulder.left", level=1, work="approximation"),
    ],
)
def test_a_visit_begins_lightly_on_intact_skin(first: Step) -> None:
    begun = found(Outline("with_affected", (first,)), screened(numb=("foot.left",)))
    assert [one.step for one in begun if one.crosses == "start"] == [0]


def test_a_bad_day_after_the_last_visit_is_a_limit_that_takes_a_reason() -> None:
    wish = Wish(minutes=60, first=False, gentler=1)
    fault = only(found(outline(step("thigh.left", work="petrissage", level=3)), None, wish))
    assert "the most after the last visit" in fault.says
    assert not fault.never


WARM = Wish(minutes=60, first=False, warmth=True)
TOWEL = Step(("back.left.lower",), "warm_towel", 0, 5, source="warm_towel", celsius=40.0)


def test_warmth_is_open_where_hot_and_cold_were_told_apart() -> None:
    assert found(outline(TOWEL), screened(hot_cold_intact=("body",)), WARM) == ()


@pytest.mark.parametrize(
    ("changed", "given", "wish"),
    [
        ({}, {}, WARM),  # nobody tested hot and cold
        ({}, {"hot_cold_intact": ("body",)}, LATER),  # the client has not agreed
        ({"celsius": 41.0}, {"hot_cold_intact": ("body",)}, WARM),
        ({"celsius": None}, {"hot_cold_intact": ("body",)}, WARM),
        ({"celsius": 1e9}, {"hot_cold_intact": ("body",)}, WARM),
        ({"celsius": float("nan")}, {"hot_cold_intact": ("body",)}, WARM),
        ({"minutes": 11}, {"hot_cold_intact": ("body",)}, WARM),
        ({"source": "cold_pack"}, {"hot_cold_intact": ("body",)}, WARM),
        ({"source": ""}, {"hot_cold_intact": ("body",)}, WARM),
        ({}, {"hot_cold_intact": ("body",), "numb": ("back.left.lower",)}, WARM),
    ],
)
def test_warmth_beyond_its_bounds_is_opened_by_nothing(changed, given, wish: Wish) -> None:
    warm = found(outline(structs.replace(TOWEL, **changed)), screened(**given), wish)
    assert "warmth" in kinds(warm)
    assert all(one.never for one in warm if one.crosses == "warmth")


def test_a_place_is_warmed_once() -> None:
    fault = only(found(outline(TOWEL, TOWEL), screened(hot_cold_intact=("body",)), WARM))
    assert "once in a visit" in fault.says


def test_what_nothing_opens_comes_first() -> None:
    both = outline(step("thigh.left", work="approximation", level=2), step("foot.left"))
    assert [one.never for one in found(both, screened(touch_hurts=("foot.left",)))] == [True, False]


BONE = {
    "bone_metastasis": True,
    "bone_metastasis_site": ("leg_whole.left",),
    "bone_metastasis_all_known": True,
    "cancer_active": True,
}


@pytest.mark.parametrize(
    ("given", "rule", "work", "place"),
    [
        (BONE, "BONE-METS", "calf_stretch", "leg.left.back"),
        (BONE, "BONE-METS", "approximation", "thigh.left.front"),
        ({"oedema_both": True}, "OEDEMA-UNEXPL", "effleurage", "leg.left.front"),
    ],
)
def test_a_technique_that_a_rule_has_off_is_opened_by_no_wish_of_the_client(given, rule, work, place) -> None:
    """A clinician named a level there. It opened that level, and not what the rule leaves out."""
    team = screened(clearances=(cleared(rule, **{"leg_whole.left": 1, "leg_whole.right": 1}),), **given)
    off = [one for one in found(outline(step(place, work=work, level=1)), team) if rule in one.rules]
    assert off
    assert all(one.never for one in off)


def test_no_reason_opens_work_that_a_rule_bars() -> None:
    """A slow calf stretch, where clots are likelier than usual."""
    barred = [
        one
        for one in found(outline(step("leg.left.back", work="calf_stretch")), screened(long_journey=True))
        if "VTE-RISK" in one.rules
    ]
    assert barred
    assert all(one.never for one in barred)
