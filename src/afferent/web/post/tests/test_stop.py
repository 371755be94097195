"""A client who wants no more gets no more: by the staff, by a link, by a text, at once and logged."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from afferent.web.audit.models import Entry
from afferent.web.clinics.models import Clinic
from afferent.web.post.choosing import choose, preference, stop
from afferent.web.post.doors import make
from afferent.web.post.incoming import is_stop
from afferent.web.post.models import Message, Preference
from afferent.web.post.tests.conftest import NOW, at
from afferent.web.post.tokens import stop_token, stopped_by
from afferent.web.scope import inside


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def both(ruth, wants, booked):
    """Ruth gets reminders by both ways, and two of them wait."""
    wants(ruth, channels=("email", "text"))
    booked(ruth)
    return ruth


@pytest.fixture
def texts(clinic, ada) -> str:
    """Where a carrier tells what came back."""
    return reverse("texts_in", args=[make("texts", by=ada, now=timezone.now())[1]])


def waiting() -> list[str]:
    return sorted(Message.objects.filter(state="waiting").values_list("channel", flat=True))


def last() -> str:
    return Entry.objects.order_by("-seq").values_list("action", flat=True)[0]


def test_one_way_ends_and_the_other_goes_on(both) -> None:
    assert stop(both, "text", how="stop_word", actor="client:x", now=NOW)
    assert waiting() == ["email"]
    assert preference(both).channels == ["email"]
    assert last() == "messages.stopped"


def test_twice_is_said_once(both) -> None:
    assert stop(both, "text", how="stop_word", actor="client:x", now=NOW)
    before = Preference.objects.count(), Entry.objects.count()
    assert not stop(both, "text", how="stop_word", actor="client:x", now=NOW)
    assert (Preference.objects.count(), Entry.objects.count()) == before


def test_nothing_is_written_for_them_afterwards(both, booked) -> None:
    stop(both, None, how="staff", actor="user:1", now=NOW)
    booked(both, "16:00", 3)
    assert waiting() == []


def test_a_stop_before_anything_was_chosen_is_kept_too(a_client) -> None:
    walter = a_client("Walter", "Lindqvist")
    assert stop(walter, "text", how="stop_word", actor="client:x", now=NOW)
    assert preference(walter).channels == []


def test_the_staff_taps_no_more_messages(both, signed_in) -> None:
    browser = signed_in("desk")
    assert browser.post(reverse("stop_client_messages", args=[both.pk])).status_code == 302
    assert waiting() == []
    assert last() == "messages.stopped"


def test_opening_the_link_stops_nothing_and_the_button_does(both, clinic) -> None:
    where = reverse("stop_messages", args=[stop_token(clinic.pk, both.pk, "email")])
    page = Browser().get(where)
    assert page.status_code == 200
    assert b"Ruth" not in page.content
    assert b"Lindenhof" not in page.content
    assert page["Referrer-Policy"] == "no-referrer"
    assert waiting() == ["email", "text"]
    assert Browser(enforce_csrf_checks=True).post(where).status_code == 200
    assert waiting() == ["text"]
    assert Browser().post(where).status_code == 200


def test_a_mail_program_can_do_it_by_itself(both, clinic) -> None:
    """RFC 8058: a POST with one field, from nobody's browser."""
    where = reverse("stop_messages", args=[stop_token(clinic.pk, both.pk, "email")])
    assert Browser(enforce_csrf_checks=True).post(where, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert waiting() == ["text"]


@pytest.mark.parametrize(
    "change", [lambda t: t[:-2] + "AA", lambda t: "A" + t[1:], lambda t: t[:40], lambda t: "é" * 9]
)
def test_a_link_that_was_changed_opens_nothing(both, clinic, change) -> None:
    token = change(stop_token(clinic.pk, both.pk, "email"))
    assert stopped_by(token) is None
    assert Browser().post(f"/m/stop/{token}").status_code == 404
    assert waiting() == ["email", "text"]


def test_guessing_is_limited() -> None:
    for _ in range(20):
        Browser().get("/m/stop/x")
    assert Browser().get("/m/stop/x").status_code == 429
    assert Browser().post("/m/texts/x", {"from": "1"}).status_code == 429
    assert Browser().get("/m/calendar/x.ics").status_code == 429


def test_a_client_who_was_erased_is_answered_all_the_same(clinic, both) -> None:
    import uuid

    token = stop_token(clinic.pk, uuid.uuid4(), "email")
    assert Browser().post(reverse("stop_messages", args=[token])).status_code == 200


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("STOP", True), ("stop", True), ("Stop.", True), (" STOPP! ", True), ("please STOP this", True),
        ("Unsubscribe", True), ("QUIT", True), ("I cannot come tomorrow, please call me", False), ("", False),
        ("when does the bus stop running in the evening", True), ("nonstop", False),
    ],
)  # fmt: skip
def test_stop_words(text, stops) -> None:
    """It rather stops one too many."""
    assert is_stop(text) is stops


