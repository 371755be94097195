"""One profile: who says what since when; no street before it is claimed; addresses of every kind of id."""

from __future__ import annotations

import pytest

from afferent.directory.change import Change
from afferent.directory.model import Known
from afferent.web.directory.entries import catch_up, keep
from afferent.web.directory.naming import address, id_of
from afferent.web.directory.tests.conftest import DAY, PEOPLE


def test_checked_said_and_not_known_stand_apart(client, directory) -> None:
    shown = client.get("/find/npi-1234567893").content.decode()
    assert "Checked, 20 Nov 2026: saw the certificate" in shown
    assert "Self-declared, 20 Nov 2026" in shown
    assert "? Not known:" in shown
    assert "it proves no licence and no training" in shown.replace("\n", " ")
    assert "nobody has looked whether it holds" in shown
    assert "The state does not license massage therapists" in shown
    assert "no street is shown before the therapist claims the profile" in shown
    assert "Home Street" not in shown


def test_a_street_is_shown_only_while_it_is_claimed(client, directory) -> None:
    keep(directory, "npi:1234567893", "said", Change(street="9 Own Street"))
    assert "9 Own Street" not in client.get("/find/npi-1234567893").content.decode()
    keep(directory, "npi:1234567893", "claimed", Change(claimed=True))
    assert "9 Own Street" in client.get("/find/npi-1234567893").content.decode()


@pytest.mark.parametrize("one", PEOPLE, ids=lambda one: one.id)
def test_every_id_has_an_address_that_leads_back(client, directory, one) -> None:
    assert id_of(address(one.id)) == one.id
    answer = client.get(f"/find/{address(one.id)}")
    assert answer.status_code == 200
    assert "<b>Marsh" not in answer.content.decode()


@pytest.mark.parametrize("who", ["npi-1", "x-", "x-%ff", "own-", "nobody", "x-AAAA", "npi-1234567893'"])
def test_an_address_of_nobody_is_not_found(client, directory, who) -> None:
    assert client.get(f"/find/{who}").status_code == 404


def test_whoever_went_out_of_use_is_not_found(client, directory) -> None:
    with directory:
        directory.put(PEOPLE[0], gone=DAY)
    assert client.get("/find/npi-1234567893").status_code == 404


def test_the_questions_begin_with_what_is_not_known(client, directory) -> None:
    shown = client.get("/find/npi-1234567893/questions").content.decode()
    first, then = shown.split("To make sure")
    assert "How many hours of training" in then
    assert "Will you write to my doctor" in first
    assert client.get("/find/questions").status_code == 200


def test_a_directory_that_is_made_anew_learns_what_was_claimed(directory) -> None:
    keep(directory, "own:mei", "claimed", Change(claimed=True, said={"price": Known(60)}))
    with directory:
        directory.put(PEOPLE[3])
        directory.set_mark("entries", 0)
    assert not directory.get("own:mei")[0].claimed
    catch_up(directory)
    with directory:
        directory.put(PEOPLE[3])
        directory.set_mark("entries", 10**6)
    catch_up(directory)
    found = directory.get("own:mei")[0]
    assert (found.claimed, found.fact("price").value, found.fact("price").standing) == (True, 60, "declared")


def test_whom_only_a_register_calls_a_therapist_is_called_listed(client, directory) -> None:
    lead = client.get("/find/npi-1234567893").content.decode().split('class="lead">')[1]
    assert lead.startswith("Listed in the national register as a massage therapist, Minneapolis, MN<")
    assert client.get("/find/own-teodor").content.decode().split('class="lead">')[1].startswith("Massage therapist,")
