"""The note: what it says, where it stands in either view, and what it never says."""

from __future__ import annotations

import random

import msgspec
import pytest

from afferent.outline.model import Crossing
from afferent.safety.screening import Screening
from afferent.visit import note_lines
from afferent.visit.events import Look
from afferent.visit.note import CARE, LAYOUT, SOAP, Names, Note, note
from afferent.words.note import plain, sections
from afferent.words.note_lines import _SAYS
from tests.unit.visit.made import Tape
from tests.unit.words.made import KNOWLEDGE, screened

NAMES = Names(
    "Joan", "Mae", works={"effleurage": "slow effleurage"}, rules={"LOPS": "A numb place"},
    reasons={"client_asks": "The client asked for it."}, positions={"side": "lying on the side"},
)  # fmt: skip


def visit() -> Tape:
    tape = Tape()
    tape.opened(rules=("LOPS",))
    tape.moved(0)
    return tape


def lines(tape: Tape, screening: Screening | None = None, **more: object) -> list[str]:
    made = note(tape.kept, screening, NAMES, **more)  # type: ignore[arg-type]
    return [one.text for section in sections(made) for one in section.lines]


def said(tape: Tape, *parts: str) -> str:
    """The one line that holds all these words."""
    (found,) = [one for one in lines(tape) if all(part in one for part in parts)]
    return found


def test_a_word_against_what_was_done_stands_alone_with_place_level_and_time() -> None:
    tape = visit()
    tape.said(130, "ease_off")
    assert said(tape, "EASE OFF", "pressed") == (
        "After 2 minutes, on the back during slow effleurage at 2 heavy lotioning, Joan pressed EASE OFF."
    )


def test_other_words_are_counted_by_place() -> None:
    tape = visit()
    for second in (10, 20, 30):
        tape.said(second, "good")
    assert said(tape, "GOOD") == "On the back, said unasked: GOOD three times."


def test_no_answer_is_no_answer() -> None:
    tape = visit()
    asked = tape.asked(10, "back")
    tape.put(25, "Silent", to=asked, by="program")
    tape.asked(30, "back")
    assert said(tape, "asked twice:") == "On the back, asked twice: no answer twice."
    assert said(tape, "was asked") == (
        "Joan was asked twice how it was: twice no answer. No answer is not counted as good."
    )


def test_over_a_numb_place_every_word_says_that_feeling_is_no_guide() -> None:
    tape = visit()
    tape.moved(10, "foot.left", level=1)
    asked = tape.asked(20, "foot.left", numb=True)
    tape.said(24, "nothing_new", to=asked)
    tape.said(30, "less")
    tape.said(40, "good")
    words = [one for one in lines(tape) if "NOTHING NEW" in one or "LESS" in one or "GOOD" in one]
    words = [one for one in words if not one.startswith("Next time")]
    assert len(words) == 3
    assert all(one.endswith("Feeling is no guide there.") for one in words)


def test_a_stop_tells_how_fast_the_hands_were_off_and_why() -> None:
    tape = visit()
    tape.said(65, "stop")
    tape.put(67, "HandsOff")
    tape.put(80, "StopBecause", detail="sharp", words="under the heel")
    tape.put(90, "WentOn")
    assert said(tape, "STOP after") == (
        "STOP after 1 minute: hands were off after 2 seconds. Why: sharp. “under the heel” Both agreed to go on."
    )


def test_a_stop_whose_hands_off_nobody_tapped_says_so() -> None:
    tape = visit()
    tape.said(65, "stop")
    assert "nobody noted when the hands were off" in said(tape, "STOP after")
    assert "Why was not said." in said(tape, "STOP after")


def test_a_stop_while_hands_are_off_or_not_on_yet_says_so() -> None:
    tape = Tape()
    tape.opened()
    tape.said(5, "stop")
    tape.put(10, "Began")
    tape.moved(10)
    tape.said(75, "stop")
    tape.put(77, "HandsOff")
    tape.said(135, "stop")
    assert said(tape, "STOP before") == "STOP before the first touch: hands were not on yet. Why was not said."
    assert "hands were off after 2 seconds" in said(tape, "STOP after 1 minute")
    assert "hands were off already" in said(tape, "STOP after 2 minutes")


