"""The physician's page: what it shows and keeps to itself, each refusal by its own sentence, and guessing."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client as Browser
from django.utils import timezone

from afferent.web.accounts.tries import MOST_GUESSES
from afferent.web.audit.models import Entry
from afferent.web.consents.asking import withdraw as withdraw_consent
from afferent.web.letters import doors
from afferent.web.letters.models import Answer, AnswerLink
from afferent.web.letters.tests.conftest import WHOLE
from afferent.web.letters.views.door import MOST_EVERYWHERE


def test_it_shows_the_request_and_lets_nothing_out(phone, address) -> None:
    page = phone.get(address)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Clot in the RIGHT leg" in text
    assert "A request for information" in text
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["Cache-Control"] == "no-store"
    assert "noindex" in text
    assert not page.cookies
    assert "<script" not in text
    assert "?" not in "".join(re.findall(r'(?:href|action)="([^"]*)"', text))


def test_looking_spends_nothing_and_sending_does(phone, address, fine) -> None:
    for _ in range(3):
        assert phone.get(address).status_code == 200
    sent = phone.post(address, fine)
    assert sent.status_code == 200
    assert "Your answer arrived" in sent.content.decode()
    again = phone.post(address, fine)
    assert again.status_code == 410
    assert "This request was answered already" in again.content.decode()
    assert phone.get(address).status_code == 410
    assert Answer.objects.count() == 1


def _one_letter_else(address: str) -> str:
    return address[:-1] + ("2" if address[-1] != "2" else "3")


def test_expired(phone, address, fine) -> None:
    AnswerLink.objects.update(ends_at=timezone.now() - dt.timedelta(minutes=1))
    for sent in (phone.get(address), phone.post(address, fine)):
        assert sent.status_code == 410
        assert "This link has ended" in sent.content.decode()
    assert not Answer.objects.exists()


_CHANGES = (_one_letter_else, lambda one: one[:-3], lambda one: f"{one}abc", lambda one: one[:20])


@pytest.mark.parametrize("change", _CHANGES)
def test_edited(phone, address, fine, change) -> None:
    for sent in (phone.get(change(address)), phone.post(change(address), fine)):
        assert sent.status_code == 404
        assert "This address was changed on its way" in sent.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("guess", ["x", "0" * 32, doors.read_aloud("k" * 32), "../..", "²" * 32, "a" * 5000])
def test_guessed(phone, address, guess) -> None:
    sent = phone.get(f"/a/{guess}")
    assert sent.status_code == 404
    if guess != "../..":
        assert "This link is not known" in sent.content.decode()


def test_a_name_of_nobodys_with_a_true_seal_is_not_known(phone, address) -> None:
    assert phone.get(f"/a/{doors.secret(doors.drawn())}").status_code == 404


def test_taken_back(ada, ruth, asked, phone, address, fine) -> None:
    ada.post(f"/clients/{ruth.pk}/letters/{asked.pk}", {"do": "withdraw"})
    for sent in (phone.get(address), phone.post(address, fine)):
        assert sent.status_code == 410
        assert "The clinic took this request back" in sent.content.decode()
    assert Entry.objects.filter(action="answer_link.withdrawn").count() == 1


def test_a_yes_taken_back_shuts_the_link_and_its_page(ruth, asked, phone, address, fine, today) -> None:
    withdraw_consent(ruth, "care_team", on=today, actor="program")
    for sent in (phone.get(address), phone.post(address, fine), phone.get(f"{address}/page/a4")):
        assert sent.status_code == 410
        assert "Clot" not in sent.content.decode()
    assert not Answer.objects.exists()


def test_typed_by_hand_it_opens_too(phone, address) -> None:
    assert phone.get(f"/a/{doors.read_aloud(address[3:]).upper()}").status_code == 200


def test_guessing_from_one_address_is_stopped(phone, address) -> None:
    for _ in range(MOST_GUESSES):
        assert phone.get("/a/" + "z" * 32).status_code == 404
    stopped = phone.get(address)
    assert stopped.status_code == 429
    assert "Too many wrong links from here" in stopped.content.decode()
    assert Browser(REMOTE_ADDR="10.1.1.1").get(address).status_code == 200


def test_guessing_from_everywhere_is_stopped_and_shuts_nobody_out(address) -> None:
    for n in range(MOST_EVERYWHERE):
        Browser(REMOTE_ADDR=f"10.2.{n // 250}.{n % 250}").get("/a/" + "z" * 32)
    assert Browser(REMOTE_ADDR="10.3.3.3").get("/a/" + "z" * 32).status_code == 429
    assert Browser(REMOTE_ADDR="10.3.3.4").get(address).status_code == 200


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"name": " "}, "Write who answers"),
        ({"me": None}, "Tick that it is you who answers."),
        ({"overall": "inadvisable"}, "Say in a few words why"),
        ({"overall": "gladly"}, "Tick one of the boxes."),
        ({"1": "limit"}, "Choose the level it is limited to."),
        ({"1": "limit", "1.level": "5"}, "Tick one of the boxes."),
        ({"1.1": "77"}, "Tick one of the boxes."),
        ({"until": "soon"}, "Write a day"),
        ({"words": "x" * 3000}, "Write at most 2000 letters."),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_kept(phone, address, fine, more, says) -> None:
    sent = {name: value for name, value in (fine | more).items() if value is not None}
    answer = phone.post(address, sent)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not Answer.objects.exists()
    assert AnswerLink.objects.get().used_at is None


def test_nothing_answered_is_no_answer(phone, address) -> None:
    sent = phone.post(address, {"name": "Dr. A. Osei", "me": "yes"})
    assert sent.status_code == 400
    assert "Nothing is answered yet" in sent.content.decode()


def test_a_longer_time_than_allowed_is_cut(phone, address, today) -> None:
    phone.post(address, WHOLE | {"1": "do_not", "until": str(today + dt.timedelta(days=400))})
    assert Answer.objects.get().until == today + dt.timedelta(days=90)


def test_the_page_to_print_comes_by_the_link(phone, address) -> None:
    for paper in ("a4", "letter"):
        found = phone.get(f"{address}/page/{paper}")
        assert found["Content-Type"] == "application/pdf"
        assert found["Cache-Control"] == "no-store"
    assert phone.get(f"{address}/page/a5").status_code == 404


def test_every_opening_is_in_the_audit_without_a_word(phone, address) -> None:
    phone.get(address)
    entry = Entry.objects.filter(action="answer_link.opened").get()
    assert entry.actor.startswith("link:")
    assert address[3:] not in f"{entry.actor} {entry.subject}"


def test_all_that_is_missing_is_named_at_once(phone, address, fine) -> None:
    given = {name: said for name, said in fine.items() if name not in ("me", "name")}
    page = phone.post(address, given).content.decode()
    assert "Tick that it is you who answers." in page
    assert "Write who answers" in page
