"""Every letter is composed from stored rows: what stands in it is what visits, scores, maps and answers say."""

from __future__ import annotations

import datetime as dt

import pytest

from afferent.records.letters.pdf import pdf
from afferent.web.audit.chain import digest
from afferent.web.careteam.finding import findings
from afferent.web.careteam.kinds import KINDS, refused
from afferent.web.careteam.tests.conftest import HEEL


def made(name, case, **sent):
    kind = KINDS[name]
    form = kind.fields(case, {"to_name": "Dr. Osei", **sent} if sent else None)
    if sent:
        assert form.is_valid(), form.errors
    return kind.compose(case, form)


def test_a_progress_letter_says_what_is_stored(series, case, today) -> None:
    letter = made(
        "progress",
        case(),
        layer="burning",
        quote=digest("To walk to the market")[:12],
        question="May we go on?",
        onward="wait",
    )
    assert (letter.sessions.done, letter.sessions.planned) == (3, 8)
    assert letter.sessions.first == today - dt.timedelta(21)
    assert [(one.place, one.level, one.minutes) for one in letter.doses] == [("back", 2, 30), ("LEFT foot", 1, 14)]
    assert [one.title for one in letter.scores] == ["Pain", "Sleep disturbed"]
    assert letter.scores[0].points[0][1] == 7
    assert letter.looks == 4
    assert [(one.place, one.what, one.felt) for one in letter.skin] == [("LEFT foot, sole, heel", "a blister", False)]
    assert len(letter.events) == 2
    assert "the client said STOP while hands were on the LEFT foot: too hard" in letter.events[0]
    assert "very sore" in letter.events[1]
    assert letter.own_words == "To walk to the market"
    assert letter.then.regions == ("foot.left", "foot.right")
    assert letter.now.regions == ("foot.left.sole",)
    assert "would matter to the client" in letter.rule
    assert letter.verdict
    assert letter.onward == "We pause until you answer."
    assert letter.question == "May we go on?"
    assert len(letter.made.digest) == 64
    assert f"visit, {today - dt.timedelta(14)}" in letter.made.facts


def test_without_decision_support_no_letter_says_what_the_rule_comes_to(series, case) -> None:
    letter = made("progress", case(advised=False))
    assert letter.verdict == ""
    assert letter.rule
    assert refused("thanks", case(advised=False))


def test_nothing_of_the_client_s_own_words_stands_there_unless_it_is_chosen(series, case) -> None:
    assert made("progress", case()).own_words == ""


def test_a_client_without_anything_stored_gets_letters_that_say_so(case) -> None:
    letter = made("progress", case())
    assert (letter.sessions.done, letter.doses, letter.scores, letter.rule, letter.verdict) == (0, (), (), "", "")
    assert "no visit" in refused("thanks", case())
    assert "no visit" in refused("receipt", case())
    assert "last four weeks" in refused("urgent", case())
    for name in ("progress", "discharge", "necessity"):
        assert pdf(made(name, case()))


def test_an_urgent_finding_comes_from_the_look_and_never_says_what_it_is(series, case) -> None:
    one = case()
    (blister,) = findings(one)
    assert blister.words == "A blister: the LEFT foot (sole, heel) (found, not felt)."
    letter = made("urgent", one, found=[blister.key], how="today", did=["stopped", "covered"], told=["today"])
    assert (letter.noticed, letter.felt, letter.place) == ("skin", False, "the LEFT foot (sole, heel)")
    assert letter.seen == series[1].starts_at.date()
    assert letter.did == ("Stopped the massage.", "Covered it with a clean dressing.")
    assert "you have" not in str(letter).lower()


def test_what_may_matter_leaves_out_what_is_not_so_and_names_no_finding(series, case, joan, today) -> None:
    from afferent.safety.evidence import Evidence
    from afferent.web.clients.knowing import write

    told = [
        Evidence("foot_ulcer_new_or_infected", True, today, "skin check"),
        Evidence("diabetes", True, today, "answer"),
    ]
    write(joan, "skin_check", told, on=today)
    lines = [line for _, line in KINDS["urgent"].fields(case()).fields["known"].choices]
    assert any(line.startswith("Diabetes") for line in lines)
    assert any(line.startswith("Numb places") for line in lines)
    assert not any("ulcer" in line.lower() or ": no (" in line for line in lines)


@pytest.mark.parametrize(
    ("look", "noticed"),
    [
        ({"region": "foot.left.top", "found": "hot"}, "hot_foot"),
        ({"region": "leg.left.back", "found": "swollen"}, "clot_signs"),
        ({"region": "foot.left.top", "found": "red"}, "skin"),
        ({"region": "back", "found": "open"}, "skin"),
    ],
)
def test_the_kind_of_a_finding_follows_from_what_was_seen_and_where(visited, case, look, noticed) -> None:
    from afferent.visit.events import Look

    visited(2, looks=(Look(**look),))
    assert [one.noticed for one in findings(case())] == [noticed]


