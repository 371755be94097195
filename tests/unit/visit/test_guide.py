"""Where a word is no guide though the place is not numb."""

from __future__ import annotations

from afferent.visit.fold import course
from afferent.visit.guide import RULES, Told, cannot_say, no_guide
from afferent.visit.ledger import ledger
from tests.unit.visit.made import Tape
from tests.unit.words.made import KNOWLEDGE, at_ease, old_clot, screened


def everything_asked(**given: object):
    return screened({"age_years": 60, "foot_pulses": "yes", **given}, tuple(KNOWLEDGE.groups))


def test_who_can_hardly_say_it_and_who_takes_what_dulls_feeling() -> None:
    assert no_guide(at_ease()) == Told()
    watched = no_guide(everything_asked(cannot_tell="yes", helper_present="yes"))
    assert watched.says.startswith("Feeling here is not a guide")
    assert "counts for less" in no_guide(everything_asked(masking_medicine="yes")).says


def test_while_nobody_knows_whether_it_can_be_said_no_word_is_a_guide_either() -> None:
    assert "nobody knows" in no_guide(old_clot()).says


def test_every_rule_named_is_one_of_ours() -> None:
    assert set(RULES) <= set(KNOWLEDGE.rules)
    assert cannot_say(("LOPS", "NO-FEEDBACK"))
    assert not cannot_say(("LOPS", "MASKING-MEDS"))


def test_the_ledger_marks_every_word_and_every_check_in_of_who_can_hardly_say_it() -> None:
    tape = Tape()
    tape.opened(rules=("NO-FEEDBACK",), numb=())
    tape.moved(0)
    asked = tape.asked(20, "back")
    tape.said(24, "good", to=asked)
    tape.said(60, "good")
    found = ledger(course(tape.kept))
    assert [one.numb for one in found.presses] == [True, True]
    assert [one.numb for one in found.check_ins] == [True]
