"""The plan of a visit by link: for one browser, for a while, to be read only, taken back by one tap, audited."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.utils import timezone

from afferent.web.audit.models import Entry
from afferent.web.outlines.models import Chosen
from afferent.web.scope import inside
from afferent.words.vocabulary import in_words


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def chosen(ada, numb_feet):
    ada.post(f"/visit/{numb_feet.pk}/outline/", {"kind": "with_affected", "aim": "ease_pain"})
    return numb_feet


def share(browser, visit, do: str = "link"):
    return browser.post(f"/visit/{visit.pk}/outline/share", {"do": do})


def address(answer) -> str:
    """The address that is shown once."""
    found = re.search(r"/p/[^\s\"<]+", answer.content.decode())
    assert found, answer.content.decode()
    return found[0]


@pytest.fixture
def link(ada, chosen) -> str:
    return address(share(ada, chosen))


def begin(browser: Browser, link: str):
    """Press "Read it" on the page before."""
    before = browser.get(link).content.decode()
    token = re.search(r'name="token" value="(\w+)"', before)
    assert token, before
    return browser.post(link, {"token": token[1]})


def text(browser: Browser, link: str) -> str:
    answer = browser.get(link)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def actions() -> list[str]:
    return list(Entry.objects.order_by("seq").values_list("action", flat=True))


def test_the_client_reads_places_how_light_how_long_and_what_is_not_done(client, link) -> None:
    assert begin(client, link).status_code == 302
    page = text(client, link)
    said = (
        "BOTH of your feet", "Slow strokes", "minutes, kept short", "is not medical care",
        "No deep pressure", "stop at any time", "Lindenhof",
    )  # fmt: skip
    for words in said:
        assert words in page, words
    for word in ("numb", "numbness", "neuropathy", "diabetes", "Ruth", "Amsler", "LOPS", "limit", "rule", "Walton"):
        assert not re.search(rf"\b{word}\b", page, re.IGNORECASE), word


def test_looking_at_the_link_spends_nothing_and_shows_nothing(client, link) -> None:
    for _ in range(3):
        page = client.get(link).content.decode()
        assert "Read it" in page
        assert "feet" not in page
    assert "visit.plan_opened" not in actions()
    assert begin(client, link).status_code == 302


def test_one_browser_reads_it_and_no_other(client, link) -> None:
    begin(client, link)
    other = Browser()
    answer = other.get(link)
    assert answer.status_code == 403
    assert "feet" not in answer.content.decode()
    assert other.post(link, {"token": "x"}).status_code == 403
    assert "BOTH of your feet" in text(client, link)


def test_a_form_of_somebody_else_binds_nothing(client, link) -> None:
    client.get(link)
    for sent in ({}, {"token": "x"}, {"token": "²"}):
        assert client.post(link, sent).status_code == 400
    assert Browser().post(link, {"token": "x"}).status_code == 400
    assert "visit.plan_opened" not in actions()


def test_it_is_read_only(client, link, chosen) -> None:
    begin(client, link)
    before = Chosen.objects.get(visit=chosen).outline
    client.post(link, {"do": "firmer", "step": 0})
    assert Chosen.objects.get(visit=chosen).outline == before
    assert client.put(link).status_code == 405


@pytest.mark.parametrize(
    "change", [lambda s: s[:-1] + ("a" if s[-1] != "a" else "b"), lambda s: s[:9], lambda s: "/p/x", lambda s: s + "x"]
)
def test_a_link_that_was_changed_is_not_known(client, link, change) -> None:
    answer = client.get(change(link))
    assert answer.status_code == 404
    assert "not known" in answer.content.decode()


def test_twenty_wrong_ones_are_enough(client, link) -> None:
    for n in range(20):
        assert client.get(f"/p/{n}").status_code == 404
    assert client.get(link).status_code == 429


def test_the_secret_is_kept_nowhere(ada, chosen) -> None:
    shown = address(share(ada, chosen)).removeprefix("/p/")
    kept = repr(Chosen.objects.filter(visit=chosen).values())
    assert shown not in kept
    assert shown.rpartition(":")[0] not in kept
    assert shown not in ada.get(f"/visit/{chosen.pk}/outline/share").content.decode()


def test_the_therapist_sees_when_it_was_shared_and_read_and_takes_it_back(ada, client, chosen, link) -> None:
    page = ada.get(f"/visit/{chosen.pk}/outline/share").content.decode()
    assert "by Ada Okonkwo" in page
    assert "Not read yet" in page
    begin(client, link)
    assert "Read first" in ada.get(f"/visit/{chosen.pk}/outline/share").content.decode()
    assert "Shared with Ruth" in ada.get(f"/visit/{chosen.pk}/outline/steps").content.decode()
    assert share(ada, chosen, "withdraw").status_code == 302
    assert client.get(link).status_code == 410
    page = ada.get(f"/visit/{chosen.pk}/outline/share").content.decode()
    assert "Taken back" in page
    assert "Take it back" not in page


def test_a_new_link_takes_the_place_of_the_old_one(ada, client, chosen, link) -> None:
    begin(client, link)
    newer = address(share(ada, chosen))
    assert client.get(link).status_code == 410
    begin(client, newer)
    assert "BOTH of your feet" in text(client, newer)


def test_it_ends_after_three_days(client, link, monkeypatch) -> None:
    begin(client, link)
    later = timezone.now() + dt.timedelta(hours=72, minutes=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    answer = client.get(link)
    assert answer.status_code == 410
    assert "ended" in answer.content.decode()


def test_all_of_it_is_in_the_audit(ada, client, chosen, link) -> None:
    begin(client, link)
    text(client, link)
    share(ada, chosen, "withdraw")
    told = [one for one in actions() if one.startswith("visit.plan_")]
    assert told == ["visit.plan_shared", "visit.plan_opened", "visit.plan_read", "visit.plan_withdrawn"]
    read = Entry.objects.get(action="visit.plan_read")
    assert read.actor.startswith("link:")
    assert read.subject == f"visit:{chosen.pk}"


def test_without_a_yes_to_massage_nothing_is_shared(ada, visit_of) -> None:
    visit = visit_of("numb-feet.yaml", agreed=())
    ada.post(f"/visit/{visit.pk}/outline/", {"kind": "elsewhere"})
    answer = share(ada, visit)
    assert answer.status_code == 409
    assert "/p/" not in answer.content.decode()
    assert "not agreed yet" in answer.content.decode()


def test_a_yes_that_is_taken_back_shuts_the_link(client, chosen, link, clinic) -> None:
    from afferent.web.clinics.clock import today
    from afferent.web.consents import asking

    begin(client, link)
    asking.withdraw(chosen.client, "treatment", on=today(clinic), actor="user:1")
    answer = client.get(link)
    assert answer.status_code == 409
    assert "feet" not in answer.content.decode()


def test_what_must_be_asked_first_shuts_it_too(client, chosen, link, clinic) -> None:
    from afferent.safety.evidence import Evidence
    from afferent.web.clients.knowing import write
    from afferent.web.clinics.clock import today

    begin(client, link)
    day = today(clinic)
    write(chosen.client, "answers", [Evidence("breathless_or_chest_pain", True, day)], on=day)
    answer = client.get(link)
    assert answer.status_code == 409
    assert "No massage for now" in answer.content.decode()


def test_the_plan_that_is_read_is_the_plan_that_stands(ada, client, chosen, link) -> None:
    begin(client, link)
    ada.post(f"/visit/{chosen.pk}/outline/steps", {"do": "remove", "step": 1})
    left = in_words(len(Chosen.objects.get(visit=chosen).outline["steps"]))
    assert f"in {left} parts" in text(client, link)


def test_another_outline_ends_it(ada, client, chosen, link) -> None:
    begin(client, link)
    ada.post(f"/visit/{chosen.pk}/outline/", {"kind": "elsewhere", "aim": "sleep"})
    assert client.get(link).status_code == 410
    assert "visit.plan_withdrawn" in actions()


@pytest.mark.parametrize("state", ["cancelled", "moved", "missed"])
def test_a_visit_that_is_off_ends_it(client, chosen, link, state) -> None:
    begin(client, link)
    chosen.state = state
    chosen.save()
    assert client.get(link).status_code == 410


def test_once_the_visit_has_begun_it_is_over(ada, client, chosen, link) -> None:
    begin(client, link)
    assert ada.post(f"/visit/{chosen.pk}/outline/begin").status_code == 302
    assert client.get(link).status_code == 410


def test_where_nothing_is_worked_out_nothing_is_read(client, chosen, link, clinic) -> None:
    begin(client, link)
    clinic.mode = "record"
    clinic.save()
    assert client.get(link).status_code == 410


def test_only_therapists_share(signed_in, chosen) -> None:
    assert share(signed_in("desk"), chosen).status_code == 403


def test_what_no_button_sends_shares_nothing(ada, chosen) -> None:
    assert share(ada, chosen, "everything").status_code == 400
    assert "visit.plan_shared" not in actions()


def test_it_is_kept_in_no_cache_and_told_to_nobody(client, link) -> None:
    for answer in (client.get(link), begin(client, link), client.get(link)):
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"


def test_a_signature_of_ours_for_a_visit_of_another_clinic_opens_nothing(client, link, chosen) -> None:
    """The clinic stands in what is signed, so that a query sees no other."""
    from afferent.web.clinics.models import Clinic
    from afferent.web.outlines.sharing import token_of

    other = Clinic.objects.create(name="Elsewhere", second_factor=False)
    row = Chosen.objects.get(visit=chosen)
    with inside(other.id):
        forged = token_of(other.id, row.pk)
    assert client.get(f"/p/{forged}").status_code == 410


def test_the_page_before_sharing_shows_what_the_client_will_read(ada, chosen) -> None:
    page = ada.get(f"/visit/{chosen.pk}/outline/share").content.decode()
    assert "BOTH of your feet" in page
    assert "What Ruth reads" in page


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"breathless_or_chest_pain": True}, "Call the emergency number now"),
        ({"limb_swollen": ("leg_whole.left",)}, "Call your clinician today"),
    ],
)
def test_whoever_should_call_is_never_told_to_wait(client, chosen, link, clinic, given, says) -> None:
    from afferent.safety.evidence import Evidence
    from afferent.web.clients.knowing import write
    from afferent.web.clinics.clock import today

    begin(client, link)
    day = today(clinic)
    write(chosen.client, "answers", [Evidence(fact, value, day) for fact, value in given.items()], on=day)
    answer = client.get(link)
    assert answer.status_code == 409
    assert says in answer.content.decode()
    assert "nothing" not in answer.content.decode().partition("<main")[2].lower()
