"""What both faces show, step by step."""

from __future__ import annotations

import msgspec
import pytest

from afferent.outline.model import Outline, Step
from afferent.visit.avoid import MOST_LINES, Avoid, left_alone
from afferent.visit.checkins import PAIN, SIGNS, Signs
from afferent.visit.pinned import ADVICE, POSITION, TURN, pain
from afferent.visit.plan import LivePlan, LiveStep, live_plan, numb_words
from afferent.visit.sides import place, short, yours
from tests.unit.words.made import KNOWLEDGE, at_ease, old_clot, screened

TO_MID_CALF = [f"{part}.{side}" for side in ("left", "right") for part in ("foot", "ankle")]
TO_MID_CALF += [f"leg.{side}.{face}" for side in ("left", "right") for face in ("front", "back")]


def walter(**more: object):
    """An old clot in the right leg, numb to mid-calf; everything was asked."""
    given = {
        "age_years": 68, "clot_ever": "right", "clot_date": "2019-05", "anticoagulant": "yes", "diabetes": "yes",
        "anticoagulant_reason": "rhythm", "foot_pulses": "yes", "numb": TO_MID_CALF, **more,
    }  # fmt: skip
    return screened(given, tuple(KNOWLEDGE.groups))


def step(*regions: str, level: int = 1) -> Step:
    return Step(regions, "effleurage", level, 5, affected=True)


def shown(screening, *steps: Step) -> LivePlan:
    return live_plan(Outline("with_affected", steps), screening, KNOWLEDGE, "Walter", {"effleurage": "slow effleurage"})


def only(screening, *regions: str) -> LiveStep:
    return shown(screening, step(*regions)).steps[0]


def test_a_step_says_where_for_both_what_and_how_hard() -> None:
    one = only(walter(), "foot.left.sole")
    assert (one.place, one.short, one.yours) == ("LEFT foot, sole", "LEFT foot", "your LEFT foot, sole")
    assert (one.title, one.ceiling, one.minutes) == ("slow effleurage", 2, 5)
    assert one.numb == "NUMB to mid-calf"
    assert one.ask == "Your LEFT foot, sole. Anything, anywhere – tingling, burning, warmth?"


LEFT_ALONE = ("RIGHT leg: leave alone", "A blood clot in the past")
UNWARMED = ("No heat and no cold", "Numb skin burns and freezes without a warning")
HABITS = ("No deep work, friction or thumbs on bone", "A numb place")


def told(lines: tuple[Avoid, ...]) -> list[tuple[str, str]]:
    return [(one.what, one.why) for one in lines]


def test_the_nearest_place_left_alone_comes_first_then_habits_and_heat_once_for_the_whole_visit() -> None:
    plan = shown(walter(), step("foot.left"), step("leg.left.front"))
    assert [told(one.avoid)[:2] for one in plan.steps] == [[LEFT_ALONE, HABITS]] * 2
    assert told(plan.avoid).count(UNWARMED) == 1


def test_where_something_warm_is_planned_each_step_says_where_it_must_not_lie() -> None:
    warm = Step(("back",), "holding", 0, 5, source="warm_pack", celsius=38)
    plan = shown(walter(), step("foot.left"), warm)
    assert told(plan.steps[0].avoid) == [LEFT_ALONE, UNWARMED, HABITS]
    assert UNWARMED not in told(plan.avoid)


def test_open_skin_on_the_same_foot_comes_before_what_is_farther_away() -> None:
    screening = walter(open_skin=["ankle.left"], diabetes="no", foot_ulcer="no")
    assert only(screening, "thigh.left").avoid[0].what.startswith("LEFT")
    assert only(screening, "thigh.right").avoid[0].what == "RIGHT leg: leave alone"


def test_what_only_waits_for_an_answer_says_so() -> None:
    line = only(old_clot(), "back").avoid[0]
    assert line.why.startswith("until answered: ")


