"""What else waits: only what is really there, and only for whom it is."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from afferent.web.audit.chain import note as write
from afferent.web.book.tests.conftest import NOW
from afferent.web.book.waiting import waiting
from afferent.web.clinics.models import Clinic, Membership
from afferent.web.intake.models import Draft, Link


@pytest.fixture
def mine(ada) -> Membership:
    return Membership.objects.select_related("clinic", "user").get(user=ada)


def told(member: Membership, now: dt.datetime = NOW) -> list[tuple[str, str]]:
    return [(one.title, one.line) for one in waiting(member, now)]


def test_nothing_waits_where_nothing_is(mine) -> None:
    assert told(mine) == []


def test_an_intake_waits_until_a_therapist_has_opened_the_client(mine, staff, a_client) -> None:
    ruth, desk, now = a_client(), staff("desk"), timezone.now()  # the audit has a clock of its own
    Draft.objects.create(client=ruth, finished_at=now - dt.timedelta(hours=1))
    assert told(mine, now) == [("Intake to read", "Ruth Amsler")]
    assert told(desk, now) == []
    write(f"user:{desk.user_id}", "client.opened", f"client:{ruth.pk}")
    assert told(mine, now) == [("Intake to read", "Ruth Amsler")], "the front desk has not read it"
    write(f"user:{mine.user_id}", "client.opened", f"client:{ruth.pk}")
    assert told(mine, now) == []


def test_links_that_are_out(mine, staff, a_client, clinic) -> None:
    other = Clinic.objects.create(name="Other")
    for number, (place, more) in enumerate([
        (clinic, {}), (clinic, {"used_at": NOW}), (clinic, {"withdrawn_at": NOW}), (other, {}),
        (clinic, {"ends_at": NOW - dt.timedelta(minutes=1)}),
    ]):  # fmt: skip
        person = a_client(f"Person{number}", "Amsler")
        ends = {"ends_at": NOW + dt.timedelta(days=1)} | more
        Link.objects.create(digest=str(number), clinic=place, client_id=person.pk, **ends)
    assert told(mine) == told(staff("desk")) == [("Link not answered yet", "Person0 Amsler")]
    assert told(staff("owner")) == []


def test_questions_for_tomorrow_are_for_advised_therapists(mine, staff, a_client, booked, clinic) -> None:
    booked(a_client("Walter", "Lindqvist"), "09:30", days=1)
    booked(a_client("Joan", "Petrie"), "10:30", days=1)
    booked(a_client("Dieter", "Brandt"), "10:30", days=2)
    assert told(mine) == [("Questions for tomorrow", "Two people have something open")]
    assert told(staff("desk")) == []
    mine.clinic.mode = "record"
    assert told(mine) == []


def test_several_people_have_a_list(now, mine, signed_in, a_client, booked) -> None:
    booked(a_client("Walter", "Lindqvist"), "09:30", days=1)
    booked(a_client("Joan", "Petrie"), "10:30", days=1)
    page = signed_in(member=mine).get("/waiting/tomorrow").content.decode()
    assert "Joan Petrie" in page
    assert "Walter Lindqvist" in page
    assert signed_in(member=mine).get("/waiting/everything").status_code == 404