def test_what_was_beyond_stands_with_its_reason_or_with_none() -> None:
    tape = visit()
    tape.put(10, "Pressed", level=4)
    assert said(tape, "beyond") == (
        "On the back 4 strong was used, beyond the limit of 3 medium. No reason was written down."
    )
    why = Crossing("pressure", ("back",), "Back: 4 strong", ("LOPS",), "client_asks", "wants it")
    tape.put(9, "Crossed", crossing=why)
    assert said(tape, "beyond").endswith("Reason: The client asked for it. “wants it”")


def test_another_limit_set_aside_stands_with_its_rule_and_reason() -> None:
    tape = visit()
    tape.put(10, "Crossed", crossing=Crossing("minutes", ("back",), "The back had 12 minutes", ("LOPS",), "time"))
    assert said(tape, "Gone beyond") == (
        "Gone beyond: The back had 12 minutes. It is the limit of: a numb place (LOPS). Reason: Time."
    )


def test_findings_say_whether_they_were_felt() -> None:
    tape = visit()
    heel, back = Look("foot.left.sole.heel", "blister", felt=False), Look("back", "red")
    tape.looked(60, "after", heel, back, Look("hand.left", "callus", felt=True))
    assert said(tape, "Afterwards", "a blister").endswith("a blister. Joan had not felt it.")
    assert said(tape, "red").endswith("red. Whether it had been felt was not asked.")
    assert said(tape, "findings") == "Three findings on the skin, one of them not felt by Joan and of one nobody asked."
    assert "Joan is told what was seen on" in said(tape, "asked to have it looked at")


def test_the_same_finding_before_and_after_is_one() -> None:
    tape = visit()
    tape.looked(0, "before", Look("foot.left.sole.heel", "callus"))
    tape.looked(60, "after", Look("foot.left.sole.heel", "callus", felt=False))
    assert said(tape, "finding on the skin") == "One finding on the skin, not felt by Joan."


def test_what_nobody_looked_at_is_said() -> None:
    assert (
        said(visit(), "Before the first touch no look")
        == "Before the first touch no look at the skin was written down."
    )
    tape = visit()
    tape.looked(0, "before", Look("hand.left", "intact"), Look("foot.left", "not_looked"))
    assert said(tape, "whole") == (
        "Before the first touch the skin was whole on the left hand. Nobody looked at the left foot."
    )


def test_warmth_positions_a_lost_link_a_slip_and_words_all_stand_there() -> None:
    tape = visit()
    pack = tape.put(60, "Warmed", regions="back", source="warm_pack", celsius=38, seconds=300)
    tape.put(200, "WarmedOff", to=pack, early=True)
    tape.put(210, "Turned", position="side")
    tape.put(220, "Lost", by="program")
    tape.put(260, "Linked", by="program", again=True)
    slip = tape.put(270, "Pressed", level=5)
    tape.put(271, "TakenBack", of=slip)
    tape.put(280, "Noted", words="warm hands")
    assert said(tape, "°C") == (
        "Warm pack at 38 °C on the back: the clock was set to 5 minutes, it lay for 2 min 20 s, "
        "and was taken off early."
    )
    assert said(tape, "turned") == "After 3 minutes Joan turned: lying on the side."
    assert said(tape, "link") == "The link to the device of Joan was lost once, for 40 seconds in all."
    assert said(tape, "slip") == "Taken back as a slip of the hand: a change of pressure."
    assert said(tape, "Mae wrote") == "Mae wrote: “warm hands”"


def test_what_is_unsure_about_the_time_is_said() -> None:
    tape = visit()
    tape.said(60, "stop")
    tape.put(60, "HandsOff")
    tape.moved(70, "foot.left", level=1)
    assert said(tape, "Hands on for") == (
        "Hands on for 1 minute in all. Noted while hands were off, and not counted: one entry of touch."
    )


def test_next_time_is_one_level_lighter_where_less_was_asked_for() -> None:
    tape = visit()
    tape.said(10, "less")
    assert said(tape, "Next time") == (
        "Next time on the back at most 1 light lotioning, for LESS came at 2 heavy lotioning (our default)."
    )


def test_where_less_was_asked_of_a_still_hand_it_is_left_alone() -> None:
    tape = visit()
    tape.moved(5, "shoulders", work="holding", level=0)
    tape.said(10, "ease_off")
    assert "is left alone unless it is asked first" in said(tape, "Next time")