def test_where_nothing_is_limited_nothing_is_to_be_avoided() -> None:
    one = only(at_ease(), "back")
    assert (one.avoid, one.numb, one.ceiling) == ((), "", 5)
    assert one.ask == "Your back: more, less or the same?"


def test_a_position_that_is_off_holds_for_the_whole_visit() -> None:
    screening = screened({"age_years": 60, "pump_or_sensor": ["upper_arm.left.back"]}, tuple(KNOWLEDGE.groups))
    (line, *_) = shown(screening, step("back")).avoid
    assert (line.what, line.rules) == ("No lying on the device", ("PUMP-CGM",))
    assert line.why == KNOWLEDGE.rules["PUMP-CGM"].title


def test_the_numbers_of_the_clock_and_the_bell_go_along() -> None:
    plan = shown(walter(), step("back"), step("foot.left"))
    assert (plan.checkin.first, plan.checkin.affected, plan.checkin.elsewhere, plan.checkin.answer) == (
        300,
        300,
        600,
        15,
    )
    assert plan.checkin.settle == {"region": 20, "pressure": 5, "turn": 0}
    assert (plan.pain.ceiling, plan.pain.lighten, plan.pain.leave) == (3, 2, 4)
    assert plan.pain.before.startswith("Walter, how strong is the pain now")
    assert plan.steps[1].score == "Walter, your left foot: how strong is the pain now, from 0 to 10?"
    assert plan.minutes == 10
    assert "Walter" in plan.bell


def test_it_goes_to_the_page_as_it_is() -> None:
    plan = shown(walter(), step("back"), step("foot.left", "foot.right"))
    assert msgspec.json.decode(msgspec.json.encode(plan), type=LivePlan) == plan


def test_each_step_names_those_that_touch_the_same_skin() -> None:
    plan = shown(walter(), step("back"), step("foot.left"), step("foot.left.sole"), step("foot.right"))
    assert [one.shares for one in plan.steps] == [(0,), (1, 2), (1, 2), (3,)]


def test_a_technique_without_a_title_goes_by_its_id() -> None:
    plan = live_plan(Outline("still", (Step(("back",), "holding", 0, 5),)), at_ease(), KNOWLEDGE, "Walter")
    assert plan.steps[0].title == "holding"


@pytest.mark.parametrize(
    ("numb", "at", "words"),
    [
        (TO_MID_CALF, "foot.left", "NUMB to mid-calf"),
        (["hand.left.palm.finger1", "foot.left"], "hand.left", "NUMB"),
        (["foot.left"], "foot.right", ""),
        (["foot.left"], "foot.left.sole.heel", "NUMB"),
    ],
)
def test_how_far_up_it_is_numb_is_said_where_one_word_says_it(numb: list[str], at: str, words: str) -> None:
    assert numb_words((at,), screened({"age_years": 60, "numb": numb}, tuple(KNOWLEDGE.groups))) == words


def test_places_are_said_with_their_sides_loud() -> None:
    assert place(("foot.left", "foot.right")) == "BOTH feet"
    assert yours(("foot.left", "foot.right")) == "BOTH of your feet"
    assert place(("foot.left.sole", "hand.right")) == "RIGHT hand and LEFT foot, sole"
    assert short(("foot.left.sole.heel", "foot.left.top")) == "LEFT foot"
    assert place(("nowhere",)) == "nowhere"


def test_never_more_lines_than_a_glance_takes_in() -> None:
    screening = walter(open_skin=["hand.left", "ankle.left"], touch_hurts=["hand.right"])
    assert len(left_alone(screening, KNOWLEDGE)) >= 2
    for region in ("foot.left", "hand.right", "back", "thigh.left"):
        assert len(only(screening, region).avoid) <= MOST_LINES


PAIN_LINE = "Where felt: pain 0–2, most 3/10 (our default)"


