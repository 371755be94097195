"""Questions verbatim with what they change, reasons with what met them – and nothing claimed that is not so."""

from __future__ import annotations

import datetime as dt

from afferent.safety import Evidence
from afferent.safety.screening import Met
from afferent.words.evidence import facts_line, facts_lines, origin_words, value_words
from afferent.words.questions import cards, further
from afferent.words.reasons import fired, other_possible, waiting
from tests.unit.words.made import AS_OF, KNOWLEDGE, anybody, at_ease, bare, old_clot, screened


def asked(screening, fact: str):
    return next(one for card in cards(screening, KNOWLEDGE) for one in card.questions if one.fact == fact)


def test_every_critical_question_is_on_exactly_one_card() -> None:
    shown = [one.fact for card in cards(bare(), KNOWLEDGE) for one in card.questions]
    assert sorted(shown) == sorted(q.fact for q in bare().questions if q.critical)
    more = [one.fact for card in further(bare(), KNOWLEDGE) for one in card.questions]
    assert not set(shown) & set(more)


def test_questions_stand_as_they_are_written() -> None:
    assert asked(bare(), "numb").text == KNOWLEDGE.facts["numb"].ask


def test_a_stop_is_the_only_change_named() -> None:
    one = asked(bare(), "breathless_or_chest_pain")
    assert one.when == "If yes"
    assert one.changes == ("no massage today, call the emergency number",)
    assert not one.more


def test_an_answer_is_not_charged_with_what_needs_another() -> None:
    """Being pregnant calls no emergency number; a danger sign does, and that is another question."""
    assert not any("emergency" in change for change in asked(bare(), "pregnant").changes)
    assert not any("no massage" in change for change in asked(bare(), "clot_ever").changes)


def test_a_question_whose_no_is_worse_says_so() -> None:
    screening = screened({"age_years": 60, "numb": ["foot.left", "foot.right"]})
    assert asked(screening, "foot_pulses").when == "If no"


def test_what_the_record_said_stands_with_the_question() -> None:
    entry = Evidence("clot_ever", None, dt.date(2026, 11, 2), "Condition/12", "Deep vein thrombosis", "code")
    one = asked(screened({"age_years": 60}, also=(entry,)), "clot_ever")
    assert one.why_open == "The record raises this"
    assert one.record == ("“Deep vein thrombosis”, condition list, Condition/12, 2 Nov 2026",)


def test_a_contradiction_is_shown_from_both_sides() -> None:
    drug = Evidence("anticoagulant", True, dt.date(2026, 11, 18), "MedicationRequest/3", "Apixaban 5 mg", "drug")
    one = asked(screened({"anticoagulant": "no"}, also=(drug,)), "anticoagulant")
    assert one.why_open == "The record and the answer differ"
    assert len(one.record) == 2


def test_facts_line_says_value_origin_date_and_age() -> None:
    lab = Evidence("platelets", 42.0, AS_OF - dt.timedelta(days=213), "Observation/9", "", "lab")
    screening = screened({"chemo_date": "2026-11-10"}, also=(lab,))
    met = next(one for q in screening.questions if q.fact == "platelets" for one in q.record)
    line = facts_line(met, KNOWLEDGE, AS_OF)
    assert line.what == "Platelets: 42 thousand per microlitre"
    assert line.where == "measured, Observation/9, 23 Apr 2026"
    assert line.old == "7 months old"


def test_the_day_of_a_statement_is_said_once() -> None:
    met = Met("diabetes", "Diabetes", True, dt.date(2026, 11, 8), "the client, 8 November 2026", "")
    assert facts_line(met, KNOWLEDGE, AS_OF).where == "the client, 8 Nov 2026"
    other = Met("diabetes", "Diabetes", True, dt.date(2026, 11, 9), "the client, 8 November 2026", "")
    assert facts_line(other, KNOWLEDGE, AS_OF).where == "the client, 8 November 2026, 9 Nov 2026"


def test_origins_and_values_in_words() -> None:
    assert origin_words("answer") == "said by client"
    assert origin_words("MedicationRequest/12") == "medicine list, MedicationRequest/12"
    assert value_words(KNOWLEDGE.facts["clot_ever"], ("right",)) == "the right leg, thigh to toes"
    assert value_words(KNOWLEDGE.facts["anticoagulant_reason"], "rhythm") == "for the heart rhythm"
    assert value_words(KNOWLEDGE.facts["numb"], True) == ""


def test_a_reason_of_ruth() -> None:
    reason = next(one for one in fired(old_clot(), KNOWLEDGE) if one.id == "VTE-HISTORY")
    assert reason.effect.startswith("The right leg left alone until a clinician has answered")
    assert reason.strength_words == "case report, textbook or recognised educator; the level: N, our default"
    assert reason.how_strong.endswith("The level numbers are our default.")
    assert reason.met[0].what == "A blood clot, ever: the right leg, thigh to toes"
    assert reason.lifts