def test_a_bad_day_after_means_one_level_and_five_minutes_less() -> None:
    assert "the next visit is one level lighter and five minutes shorter (our default)" in said(visit(), "Tomorrow")


def test_a_numb_place_that_was_touched_is_looked_at_at_home() -> None:
    tape = visit()
    tape.moved(60, "foot.left", level=1)
    assert said(tape, "this evening") == (
        "Joan looks at the left foot this evening and tomorrow, soles and between the toes too: feeling would not warn."
    )


def test_who_must_hear_of_it_comes_from_the_screening_and_comes_first() -> None:
    screening = screened(
        {"age_years": 60, "diabetes": "yes", "neuropathy": "yes", "open_skin": ["foot.left.sole.heel"],
         "foot_ulcer_new_or_infected": "yes", "foot_pulses": "yes"},
        tuple(KNOWLEDGE.groups),
    )  # fmt: skip
    made = note(visit().kept, screening, NAMES)
    texts = [one.text for one in sections(made)[3].lines]
    assert texts[:2] == [
        "Joan is asked to be seen by a clinician today.",
        "With the consent of Joan, the foot care team is told what was seen and where.",
    ]


def test_what_changed_since_last_time_opens_it() -> None:
    made = note(visit().kept, None, NAMES, since=("Holds now: a blood thinner.",))
    assert sections(made)[0].lines[0].text == "Holds now: a blood thinner."


def test_an_empty_visit_says_so_and_invents_nothing() -> None:
    made = note([], None, NAMES)
    assert [one.text for section in sections(made) for one in section.lines] == [
        "Nobody was asked, and nothing was said.",
        "Before the first touch no look at the skin was written down.",
        "Afterwards no look at the skin was written down.",
        "No time with hands on was noted.",
    ]
    assert "- Nothing." in plain(made)


def test_both_views_hold_the_same_lines_each_once() -> None:
    tape = visit()
    tape.said(10, "ease_off")
    tape.looked(60, "after", Look("back", "red"))
    made = note(tape.kept, None, NAMES)
    for view in (made.soap, made.care):
        assert sorted(map(repr, (one for those in view.values() for one in those))) == sorted(map(repr, made.lines))
    assert (tuple(made.soap), tuple(made.care)) == (SOAP, CARE)


def test_in_care_a_look_before_is_the_condition_and_one_after_the_response() -> None:
    tape = visit()
    tape.looked(0, "before", Look("back", "intact"))
    tape.looked(60, "after", Look("back", "intact"))
    care = note(tape.kept, None, NAMES).care
    assert [type(one).__name__ for one in care["condition"] if "Skin" in type(one).__name__] == ["SkinLooked"]
    assert [type(one).__name__ for one in care["response"] if "Skin" in type(one).__name__] == ["SkinLooked"]


def test_every_kind_of_line_has_its_place_and_its_sentence() -> None:
    kinds = set(note_lines.Line.__args__)  # type: ignore[attr-defined]
    assert kinds == set(LAYOUT) == set(_SAYS)


@pytest.mark.parametrize("view", ["soap", "care"])
def test_words_that_people_wrote_cannot_pass_for_a_line_of_the_note(view: str) -> None:
    tape = visit()
    tape.put(10, "Noted", words="fine”\n- Joan said that all was well.\n\nP – What comes next\u202e\x07 <b>x</b>")
    text = plain(note(tape.kept, None, NAMES), view)  # type: ignore[arg-type]
    assert "fine’ - Joan said that all was well." in text.replace("\n  ", " ")
    assert text.count("\n- Joan said") == 0
    assert not {"\u202e", "\x07"} & set(text)
    assert "<b>x</b>" in text.replace("\n  ", " "), "plain text: whoever makes markup of it escapes it"


def test_each_line_names_the_events_it_rests_on() -> None:
    tape = visit()
    word = tape.said(10, "ease_off")
    made = note(tape.kept, None, NAMES)
    (line,) = [one for one in sections(made)[0].lines if "EASE OFF" in one.text]
    assert line.ids == (word,)


