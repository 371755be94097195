"""The card for touch at home, from today's limits."""

from __future__ import annotations

import datetime as dt

import pytest

from afferent.visit.events import Look
from afferent.web.audit.models import Entry
from afferent.web.notes.looking import look


def at(client) -> str:
    return f"/clients/{client.pk}/home-touch"


def test_where_how_lightly_and_when_to_stop(ada, joan) -> None:
    page = ada.get(at(joan)).content.decode()
    for words in ("Touch at home", "BOTH of your hands", "1 light lotioning", "Never", "Stop", "eeling is not a guide"):
        assert words in page
    assert Entry.objects.order_by("-seq").first().action == "home.made"


def test_a_finding_takes_its_place_off_the_card(ada, joan, session) -> None:
    from django.utils import timezone

    user = ada.member.user
    look(session, "before", (Look("hand.left.palm", "open"),), by=user, actor="user:1", now=timezone.now())
    page = ada.get(at(joan)).content.decode()
    assert "Your RIGHT hand" in page
    assert "Leave alone: the LEFT hand" in page


def test_while_a_question_is_open_it_names_no_place(ada, a_client) -> None:
    page = ada.get(at(a_client("Walter", "Lindqvist"))).content.decode()
    assert "A question is still open" in page
    assert "minutes a day" not in page


def test_only_for_therapists_who_are_advised(joan, signed_in, clinic) -> None:
    assert signed_in("desk").get(at(joan)).status_code == 403
    clinic.mode = "record"
    clinic.save()
    assert signed_in("therapist").get(at(joan)).status_code == 403


def say_yes(browser, client, **changed: str):
    from afferent.web.clinics.clock import today

    sent = {"clinician": "Dr Meier", "on": today(client.clinic).isoformat(), "talked": "yes", "do": "agreed"} | changed
    return browser.post(at(client), sent)


def text(browser, client) -> str:
    return browser.get(at(client)).content.decode()


def test_a_numb_place_waits_until_a_clinicians_yes_is_written_down(ada, joan) -> None:
    before = text(ada, joan)
    assert "BOTH of your feet: not yet" in before
    assert "Write down a clinician’s yes" in before
    assert say_yes(ada, joan).status_code == 302
    page = text(ada, joan)
    assert "not yet" not in page
    assert "BOTH of your feet: at most" in page
    assert "Numb: BOTH of your feet." in page
    assert "Dr Meier said yes" in page
    assert Entry.objects.filter(action="home.agreed").count() == 1


def test_the_yes_stands_in_the_history_and_says_who_wrote_it(ada, joan) -> None:
    from afferent.web.clients.models import Record

    say_yes(ada, joan)
    row = Record.objects.get(client=joan, kind="clearance")
    assert row.by == ada.member.user
    page = ada.get(f"/clients/{joan.pk}/history").content.decode()
    assert "Touch at home on numb places: Dr Meier said yes" in page
    assert "talked over with Joan" in page


def test_it_is_taken_back_by_one_tap(ada, joan) -> None:
    say_yes(ada, joan)
    assert ada.post(at(joan), {"do": "taken_back"}).status_code == 302
    assert "BOTH of your feet: not yet" in text(ada, joan)
    assert Entry.objects.filter(action="home.taken_back").count() == 1
    ada.post(at(joan), {"do": "taken_back"})
    assert Entry.objects.filter(action="home.taken_back").count() == 1, "nothing to take back"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"clinician": ""}, "Who said yes"),
        ({"clinician": " . "}, "Who said yes"),
        ({"clinician": "x" * 200}, "Who said yes"),
        ({"talked": ""}, "talked over"),
        ({"on": "soon"}, "which day"),
        ({"on": ""}, "which day"),
        ({"on": "2999-01-01"}, "which day"),
        ({"on": "2001-01-01"}, "90 days"),
    ],
)
def test_a_yes_needs_who_when_and_that_it_was_talked_over(ada, joan, changed, says: str) -> None:
    answer = say_yes(ada, joan, **changed)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert "BOTH of your feet: not yet" in text(ada, joan)
    assert not Entry.objects.filter(action="home.agreed").exists()


def test_it_holds_for_ninety_days_and_for_the_places_that_were_numb_then(ada, joan, clinic) -> None:
    from afferent.safety.evidence import Evidence
    from afferent.web.clients.knowing import write
    from afferent.web.clinics.clock import today

    day = today(clinic)
    say_yes(ada, joan, on=(day - dt.timedelta(days=90)).isoformat())
    assert "BOTH of your feet: at most" in text(ada, joan)
    write(joan, "answers", [Evidence("numb", ("foot.left", "foot.right", "hand.left"), day)], on=day)
    page = text(ada, joan)
    assert "Your LEFT hand and BOTH of your feet: not yet" in page
    assert "Write down a clinician’s yes" in page


@pytest.mark.parametrize(
    ("days", "chemo", "holds"), [(90, False, True), (91, False, False), (30, True, True), (31, True, False)]
)
def test_a_yes_ends_with_its_day_and_sooner_in_chemotherapy(
    ada, joan, clinic, days: int, chemo: bool, holds: bool
) -> None:
    from msgspec import structs

    from afferent.web.clients.current import current, whole
    from afferent.web.clinics.clock import today
    from afferent.web.notes.home_yes import Said, give
    from afferent.web.notes.home_yes import standing as stands

    day = today(clinic)
    screening = whole(current(joan, day), day)
    if chemo:
        fired = structs.replace(screening.rules[0], id="CHEMO-CURRENT", state="fired")
        screening = structs.replace(screening, rules=(*screening.rules, fired))
    said = Said("Dr Meier", day - dt.timedelta(days=days))
    give(joan, said, screening, today=day, by=ada.member.user, actor="user:1")
    assert (stands(joan, screening, day) is not None) is holds


def test_a_yes_to_nothing_numb_is_not_asked_for(ada, a_client) -> None:
    walter = a_client("Walter", "Lindqvist")
    assert "Write down a clinician’s yes" not in text(ada, walter)
    assert say_yes(ada, walter).status_code == 409


def test_only_therapists_write_it_down(signed_in, joan) -> None:
    assert say_yes(signed_in("desk"), joan).status_code == 403


def test_what_no_button_sends_changes_nothing(ada, joan) -> None:
    assert ada.post(at(joan), {"do": "more"}).status_code == 400


def test_a_yes_opens_no_foot_that_the_limits_keep_off_the_card(ada, joan, clinic) -> None:
    from afferent.safety.evidence import Evidence
    from afferent.web.clients.knowing import write
    from afferent.web.clinics.clock import today

    say_yes(ada, joan)
    day = today(clinic)
    write(joan, "answers", [Evidence("open_skin", ("foot.left.sole.heel",), day)], on=day)
    page = text(ada, joan)
    assert "your LEFT foot: at most" not in page
    assert "BOTH of your feet: at most" not in page
