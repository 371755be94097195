"""A link is good once, for one browser, for a while; and it tells nobody whom it is for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from afferent.web.audit.models import Entry
from afferent.web.intake.links import find, make, read_aloud, withdraw
from afferent.web.intake.models import Link
from afferent.web.intake.tests.walk import Phone


@pytest.fixture(autouse=True)
def _no_guesses() -> None:
    cache.clear()


def address(secret: str) -> str:
    return reverse("intake_open", args=[read_aloud(secret)])


def test_only_the_digest_is_stored(ruth: Any) -> None:
    link, secret = make(ruth, None)
    assert len(secret) == 32  # of 32 letters: 160 bits
    stored = {str(value) for value in Link.objects.filter(pk=link.pk).values().get().values()}
    assert not any(secret in value for value in stored)
    assert find(secret) == link


@pytest.mark.parametrize(
    "change", [str.upper, lambda secret: read_aloud(secret), lambda s: f"https://a.example/i/{s}/"]
)
def test_it_may_be_typed_as_people_type(ruth: Any, change: Any) -> None:
    link, secret = make(ruth, None)
    assert find(change(secret)) == link


def test_looking_spends_nothing(ruth: Any) -> None:
    link, secret = make(ruth, None)
    for _ in range(3):
        page = Browser().get(address(secret))
        assert page.status_code == 200
        assert "Amsler" not in page.content.decode()
    link.refresh_from_db()
    assert (link.device, link.began_at) == ("", None)


def test_begin_binds_it_to_this_browser_and_leaves_no_secret_in_the_address(ruth: Any) -> None:
    link, secret = make(ruth, None)
    phone = Phone()
    page = phone.begin(secret)
    assert page.wsgi_request.path == "/i/go/who"
    link.refresh_from_db()
    assert link.began_at is not None
    cookie = phone.browser.cookies[f"intake_{link.id.hex[:12]}"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/i/")
    assert "sessionid" not in phone.browser.cookies
    assert "afferent_session" not in phone.browser.cookies


def test_a_second_press_of_begin_changes_nothing(ruth: Any) -> None:
    secret = make(ruth, None)[1]
    phone = Phone()
    phone.open(secret)
    fields = phone._hidden()
    first = phone.browser.post(address(secret), fields)
    again = phone.browser.post(address(secret), fields)
    assert (first.status_code, again.status_code) == (302, 302)
    assert Entry.objects.filter(action="link.opened").count() == 1


def test_another_browser_is_refused_with_how_to_go_on(ruth: Any) -> None:
    secret = make(ruth, None)[1]
    Phone().begin(secret)
    other = Phone()
    page = other.open(secret)
    assert page.status_code == 403
    assert "Ask the clinic for a new link: your answers so far are kept." in other.text
    assert Entry.objects.filter(action="link.refused").count() == 1


def test_a_copied_step_opens_nothing_elsewhere(phone: Phone) -> None:
    other = Phone()
    assert other.get("intake_step", "who").status_code == 403
    assert "open your link again" in other.text


def test_a_cookie_that_was_changed_is_none(phone: Phone) -> None:
    for name, cookie in phone.browser.cookies.items():
        if name != "intake":
            cookie.set(name, cookie.value[:-3] + "xyz", cookie.value[:-3] + "xyz")
    assert phone.get("intake_go").status_code == 403


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        ({"ends_at": dt.timedelta(hours=-1)}, 410, "Its time is over."),
        ({"withdrawn_at": dt.timedelta()}, 410, "The clinic has taken this link back."),
        ({"used_at": dt.timedelta()}, 410, "The questions of this link are answered and sent."),
    ],
)
def test_each_end_has_its_sentence(ruth: Any, change: dict[str, dt.timedelta], status: int, says: str) -> None:
    link, secret = make(ruth, None)
    Link.objects.filter(pk=link.pk).update(**{name: timezone.now() + by for name, by in change.items()})
    browser = Phone()
    assert browser.open(secret).status_code == status
    assert says in browser.text
    assert not {"Ruth", "Amsler", "Lindenhof"} & set(browser.text.replace("<", " ").split())


def test_a_link_that_ends_meanwhile_saves_nothing_more(phone: Phone) -> None:
    Link.objects.update(ends_at=timezone.now())
    assert phone.send(answer="me").status_code == 410


def test_unknown_links_are_counted(ruth: Any) -> None:
    secret = make(ruth, None)[1]
    browser = Browser()
    found = [browser.get(f"/i/{n:032}").status_code for n in range(22)]
    assert found[:20] == [404] * 20
    assert found[-1] == 429
    assert browser.get(address(secret)).status_code == 429
    cache.clear()
    assert browser.get(address(secret)).status_code == 200


def test_without_cookies_it_says_so(ruth: Any) -> None:
    secret = make(ruth, None)[1]
    assert Browser().post(address(secret), {}).status_code == 400


def test_nothing_is_cached_and_no_address_is_told_on(ruth: Any) -> None:
    secret = make(ruth, None)[1]
    phone = Phone()
    for page in (phone.open(secret), phone.begin(secret), Phone().get("intake_go")):
        assert page["Referrer-Policy"] == "no-referrer"
        assert page["Cache-Control"] == "no-store"


def test_a_form_from_elsewhere_is_refused(phone: Phone) -> None:
    page = phone.browser.post("/i/go/who", phone._hidden() | {"answer": "me", "token": "0" * 64})
    assert page.status_code == 403
    assert phone.get("intake_go").wsgi_request.path == "/i/go/who"


def test_a_shared_phone_keeps_two_clients_apart(ruth: Any, a_client: Any) -> None:
    phone = Phone()
    phone.begin(make(ruth, None)[1])
    hers = phone._hidden()
    phone.begin(make(a_client("Walter", "Amsler"), None)[1])
    phone.browser.post("/i/go/who", hers | {"answer": "helper"})  # the other tab, still open
    from afferent.web.intake.models import Draft

    assert Draft.objects.get(client=ruth).answers["who"]["given"] == "helper"
    assert not Draft.objects.exclude(client=ruth).exists()


def test_a_new_link_goes_on_where_the_old_one_ended(ruth: Any, staff: Any) -> None:
    link, secret = make(ruth, None)
    phone = Phone()
    phone.begin(secret)
    phone.send(answer="me")
    withdraw(ruth, link.pk, staff("desk").user)
    assert phone.get("intake_go").status_code == 410
    other = Phone()
    assert other.begin(make(ruth, None)[1]).wsgi_request.path == "/i/go/today"


def test_somebody_of_the_staff_lends_no_rights(signed_in: Any, ruth: Any, a_client: Any) -> None:
    browser = signed_in("therapist", "owner")
    phone = Phone(browser)
    assert phone.get("intake_go").status_code == 403
    page = phone.begin(make(ruth, None)[1])
    assert "Clients" not in page.content.decode()
    assert "Ada" not in page.content.decode()
    assert phone.send(answer="me").wsgi_request.path == "/i/go/today"
    assert Entry.objects.filter(action="intake.saved").get().actor.startswith("link:")