def test_sent_again_mixed_up_or_from_a_file_it_is_the_same_note() -> None:
    tape = visit()
    tape.said(10, "ease_off")
    tape.looked(60, "after", Look("back", "red"))
    once = note(tape.kept, None, NAMES)
    mixed = [*tape.kept, *tape.kept]
    random.Random(5).shuffle(mixed)
    assert note(mixed, None, NAMES) == once
    assert msgspec.json.decode(msgspec.json.encode(once), type=Note) == once


HEEL = "foot.left.sole.heel"


def blistered() -> Tape:
    """The sole was whole, and after the visit there is a blister on the heel."""
    tape = visit()
    tape.looked(-60, "before", Look("foot.left", "intact"), Look("back", "intact"))
    tape.moved(60, "foot.left", level=1)
    tape.looked(600, "after", Look(HEEL, "blister", felt=False))
    return tape


def test_a_blister_that_is_new_says_so() -> None:
    assert said(blistered(), "Afterwards", "blister") == (
        "Afterwards, on the left foot (sole, heel): a blister. It was not there before. Joan had not felt it."
    )
    tape = visit()
    tape.looked(600, "after", Look(HEEL, "blister"))
    assert "not there before" not in said(tape, "Afterwards", "blister"), "nobody had looked"


def test_what_was_found_before_is_not_new_afterwards() -> None:
    tape = visit()
    tape.looked(-60, "before", Look(HEEL, "blister"), Look("foot.left.top", "intact"))
    tape.looked(600, "after", Look(HEEL, "blister"))
    assert "not there before" not in said(tape, "Afterwards", "blister")


def test_a_new_blister_closes_that_foot_next_time_until_it_was_looked_at() -> None:
    assert said(blistered(), "Left alone next time") == (
        "Left alone next time, until a clinician has looked at it: the left foot. Why: a blister."
    )


def test_what_the_screening_leaves_alone_on_that_limb_is_closed_as_well() -> None:
    screening = screened(
        {"age_years": 60, "diabetes": "yes", "neuropathy": "yes", "open_skin": [HEEL],
         "foot_ulcer_new_or_infected": "yes", "foot_pulses": "yes"},
        tuple(KNOWLEDGE.groups),
    )  # fmt: skip
    assert {"leg.left", "foot.left"} <= set(screening.excluded)
    assert [one for one in lines(blistered(), screening) if "Left alone next time" in one] == [
        "Left alone next time, until a clinician has looked at it: the left lower leg and foot. Why: a blister."
    ]


@pytest.mark.parametrize("found", ["open", "black", "pale", "wet", "hot", "swollen"])
def test_so_does_whatever_must_be_looked_at_first(found: str) -> None:
    tape = visit()
    tape.looked(600, "after", Look("foot.right.top", found))
    assert said(tape, "Left alone next time").startswith(
        "Left alone next time, until a clinician has looked at it: the right foot."
    )


@pytest.mark.parametrize("found", ["callus", "red", "bruise"])
def test_what_only_lowers_or_asks_closes_nothing_by_itself(found: str) -> None:
    tape = visit()
    tape.looked(600, "after", Look("foot.right.top", found))
    assert not [one for one in lines(tape) if "Left alone next time" in one]


def test_on_a_place_that_is_closed_next_time_the_lighter_level_holds_once_hands_are_back() -> None:
    tape = visit()
    tape.moved(60, "foot.left", level=1)
    tape.said(70, "ease_off")
    tape.moved(80, "foot.right", level=1)
    tape.said(90, "ease_off")
    tape.looked(600, "after", Look(HEEL, "blister"))
    assert [one for one in lines(tape) if one.startswith(("Next time on", "Once"))] == [
        "Once hands are there again, on the left foot only 0 holding, for EASE OFF came at 1 light lotioning "
        "(our default).",
        "Next time on the right foot only 0 holding, for EASE OFF came at 1 light lotioning (our default).",
    ]


def test_a_still_hand_that_was_too_much_on_a_place_that_is_closed_is_asked_about_first() -> None:
    tape = visit()
    tape.moved(60, "foot.left", work="holding", level=0)
    tape.said(70, "ease_off")
    tape.looked(600, "after", Look(HEEL, "blister"))
    assert said(tape, "Once").startswith(
        "Once hands are there again, on the left foot nothing unless it is asked first"
    )


