"""The pages: who sees them, what they say, what their buttons do."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from afferent.web.audit.models import Entry
from afferent.web.post.choosing import preference
from afferent.web.post.models import Door, Manner, Message

SOON = dt.timedelta(hours=6)


@pytest.fixture
def desk(signed_in):
    return signed_in("desk")


@pytest.fixture
def message(ruth, booked) -> Message:
    """One in doubt; there is still time to send it again."""
    visit = booked(ruth)
    now = timezone.now()
    visit.starts_at, visit.ends_at = now + 2 * SOON, now + 3 * SOON
    visit.save()
    Message.objects.update(
        state="in_doubt", address="ruth@example.org", not_after=now + SOON, ended_at=now,
        why="The program was ended while it sent this",
    )  # fmt: skip
    return Message.objects.get()


def press(browser, message, do) -> int:
    return browser.post(reverse("settle_message", args=[message.pk]), {"do": do}).status_code


def last() -> str:
    return Entry.objects.order_by("-seq").values_list("action", flat=True)[0]


def test_one_in_doubt_is_named_with_two_buttons(desk, message) -> None:
    page = desk.get(reverse("messages")).content.decode()
    assert "Ruth Amsler" in page
    assert "ruth@example.org" in page
    assert "The program was ended while it sent this." in page
    assert "It arrived" in page
    assert "Send it again" in page
    assert last() == "messages.listed"


def test_it_arrived(desk, message) -> None:
    assert press(desk, message, "arrived") == 302
    message.refresh_from_db()
    assert (message.state, message.settled_by) == ("sent", desk.member.user)
    assert last() == "message.arrived"
    assert press(desk, message, "again") == 409
    assert Message.objects.get().state == "sent"


def test_send_it_again(desk, message, look, carrier) -> None:
    Manner.objects.create(quiet_from=dt.time(3), quiet_until=dt.time(3))
    assert press(desk, message, "again") == 302
    assert last() == "message.again"
    assert press(desk, message, "again") == 409
    look(timezone.now())
    assert len(carrier.letters) == 1
    assert Message.objects.get().state == "sent"


def test_too_late_it_can_only_be_closed(desk, message) -> None:
    Message.objects.update(not_after=timezone.now() - SOON)
    assert "Too late now: close it" in desk.get(reverse("messages")).content.decode()
    assert press(desk, message, "again") == 409
    assert press(desk, message, "close") == 302
    assert Message.objects.get().state == "withdrawn"


def test_a_button_that_there_is_not(desk, message) -> None:
    assert press(desk, message, "burn") == 400
    assert Message.objects.get().state == "in_doubt"


def test_today_says_that_something_needs_a_look(desk, message) -> None:
    page = desk.get(reverse("today")).content.decode()
    assert "Message not sent, or in doubt" in page
    assert reverse("messages") in page
    press(desk, message, "arrived")
    assert "in doubt" not in desk.get(reverse("today")).content.decode()


def test_a_fixed_number_of_queries(desk, ruth, booked, django_assert_num_queries) -> None:
    booked(ruth)
    one = Message.objects.get()
    desk.get(reverse("messages"))
    with CaptureQueriesContext(connection) as few:
        desk.get(reverse("messages"))
    same = {
        name: getattr(one, name) for name in ("client", "visit", "kind", "channel", "due_at", "not_after", "next_try")
    }
    Message.objects.bulk_create(Message(key=f"more:{number}", **same) for number in range(30))
    with django_assert_num_queries(len(few)):
        desk.get(reverse("messages"))


def test_what_a_client_wants_is_written_down(desk, a_client, booked) -> None:
    walter = a_client("Walter", "Lindqvist", email="walter@example.org")
    where = reverse("client_messages", args=[walter.pk])
    assert "The consent to reminders does not stand" in desk.get(where).content.decode()
    sent = {"channels": ["email"], "kinds": ["visit", "day_after"], "zone": "Europe/Lisbon"}
    assert desk.post(where, sent).status_code == 302
    holds = preference(walter)
    assert (holds.channels, holds.kinds, holds.zone) == (["email"], ["visit", "day_after"], "Europe/Lisbon")
    assert holds.by == desk.member.user
    page = desk.get(where).content.decode()
    assert "walter@example.org" in page
    assert "No more messages" in page


def test_ticking_a_way_brings_the_reminders_of_what_is_booked(desk, a_client, ada) -> None:
    from afferent.web.book.booking import book

    walter, now = a_client("Walter", "Lindqvist", email="walter@example.org"), timezone.now()
    book(walter, ada, now + dt.timedelta(days=5), 45, now=now)
    desk.post(reverse("client_messages", args=[walter.pk]), {"channels": ["email"], "kinds": ["visit"]})
    assert Message.objects.get().state == "waiting"
    desk.post(reverse("client_messages", args=[walter.pk]), {})
    assert Message.objects.get().state == "withdrawn"


def test_what_is_not_on_the_list_is_refused(desk, ruth) -> None:
    before = preference(ruth).pk
    for sent in ({"channels": ["pigeon"]}, {"zone": "Europe/Nowhere"}, {"kinds": ["\u0130"]}):
        assert desk.post(reverse("client_messages", args=[ruth.pk]), sent).status_code == 400
    assert preference(ruth).pk == before


def test_the_owner_sets_how_messages_go_out(signed_in) -> None:
    maren = signed_in("owner")
    assert maren.get(reverse("manners")).status_code == 200
    sent = {"do": "save", "signs_as": "Lindenhof", "phone": "+49 30 1234567", "country": "+49", "remind": "on",
            "days_before": "2", "at": "17:00", "quiet_from": "20:00", "quiet_until": "09:00",
            "names": "none"}  # fmt: skip
    assert maren.post(reverse("manners"), sent).status_code == 302
    how = Manner.objects.get()
    assert (how.days_before, how.at, how.names, how.signs_as) == (2, dt.time(17), "none", "Lindenhof")
    assert last() == "messages.set"
    assert maren.post(reverse("manners"), sent | {"days_before": "1"}).status_code == 302
    assert Manner.objects.get().days_before == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"signs_as": "Neuropathy & Foot Massage"}, "“neuropathy”, “foot”, “massage”"),
        ({"phone": "call me"}, "Write a telephone number"),
        ({"country": "49"}, "Write a country"),
        ({"at": "22:00"}, "This lies in the quiet hours"),
        ({"days_before": "70"}, "less than or equal to 7"),
        ({"quiet_from": "late"}, "Write a time such as 10:00"),
        ({"names": "faces"}, "Choose one of the list"),
    ],
)
def test_what_cannot_be_set_is_said_beside_it(signed_in, wrong, says) -> None:
    maren = signed_in("owner")
    sent = {
        "do": "save",
        "remind": "on",
        "days_before": "1",
        "at": "10:00",
        "quiet_from": "21:00",
        "quiet_until": "08:00",
        "names": "initials",
    }
    answer = maren.post(reverse("manners"), sent | wrong)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not Manner.objects.exists()


def test_a_calendars_address_is_shown_once_renewed_and_taken_back(signed_in, ruth) -> None:
    browser = signed_in("therapist", "desk")
    for where in (reverse("own_calendar"), reverse("client_calendar", args=[ruth.pk])):
        assert browser.get(where).status_code == 200
        first = browser.post(where, {"do": "make"}).content.decode()
        assert "http://testserver/m/calendar/" in first
        assert "webcal://testserver/m/calendar/" in first
        assert "/m/calendar/" not in browser.get(where).content.decode()
        second = browser.post(where, {"do": "make"}).content.decode()
        assert Door.objects.filter(withdrawn_at=None).count() == 1
        assert second != first
        assert browser.post(where, {"do": "withdraw"}).status_code == 302
        assert not Door.objects.filter(withdrawn_at=None).exists()


def test_looking_at_a_clients_messages_is_written(desk, ruth) -> None:
    for name in ("client_messages", "client_calendar"):
        before = Entry.objects.count()
        desk.get(reverse(name, args=[ruth.pk]))
        assert Entry.objects.count() > before


def test_nobody_elses_message_is_touched(desk, message) -> None:
    from afferent.web.clinics.models import Clinic
    from afferent.web.scope import inside

    other = Clinic.objects.create(name="Other", time_zone="UTC", second_factor=False)
    with inside(other.pk):
        assert press(desk, message, "arrived") == 302  # the desk of the first clinic, inside its own request
    Message.objects.update(state="in_doubt")
    from django.test import Client as Browser

    from afferent.web.accounts.models import User
    from afferent.web.clinics.models import Membership

    stranger = User.objects.create_user("x@example.org", "a long enough one", name="X")
    Membership.objects.create(clinic=other, user=stranger, desk=True)
    browser = Browser()
    browser.force_login(stranger)
    assert press(browser, message, "arrived") == 404
    assert Message.objects.get().state == "in_doubt"
