"""An outline in words, as a therapist reads it."""

from __future__ import annotations

import re

import pytest

from afferent.outline import faults, outlines
from afferent.outline.model import Fault, Outline, Step, Wish
from afferent.words import outline as words
from tests.unit.outline.made import FEET, KNOWLEDGE, LATER, numb_feet, outline, screened, step

EVERY = [
    one
    for screening in (numb_feet(), screened(), screened(touch_hurts=FEET), screened(hot_cold_intact=("body",)))
    for aim in KNOWLEDGE.aims
    for one in outlines(screening, KNOWLEDGE, Wish(aims=(aim,), minutes=45, first=False, warmth=True))  # type: ignore[arg-type]
]


def test_a_step_says_where_what_how_hard_and_how_long() -> None:
    one = step("shoulder.left", "shoulder.right", "back.left.upper", "back.right.upper", level=2, minutes=6)
    assert words.step_line(one, KNOWLEDGE) == (
        "Both shoulders and upper back: slow effleurage, 2 heavy lotioning, 6 minutes"
    )


def test_a_point_is_named_and_a_zone_too() -> None:
    press = step("leg.left.front", work="acupressure", level=2, minutes=1, points=("ST36",))
    assert words.step_line(press, KNOWLEDGE) == "Left shin: acupressure (ST36 Zusanli), 2 heavy lotioning, 1 minute"
    ear = step("head_neck.left.face", work="ear_reflexology", points=("ear_lobe",))
    assert words.step_line(ear, KNOWLEDGE).startswith("Left ear: ear reflexology (ear lobe), 1 light lotioning")
    foot = step("foot.left.sole.arch", "foot.right.sole.arch", work="foot_reflexology", points=("foot_arch",))
    assert words.step_line(foot, KNOWLEDGE).startswith("Both feet: foot reflexology (arch)")


def test_something_warm_says_its_reading_and_no_level() -> None:
    towel = Step(("back",), "warm_towel", 0, 5, source="warm_towel", celsius=40.0)
    assert words.step_line(towel, KNOWLEDGE) == "Back: warm towel, at most 40 °C by the thermometer, 5 minutes"
    pack = Step(("back",), "cool_pack", 0, 5, source="cold_pack", celsius=15.0)
    assert "at least 15 °C" in words.step_line(pack, KNOWLEDGE)


def test_titles_and_one_sentence_why() -> None:
    told = {one.kind: one for one in outlines(numb_feet(), KNOWLEDGE, LATER)}
    said = {kind: (words.title(one), words.why(one, numb_feet(), KNOWLEDGE)) for kind, one in told.items()}
    assert said["with_affected"] == (
        "With both feet, briefly",
        "Intact places first, then both feet last and briefly, inside today’s limits.",
    )
    assert said["elsewhere"] == (
        "Work elsewhere",
        "Hands stay away from both feet; in neuropathy after chemotherapy one trial, a pilot, compared both and found "
        "no difference; larger gains leaned to the legs.",
    )
    assert said["still"][0] == "Hands that only rest"
    assert said["not_today"][0] == "Not today"


def test_without_anything_affected_it_is_the_whole_visit() -> None:
    one = outlines(screened(), KNOWLEDGE, LATER)[0]
    assert words.title(one) == "Whole visit, within the limits"
    assert words.why(one, screened(), KNOWLEDGE) == "The places that suit the aims, inside today’s limits."


def test_with_nothing_numb_it_is_the_legs_that_hands_stay_away_from() -> None:
    one = next(o for o in outlines(screened(), KNOWLEDGE, LATER) if o.kind == "elsewhere")
    assert words.why(one, screened(), KNOWLEDGE) == "Hands stay away from both legs."


@pytest.mark.parametrize(
    ("given", "away"),
    [
        ({"phn": ("T5.left",)}, "the left side of the chest and upper back"),
        ({"entrapment": ("wrist.left", "wrist.right")}, "both wrists"),
        ({"crps": ("hand.left",)}, "the left arm and hand"),
    ],
)
def test_elsewhere_names_what_is_affected_and_no_trial_of_something_else(given, away: str) -> None:
    here = screened(**given)
    said = next(words.why(one, here, KNOWLEDGE) for one in outlines(here, KNOWLEDGE, LATER) if one.kind == "elsewhere")
    assert away in said
    assert "trial" not in said
    assert "legs" not in said


def test_what_the_map_marks_is_named_as_what_hands_stay_away_from() -> None:
    wish = Wish(minutes=45, first=False, affected=("hand.left",))
    one = next(one for one in outlines(screened(), KNOWLEDGE, wish) if one.kind == "elsewhere")
    assert words.why(one, screened(), KNOWLEDGE, wish.affected) == "Hands stay away from the left hand."


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"breathless_or_chest_pain": True}, "No massage today. Call the emergency number now."),
        ({"foot_infected": ("foot.left",)}, "No massage today. Medical care is needed today."),
    ],
)
def test_a_closed_visit_says_the_headline_on_its_only_card(given, says: str) -> None:
    closed = screened(**given)
    assert [words.why(one, closed, KNOWLEDGE) for one in outlines(closed, KNOWLEDGE, LATER)] == [says]


def test_where_all_of_the_body_is_numb_not_today_says_why() -> None:
    numb = screened(numb=("body",))
    one = outlines(numb, KNOWLEDGE, LATER)[0]
    assert words.why(one, numb, KNOWLEDGE).startswith("No skin is left to begin on")


def test_how_often_is_said_only_for_whom_it_was_tested() -> None:
    diabetic = screened(numb=FEET, diabetes=True)
    assert any("frequency" in one.because for one in outlines(diabetic, KNOWLEDGE, LATER))
    for other in (screened(), numb_feet(), screened(phn=("T5.left",))):
        assert not any("frequency" in one.because for one in outlines(other, KNOWLEDGE, LATER))


