"""The lock on a screen left alone, thought through as somebody who sits down at it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from afferent.web.accounts.locking import back_to
from afferent.web.accounts.tests.conftest import PASSWORD
from afferent.web.audit.models import Entry


def actions() -> list[str]:
    return list(Entry.objects.order_by("seq").values_list("action", flat=True))


@pytest.fixture
def owner(signed_in: Any, clock: Any) -> Any:
    """An owner at work, at whose screen time passes."""
    browser = signed_in("owner")
    browser.passes = clock
    assert browser.get("/clinic/staff").status_code == 200
    return browser


@pytest.fixture
def left_alone(owner: Any) -> Any:
    owner.passes(15 * 60 + 1)
    assert owner.get("/clinic/staff")["Location"] == "/locked?next=%2Fclinic%2Fstaff"
    return owner


def test_it_stays_open_while_somebody_works(owner: Any) -> None:
    for _ in range(5):
        owner.passes(10 * 60)
        assert owner.get("/clinic/staff").status_code == 200


def test_it_locks_after_the_clinics_minutes_and_says_who_is_locked(left_alone: Any) -> None:
    page = left_alone.get("/locked?next=/clinic/staff").content.decode()
    assert "Ada Okonkwo is signed in here" in page
    assert 'href="/clinic/"' not in page
    assert actions().count("session.locked") == 1


def test_a_clock_set_back_locks_too(owner: Any) -> None:
    owner.passes(-3600)
    assert owner.get("/clinic/staff")["Location"].startswith("/locked")


def test_nothing_opens_while_it_is_locked(left_alone: Any) -> None:
    for path in (
        "/", "/today", "/clinic/", "/audit/", "/audit/file", "/clinic/choose", "/accounts/password/change/",
        "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/2fa/recovery-codes/", "/accounts/2fa/recovery-codes/download/", "/accounts/reauthenticate/",
        "/second-factor", "/nowhere", "/rules", "/try",
    ):  # fmt: skip
        for how in (left_alone.get, left_alone.head, left_alone.post):
            answer = how(path)
            assert answer.status_code == 302, path
            assert answer["Location"].startswith("/locked"), path


def test_the_password_opens_it_and_leads_back(left_alone: Any) -> None:
    key = left_alone.session.session_key
    answer = left_alone.post("/locked", {"password": PASSWORD, "next": "/clinic/staff"})
    assert answer["Location"] == "/clinic/staff"
    assert left_alone.session.session_key != key
    assert left_alone.get("/clinic/staff").status_code == 200
    assert actions()[-1] == "session.unlocked"


def test_five_wrong_passwords_end_the_session(left_alone: Any) -> None:
    for left in ("4 tries are left", "3 tries are left", "2 tries are left", "One try is left"):
        answer = left_alone.post("/locked", {"password": "not it"})
        assert answer.status_code == 400
        assert left in answer.content.decode()
    assert left_alone.post("/locked", {"password": "not it"})["Location"] == "/accounts/login/?ended"
    assert left_alone.get("/clinic/staff")["Location"].startswith("/accounts/login/")
    assert actions().count("session.failed") == 5
    assert actions()[-1] == "session.ended"


def test_tries_sent_at_the_same_moment_are_counted_too(left_alone: Any) -> None:
    """Their sessions were all read before any was saved; the count in memory knows better."""
    cache.set(f"unlock:{left_alone.session.session_key}", 5)
    assert left_alone.post("/locked", {"password": PASSWORD})["Location"] == "/accounts/login/?ended"


def test_a_request_that_began_before_cannot_open_it(left_alone: Any) -> None:
    """It saves the session as it was when it began, without the lock."""
    session = left_alone.session
    del session["locked"]
    session.save()
    assert left_alone.get("/clinic/staff")["Location"].startswith("/locked")


def test_signing_out_is_possible(left_alone: Any) -> None:
    assert left_alone.post("/accounts/logout/")["Location"] == "/"
    assert left_alone.get("/clinic/staff")["Location"].startswith("/accounts/login/")


def test_locking_by_hand_leads_back_to_the_page(owner: Any) -> None:
    answer = owner.post("/lock", headers={"referer": "http://testserver/clinic/staff"})
    assert answer["Location"] == "/locked?next=%2Fclinic%2Fstaff"
    assert owner.get("/clinic/staff")["Location"].startswith("/locked")
    again = owner.post("/lock", {"next": "/clinic/"})  # another tab, a moment later
    assert again["Location"] == "/locked?next=%2Fclinic%2F"


def test_typing_in_a_long_form_keeps_it_open(owner: Any) -> None:
    for _ in range(4):
        owner.passes(10 * 60)
        assert owner.post("/seen").status_code == 204
    assert owner.get("/clinic/staff").status_code == 200


def test_typing_does_not_open_what_is_locked(left_alone: Any) -> None:
    assert left_alone.post("/seen").status_code == 302
    assert left_alone.get("/clinic/staff")["Location"].startswith("/locked")


def test_htmx_is_sent_to_the_lock_as_a_whole_page(left_alone: Any) -> None:
    answer = left_alone.get(
        "/clinic/staff", headers={"hx-request": "true", "hx-current-url": "http://testserver/clinic/staff"}
    )
    assert answer["HX-Redirect"] == "/locked?next=%2Fclinic%2Fstaff"


@pytest.mark.parametrize(
    "url",
    ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", None, "today", "/locked",
     "/lock", "/accounts/logout/", "\x00/today", "///evil.example", "http:evil.example"],
)  # fmt: skip
def test_it_leads_back_to_our_own_pages_only(url: str | None) -> None:
    assert back_to(url) == ""


def test_it_leads_back_with_what_was_asked() -> None:
    assert back_to("/audit/?person=user%3A1") == "/audit/?person=user%3A1"


def test_somebody_of_no_clinic_is_locked_out_too(signed_in: Any, clock: Any) -> None:
    browser = signed_in("desk")
    browser.get("/today")
    browser.member.delete()
    clock(16 * 60)
    assert browser.get("/accounts/2fa/")["Location"].startswith("/locked")


def test_a_running_visit_is_never_locked(left_alone: Any) -> None:
    assert left_alone.get("/live/anything").status_code == 404  # not the lock
    assert left_alone.get("/i/anything").status_code == 404
