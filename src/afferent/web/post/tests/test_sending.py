"""What is asked at the moment of sending, and what becomes of what a sender says."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from afferent.web.book.models import Visit
from afferent.web.clinics.models import Clinic
from afferent.web.consents.asking import withdraw
from afferent.web.post.choosing import stop
from afferent.web.post.claims import LEASE
from afferent.web.post.models import Manner, Message, Preference
from afferent.web.post.senders import NotSent, Unknown
from afferent.web.post.tests.conftest import NOW, at
from afferent.web.scope import inside

DUE = at("10:00", 1)


def told() -> tuple[str, str]:
    return Message.objects.values_list("state", "why").get()


def test_it_goes_when_it_is_due(ruth, booked, look, carrier) -> None:
    booked(ruth)
    assert look(DUE - dt.timedelta(minutes=1)) == 0
    assert look(DUE) == 1
    [letter] = carrier.letters
    assert (letter.to, letter.subject) == ("ruth@example.org", "Your appointment on Thursday 26 November")
    assert letter.text.startswith("You have an appointment on Thursday 26 November at 14:30.")
    assert letter.id == str(Message.objects.get().pk)
    assert told() == ("sent", "")
    assert look(DUE) == 0
    assert len(carrier.letters) == 1


def test_consent_counts_at_the_moment_of_sending(ruth, booked, look, carrier) -> None:
    booked(ruth)
    withdraw(ruth, "reminders", on=NOW.date(), actor="user:1")
    look(DUE)
    assert told() == ("withdrawn", "The consent to reminders does not stand")
    assert carrier.letters == []


def test_a_consent_that_grew_old_is_asked_again_first(ruth, booked, look, carrier) -> None:
    booked(ruth, days=500)
    look(at("10:00", 499))
    assert carrier.letters == []
    assert told()[0] == "withdrawn"


def test_so_does_what_the_client_wants_and_where_they_are(ruth, booked, look, carrier) -> None:
    for change in ({"email": ""}, {"archived_at": NOW}):
        booked(ruth, days=2)
        type(ruth).objects.update(email="ruth@example.org", archived_at=None)
        Message.objects.update(state="waiting", next_try=DUE, claimed_at=None)
        type(ruth).objects.update(**change)
        look(DUE)
        assert told()[0] == "withdrawn"
        Visit.objects.update(state="cancelled")
        Message.objects.all().delete()
    assert carrier.letters == []


def test_a_visit_that_was_moved_without_the_book_is_not_reminded_of(ruth, booked, look, carrier) -> None:
    booked(ruth)
    Visit.objects.update(state="moved")
    look(DUE)
    assert told() == ("withdrawn", "The visit was moved or cancelled, or has begun")


def test_nothing_goes_in_the_quiet_hours_of_the_client(ruth, booked, look, carrier, wants) -> None:
    wants(ruth, zone="America/New_York")
    booked(ruth, "20:00", 2)
    Message.objects.update(next_try=DUE, due_at=DUE)  # 04:00 in New York
    look(DUE)
    assert told()[0] == "waiting"
    assert carrier.letters == []
    assert look(at("13:59", 1)) == 0
    look(at("14:00", 1))
    assert len(carrier.letters) == 1


def test_a_reminder_that_would_only_come_after_the_night_is_withdrawn_where_that_is_too_late(
    ruth, booked, look, carrier
) -> None:
    booked(ruth, "09:30", 2)
    Message.objects.update(next_try=at("22:00", 1))
    look(at("22:00", 1))
    assert told() == ("withdrawn", "It would have come too late")


def test_a_server_that_was_off_too_long_sends_nothing_late(ruth, booked, look, carrier) -> None:
    booked(ruth)
    look(at("12:31", 2))
    assert told() == ("withdrawn", "It would have come too late")


def test_a_stop_between_claim_and_sending_is_heard(ruth, booked, look, carrier, monkeypatch) -> None:
    booked(ruth)
    from afferent.web.post import sending

    real = sending.claim

    def claim(who, now):
        found = real(who, now)
        if found:
            stop(ruth, "email", how="stop_link", actor="client:x", now=now)
        return found

    monkeypatch.setattr(sending, "claim", claim)
    look(DUE)
    assert carrier.letters == []
    assert told() == ("withdrawn", "The client wants no more of these")


def test_no_transaction_is_open_while_a_sender_speaks(ruth, booked, look, carrier) -> None:
    booked(ruth)
    depth = len(transaction.get_connection().savepoint_ids)
    carrier.meanwhile = lambda: seen.append((len(transaction.get_connection().savepoint_ids), told()[0]))
    seen: list = []
    look(DUE)
    assert seen == [(depth, "sending")]


@pytest.mark.parametrize(
    ("says", "state"),
    [
        (NotSent("The mail server could not be spoken to", again=True), "waiting"),
        (NotSent("The mail server refused it (code 550)", again=False), "failed"),
        (Unknown("The mail server fell silent"), "in_doubt"),
        (ZeroDivisionError("a sender of somebody's own, with a fault"), "in_doubt"),
    ],
)
def test_what_a_sender_says(says, state, ruth, booked, look, carrier) -> None:
    booked(ruth)
    carrier.says = [says]
    look(DUE)
    found = told()
    assert found[0] == state
    assert "somebody's own" not in found[1]
    look(DUE + dt.timedelta(hours=1))
    assert len(carrier.letters) == (1 if state == "waiting" else 0)


def test_the_same_message_tried_again_has_the_same_name(ruth, booked, look, carrier) -> None:
    booked(ruth)
    carrier.says = [NotSent("The mail server could not be spoken to", again=True)]
    look(DUE)
    look(DUE + dt.timedelta(hours=1))
    assert [one.id for one in carrier.letters] == [str(Message.objects.get().pk)]


def test_a_way_that_is_not_set_up_waits_and_then_is_too_late(ruth, booked) -> None:
    import random

    from afferent.web.post.sending import Post

    booked(ruth)
    Post("one", lambda: DUE, random.Random(1), lambda channel: None).look()
    assert told()[0] == "waiting"
    late = Message.objects.get().not_after - dt.timedelta(minutes=5)
    Post("one", lambda: late, random.Random(1), lambda channel: None).look()
    assert told() == ("withdrawn", "It would have come too late")


def test_two_clinics_on_one_server(ruth, booked, look, carrier, a_client, staff) -> None:
    booked(ruth)
    other = Clinic.objects.create(name="Other", time_zone="Europe/Berlin")
    with inside(other.pk):
        assert not Message.objects.exists()
        assert not Preference.objects.exists()
    assert look(DUE) == 1
    with inside(other.pk):
        assert not Message.objects.exists()


def test_a_claim_that_somebody_died_with_is_taken_over_and_sent_once(ruth, booked, look, carrier) -> None:
    from afferent.web.post.claims import claim

    booked(ruth)
    claim("dead", DUE)
    assert look(DUE) == 0
    assert look(DUE + LEASE) == 1
    assert len(carrier.letters) == 1


def test_switched_off_after_it_was_written(ruth, booked, look, carrier) -> None:
    booked(ruth)
    Manner.objects.create(remind=False)
    look(DUE)
    assert told() == ("withdrawn", "Reminders are switched off")


def test_one_that_cannot_be_made_ready_holds_no_other_back(ruth, booked, look, carrier, a_client, wants) -> None:
    booked(ruth)
    walter = a_client("Walter", "Lindqvist", email="walter@example.org")
    wants(walter)
    booked(walter, "16:00")
    Preference.objects.create(client=ruth, channels=["email"], kinds=["visit"], zone="Europe/Nowhere")
    look(DUE)
    assert [one.to for one in carrier.letters] == ["walter@example.org"]
    assert Message.objects.get(client=ruth).state == "waiting"


def test_a_look_that_finds_nothing_takes_no_lock(ruth, booked, look, django_assert_max_num_queries) -> None:
    booked(ruth)
    with django_assert_max_num_queries(7) as seen:
        look(NOW)
    assert not [one for one in seen.captured_queries if "UPDATE" in one["sql"] or "SAVEPOINT" in one["sql"]]
