"""Whoever means harm, is in a hurry, or has two tabs open: an answer opens nothing that nobody has called about."""

from __future__ import annotations

import datetime as dt
import random
import uuid

import pytest
from django.test import Client as Browser

from afferent.web.accounts.locking import LOCKED
from afferent.web.consents.asking import withdraw as withdraw_consent
from afferent.web.letters.doors import secret
from afferent.web.letters.models import Answer, AnswerLink, Call
from afferent.web.letters.tests.conftest import WHOLE
from afferent.web.letters.tests.test_loop import no_looser
from afferent.web.letters.tests.test_making import made_by_form

DAY = dt.timedelta(days=1)


def test_a_client_who_answers_on_paper_for_the_physician_opens_nothing(ada, ruth, asked, limits, today) -> None:
    """Forged by link or by paper, whatever is ticked, on whichever day it is dated."""
    before, rng = limits(), random.Random(7)
    where = f"/clients/{ruth.pk}/letters/{asked.pk}/answer"
    for n in range(12):
        sent = WHOLE | {"date": str(today), "key": str(uuid.uuid4()), "route": rng.choice(("paper", "phone", "link"))}
        sent |= {"until": str(today + rng.randint(0, 900) * DAY), "overall": rng.choice(("nothing_found", "adapt"))}
        for number, item in enumerate(asked.body["items"], 1):
            sent[str(number)] = rng.choice(("fine", "limit")) if item["level"] else "fine"
            sent[f"{number}.level"] = "1"
            for small, ask in enumerate(item["questions"], 1):
                if ask["boxes"]:
                    sent[f"{number}.{small}"] = str(rng.randrange(len(ask["boxes"])))
        if n % 3 == 0:
            sent |= {"verified": "true", "do": "confirmed", "outcome": "confirmed", "by": str(ada.member.user.pk)}
        assert ada.post(where, sent).status_code == 302
    assert Answer.objects.count() == 12
    assert not Call.objects.exists()
    assert no_looser(before, limits())
    assert "link" not in Answer.objects.values_list("route", flat=True)


@pytest.mark.parametrize("roles", [("desk",), ("owner",), ("desk", "owner")])
def test_nobody_but_a_therapist_confirms(signed_in, ruth, asked, arrived, limits, roles) -> None:
    before, other = limits(), signed_in(*roles, name="Otto Front")
    where = f"/clients/{ruth.pk}/letters/answer/{arrived.pk}"
    sent = {"do": "confirmed", "number": "+1 555 7000", "listed": "website of the hospital"}
    assert other.post(where, sent).status_code in (403, 404)
    assert Browser().post(where, sent).status_code in (302, 403)
    assert not Call.objects.exists()
    assert no_looser(before, limits())


def test_behind_the_lock_nobody_confirms(ada, ruth, arrived, call) -> None:
    session = ada.session
    session[LOCKED] = True
    session.save()
    assert call(arrived).status_code in (302, 403)
    assert not Call.objects.exists()


def test_after_the_yes_was_taken_back_nobody_calls(ada, ruth, arrived, call, limits, today) -> None:
    before = limits()
    withdraw_consent(ruth, "care_team", on=today, actor="program")
    page = ada.get(f"/clients/{ruth.pk}/letters/answer/{arrived.pk}").content.decode()
    assert "Do not call; ask the client first" in page
    assert "I called, and they confirmed it" not in page
    sent = call(arrived)
    assert sent.status_code == 409
    assert "Do not call; ask the client first" in sent.content.decode()
    assert no_looser(before, limits())