def test_a_finding_in_a_visit_that_still_runs_is_offered_too(visited, case) -> None:
    visited(0, looks=(HEEL,), ended=False)
    assert len(findings(case())) == 1


def test_two_findings_in_one_letter_and_the_more_pressing_names_it(visited, case) -> None:
    from afferent.visit.events import Look

    visited(1, looks=(Look("leg.left.back", "swollen", felt=True), HEEL))
    one = case()
    letter = made("urgent", one, found=[each.key for each in findings(one)], how="now")
    assert letter.noticed == "clot_signs"
    assert letter.felt is False
    assert letter.more.count("\n") == 1


def test_an_incident_is_offered_in_its_own_words(visited, case, ada) -> None:
    from django.utils import timezone

    from afferent.visit.incident import Incident
    from afferent.web.notes.incidents import write

    visit = visited(2)
    fell = Incident("incident", timezone.now(), seen="fell when getting up", could_feel="yes")
    write(visit, fell, by=ada.member.user, actor="user:1", now=timezone.now())
    write(
        visit,
        Incident("near_miss", timezone.now(), seen="a hot pack"),
        by=ada.member.user,
        actor="u",
        now=timezone.now(),
    )
    (one,) = findings(case())
    assert (one.words, one.noticed, one.felt) == ("Fell when getting up.", "other", None)
    assert any("Incident. fell when getting up." in line for line in made("progress", case()).events)


def test_thanks_say_the_first_day_and_the_limits_of_today(series, case, today) -> None:
    letter = made("thanks", case())
    assert letter.met == today - dt.timedelta(21)
    assert letter.report_after == 8
    assert letter.plan.places
    assert letter.hard


def test_the_end_of_a_series_says_why_and_what_was_told(series, case) -> None:
    letter = made(
        "discharge", case(), reason="rule", more="After a talk.", advice=["soles"], advice_more="See us in May."
    )
    assert letter.reason == "The rule that was agreed beforehand says to stop. After a talk."
    assert letter.advice[-1] == "See us in May."
    assert letter.sessions.done == 3
    assert letter.result


def test_a_draft_of_necessity_states_only_what_is_measured_and_leaves_the_rest_to_the_clinician(series, case) -> None:
    letter = made("necessity", case())
    assert (letter.condition, letter.code) == ("", "")
    assert "7 of 10 at first" in letter.impairment
    assert "1 point better" in letter.goal
    assert "Certainty: very low." in letter.studies[0]


def test_a_receipt_has_the_minutes_of_the_visits_and_the_codes_that_were_entered(series, case, today) -> None:
    one = case()
    keys = [visit.pk.hex for visit in series[:2]]
    ticks = {f"tick.{key}": "on" for key in keys} | {f"fee.{keys[1]}": "25.50", f"code.{keys[1]}": "97140"}
    letter = made("receipt", one, code="97124", fee="70", currency="usd", timed="on", paid="95.50", how="card", **ticks)
    assert [(row.code, row.minutes, row.fee) for row in letter.services] == [("97124", 15, 7000), ("97140", 15, 2550)]
    assert (letter.total, letter.paid, letter.currency) == (9550, 9550, "USD")
    assert letter.number == f"{today.year}-0001"
    assert letter.to.name == "Dr. Osei"


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"code": "97124", "fee": "70"}, "Choose at least one visit."),
        ({"visit": "on", "fee": "70"}, "Write a code for"),
        ({"visit": "on", "code": "97124"}, "Write a fee for"),
        ({"visit": "on", "code": "97124", "fee": "much"}, "Write an amount"),
        ({"visit": "on", "code": "97124; massage", "fee": "1"}, "A code has up to 12 letters"),
    ],
)
def test_a_receipt_that_cannot_be_is_refused_in_a_sentence(visited, case, sent, fault) -> None:
    key = visited(2).pk.hex
    given = {f"tick.{key}" if name == "visit" else name: one for name, one in sent.items()}
    form = KINDS["receipt"].fields(case(), {"to_name": "Joan", "currency": "USD", **given})
    assert not form.is_valid()
    assert fault in str(form.errors)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_every_letter_is_a_page(series, case, name, paper) -> None:
    assert pdf(made(name, case()), paper).startswith(b"%PDF")


def test_however_many_visits_the_queries_are_as_many(visited, agreed, case, django_assert_max_num_queries) -> None:
    visited(21)
    with django_assert_max_num_queries(40):
        made("progress", case())
    for days in (18, 15, 12, 9, 6):
        visited(days)
    with django_assert_max_num_queries(40):
        made("progress", case())
