"""Calendars, read back as a calendar does: nothing that tells why, the right times, the same name after a move."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from afferent.web.audit.models import Entry
from afferent.web.book.booking import book, cancel, move
from afferent.web.book.models import Visit
from afferent.web.clinics.models import Membership
from afferent.web.post import feeds
from afferent.web.post.doors import make, withdraw
from afferent.web.post.models import Door, Manner
from afferent.web.post.plain import telling

HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def soon() -> dt.datetime:
    """Two in the afternoon in Berlin, the day after tomorrow."""
    from zoneinfo import ZoneInfo

    day = timezone.now().astimezone(ZoneInfo("Europe/Berlin")) + dt.timedelta(days=2)
    return day.replace(hour=14, minute=0, second=0, microsecond=0)


@pytest.fixture
def visit(ruth, ada, soon) -> Visit:
    return book(ruth, ada, soon, 45, now=timezone.now())[0]


@pytest.fixture
def mine(ada) -> str:
    return _address("therapist", ada, user=ada)


@pytest.fixture
def hers(ada, ruth) -> str:
    return _address("client", ada, client=ruth.pk)


def _address(what, by, **whose) -> str:
    return reverse("calendar_feed", args=[make(what, by=by, now=timezone.now(), **whose)[1]])


def events(address: str) -> list:
    answer = Browser().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_visit_stands_in_both_calendars_at_its_time(visit, mine, hers, soon) -> None:
    for address in (mine, hers):
        [event] = events(address)
        assert event.decoded("dtstart") == soon
        assert event.decoded("dtend") - event.decoded("dtstart") == dt.timedelta(minutes=45)
        assert event.decoded("dtstart").tzinfo is not None
        assert (str(event["status"]), event["sequence"]) == ("CONFIRMED", 0)
        assert str(event["uid"]) == f"{visit.pk}@afferent"


def test_as_every_calendar_wants_it(visit, mine, hers, ruth) -> None:
    Manner.objects.create(signs_as="Ä" * 34 + ", ; \\", phone="1")
    for address in (mine, hers):
        body = Browser().get(address).content
        assert body.endswith(b"END:VCALENDAR\r\n")
        assert b"\n" not in body.replace(b"\r\n", b"")
        assert all(len(line) <= 75 for line in body.split(b"\r\n"))
        calendar = Calendar.from_ical(body)
        assert {str(calendar[name]) for name in ("version", "calscale", "method")} == {"2.0", "GREGORIAN", "PUBLISH"}
        assert b"\\, \\; \\\\" in body.replace(b"\r\n ", b"")
        for event in calendar.walk("VEVENT"):
            assert {"uid", "dtstamp", "dtstart", "dtend", "sequence", "status", "summary"} <= {k.lower() for k in event}


def test_a_therapists_calendar_shows_initials_and_what_the_clinic_has_set(visit, mine) -> None:
    for names, shown in (("initials", "R. A."), ("names", "Ruth Amsler"), ("none", "Appointment")):
        Manner.objects.all().delete()
        Manner.objects.create(names=names)
        assert str(events(mine)[0]["summary"]) == shown


def test_a_clients_own_calendar_names_nobody(visit, hers) -> None:
    Manner.objects.create(signs_as="Lindenhof", phone="+49 30 1", names="names")
    body = Browser().get(hers).content.decode()
    assert "Ruth" not in body
    assert "Amsler" not in body
    assert str(events(hers)[0]["summary"]) == "Appointment, Lindenhof"


def test_nothing_in_it_tells_why(visit, mine, hers) -> None:
    Visit.objects.update(why="Her feet are numb")
    cancel(visit, "Her feet are numb")
    for address in (mine, hers):
        lines = Browser().get(address).content.decode().replace("\r\n ", "").splitlines()
        values = [line.partition(":")[2] for line in lines if not line.startswith("END")]
        assert telling("\n".join(values)) == []


def test_one_that_is_moved_keeps_its_name(visit, mine, hers, soon) -> None:
    now = timezone.now()
    again, _ = move(visit, soon + dt.timedelta(days=1), now=now)
    third, _ = move(again, soon + dt.timedelta(days=3), now=now)
    for address in (mine, hers):
        [event] = events(address)
        assert event.decoded("dtstart") == third.starts_at
        assert (str(event["uid"]), event["sequence"]) == (f"{visit.pk}@afferent", 2)


def test_one_that_went_to_somebody_else_is_cancelled_here_and_booked_there(visit, mine, hers, soon, staff) -> None:
    ben = staff("therapist", name="Ben Asare").user
    move(visit, soon, therapist=ben, now=timezone.now())
    [gone] = events(mine)
    assert (str(gone["status"]), gone["sequence"]) == ("CANCELLED", 1)
    for address in (hers, _address("therapist", ben, user=ben)):
        [there] = events(address)
        assert (str(there["status"]), there["sequence"]) == ("CONFIRMED", 1)
        assert there["uid"] == gone["uid"]


def test_one_that_is_cancelled_is_told_as_cancelled_for_a_while(visit, mine, hers) -> None:
    cancel(visit, "The client asked")
    for address in (mine, hers):
        [event] = events(address)
        assert (str(event["status"]), str(event["transp"]), event["sequence"]) == ("CANCELLED", "TRANSPARENT", 1)
    long_ago = timezone.now() - feeds.BACK - dt.timedelta(days=1)
    Visit.objects.update(starts_at=long_ago, ends_at=long_ago + dt.timedelta(minutes=45))
    assert events(mine) == []


def test_the_same_until_something_changes(visit, mine, ruth, ada, soon) -> None:
    first = Browser().get(mine)
    tag, when = first["ETag"], first["Last-Modified"]
    assert Browser().get(mine).content == first.content
    same = Browser().get(mine, headers={"if-none-match": tag})
    assert (same.status_code, same.content) == (304, b"")
    assert Browser().get(mine, headers={"if-none-match": f"W/{tag}"}).status_code == 304
    assert Browser().get(mine, headers={"if-modified-since": when}).status_code == 304
    Door.objects.update(changed_at=timezone.now() - dt.timedelta(days=1))
    cancel(visit, "The client asked")
    then = Browser().get(mine, headers={"if-none-match": tag})
    assert then.status_code == 200
    assert then["ETag"] != tag
    assert Browser().get(mine, headers={"if-modified-since": first["Last-Modified"]}).status_code in (200, 304)
    assert Door.objects.get().changed_at > timezone.now() - dt.timedelta(minutes=1)


def test_compressed_it_is_still_known_again(visit, mine) -> None:
    zipped = Browser().get(mine, headers={"accept-encoding": "gzip"})
    assert zipped["ETag"].startswith("W/")
    again = Browser().get(mine, headers={"accept-encoding": "gzip", "if-none-match": zipped["ETag"]})
    assert again.status_code == 304


def test_in_no_shared_cache_and_told_to_nobody(visit, mine) -> None:
    answer = Browser().get(mine)
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Referrer-Policy"] == "no-referrer"


def test_it_is_written_into_the_audit_once_a_day(visit, mine) -> None:
    for _ in range(5):
        Browser().get(mine)
    assert Entry.objects.filter(action="door.read").count() == 1
    Door.objects.update(read_at=timezone.now() - dt.timedelta(days=1))
    Browser().get(mine)
    assert Entry.objects.filter(action="door.read").count() == 2


def test_an_address_that_was_taken_back_or_renewed_opens_nothing(visit, mine, ada) -> None:
    new = _address("therapist", ada, user=ada)
    assert Browser().get(mine).status_code == 404
    assert Browser().get(new).status_code == 200
    withdraw("therapist", by=ada, now=timezone.now(), user=ada)
    assert Browser().get(new).status_code == 404


def test_who_left_the_clinic_reads_nothing_any_more(visit, mine, ada, hers, ruth) -> None:
    Membership.objects.filter(user=ada).update(left_at=timezone.now())
    assert Browser().get(mine).status_code == 410
    type(ruth).objects.update(archived_at=timezone.now())
    assert Browser().get(hers).status_code == 410


def test_it_opens_for_no_other_purpose(visit, mine, hers) -> None:
    secret = mine.rpartition("/")[2].removesuffix(".ics")
    assert Browser().post(f"/m/texts/{secret}", {"from": "1234567", "text": "STOP"}).status_code == 404
    assert Browser().get(f"/o/{secret}").status_code == 404


def test_no_secret_is_kept(mine) -> None:
    secret = mine.rpartition("/")[2].removesuffix(".ics")
    assert secret not in repr(list(Door.objects.values()))


def test_bounded_in_number_and_in_queries(ruth, ada, mine, monkeypatch, django_assert_max_num_queries) -> None:
    now = timezone.now()
    Visit.objects.bulk_create(
        Visit(client=ruth, therapist=ada, starts_at=now + n * HOUR, ends_at=now + (n + 1) * HOUR,
              state=("booked", "cancelled", "moved")[n % 3])
        for n in range(60)
    )  # fmt: skip
    monkeypatch.setattr(feeds, "MOST", 40)
    from afferent.web.post.doors import find

    door = find(mine.rpartition("/")[2].removesuffix(".ics"), "therapist")
    with django_assert_max_num_queries(4):
        sheet = feeds.shown(door, now)
    assert len(sheet.appointments) == 40


def test_other_peoples_visits_are_not_in_it(visit, ada, staff, a_client, soon) -> None:
    ben = staff("therapist", name="Ben Asare").user
    walter = a_client("Walter", "Lindqvist")
    assert events(_address("therapist", ben, user=ben)) == []
    assert events(_address("client", ada, client=walter.pk)) == []
