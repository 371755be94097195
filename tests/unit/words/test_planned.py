"""What is planned, as the client reads it: places, how light, how long, what is not done and why that is kind."""

from __future__ import annotations

import re

import pytest

from afferent.outline import outlines
from afferent.outline.model import Outline, Step, Wish
from afferent.words.planned import Planned, planned
from tests.unit.outline.made import FEET, KNOWLEDGE, LATER, numb_feet, outline, screened, step

# Words that say what somebody has, or what is known of them. A place of the body says neither.
CLINICAL = (
    "neuropath", "diabet", "clot", "cancer", "tumour", "chemo", "numb", "lymph", "wound", "ulcer", "allodynia",
    "dementia", "pregnan", "infect", "platelet", "medicine", "disease", "diagnos", "pain", "walton", "risk", "rule",
    "limit",
)  # fmt: skip
SICK = [
    numb_feet(),
    screened(touch_hurts=("foot.left",)),
    screened(clot_ever=("leg_whole.left",)),
    screened(nodes_removed=("arm_whole.left",)),
    screened(pregnant=True),
    screened(numb=FEET, diabetes=True, past_foot_ulcer=("foot.left",)),
    screened(cannot_tell=True, helper_present=True),
    screened(open_skin=("foot.left.sole.heel",)),
    screened(hot_cold_intact=("body",)),
]


def everything(told: Planned) -> str:
    parts = [told.lead, *(" ".join((one.place, one.how, one.light, one.minutes)) for one in told.steps)]
    return "\n".join([*parts, *(f"{one.what} {one.why}" for one in told.not_done)])


def of(one: Outline, screening=None, wish: Wish = LATER) -> Planned:
    return planned(one, screening or screened(), KNOWLEDGE, wish)


def test_each_step_says_where_how_how_light_and_how_long() -> None:
    told = of(outline(step("foot.left", "foot.right", level=1, minutes=6)), numb_feet())
    assert told.lead == "About 11 minutes of touch, in two parts. You both decide on the day, and all of it can change."
    last = told.steps[1]
    assert last.place == "BOTH of your feet"
    assert last.how == "Slow strokes with the whole, relaxed hand."
    assert last.light == "As light as spreading lotion on sunburnt skin."
    assert last.minutes == "About 6 minutes"


@pytest.mark.parametrize(
    ("level", "says"), [(0, "No weight at all."), (1, "sunburnt"), (2, "rubbing lotion in"), (3, "calm")]
)
def test_how_light_is_said_without_a_number(level: int, says: str) -> None:
    work = {0: "holding", 3: "petrissage"}.get(level, "effleurage")
    light = of(outline(step("thigh.left", work=work, level=level))).steps[1].light
    assert says in light
    assert not re.search(r"\d", light)


def test_what_is_left_alone_is_said_by_its_place_and_that_it_rests() -> None:
    here = screened(touch_hurts=("foot.left",))
    told = of(outline(step("thigh.right")), here)
    (rests,) = [one for one in told.not_done if "LEFT foot" in one.what]
    assert rests.what == "Your LEFT foot is left alone."
    assert rests.why == "It rests for now, so that nothing there has to bear touch."


def test_elsewhere_says_that_hands_stay_away() -> None:
    one = next(each for each in outlines(numb_feet(), KNOWLEDGE, LATER) if each.kind == "elsewhere")
    assert any("BOTH of your feet" in each.what for each in of(one, numb_feet()).not_done)


def test_no_heat_unless_it_is_planned_and_then_its_reading() -> None:
    assert any(one.what.startswith("No heat and no cold") for one in of(outline(step("thigh.left"))).not_done)
    towel = Step(("back.left.lower",), "warm_towel", 0, 5, source="warm_towel", celsius=40.0)
    here, wish = screened(hot_cold_intact=("body",)), Wish(minutes=60, first=False, warmth=True)
    told = of(outline(towel), here, wish)
    assert told.steps[1].light == "At most 40 °C, by the thermometer."
    assert not any(one.what.startswith("No heat") for one in told.not_done)


def test_reflexology_and_points_are_told_by_the_part_and_nothing_is_promised() -> None:
    soles = tuple(f"foot.{side}.sole.{part}" for side in ("left", "right") for part in ("toe1", "toe2", "arch"))
    told = of(outline(step(*soles, work="foot_reflexology", level=1, points=("foot_toes", "foot_arch"))))
    assert told.steps[1].place == "BOTH of your feet"
    ear = of(outline(step("head_neck.left.face", "head_neck.right.face", work="ear_reflexology", points=("ear_lobe",))))
    assert ear.steps[1].place == "BOTH of your ears"


@pytest.mark.parametrize("here", SICK)
def test_no_word_says_what_somebody_has(here) -> None:
    wish = Wish(aims=("ease_pain", "feet"), minutes=45, first=False, warmth=True)
    titles = [rule.title.lower() for name, rule in KNOWLEDGE.rules.items() if name not in ("HEAT-OFF", "COLD-OFF")]
    for one in outlines(here, KNOWLEDGE, wish):
        if one.steps:
            told = of(one, here, wish)
            said = everything(told).lower()
            assert told.yours == of(outline(step("thigh.left"))).yours, "the same for everybody"
            assert not [word for word in CLINICAL if word in said]
            assert not [title for title in titles if title in said]


def test_it_says_that_stop_is_always_open_and_promises_nothing() -> None:
    told = of(outline(step("thigh.left")))
    text = " ".join(told.yours)
    assert "stop at any time" in text
    assert "emergency number" in text
    assert "does not heal" in text


def test_every_work_of_the_library_has_words_for_a_client() -> None:
    for work in KNOWLEDGE.library.values():
        assert work.yours.endswith(".")
        assert len(work.yours) < 90
        assert not [word for word in CLINICAL if word in work.yours.lower()]
