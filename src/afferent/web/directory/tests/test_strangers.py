"""What somebody could try who is not the therapist: many addresses, an old page, a name that is not theirs."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client as Browser
from django.utils import timezone
from msgspec.structs import replace

from afferent.directory.model import Badge, Licence
from afferent.web.accounts.tries import count
from afferent.web.directory import proof
from afferent.web.directory.models import Claim, Entry, Holder
from afferent.web.directory.tests.conftest import known
from afferent.web.directory.tests.test_claiming import ROSALIND, ask
from afferent.web.directory.tests.test_staff import CHECK, GIVEN
from afferent.web.directory.views import find as views
from afferent.web.screening import opened


def put(directory, **fields) -> None:
    one, _ = directory.get("npi:1234567893")
    with directory:
        directory.put(replace(one, **fields))


def waiting(many: int, way: str, **fields) -> None:
    ends = timezone.now() + dt.timedelta(days=1)
    Claim.objects.bulk_create(Claim(therapist=f"own:{n}", way=way, ends_at=ends, **fields) for n in range(many))


def claimed(client, codes):
    page = ask(client)
    assert client.post(page, {"code": codes[-1][1]}).status_code == 302
    return client


def test_codes_are_counted_for_the_whole_server_whatever_the_address(client, directory, codes) -> None:
    waiting(proof.AN_HOUR, "text", ended_at=timezone.now())
    answer = client.post(f"{ROSALIND}/claim", {"way": "text"})
    assert answer.status_code == 400
    assert "More codes were asked for" in answer.content.decode()
    assert not codes
    ask(client, "letter")


def test_letters_that_wait_are_not_more_than_somebody_can_print(client, directory, codes) -> None:
    waiting(proof.LETTERS, "letter")
    assert client.post(f"{ROSALIND}/claim", {"way": "letter"}).status_code == 400
    ask(client, "text")


def test_a_letter_that_a_stranger_spoiled_can_be_asked_for_again(client, directory, signed_in) -> None:
    page = ask(client, "letter")
    signed_in("owner").post(f"/clinic/directory/letters/{Claim.objects.get().pk}")
    for _ in range(proof.TRIES):
        client.post(page, {"code": "x"})
    assert not proof.stands(Claim.objects.get())
    ask(client, "letter")


def test_many_wrong_codes_from_one_address_shut_the_door_for_it_alone(client, directory, codes) -> None:
    page = ask(client)
    for _ in range(20):
        Claim.objects.update(tries=0)
        client.post(page, {"code": "x"})
    Claim.objects.update(tries=0)
    answer = client.post(page, {"code": codes[0][1]})
    assert answer.status_code == 429
    assert Claim.objects.get().tries == 0
    there = Browser(REMOTE_ADDR="192.0.2.7")
    assert there.post(page, {"code": codes[0][1]}).status_code == 302


def test_addresses_of_one_house_are_one(client, directory, codes) -> None:
    for n in range(10):
        Browser(REMOTE_ADDR=f"2001:db8::{n:x}").post(f"{ROSALIND}/claim", {"way": "nonsense"})
    shown = Browser(REMOTE_ADDR="2001:db8::ffff").post(f"{ROSALIND}/claim", {"way": "text"}).content.decode()
    assert "Too many codes" in shown


def test_what_is_checked_is_what_was_on_the_page(client, directory, codes, signed_in) -> None:
    """The therapist writes 160 hours while the staff looks at a certificate of 16."""
    put(directory, facts={"neuropathy_hours": known(16, "declared")})
    owner = signed_in("owner")
    shown = owner.get(CHECK).content.decode()
    seen = shown.split('name="seen" value="')[1].split('"')[0]
    claimed(client, codes).post(f"{ROSALIND}/own", {"neuropathy_hours": "160"})
    answer = owner.post(CHECK, GIVEN | {"facts": ["neuropathy_hours"], "seen": seen})
    assert answer.status_code == 400
    assert "has changed since" in answer.content.decode()
    assert directory.get("npi:1234567893")[0].fact("neuropathy_hours").standing == "declared"


@pytest.mark.parametrize("status", ["suspended", "revoked", "lapsed"])
def test_nobody_says_a_shut_licence_away(client, directory, codes, status) -> None:
    put(directory, licences=(Licence("MN", "MT1", status),))
    claimed(client, codes).post(f"{ROSALIND}/own", {"licence_state": "MN", "licence_number": "MT2"})
    assert directory.get("npi:1234567893")[0].licences[0].status == status


def test_a_badge_that_is_over_is_shown_no_more(client, directory) -> None:
    today = timezone.now().date()
    put(directory, badge=Badge(today - dt.timedelta(365), today, 9, 10))
    assert "Passed the ten-minute" in client.get(ROSALIND).content.decode()
    put(directory, badge=Badge(today - dt.timedelta(366), today - dt.timedelta(1), 9, 10))
    assert "Passed the ten-minute" not in client.get(ROSALIND).content.decode()
    assert "neuropathy quiz on" not in client.post("/find/", {"where": "55401"}).content.decode()


def test_with_a_claim_its_badge_ends_and_its_words_where_the_staff_says_so(client, directory, codes, signed_in) -> None:
    today = timezone.now().date()
    claimed(client, codes).post(f"{ROSALIND}/own", {"oncology_training": "yes", "step_free": "yes"})
    put(directory, badge=Badge(today, today, 10, 10))
    owner = signed_in("owner")
    owner.post(f"{CHECK}/end")
    one = directory.get("npi:1234567893")[0]
    assert one.badge is None
    assert one.fact("oncology_training").known
    since = Holder.objects.get().since
    claimed(Browser(), codes)
    assert Holder.objects.get().since > since
    owner.post(f"{CHECK}/end", {"take_back": "yes"})
    one = directory.get("npi:1234567893")[0]
    assert not one.fact("oncology_training").known
    assert one.fact("neuropathy_hours").standing == "verified"
    assert one.fact("step_free").known  # stood there before anybody claimed it


def test_to_save_what_is_there_already_is_no_entry(client, directory, codes) -> None:
    browser = claimed(client, codes)
    given = {"step_free": "yes", "licence_state": "MN", "licence_number": "MT1"}
    before = Entry.objects.count()
    assert browser.post(f"{ROSALIND}/own", given).status_code == 302
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    "where", ["55401\0", "Saint\0 Paul, M\0N", "\u202eSaint Paul", "nan, inf", "1e308, 0", "٤٤.٩, -٩٣"]
)
def test_odd_letters_are_never_a_fault_of_the_server(client, directory, where) -> None:
    assert client.post("/find/", {"where": where}).status_code in (200, 400)


def test_a_thousand_answers_are_read_as_one(client, directory) -> None:
    assert client.post("/find/", {"where": "55401", "need": ["no_steps"] * 1500}).status_code == 200


def test_searches_without_end_from_one_address_wait_and_others_do_not(client, directory, monkeypatch) -> None:
    monkeypatch.setattr(views, "MOST", 3)
    asked = {"where": "55401"}
    assert [client.post("/find/", asked).status_code for _ in range(3)] == [200] * 3
    stopped = client.post("/find/", asked)
    assert stopped.status_code == 429
    assert "Wait ten minutes" in stopped.content.decode()
    assert client.get("/find/").status_code == 200, "the questions are shown all the same"
    assert client.post("/find/", asked, REMOTE_ADDR="10.9.9.9").status_code == 200


def test_counting_pushes_out_no_record_that_somebody_opened() -> None:
    opened.cache.set("opened-here", 1, 60)
    for n in range(2_000):
        count(f"find:{n}", 60)
    assert opened.cache.get("opened-here") == 1