@pytest.mark.parametrize(
    ("stated", "called"),
    [
        ("555 999 0001", "+1 (555) 999-0001 ext. 12"),
        ("\uff15\uff15\uff15\uff19\uff19\uff19\uff10\uff10\uff10\uff11", "5559990001"),
        ("\u0665\u0665\u0665 \u0669\u0669\u0669 \u0660\u0660\u0660\u0661", "555-999-0001"),
        ("555 \u2022 999 _ 0001", "5559990001"),
        ("5\u200b5\u200b5\u200b9990001", "5559990001"),
        ("+1 555 999 0001 ext 44", "9990001"),
    ],
)
def test_the_number_of_the_answer_is_known_however_it_is_written(phone, address, fine, call, stated, called) -> None:
    assert phone.post(address, fine | {"words": f"Reach me: {stated}"}).status_code == 200
    sent = call(Answer.objects.get(), number=called)
    assert sent.status_code == 409
    assert "the number that the answer itself gives" in sent.content.decode()


def test_a_number_of_an_answer_that_was_taken_back_is_not_offered_again(ada, ruth, arrived, call) -> None:
    call(arrived)
    where = f"/clients/{ruth.pk}/letters/answer/{arrived.pk}"
    ada.post(where, {"do": "take_back", "why": "nobody of that practice"})
    made_by_form(ada, ruth)
    link = AnswerLink.objects.get(used_at=None)
    Browser().post(f"/a/{secret(link.name)}", WHOLE | {"1": "fine"})
    newest = Answer.objects.order_by("-at").first()
    page = ada.get(f"/clients/{ruth.pk}/letters/answer/{newest.pk}").content.decode()
    assert "A number looked up before" not in page


def test_the_call_is_about_what_was_answered_not_only_whether(ada, ruth, arrived) -> None:
    page = ada.get(f"/clients/{ruth.pk}/letters/answer/{arrived.pk}").content.decode()
    assert "Read them the answer above, line by line" in page
    assert "is no listing" in page


def test_somebody_else_signed_it_and_the_page_says_so(ada, ruth, phone, address, fine) -> None:
    phone.post(address, fine | {"name": "Dr. B. Stone"})
    page = ada.get(f"/clients/{ruth.pk}/letters/answer/{Answer.objects.get().pk}").content.decode()
    assert "It was asked of Dr. Amara Osei, and Dr. B. Stone signed it." in page


def test_signs_that_hide_or_turn_are_not_kept(phone, address, fine) -> None:
    """A turned name reads as another; a NUL, which PostgreSQL does not take, is refused before."""
    assert phone.post(address, fine | {"name": "Dr. Osei\x00"}).status_code == 400
    sent = fine | {"name": "Dr.\u202e iesO\x07 aramA\r\n\r\nConfirmed", "words": "a\x07b\u2066c\nd"}
    assert phone.post(address, sent).status_code == 200
    body = Answer.objects.get().body
    assert body["name"] == "Dr. iesO aramA Confirmed"
    assert body["words"] == "abc\nd"


@pytest.mark.parametrize("verb", ["put", "patch", "delete", "options", "trace"])
def test_no_other_verb_does_anything(phone, address, verb) -> None:
    assert getattr(phone, verb)(address).status_code == 405
    assert not Answer.objects.exists()


def test_a_body_without_end_is_refused_and_nothing_is_kept(phone, address, fine) -> None:
    huge = phone.post(address, fine | {"words": "x" * (2 * 2**20)}, content_type="application/x-www-form-urlencoded")
    assert huge.status_code in (400, 413)
    many = phone.post(address, fine | {f"x{n}": "1" for n in range(3000)})
    assert many.status_code in (400, 413)
    assert not Answer.objects.exists()
    assert AnswerLink.objects.get().used_at is None


def test_a_page_elsewhere_cannot_confirm_for_a_therapist(ada, ruth, arrived) -> None:
    """Only the physician's door takes a form without a token."""
    strict = Browser(enforce_csrf_checks=True)
    strict.cookies = ada.cookies
    sent = {"do": "confirmed", "number": "+1 555 7000", "listed": "website of the hospital"}
    assert strict.post(f"/clients/{ruth.pk}/letters/answer/{arrived.pk}", sent).status_code == 403
    assert not Call.objects.exists()
