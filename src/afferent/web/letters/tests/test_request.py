"""Asking: the client's yes first, one clinic at a time, nothing of a letter changes; and how it went out."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from afferent.knowledge import load
from afferent.records.answers import statements
from afferent.web.audit.models import Entry
from afferent.web.clients.knowing import write
from afferent.web.clinics.models import Clinic
from afferent.web.consents.asking import withdraw as withdraw_consent
from afferent.web.letters import due
from afferent.web.letters.models import Answer, AnswerLink, Head, Letter, Sending
from afferent.web.letters.tests.conftest import TO, WHOLE
from afferent.web.post.models import Message
from afferent.web.scope import Unchangeable, inside


def test_without_the_yes_nothing_is_made(ada, ruth, today) -> None:
    withdraw_consent(ruth, "care_team", on=today, actor="program")
    where = f"/clients/{ruth.pk}/letters/request"
    page = ada.get(where).content.decode()
    assert "Ask Ruth first" in page
    assert "Make the request" not in page
    sent = ada.post(where, TO | {"key": str(uuid.uuid4())})
    assert sent.status_code == 409
    assert "has not agreed" in sent.content.decode()
    assert not Letter.objects.exists()
    assert not AnswerLink.objects.exists()


def test_nothing_to_ask_says_so(ada, a_client, today, ruth) -> None:
    other = a_client("Otto", "Well", born=dt.date(1980, 1, 1))
    from afferent.web.consents.asking import give

    give(other, "care_team", load().consents["care_team"].version, on=today, actor="program", by=ada.member.user)
    page = ada.get(f"/clients/{other.pk}/letters/request").content.decode()
    assert "there is nothing to ask" in page


def test_a_receiver_needs_a_name(ada, ruth) -> None:
    sent = ada.post(f"/clients/{ruth.pk}/letters/request", {"name": "", "key": str(uuid.uuid4())})
    assert sent.status_code == 400
    assert "Write who it goes to." in sent.content.decode()
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "/clients/{client}/letters/", "/clients/{client}/letters/request", "/clients/{client}/letters/{letter}",
        "/clients/{client}/letters/{letter}/page/a4", "/clients/{client}/letters/{letter}/answer",
        "/clients/{client}/letters/answer/{answer}",
    ],
)  # fmt: skip
def test_another_clinics_therapist_finds_nothing(ada, ruth, asked, arrived, staff, signed_in, path) -> None:
    other = Clinic.objects.create(name="Elsewhere", second_factor=False)
    with inside(other.pk):
        stranger = signed_in(member=staff("therapist", "owner", clinic=other))
    where = path.format(client=ruth.pk, letter=asked.pk, answer=arrived.pk)
    assert ada.get(where).status_code == 200
    assert stranger.get(where).status_code == 404
    assert stranger.post(where, {"do": "confirmed"}).status_code in (404, 405)


def test_nor_by_the_number_of_the_page(ruth, asked, staff, signed_in, ada) -> None:
    other = Clinic.objects.create(name="Elsewhere", second_factor=False)
    with inside(other.pk):
        stranger = signed_in(member=staff("therapist", clinic=other))
    assert stranger.post("/letters/find", {"number": asked.digest[:12]}).status_code == 404
    assert ada.post("/letters/find", {"number": asked.digest[:12]}).status_code == 302


def test_a_letter_of_another_client_is_not_found_under_this_one(ada, a_client, ruth, asked) -> None:
    other = a_client("Otto", "Well")
    assert ada.get(f"/clients/{other.pk}/letters/{asked.pk}").status_code == 404


@pytest.mark.parametrize("how", ["handed", "posted", "faxed"])
def test_how_it_went_out_is_added(ada, ruth, asked, how) -> None:
    where = f"/clients/{ruth.pk}/letters/{asked.pk}/sent"
    assert ada.post(where, {"how": how, "to": "Dr. Amara Osei"}).status_code == 302
    row = Sending.objects.get()
    assert (row.how, row.to_whom, row.by) == (how, "Dr. Amara Osei", ada.member.user)
    assert Entry.objects.filter(action="letter.sent").count() == 1
    assert ada.post(where, {"how": "by pigeon", "to": "x"}).status_code == 400


def test_after_the_yes_was_taken_back_nothing_goes_out(ada, ruth, asked, today) -> None:
    withdraw_consent(ruth, "care_team", on=today, actor="program")
    sent = ada.post(f"/clients/{ruth.pk}/letters/{asked.pk}/sent", {"how": "faxed", "to": "Dr. Osei"})
    assert sent.status_code == 409
    assert not Sending.objects.exists()


def test_a_letter_never_changes(asked) -> None:
    asked.to_whom = "somebody else"
    with pytest.raises(Unchangeable):
        asked.save()
    with pytest.raises(Unchangeable):
        Letter.objects.update(to_whom="somebody else")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE letters_letter SET to_whom = 'somebody else'")


def test_by_email_through_the_outbox_once_and_without_a_word(ada, ruth, today, monkeypatch) -> None:
    from afferent.web.post import letters as ready
    from afferent.web.post.plain import telling

    monkeypatch.setenv("AFFERENT_ADDRESS", "https://clinic.example.org")
    monkeypatch.setenv("AFFERENT_MAIL", "console:")
    key = str(uuid.uuid4())
    ada.post(f"/clients/{ruth.pk}/letters/request", TO | {"key": key, "email": "osei@example.org"})
    where = f"/clients/{ruth.pk}/letters/{key}"
    for _ in range(2):
        assert ada.post(where, {"do": "email"}).status_code == 302
    message, sending = Message.objects.get(), Sending.objects.get()
    assert sending.message == message
    assert sending.how == "emailed"
    made = ready.letter(message, timezone.now())
    assert made.to == "osei@example.org"
    link = AnswerLink.objects.get()
    assert f"https://clinic.example.org/a/{link.name}" in made.text
    assert telling(made.text.partition("http")[0]) == []
    assert "Ruth" not in made.text
    withdraw_consent(ruth, "care_team", on=today, actor="program")
    with pytest.raises(ready.NotNow):
        ready.letter(message, timezone.now())


def test_without_an_address_of_the_server_nothing_is_mailed(ada, ruth, asked) -> None:
    sent = ada.post(f"/clients/{ruth.pk}/letters/{asked.pk}", {"do": "email"})
    assert sent.status_code == 409
    assert not Message.objects.exists()


def test_the_head_stands_on_the_next_letter(ada, ruth) -> None:
    sent = {"address": "12 Mill Lane\nPortland", "phone": "+1 555 0117", "licences": "LMT 55-0199; B 2"}
    assert ada.post("/clinic/letters", sent).status_code == 302
    assert Head.objects.get().phone == "+1 555 0117"
    key = str(uuid.uuid4())
    ada.post(f"/clients/{ruth.pk}/letters/request", TO | {"key": key})
    clinic = Letter.objects.get().body["clinic"]
    assert clinic["address"] == ["12 Mill Lane", "Portland"]
    assert clinic["licences"] == ["LMT 55-0199", "B 2"]


def _made_days_ago(letter: Letter, days: int) -> None:
    """Written once is written once: only a test may wind a clock back."""
    was = {name: getattr(letter, name) for name in (field.attname for field in Letter._meta.concrete_fields)}
    was |= {"id": uuid.uuid4(), "on": letter.on - dt.timedelta(days=days)}
    was["made_at"] = letter.made_at - dt.timedelta(days=days) + dt.timedelta(seconds=1)
    Letter.objects.create(**was)


def test_a_week_without_an_answer_is_due(asked, ruth, today) -> None:
    assert due.unanswered(today) == []
    assert due.unanswered(today + dt.timedelta(days=6)) == []
    assert due.unanswered(today + dt.timedelta(days=7)) == [ruth]


def test_answered_it_is_not(arrived, today) -> None:
    assert due.unanswered(today + dt.timedelta(days=7)) == []


def test_an_answer_that_ends_soon_is_due(arrived, call, ruth, today) -> None:
    assert due.to_verify() == [ruth]
    call(arrived)
    assert due.to_verify() == []
    assert due.ending(today + dt.timedelta(days=75)) == []
    assert due.ending(today + dt.timedelta(days=76)) == [ruth]
    assert due.ending(today + dt.timedelta(days=91)) == []


def test_something_new_asks_again(ada, ruth, arrived, call, limits, today) -> None:
    call(arrived)
    limits()
    assert due.again(load(), today) == []
    assert "Something new" not in ada.get(f"/clients/{ruth.pk}").content.decode()
    write(ruth, "answers", statements({"chemo_date": str(today)}, load(), today), on=today, by=ada.member.user)
    limits()
    assert due.again(load(), today) == [ruth]
    page = ada.get(f"/clients/{ruth.pk}").content.decode()
    assert "Something new: ask again" in page
    assert "Something new: ask the physician again" in ada.get("/today").content.decode()
    assert ada.post(f"/clients/{ruth.pk}/letters/request", TO | {"key": str(uuid.uuid4())}).status_code == 302
    assert due.again(load(), today) == []


def test_a_later_request_leaves_the_first_alone(ada, ruth, asked) -> None:
    ada.post(f"/clients/{ruth.pk}/letters/request", TO | {"key": str(uuid.uuid4()), "name": "Dr. B. Stone"})
    assert Letter.objects.count() == 2
    assert {one.withdrawn_at for one in AnswerLink.objects.all()} == {None}


def test_kept_only_where_the_clinic_decides(ada, clinic, ruth, asked) -> None:
    Clinic.objects.filter(pk=clinic.pk).update(mode="record")
    assert ada.get(f"/clients/{ruth.pk}/letters/request").status_code == 403
    assert ada.get(f"/clients/{ruth.pk}/letters/").status_code == 200
    assert ada.get(f"/clients/{ruth.pk}/letters/{asked.pk}").status_code == 200


def test_on_paper_it_is_found_typed_and_as_unverified(ada, ruth, asked, limits, today) -> None:
    import io

    from PIL import Image

    before = limits()
    where = ada.post("/letters/find", {"number": f" {asked.digest[:12].upper()} "})["Location"]
    picture = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(picture, "PNG")
    picture.seek(0)
    picture.name = "scan.png"
    key = str(uuid.uuid4())
    sent = WHOLE | {"1": "fine", "1.1": "0", "2": "fine", "date": str(today), "route": "paper", "key": key}
    for _ in range(2):
        picture.seek(0)
        made = ada.post(where, sent | {"scan": picture})
        assert made.status_code == 302, made.content.decode()
    answer = Answer.objects.get()
    assert (answer.route, answer.by, answer.on) == ("paper", ada.member.user, today)
    assert answer.scan.title.startswith("Answer on paper")
    assert limits().excluded == before.excluded
    page = ada.get(made["Location"]).content.decode()
    assert "On paper, typed in by Ada Okonkwo" in page
    assert "call to verify" in page


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"date": ""}, "Write the day that stands on the paper."),
        ({"date": "2999-01-01"}, "Write a day"),
        ({"key": "none"}, "This form is not whole"),
        ({"name": ""}, "Write who answers"),
    ],
)
def test_a_paper_that_is_not_whole_is_not_kept(ada, ruth, asked, today, more, says) -> None:
    sent = WHOLE | {"1": "fine", "date": str(today), "route": "paper", "key": str(uuid.uuid4())} | more
    made = ada.post(f"/clients/{ruth.pk}/letters/{asked.pk}/answer", sent)
    assert made.status_code == 400
    assert says in made.content.decode()
    assert not Answer.objects.exists()


def test_a_scan_that_is_no_picture_keeps_nothing(ada, ruth, asked, today) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = WHOLE | {"1": "fine", "date": str(today), "route": "paper", "key": str(uuid.uuid4())}
    sent["scan"] = SimpleUploadedFile("a.pdf", b"%PDF-1.4")
    made = ada.post(f"/clients/{ruth.pk}/letters/{asked.pk}/answer", sent)
    assert made.status_code == 400
    assert "This is a PDF" in made.content.decode()
    assert not Answer.objects.exists()