def everything_asked(**given: object):
    return screened({"age_years": 60, "foot_pulses": "yes", **given}, tuple(KNOWLEDGE.groups))


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        ({"port_or_line": ["chest.right"]}, {"Not lying face down", "Not lying on the device"}),
        ({"heart_failure": "yes"}, {"Not lying face down", "Not flat on the back", "Half sitting, limbs first"}),
        ({"pregnant": "yes", "pregnancy_danger": "no"}, {"Not lying face down", "Not flat on the back"}),
        ({"dizzy_on_standing": "yes"}, {"No standing up at once", "Head of the table up"}),
        ({"numb": ["foot.left"]}, {"Numb: judge pressure where it is felt", "Look at the skin before and after"}),
        ({"stimulator": ["back"]}, {"Stimulator remote within reach"}),
    ],
)  # fmt: skip
def test_positions_that_are_off_and_standing_advice_are_pinned(given: dict, lines: set[str]) -> None:
    plan = shown(everything_asked(**given), step("back"))
    assert lines <= set(plan.pinned)
    assert len(set(plan.pinned)) == len(plan.pinned)


def test_a_stimulator_is_turned_down_before_each_turn() -> None:
    assert "down before each turn" in shown(everything_asked(stimulator=["back"]), step("back")).before_turn
    assert shown(at_ease(), step("back")).before_turn == ""


def test_every_pinned_line_is_read_in_a_glance_and_names_what_exists() -> None:
    for line in [*POSITION.values(), *ADVICE.values(), *TURN.values(), pain()]:
        assert len(line.split()) <= 8, line
    assert set(POSITION) == set(KNOWLEDGE.positions)
    assert {*ADVICE, *TURN} <= set(KNOWLEDGE.advice)


def test_pain_has_its_ceiling_where_it_can_be_felt_and_none_is_named_where_it_cannot() -> None:
    assert PAIN_LINE in shown(walter(), step("back"), step("foot.left")).pinned
    assert PAIN_LINE not in shown(walter(), step("foot.left")).pinned, "a number on a numb place permits nothing"
    assert {one.strength for one in PAIN.values()} == {"N"}


def test_who_can_hardly_say_it_is_watched_and_not_asked_for_more_or_less() -> None:
    plan = shown(everything_asked(cannot_tell="yes", helper_present="yes"), step("back"))
    assert plan.signs == SIGNS
    assert any("breath" in one.lower() for one in plan.signs.stop)
    assert "Toes curling" in plan.signs.lighten
    assert "Raise your hand" in plan.steps[0].ask
    assert "more" not in plan.steps[0].ask + plan.steps[0].say
    assert PAIN_LINE not in plan.pinned
    assert plan.watched
    assert plan.no_guide.says == "Feeling here is not a guide: hard to put into words"
    assert (plan.pain.before, plan.pain.after) == ("", ()), "no number is asked of who can hardly say it"
    assert "The helper stays in the room" in plan.pinned


def test_who_speaks_for_themselves_is_asked() -> None:
    plan = shown(at_ease(), step("back"))
    assert (plan.signs, plan.no_guide.says, plan.watched) == (Signs(), "", False)
    assert plan.pain.after == ("changed", "more")


def test_while_nobody_knows_whether_they_can_tell_the_signs_are_watched_and_it_is_asked_as_well() -> None:
    plan = shown(old_clot(), step("back"))
    assert plan.signs == SIGNS
    assert "nobody knows" in plan.no_guide.says
    assert plan.steps[0].ask == "Your back: more, less or the same?"


def test_a_place_of_several_parts_is_said_once() -> None:
    palms = [f"hand.{side}.palm.{part}" for side in ("left", "right") for part in ("finger1", "thumb_mound", "centre")]
    assert place(palms) == "BOTH palms, thumb, mound of the thumb and centre"
    assert short(palms) == "BOTH palms"
    assert yours(palms) == "BOTH of your palms, thumb, mound of the thumb and centre"
    assert place(("foot.left.sole.heel", "foot.left.sole.arch")) == "LEFT foot, sole, arch and heel"
