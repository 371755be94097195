"""Control is proven by a code that only its owner can have; then what was checked still cannot be changed."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client as Browser
from django.utils import timezone

from afferent.web.directory import proof
from afferent.web.directory.models import Claim, Entry, Holder, Paper

ROSALIND = "/find/npi-1234567893"


def ask(client, way="text", page=ROSALIND):
    answer = client.post(f"{page}/claim", {"way": way})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


@pytest.fixture
def own(client, directory, codes):
    """A browser in which Rosalind has proven that the profile is hers."""
    page = ask(client)
    assert client.post(page, {"code": codes[-1][1]}).status_code == 302
    return client


def test_a_code_goes_to_what_the_directory_knows_and_opens_the_profile(client, directory, codes) -> None:
    assert client.get(f"{ROSALIND}/own")["Location"] == f"{ROSALIND}/claim"
    shown = client.get(f"{ROSALIND}/claim").content.decode()
    assert "ends in 01" in shown
    assert "555 0101" not in shown
    page = ask(client)
    assert codes[0][0] == "+16125550101"
    answer = client.post(page, {"code": f"{codes[0][1][:4]} {codes[0][1][4:]}"})
    assert answer["Location"] == f"{ROSALIND}/own"
    assert client.get(f"{ROSALIND}/own").status_code == 200
    assert directory.get("npi:1234567893")[0].claimed
    assert codes[0][1] not in Claim.objects.get().code
    assert Browser().get(f"{ROSALIND}/own").status_code == 302


def test_a_profile_that_is_open_opens_no_other(own) -> None:
    assert own.get("/find/own-teodor/own").status_code == 302
    assert own.post("/find/own-teodor/own", {"price": "1"}).status_code == 302
    assert not Entry.objects.filter(therapist="own:teodor").exists()


def test_guessing_ends_after_five_tries_even_with_the_right_code(client, directory, codes) -> None:
    page = ask(client)
    wrong = "00000000" if codes[0][1] != "00000000" else "11111111"
    for left in (4, 3, 2, 1, 0):
        answer = client.post(page, {"code": wrong})
        assert answer.status_code == 400
        assert Claim.objects.get().tries == 5 - left
    answer = client.post(page, {"code": codes[0][1]})
    assert answer.status_code == 400
    assert "counts no more" in answer.content.decode()
    assert not Holder.objects.exists()
    assert not directory.get("npi:1234567893")[0].claimed


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time: the tests’ SQLite is in memory")
@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_once_are_not_more_than_five(transactional_db, directory, codes) -> None:
    one = directory.get("npi:1234567893")[0]
    claim = proof.make(directory, one, "text", "here")

    def guess(n: int) -> str:
        try:
            return proof.tried(Claim.objects.get(pk=claim.pk), f"{n:08d}")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(guess, range(12)))
    claim.refresh_from_db()
    assert claim.tries == 5


def test_a_code_ends_and_is_used_once(client, directory, codes) -> None:
    page = ask(client)
    assert client.post(page, {"code": codes[0][1]}).status_code == 302
    assert client.post(page, {"code": codes[0][1]}).status_code == 400
    page = ask(client)
    Claim.objects.filter(proven_at=None).update(ends_at=timezone.now() - dt.timedelta(seconds=1))
    assert client.post(page, {"code": codes[1][1]}).status_code == 400


def test_three_codes_a_day_and_ten_an_hour_from_one_address(client, directory, codes) -> None:
    for _ in range(3):
        ask(client)
    answer = client.post(f"{ROSALIND}/claim", {"way": "text"})
    assert answer.status_code == 400
    assert "Three codes went out" in answer.content.decode()
    Claim.objects.all().delete()
    for _ in range(6):
        client.post(f"{ROSALIND}/claim", {"way": "nonsense"})
    assert "Too many codes" in client.post(f"{ROSALIND}/claim", {"way": "text"}).content.decode()
    cache.clear()


def test_a_code_that_could_not_be_sent_counts_for_nothing(client, directory, codes, monkeypatch) -> None:
    from afferent.web.post.senders import NotSent

    class Down:
        def send(self, letter: object) -> None:
            raise NotSent("The carrier did not take it", again=True)

    monkeypatch.setattr("afferent.web.directory.proof.sender", lambda channel: Down())
    answer = client.post(f"{ROSALIND}/claim", {"way": "text"})
    assert answer.status_code == 400
    assert "could not be sent" in answer.content.decode()
    assert Claim.objects.get().ended_at is not None


def test_by_email_where_a_table_names_one_and_never_where_the_asker_says(client, directory, codes) -> None:
    ask(client, "email", "/find/own-teodor")
    assert codes[-1][0] == "teodor@example.org"
    assert client.post(f"{ROSALIND}/claim", {"way": "email", "email": "me@example.org"}).status_code == 400


def test_what_is_said_is_self_declared_and_what_was_checked_stays(own, directory) -> None:
    sent = {
        "neuropathy_hours": "900", "neuropathy_sessions": "900", "step_free": "no", "price": "70",
        "languages": "English, Hmong", "writes_to_care_team": "yes", "street": "9 Own Street", "gender": "female",
        "first_slot": "2027-01-05", "licence_state": "wi", "licence_number": "77",
    }  # fmt: skip
    assert own.post(f"{ROSALIND}/own", sent).status_code == 302
    one = directory.get("npi:1234567893")[0]
    assert (one.fact("neuropathy_hours").value, one.fact("neuropathy_hours").standing) == (24, "verified")
    assert not one.fact("neuropathy_sessions").known
    assert (one.fact("price").value, one.fact("price").standing) == (70, "declared")
    assert one.fact("step_free").value is False
    assert one.fact("languages").value == ("English", "Hmong")
    assert one.fact("first_slot").value == "2027-01-05"
    assert {(held.jurisdiction, held.status, held.standing) for held in one.licences} == {
        ("WI", "not known", "declared"), ("MN", "not known", "declared"),
    }  # fmt: skip
    assert one.street == "9 Own Street"
    before = Entry.objects.count()
    assert own.post(f"{ROSALIND}/own", sent | {"price": ""}).status_code == 302
    assert not directory.get("npi:1234567893")[0].fact("price").known
    assert Entry.objects.latest("pk").change["said"] == {"price": None}
    assert Entry.objects.count() == before + 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"price": "much"}, {"price": "-1"}, {"step_free": "perhaps"}, {"first_slot": "soon"},
        {"licence_state": "ZZ", "licence_number": "1"}, {"licence_number": "1"}, {"languages": "x" * 900},
    ],
)  # fmt: skip
def test_what_cannot_be_read_changes_nothing(own, directory, wrong) -> None:
    before = Entry.objects.count()
    answer = own.post(f"{ROSALIND}/own", {"chair": "yes"} | wrong)
    assert answer.status_code == 400
    assert "nothing is saved" in answer.content.decode()
    assert Entry.objects.count() == before


def test_another_address_for_codes_is_proven_first(own, codes, directory) -> None:
    answer = own.post(f"{ROSALIND}/own/email", {"email": "rosalind@example.org"})
    assert codes[-1][0] == "rosalind@example.org"
    assert Holder.objects.get().email == ""
    assert own.post(answer["Location"], {"code": codes[-1][1]}).status_code == 302
    assert Holder.objects.get().email == "rosalind@example.org"
    assert own.post(f"{ROSALIND}/own/email", {"email": "nonsense"}).status_code == 400
    assert "begins with r" in Browser().get(f"{ROSALIND}/claim").content.decode()


def test_done_in_this_browser(own) -> None:
    own.post(f"{ROSALIND}/own/close")
    assert own.get(f"{ROSALIND}/own").status_code == 302


def test_the_quiz_dates_a_badge_and_is_tried_once_a_day(own, directory) -> None:
    from afferent.directory.quiz import paper
    from afferent.knowledge import load

    page = f"{ROSALIND}/own/quiz"
    assert "Begin" in own.get(page).content.decode()
    own.post(page, {"begin": "yes"})
    row = Paper.objects.get()
    right = {f"q{n}": str(item.right) for n, item in enumerate(paper(load(), row.seed).items, 1)}
    part = own.post(page, {"paper": str(row.pk), **dict(list(right.items())[:4])})
    assert part.status_code == 400
    assert "Some questions have no answer yet" in part.content.decode()
    answer = own.post(page, {"paper": str(row.pk), **right})
    assert "10 of 10 right" in answer.content.decode()
    badge = directory.get("npi:1234567893")[0].badge
    assert (badge.on, badge.right) == (timezone.now().date(), 10)
    assert "Passed the ten-minute neuropathy quiz on" in own.get(ROSALIND).content.decode()
    assert own.post(page, {"paper": str(row.pk), **right}).status_code == 400
    own.post(page, {"begin": "yes"})
    assert Paper.objects.count() == 1


def test_a_failed_quiz_gives_no_badge_and_practice_keeps_nothing(own, directory) -> None:
    page = f"{ROSALIND}/own/quiz"
    own.post(page, {"begin": "yes"})
    own.post(page, {"paper": str(Paper.objects.get().pk), **{f"q{n}": "0" for n in range(1, 11)}})
    assert Paper.objects.get().right < 8
    assert directory.get("npi:1234567893")[0].badge is None
    answer = Browser().post("/find/quiz", {"seed": "5", **{f"q{n}": "0" for n in range(1, 11)}})
    assert "Nothing was kept" in answer.content.decode()
    assert Browser().post("/find/quiz", {"seed": "x", "q1": "99"}).status_code == 400
    assert Browser().post("/find/quiz", {"seed": "1" * 5000}).status_code == 400
    assert Paper.objects.count() == 1


def test_an_entry_is_never_changed_or_removed(own) -> None:
    for statement in ("UPDATE directory_entry SET kind = 'said'", "DELETE FROM directory_entry"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
