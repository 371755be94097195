"""Today: who comes, how each stands, what to do first; for each role no more than it may know."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from afferent.web.audit.models import Entry
from afferent.web.book.booking import cancel
from afferent.web.book.tests.conftest import NOW
from afferent.web.clients.models import Client, Screened
from afferent.web.clinics.knowledge import in_force
from afferent.web.consents.asking import give, withdraw
from afferent.web.intake.models import Draft


@pytest.fixture
def stands(clinic):
    """`stands(client, "ready", "line")`: so the client was screened today."""

    def make(client, state: str, line: str = "", headline: str = "It may go ahead.") -> None:
        client.screened = Screened.objects.create(
            client=client, as_of=NOW.date(), knowledge=in_force(clinic).version, decision="treat", urgency="none",
            state=state, headline=headline, line=line, digest=str(client.pk), body=b"",
        )  # fmt: skip
        Client.objects.filter(pk=client.pk).update(screened=client.screened, screened_on=NOW.date(), stale=False)

    return make


def agrees(client, days_ago: int = 0) -> None:
    """To massage, in the words in force."""
    version, on = in_force(client.clinic).consents["treatment"].version, NOW.date() - dt.timedelta(days=days_ago)
    give(client, "treatment", version, on=on, actor="program")


def text(browser, address: str = "/today") -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_sentence_first_then_each_visit(now, signed_in, ada, a_client, booked, stands) -> None:
    for clock, given, state in (("09:30", "Walter", "ask"), ("10:30", "Joan", "ready"), ("11:30", "Samuel", "closed")):
        stands(person := a_client(given, "Lindqvist"), state, f"the line of {given}")
        agrees(person)
        booked(person, clock)
    page = text(signed_in(member=ada.memberships.get()))
    assert "Tuesday 24 November" in page
    assert "Three visits. One is ready. One needs something from you first. One is not to be massaged today." in page
    assert page.index("09:30") < page.index("Walter Lindqvist") < page.index("Questions open") < page.index("10:30")
    assert "First visit · the line of Walter" in page
    assert page.count("visit-next") == 1
    assert page.count(", the next visit") == 1


def test_whoever_was_never_screened_is_not_ready(now, signed_in, ada, a_client, booked) -> None:
    booked(a_client(), "09:30")
    page = text(signed_in(member=ada.memberships.get()))
    assert "One visit. One needs something from you first." in page


def test_the_front_desk_reads_whole_sentences(now, signed_in, a_client, booked) -> None:
    drafts = {"Walter": None, "Joan": {"finished_at": NOW}, "Ruth": {}}
    for clock, (given, draft) in zip(("09:30", "10:30", "11:30"), drafts.items(), strict=True):
        booked(person := a_client(given, "Lindqvist"), clock)
        if draft is not None:
            Draft.objects.create(client=person, answers={}, **draft)
    page = text(signed_in("desk"))
    assert "Three visits. One has answered the intake. One has begun the intake." in page
    assert "One has not answered the intake yet." in page


@pytest.fixture
def walter_today(a_client, booked, stands):
    """Walter comes today, and the screening says "ready"."""
    stands(walter := a_client("Walter", "Lindqvist"), "ready", "no limit found")
    booked(walter, "09:30")
    return walter


def test_an_intake_that_was_begun_takes_ready_away(now, signed_in, ada, walter_today) -> None:
    agrees(walter_today)
    Draft.objects.create(client=walter_today, answers={}, alarm=False)
    page = text(signed_in(member=ada.memberships.get()))
    assert "One visit. One needs something from you first." in page
    assert "Intake begun" in page
    assert "Ready" not in page


def test_a_call_for_help_stands_above_everything_else(now, signed_in, ada, walter_today, a_client) -> None:
    """Also of somebody who has no visit today."""
    for one in (walter_today, mirela := a_client("Mirela", "Stan")):
        Draft.objects.create(client=one, answers={}, alarm=True)
    page = text(signed_in(member=ada.memberships.get()))
    assert page.index("Get help first") < page.index("One visit.")
    assert f'href="/clients/{mirela.pk}"' in page
    assert "One is not to be massaged today." in page
    assert "Ready" not in page


def test_the_page_of_the_visit_says_the_same(now, signed_in, ada, walter_today) -> None:
    browser = signed_in(member=ada.memberships.get())
    address = f"/visit/{walter_today.visits.get().pk}"
    assert "Consent not asked" in text(browser, address)
    assert "It may go ahead." in text(browser, address)
    Draft.objects.create(client=walter_today, answers={}, alarm=True)
    assert "Get help first" in text(browser, address)
    assert "It may go ahead." not in text(browser, address)


@pytest.mark.parametrize("roles", [("desk",), ("owner",)])
def test_without_decision_support_a_begun_intake_is_no_more_than_that(
    now, signed_in, walter_today, roles
) -> None:  # fmt: skip
    Draft.objects.create(client=walter_today, answers={}, alarm=True)
    page = text(signed_in(*roles))
    assert "Intake begun" in page
    assert "Get help first" not in page


def test_nobody_is_ready_who_has_not_agreed_to_massage(now, signed_in, ada, walter_today) -> None:
    browser = signed_in(member=ada.memberships.get())
    assert "Consent not asked" in text(browser)
    assert "Ready" not in text(browser)
    agrees(walter_today, days_ago=400)
    assert "Ask consent again" in text(browser)
    agrees(walter_today)
    assert "Ready" in text(browser)
    withdraw(walter_today, "treatment", on=NOW.date(), actor="program")
    assert "No consent to massage" in text(browser)
    assert "One is not to be massaged today." in text(browser)


@pytest.mark.parametrize("state", ["ask", "clearance", "skin", "again"])
def test_a_no_to_massage_counts_before_any_question(now, signed_in, ada, walter_today, stands, state) -> None:
    stands(walter_today, state)
    withdraw(walter_today, "treatment", on=NOW.date(), actor="program")
    assert "No consent to massage" in text(signed_in(member=ada.memberships.get()))


@pytest.mark.parametrize("roles", [("desk",), ("owner",)])
def test_without_decision_support_nothing_clinical_is_shown(now, signed_in, a_client, booked, stands, roles) -> None:
    stands(walter := a_client("Walter", "Lindqvist"), "clearance", "a line about his leg")
    booked(walter, "09:30")
    page = text(signed_in(*roles))
    assert "Walter Lindqvist" in page
    assert "No intake yet" in page
    assert "Ada Okonkwo" in page
    assert "Clearance due" not in page
    assert "his leg" not in page


def test_in_record_mode_a_therapist_reads_no_screening(now, signed_in, clinic, ada, a_client, booked, stands) -> None:
    stands(walter := a_client("Walter", "Lindqvist"), "ready", "a line about his leg")
    booked(walter, "09:30")
    clinic.mode = "record"
    clinic.save()
    page = text(signed_in(member=ada.memberships.get()))
    assert "No intake yet" in page
    assert "Ready" not in page
    assert "his leg" not in page


def test_a_therapist_sees_their_own_and_can_switch(now, signed_in, staff, ada, a_client, booked) -> None:
    booked(a_client("Walter", "Lindqvist"), "09:30")
    booked(a_client("Joan", "Petrie"), "09:30", therapist=staff("therapist", name="Ben Asare").user)
    browser = signed_in(member=ada.memberships.get())
    assert "Joan Petrie" not in text(browser)
    page = text(browser, "/today/everybody")
    assert "Joan Petrie" in page
    assert "Ben Asare" in page


def test_cancelled_ones_are_kept_apart(now, signed_in, ada, a_client, booked) -> None:
    cancel(booked(a_client("Walter", "Lindqvist"), "09:30"), "The client asked")
    page = text(signed_in(member=ada.memberships.get()))
    assert "No visits today. Add one, or look at who waits for an answer." in page
    assert "Cancelled or moved (1)" in page


def test_looking_is_written_into_the_audit(now, signed_in, ada) -> None:
    text(signed_in(member=ada.memberships.get()))
    assert Entry.objects.get().action == "book.listed"


@pytest.mark.parametrize("roles", [("therapist",), ("desk",)])
def test_as_many_queries_for_thirty_visits_as_for_three(now, signed_in, ada, a_client, booked, stands, roles) -> None:
    browser = signed_in(member=ada.memberships.get()) if roles == ("therapist",) else signed_in(*roles)

    def more(first: int, number: int) -> int:
        for n in range(first, first + number):
            stands(person := a_client(f"Person{n}", "Lindqvist"), "ready")
            agrees(person)
            at = NOW.replace(hour=8) + dt.timedelta(minutes=20 * n)
            booked(person, f"{at:%H:%M}", 15)
        text(browser)
        with CaptureQueriesContext(
            connection,
        ) as few:
            text(browser)
        return len(few)

    assert more(0, 3) == more(3, 27) <= 25
