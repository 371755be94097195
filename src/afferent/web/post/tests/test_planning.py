"""What causes a message writes it, in the same transaction; what ends its reason withdraws it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction

from afferent.web.book.booking import cancel, done, move
from afferent.web.book.models import Visit
from afferent.web.book.series import Wish, book_series
from afferent.web.post.choosing import choose
from afferent.web.post.models import Manner, Message
from afferent.web.post.planning import again, all_again, remind
from afferent.web.post.tests.conftest import NOW, at


def states() -> list[tuple[str, str]]:
    return sorted(Message.objects.values_list("channel", "state"))


def test_a_booking_writes_its_reminder_for_the_day_before(ruth, booked) -> None:
    visit = booked(ruth)
    [one] = Message.objects.all()
    assert (one.kind, one.channel, one.state, one.visit_id) == ("visit", "email", "waiting", visit.pk)
    assert one.due_at == one.next_try == at("10:00", 1)
    assert one.not_after == visit.starts_at - dt.timedelta(hours=2)
    assert one.address == ""


def test_one_for_each_way_and_none_for_whoever_wants_none(ruth, wants, a_client, booked) -> None:
    wants(ruth, channels=("email", "text"))
    booked(ruth)
    booked(a_client("Walter", "Lindqvist"), "16:00")
    assert states() == [("email", "waiting"), ("text", "waiting")]


def test_a_booking_that_is_rolled_back_leaves_no_message(ruth, booked) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        booked(ruth)
        raise RuntimeError
    assert (Visit.objects.count(), Message.objects.count()) == (0, 0)


def test_said_again_it_is_the_same_message(ruth, booked) -> None:
    visit = booked(ruth)
    for _ in range(3):
        remind(visit, now=NOW)
    assert Message.objects.count() == 1


def test_whoever_books_late_has_the_day_in_mind(ruth, booked) -> None:
    booked(ruth, "14:30", 1, now=at("10:30"))
    assert not Message.objects.exists()


def test_no_reminder_for_what_begins_before_it_could_go(ruth, booked) -> None:
    Manner.objects.create(days_before=0)
    booked(ruth, "11:30", 1)
    booked(ruth, "12:00", 2)
    assert list(Message.objects.values_list("due_at", flat=True)) == [at("10:00", 2)]


def test_a_visit_that_is_cancelled_or_over_needs_none(ruth, booked) -> None:
    first, second = booked(ruth), booked(ruth, "16:00")
    cancel(first, "The client asked")
    Visit.objects.filter(pk=second.pk).update(starts_at=NOW - dt.timedelta(hours=1))
    done(second, now=NOW)
    assert states() == [("email", "withdrawn"), ("email", "withdrawn")]


def test_a_visit_that_is_moved_is_reminded_of_at_its_new_time(ruth, booked) -> None:
    old = booked(ruth)
    new, _ = move(old, at("09:30", 5), now=NOW)
    assert Message.objects.get(visit=old).state == "withdrawn"
    assert Message.objects.get(visit=new).due_at == at("10:00", 4)


def test_a_series_in_a_fixed_number_of_queries(ruth, ada, django_assert_max_num_queries) -> None:
    wish = Wish(NOW.date() + dt.timedelta(days=3), 45, 6, ((0, dt.time(9)), (2, dt.time(9)), (4, dt.time(9))))
    series, _ = book_series(ruth, ada, wish, now=NOW)
    visits = list(series.visits.all())
    assert Message.objects.count() == len(visits) > 15
    Message.objects.all().delete()
    with django_assert_max_num_queries(12):
        remind(*visits, now=NOW)
    assert Message.objects.count() == len(visits)


def test_what_a_client_chooses_holds_for_the_visits_that_are_booked(ruth, ada, booked) -> None:
    booked(ruth)
    choose(ruth, channels=["text"], kinds=["visit"], zone="", by=ada, now=NOW)
    again(ruth, now=NOW)
    assert states() == [("email", "withdrawn"), ("text", "waiting")]
    choose(ruth, channels=["email", "text"], kinds=["visit"], zone="", by=ada, now=NOW)
    again(ruth, now=NOW)
    assert states() == [("email", "waiting"), ("text", "waiting")]


def test_by_the_clients_own_clock(ruth, ada, booked) -> None:
    """The day before is the day before there: 14:30 in Berlin is half past midnight in Auckland, a day later."""
    choose(ruth, channels=["email"], kinds=["visit"], zone="Pacific/Auckland", by=ada, now=NOW)
    booked(ruth, "14:30", 3)
    [one] = Message.objects.all()
    there = one.due_at.astimezone(dt.timezone(dt.timedelta(hours=13)))
    assert (there.hour, there.day) == (10, 27)


def test_the_clinic_sends_otherwise_from_now_on(ruth, booked) -> None:
    booked(ruth, days=5)
    how = Manner.objects.create(days_before=2, at=dt.time(17))
    all_again(now=NOW)
    assert Message.objects.get().due_at == Message.objects.get().next_try == at("17:00", 3)
    how.remind = False
    how.save()
    all_again(now=NOW)
    assert states() == [("email", "withdrawn")]


def test_what_went_or_is_on_its_way_is_not_touched(ruth, booked) -> None:
    visit = booked(ruth)
    for state in ("sending", "sent", "in_doubt", "failed"):
        Message.objects.update(state=state)
        remind(visit, now=NOW)
        cancel(visit, "The client asked")
        assert Message.objects.get().state == state
        Visit.objects.update(state="booked")