@pytest.mark.parametrize("number", ["+49301234567", "0049 30 1234567", "030 1234567", "49301234567"])
def test_a_text_with_a_stop_word_ends_texts_however_the_number_is_written(both, texts, number) -> None:
    assert Browser(enforce_csrf_checks=True).post(texts, {"From": number, "Body": "STOP"}).status_code == 204
    assert waiting() == ["email"]


def test_as_json_too(both, texts) -> None:
    sent = json.dumps({"msisdn": 49301234567, "text": "stop"})
    assert Browser().post(texts, sent, content_type="application/json").status_code == 204
    assert waiting() == ["email"]


def test_everybody_who_shares_the_number_is_meant(both, texts, a_client, wants, booked) -> None:
    other = a_client("Walter", "Amsler", phone="030/1234567")
    wants(other, channels=("text",))
    Browser().post(texts, {"from": "+49 30 1234567", "text": "STOP"})
    assert preference(other).channels == []


def test_nothing_else_is_heard_or_kept(both, texts) -> None:
    before = Entry.objects.count()
    assert Browser().post(texts, {"from": "+49301234567", "text": "My feet are numb today"}).status_code == 204
    assert (waiting(), Entry.objects.count()) == (["email", "text"], before)


def test_a_stop_from_a_number_that_is_nobodys_is_in_the_audit(both, texts) -> None:
    assert Browser().post(texts, {"from": "+15550000000", "text": "STOP"}).status_code == 204
    assert last() == "messages.stop_unknown"
    assert waiting() == ["email", "text"]


@pytest.mark.parametrize(
    ("sent", "kind"),
    [(b"{", "application/json"), (b"[]", "application/json"), (b"", "text/plain"), (b"text=STOP", "text/plain"),
     (b"\xff\xfe", "application/json"), (b"{" + b" " * 70_000, "application/json")],
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence(both, texts, sent, kind) -> None:
    answer = Browser().post(texts, sent, content_type=kind)
    assert answer.status_code == 400
    assert answer.content.count(b"\n") == 1


def test_an_address_that_was_taken_back_hears_nothing(both, texts, ada) -> None:
    make("texts", by=ada, now=timezone.now())
    assert Browser().post(texts, {"from": "+49301234567", "text": "STOP"}).status_code == 404
    assert waiting() == ["email", "text"]


def test_a_stop_in_one_clinic_is_not_one_in_another(both, texts, staff) -> None:
    from afferent.web.clients.people import add

    other = Clinic.objects.create(name="Other", time_zone="Europe/Berlin")
    with inside(other.pk):
        theirs = add(given="Ruth", family="Amsler", phone="+49 30 1234567")
        member = staff("therapist", clinic=other)
        choose(theirs, channels=["text"], kinds=["visit"], zone="", by=member.user, now=at("08:00"))
    Browser().post(texts, {"from": "+49301234567", "text": "STOP"})
    with inside(other.pk):
        assert preference(theirs).channels == ["text"]
