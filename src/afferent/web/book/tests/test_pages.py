"""Booking on the pages: find the client, choose the time, and read in one sentence what cannot be."""

from __future__ import annotations

import re
import uuid

import pytest

from afferent.web.audit.models import Entry
from afferent.web.book.models import Series, Visit
from afferent.web.book.tests.conftest import NOW


@pytest.fixture
def desk(now, signed_in):
    return signed_in("desk", name="Noor Haddad")


def sent(ada, **more: str) -> dict[str, str]:
    given = {"day": "2026-11-24", "time": "09:30", "minutes": "45", "therapist": str(ada.pk), "key": str(uuid.uuid4())}
    return given | more


def actions() -> list[str]:
    """What was changed: a look is written too, and is not meant here."""
    changes = Entry.objects.exclude(action__endswith=".listed").exclude(action__endswith=".opened")
    return list(changes.order_by("seq").values_list("action", flat=True))


def test_a_client_is_found_by_the_beginning_of_a_name(desk, a_client) -> None:
    walter = a_client("Walter", "Lindqvist")
    whole = desk.post("/visit/new/2026-11-24/09:30/7", {"words": "lin wal"}).content.decode()
    part = desk.post("/visit/new", {"words": "lind"}, headers={"HX-Request": "true"}).content.decode()
    assert f"/visit/new/for/{walter.pk}/2026-11-24/09:30/7" in whole
    assert f'href="/visit/new/for/{walter.pk}"' in part
    assert "<html" in whole
    assert "<html" not in part
    assert "Nobody of that name" in desk.post("/visit/new", {"words": "zz"}).content.decode()


def test_a_visit_is_booked_and_the_form_sent_twice_books_once(desk, ada, a_client) -> None:
    address, form = f"/visit/new/for/{a_client().pk}", sent(ada)
    one, two = desk.post(address, form), desk.post(address, form)
    visit = Visit.objects.get()
    assert one.url == two.url == f"/visit/{visit.pk}"
    assert (visit.minutes, visit.starts_at.astimezone(NOW.tzinfo).hour) == (45, 9)
    assert actions() == ["visit.booked"]


def test_who_came_second_reads_why_and_keeps_the_form(desk, ada, a_client, booked) -> None:
    booked(a_client("Walter", "Lindqvist"), "09:30")
    answer = desk.post(f"/visit/new/for/{a_client('Joan').pk}", sent(ada, time="10:00"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ada Okonkwo already has Walter L. from 09:30 to 10:15. Nothing was booked." in page
    assert 'value="10:00"' in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"day": "yesterday"}, "Choose a day, such as 2026-11-24."),
        ({"time": "25:00"}, "Choose a time, such as 09:30."),
        ({"minutes": "9999"}, "Choose how long the visit is."),
        ({"minutes": "120"}, "A visit is 15 to 90 minutes long."),
        ({"therapist": "0"}, "Choose a therapist who works here."),
        ({"key": ""}, "This form is not whole."),
        ({"day": "2027-03-28", "time": "02:30"}, "there is no 02:30: the clocks go forward then. Choose another time."),
        ({"day": "2026-11-23"}, "is past. Choose a later time, or enter it afterwards."),
    ],
)
def test_what_cannot_be_is_one_sentence(desk, ada, a_client, wrong, sentence) -> None:
    answer = desk.post(f"/visit/new/for/{a_client().pk}", sent(ada, **wrong))
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not Visit.objects.exists()


def test_the_past_is_booked_with_a_clear_word(desk, ada, a_client) -> None:
    address, form = f"/visit/new/for/{a_client().pk}", sent(ada, day="2026-11-23")
    assert "It was then: enter it afterwards" in desk.post(address, form).content.decode()
    assert desk.post(address, form | {"afterwards": "yes"}).status_code == 302


def test_moving_cancelling_and_what_became_of_it(desk, ada, a_client, booked) -> None:
    old = booked(a_client("Walter", "Lindqvist"), "09:30")
    moved = desk.post(f"/visit/{old.pk}/move", sent(ada, day="2026-11-25", why="Rang in the morning"))
    new = Visit.objects.get(was=old)
    assert moved.url == f"/visit/{new.pk}"
    page = desk.get(f"/visit/{old.pk}").content.decode()
    assert "Because: Rang in the morning." in page
    assert "Wednesday 25 November, 09:30" in page
    assert "Say why it is cancelled" in desk.post(f"/visit/{new.pk}/cancel").content.decode()
    desk.post(f"/visit/{new.pk}/cancel", {"reason": "The client asked", "why": "will ring"})
    assert Visit.objects.get(pk=new.pk).why == "The client asked: will ring"
    assert actions() == ["visit.moved", "visit.cancelled"]


def test_took_place_and_did_not_come(desk, a_client, booked) -> None:
    visit = booked(a_client(), "07:00", 30)
    for act in ("done", "done", "missed"):
        desk.post(f"/visit/{visit.pk}/{act}")
    assert actions() == ["visit.done", "visit.missed"]
    later = booked(a_client("Joan"), "15:00")
    assert "has not begun yet" in desk.post(f"/visit/{later.pk}/missed").content.decode()


def test_a_series_is_seen_before_it_is_booked(desk, ada, a_client, booked) -> None:
    booked(a_client("Walter", "Lindqvist"), "09:30", days=7)
    address = f"/series/new/for/{a_client('Joan', 'Petrie').pk}"
    wish = {
        "first": "2026-11-24", "weeks": "4", "weekday": ["1", "4"], "time_1": "09:30", "time_4": "14:00",
        "minutes": "45", "therapist": str(ada.pk), "key": str(uuid.uuid4()),
    }  # fmt: skip
    seen = desk.post(address, wish | {"step": "look"}).content.decode()
    assert "Eight visits. One date clashes with something in the book." in seen
    assert "Tuesday 1 December" in seen
    assert "Ada Okonkwo already has Walter L. from 09:30 to 10:15." in seen
    assert "30 minutes: the first visit" in seen
    assert not Series.objects.exists()
    left = re.findall(r'name="clashing" value="([^"]+)"', seen)
    changed = desk.post(address, wish | {"step": "all"})
    assert changed.status_code == 409
    assert not Series.objects.exists()
    rest = wish | {"step": "rest", "clashing": left}
    one, two = desk.post(address, rest), desk.post(address, rest)
    series = Series.objects.get()
    assert one.url == two.url == f"/series/{series.pk}"
    assert "Seven visits, the last a review." in desk.get(one.url).content.decode()
    assert actions() == ["series.booked"]


@pytest.mark.parametrize("weekdays", [[], ["1"], ["0", "1", "2", "3"], ["9", "x"]])
def test_a_series_has_two_or_three_days_a_week(desk, ada, a_client, weekdays) -> None:
    form = sent(ada, first="2026-11-24", weeks="4") | {f"time_{n}": "09:00" for n in range(7)}
    answer = desk.post(f"/series/new/for/{a_client().pk}", form | {"weekday": weekdays})
    assert answer.status_code == 400
    assert "Choose two or three different days of the week." in answer.content.decode()