def test_each_of_several_points_says_where_and_a_side_is_seen_from_the_back() -> None:
    press = step(
        "elbow.left.front", "elbow.right.front", "leg.left.front", "leg.right.front",
        work="acupressure", level=2, minutes=4, points=("ST36", "LI11"),
    )  # fmt: skip
    assert words.step_line(press, KNOWLEDGE) == (
        "Both elbows (LI11 Quchi) and both shins (ST36 Zusanli): acupressure, 2 heavy lotioning, 4 minutes"
    )
    ends = step("shoulder.left.back", "shoulder.right.back", work="approximation")
    assert words.step_line(ends, KNOWLEDGE).startswith("Back of both shoulders:")


@pytest.mark.parametrize(
    ("regions", "points", "line"),
    [
        (
            ("forearm.left", "forearm.right", "wrist.left", "wrist.right"), ("PC6", "TE5"),
            "Both forearms and both wrists: acupressure (PC6 Neiguan and TE5 Waiguan), 1 light lotioning, 5 minutes",
        ),
        (
            ("leg.left", "leg.right"), ("ST36", "SP9", "GB34"),
            "Both shins (ST36 Zusanli) and both shins and calves (SP9 Yinlingquan and GB34 Yanglingquan): "
            "acupressure, 1 light lotioning, 5 minutes",
        ),
        (
            ("ankle.left.back",), ("KI3", "BL60"),
            "Left ankle, Achilles side: acupressure (KI3 Taixi and BL60 Kunlun), 1 light lotioning, 5 minutes",
        ),
    ],
)  # fmt: skip
def test_a_place_of_several_points_is_said_once(regions, points, line: str) -> None:
    assert words.step_line(step(*regions, work="acupressure", points=points), KNOWLEDGE) == line


def test_no_line_says_a_place_twice() -> None:
    for one in EVERY:
        for each in one.steps:
            line = words.step_line(each, KNOWLEDGE).lower()
            if each.points:
                said = re.findall(r"(?:both|left|right) [a-z ]+?(?= \(|,|:| and )", line)
                assert len(said) == len(set(said)), line


def test_where_questions_come_first_not_today_says_so() -> None:
    unasked = screened(unasked=("numb",))
    one = outlines(unasked, KNOWLEDGE, LATER)[0]
    assert words.why(one, unasked, KNOWLEDGE).startswith("Questions come before the first touch")


def test_open_questions_are_said_first() -> None:
    unasked = screened(unasked=("clot_ever",))
    one = next(o for o in outlines(unasked, KNOWLEDGE, LATER) if o.kind == "elsewhere")
    assert "Questions are open that come before the first touch." in words.why(one, unasked, KNOWLEDGE)


def test_how_much_and_how_often() -> None:
    one = outline(step("thigh.left"))
    assert words.amount(one) == "10 minutes of hands-on work in two steps"
    assert words.amount(Outline("not_today")) == ""
    assert words.frequency(KNOWLEDGE) == (
        "Two to three times a week for four to six weeks, then a visit that looks back."
    )


def test_the_evidence_is_honest_about_every_outline() -> None:
    for one in EVERY:
        said = words.evidence(one, KNOWLEDGE)
        text = " ".join(line.says for line in said)
        assert all(line.certainty for line in said)
        assert all(line.sources or "default" in line.strength for line in said)
        if one.steps:
            assert "has not been shown to repair nerves" in text
            assert "trial" in text.lower()
        if any(KNOWLEDGE.library[step.work].part for step in one.steps):
            assert "tradition without anatomical proof" in text
        if one.kind == "elsewhere":
            assert "benefit itself is unproven" in text


def test_a_number_of_pressure_never_stands_alone_and_sides_are_words() -> None:
    for one in EVERY:
        for each in one.steps:
            line = words.step_line(each, KNOWLEDGE)
            assert not re.search(r"\b[LR]\b", line)
            if not each.source:
                assert re.search(r", [0-5] (holding|light lotioning|heavy lotioning|medium|strong|deep), ", line)


def test_each_point_says_where_how_long_and_with_what_caution() -> None:
    press = step("ankle.left.back", work="acupressure", points=("KI3",))
    point = words.points(press, KNOWLEDGE)[0]
    assert point.title == "KI3 Taixi"
    assert point.hold == "30 to 60 seconds"
    assert "light" in point.caution
    zone = words.points(step("foot.left.sole.arch", work="foot_reflexology", points=("foot_arch",)), KNOWLEDGE)[0]
    assert "Held by tradition to relate to abdomen." in zone.says
    assert "without anatomical proof" in zone.says


def test_the_rules_that_shaped_it_are_named() -> None:
    one = outlines(numb_feet(), KNOWLEDGE, LATER)[0]
    assert "A numb place" in words.rules(one, KNOWLEDGE)


def test_reasons_are_a_closed_list_with_one_for_own_words() -> None:
    found = words.reasons(KNOWLEDGE)
    assert [one.id for one in found][-1] == "other"
    assert all(one.title for one in found)


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Fault("excluded", 0, ""), "No reason opens this."),
        (Fault("pressure", 0, "", hard=True), "No reason opens this."),
        (Fault("pressure", 0, ""), "This takes a reason. It goes into the note."),
    ],
)
def test_a_crossing_says_what_it_asks_for(fault: Fault, says: str) -> None:
    assert words.opened(fault) == says


def test_faults_read_like_sentences() -> None:
    hard = outline(step("foot.left", work="petrissage", level=4, minutes=20))
    for fault in faults(hard, numb_feet(), KNOWLEDGE, LATER):
        assert fault.says[0].isupper()
        assert fault.says.endswith(".")