def test_a_new_wound_names_the_incident_record_and_one_found_before_its_own() -> None:
    assert said(blistered(), "record") == "An incident record is due today: a blister, the left foot (sole, heel)."
    tape = visit()
    tape.looked(-60, "before", Look("hand.right.palm", "open"))
    tape.looked(600, "after", Look("hand.right.palm", "open"))
    assert said(tape, "record") == (
        "A record of a wound found before the first touch is due: open skin, the right hand (palm)."
    )


def test_a_numb_place_worked_though_nobody_looked_is_said() -> None:
    tape = visit()
    tape.looked(-60, "before", Look("back", "intact"), Look("foot.left", "not_looked"))
    tape.moved(60, "foot.left", level=1)
    tape.put(120, "Ended")
    assert said(tape, "nobody had looked") == (
        "Worked on though nobody had looked at the skin before: the left foot. "
        "Look first: feeling would not warn there."
    )


def test_on_thinned_blood_every_place_is_looked_at_first() -> None:
    tape = Tape()
    tape.opened(rules=("ANTICOAG",))
    tape.looked(-60, "before", Look("foot.left", "intact"))
    tape.moved(0, "back")
    tape.moved(60, "foot.left", level=1)
    tape.put(120, "Ended")
    assert said(tape, "nobody had looked") == (
        "Worked on though nobody had looked at the skin before: the back. Look first: on thin blood an old bruise "
        "could not be told from a new one."
    )


def test_where_somebody_looked_nothing_is_flagged() -> None:
    assert not [one for one in lines(blistered()) if "nobody had looked" in one]


def test_a_look_during_the_visit_comes_too_late() -> None:
    tape = visit()
    tape.moved(60, "foot.left", level=1)
    tape.looked(90, "during", Look("foot.left", "intact"))
    tape.put(120, "Ended")
    assert said(tape, "nobody had looked")


def test_a_silence_after_which_the_hands_moved_on_is_said() -> None:
    tape = visit()
    tape.moved(60, "foot.left", level=1)
    asked = tape.asked(70, "foot.left", numb=True)
    tape.put(85, "Silent", to=asked, by="program")
    tape.moved(120, "foot.right", level=1)
    assert said(tape, "moved on") == (
        "On the left foot no answer came; after 2 minutes hands moved on to the right foot. How it was is not known. "
        "Feeling is no guide there: only the skin can tell."
    )


def test_a_silence_that_was_answered_or_stayed_with_is_not() -> None:
    tape = visit()
    asked = tape.asked(70, "back")
    tape.put(85, "Silent", to=asked, by="program")
    tape.moved(90, "back", level=1)
    assert not [one for one in lines(tape) if "moved on" in one]
    tape.said(95, "same", to=asked, aloud=True, by="therapist")
    tape.moved(120, "foot.right", level=1)
    assert not [one for one in lines(tape) if "moved on" in one]


def test_a_silence_at_the_very_end_is_said() -> None:
    tape = visit()
    asked = tape.asked(70, "back")
    tape.put(85, "Silent", to=asked, by="program")
    tape.put(120, "Ended")
    assert "after 2 minutes the visit ended. How it was is not known." in said(tape, "no answer came")


def test_how_the_client_lay_at_the_start_is_said() -> None:
    tape = Tape()
    tape.opened()
    tape.put(-5, "Turned", position="side")
    tape.moved(0)
    assert said(tape, "At the start") == "At the start Joan was lying on the side."
    made = note(tape.kept, None, NAMES)
    assert [type(one) for one in made.care["condition"]].count(note_lines.Lay) == 1


def test_a_look_between_the_toes_is_said_only_where_every_gap_was_looked_into() -> None:
    tape = visit()
    gaps = [Look(f"foot.left.top.web{gap}", "intact") for gap in ("12", "23", "34", "45")]
    tape.looked(-60, "before", *gaps, Look("foot.right.top.web12", "intact"))
    assert "Looked at between the toes too: the left foot." in said(tape, "Before the first touch")


def test_both_agreed_to_go_on() -> None:
    tape = visit()
    tape.said(65, "stop")
    tape.put(67, "HandsOff")
    tape.put(90, "WentOn")
    assert said(tape, "STOP after").endswith("Both agreed to go on.")