def test_known_pulses_are_not_called_unknown() -> None:
    """What a rule would do only while pulses are unknown is not said once they are known."""
    effects = " ".join(one.effect for one in fired(old_clot(), KNOWLEDGE) if one.id.startswith("IWGDF"))
    assert "at most 1" not in effects


def effect(screening, rule: str) -> str:
    return next(one.effect for one in fired(screening, KNOWLEDGE) if one.id == rule)


def test_the_closed_line_says_what_holds_and_not_the_worst_that_could() -> None:
    """Fever calls the emergency number only soon after chemotherapy, and "no chemotherapy, ever" is not soon after."""
    assert effect(screened({"fever_symptoms": "yes", "chemo_date": "no"}), "FEVER-ACUTE") == "Not today"
    assert effect(screened({"fever_symptoms": "yes"}), "FEVER-ACUTE") == "Not today"
    assert effect(screened({"fever_symptoms": "yes", "chemo_date": "2026-11-10"}), "FEVER-ACUTE") == (
        "No massage today, call the emergency number"
    )
    assert effect(screened({"fever_symptoms": "yes", "chemo_date": "2020-11-10"}), "FEVER-ACUTE") == "Not today"


def test_every_closed_line_is_as_urgent_as_its_rule_is_today() -> None:
    for screening in anybody(150):
        for result in screening.rules:
            if result.state == "fired" and not result.cleared:
                words = effect(screening, result.id).lower()
                assert ("emergency number" in words) == (result.urgency == "emergency"), (result.id, words)
                assert ("care the same day" in words) == (result.urgency == "same_day"), (result.id, words)
                assert ("no massage today" in words) == (result.decision == "do_not_treat_refer"), (result.id, words)


def test_a_closed_line_claims_no_more_for_its_level_than_there_is() -> None:
    """The rule may rest on a guideline while its number is our own: the closed line says both."""
    for screening in anybody(60):
        for one in fired(screening, KNOWLEDGE):
            rule = KNOWLEDGE.rules[one.id]
            if rule.caps_strength == "N" and rule.strength != "N":
                assert one.strength_words.endswith("; the level: N, our default"), one.id
            elif not rule.caps_strength or rule.caps_strength == rule.strength:
                assert "the level" not in one.strength_words, one.id


def test_what_met_a_rule_is_said_truly_where_no_statement_is_shown() -> None:
    of = {one.id: one for one in (*fired(at_ease(), KNOWLEDGE), *fired(bare(), KNOWLEDGE))}
    assert of["HEAT-CEILING"].met_by == "What is known: places where hot and cold were tested and told apart."
    assert of["DATA-MISSING"].met_by == "That something is not known which must be asked first."
    for screening in anybody(60):
        assert all("only possible" not in one.met_by for one in fired(screening, KNOWLEDGE))
        assert all(one.met_by == "Nothing yet: it is only possible." for one in waiting(screening, KNOWLEDGE))


def test_every_rule_of_a_screening_is_somewhere() -> None:
    for screening in anybody(60):
        shown = [one.id for one in (*fired(screening, KNOWLEDGE), *waiting(screening, KNOWLEDGE))]
        shown += [name for name, _ in other_possible(screening)]
        assert sorted(shown) == sorted(rule.id for rule in screening.rules)


def test_nothing_is_left_unfilled() -> None:
    for screening in anybody(60):
        for one in fired(screening, KNOWLEDGE):
            for words in (one.title, one.effect, one.how_strong, one.not_known, one.lifts, *map(str, one.met)):
                assert "{" not in words
                assert "None" not in words
                assert "_" not in words
        for card in (*cards(screening, KNOWLEDGE), *further(screening, KNOWLEDGE)):
            for question in card.questions:
                assert not any("{" in words or words.endswith(" ") for words in question.changes)


def test_of_very_many_statements_twenty_are_shown_and_the_rest_is_counted() -> None:
    entries = tuple(
        Evidence("diabetes", True, dt.date(2020, 1, 1) + dt.timedelta(n), f"Condition/{n}", f"note {n}", "code")
        for n in range(50)
    )
    lines = facts_lines([Met("diabetes", "Diabetes", one.value, one.date, one.origin, one.said) for one in entries],
                        KNOWLEDGE, AS_OF)  # fmt: skip
    assert len(lines) == 21
    assert str(lines[-1]) == "and 30 more"
    for screening in (screened({"age_years": 60}, also=entries), old_clot()):
        assert all(len(reason.met) <= 21 for reason in fired(screening, KNOWLEDGE))
