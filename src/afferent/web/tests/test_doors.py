"""Every address: who may open it. A page that says nothing about it is found here."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver

from afferent.web.accounts.middleware import FOR_CLIENTS, RUNNING
from afferent.web.clinics.models import ROLES

# Said nothing on purpose: allauth's own pages guard themselves, the rest is open to whoever has signed in.
OF_ALLAUTH = re.compile(r"account_(login|logout|inactive|reauthenticate|change_password)|mfa_\w+")
SIGNED_IN = {"locked", "lock", "seen", "second_factor", "nowhere", "choose_clinic"}
OPEN = {"style"}
BEFORE_SIGNING_IN = {"account_login", "account_logout", "account_inactive", "mfa_authenticate", "mfa_login_webauthn"}

_VALUES = {"uuid": str(uuid.UUID(int=7)), "int": "7", "day": "2026-11-24", "clock": "09:30", "whom": "everybody"}


def _patterns(found: list, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in found:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns, route)
        else:
            yield route, one


def _path(route: str) -> str:
    """An address of this kind, with something in every place."""
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda at: _VALUES.get(at.group(1), "x"), route)


ALL = [pytest.param(route, one, id=route) for route, one in _patterns(get_resolver().url_patterns)]
GUARDED = [
    pytest.param(route, one, id=route)
    for route, one in _patterns(get_resolver().url_patterns)
    if "everybody" not in getattr(one.callback, "allowed", ("everybody",))
]


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.mark.parametrize(("route", "one"), ALL)
def test_every_page_says_who_may_open_it(route: str, one: URLPattern) -> None:
    allowed = getattr(one.callback, "allowed", None)
    if allowed is None:
        assert one.name in SIGNED_IN | OPEN or OF_ALLAUTH.fullmatch(one.name or ""), (
            f"{route} does not say who may open it"
        )
    else:
        assert set(allowed) <= set(ROLES) | {"everybody"}


@pytest.mark.parametrize(("route", "one"), ALL)
def test_the_lock_knows_each_page_of_a_running_visit_and_each_page_for_clients(route: str, one: URLPattern) -> None:
    """It judges by names, so that a page that is new is shut until it is named; none of these may be forgotten."""
    running = route.startswith("live/<uuid:session>")
    for_clients = route.startswith(("a/", "i/", "m/", "n/", "o/", "p/")) or (route.startswith("live/") and not running)
    assert (one.name in RUNNING, one.name in FOR_CLIENTS) == (running, for_clients), route


def _opened(browser: Any, route: str) -> Any:
    answer = browser.get(_path(route))
    return browser.post(_path(route)) if answer.status_code == 405 else answer


@pytest.mark.parametrize(("route", "one"), GUARDED)
def test_nobody_opens_a_page_without_signing_in(route: str, one: URLPattern, client: Browser) -> None:
    answer = _opened(client, route)
    assert answer.status_code == 302, route
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(("route", "one"), [one for one in ALL if one.values[1].name in SIGNED_IN])
def test_nor_one_that_is_open_to_all_who_signed_in(route: str, one: URLPattern, client: Browser) -> None:
    assert _opened(client, route)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("route", "one"),
    [
        one
        for one in ALL
        if OF_ALLAUTH.fullmatch(one.values[1].name or "") and one.values[1].name not in BEFORE_SIGNING_IN
    ],
)
def test_nor_one_of_allauth(route: str, one: URLPattern, client: Browser) -> None:
    assert _opened(client, route)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("route", "one"), GUARDED)
def test_a_role_without_business_there_is_refused(route: str, one: URLPattern, role: str, signed_in: Any) -> None:
    if role in one.callback.allowed:
        pytest.skip("has business there")
    answer = _opened(signed_in(role), route)
    assert answer.status_code == 403, route
    assert "Ask the owner to change your role" in answer.content.decode()


@pytest.mark.parametrize(("route", "one"), GUARDED)
def test_who_belongs_to_no_clinic_is_told_so(route: str, one: URLPattern, signed_in: Any) -> None:
    browser = signed_in("owner")
    browser.member.delete()
    assert _opened(browser, route)["Location"] == "/nowhere"


@pytest.mark.parametrize("name", ["home", "intake", "screen", "shown", "report", "invented", "answers", "close"])
def test_single_records_are_screened_for_everybody_only_where_the_server_says_so(
    name: str, client: Browser, settings: Any
) -> None:
    settings.OPEN = False
    route = next(one.values[0] for one in ALL if one.values[1].name == name)
    assert _opened(client, route).headers.get("Location", "").startswith("/accounts/login/")


def test_closing_a_record_signs_nobody_out(signed_in) -> None:
    ada = signed_in("therapist")
    ada.post("/invented/ruth")
    assert ada.post(ada.get("/screen").headers["Location"] + "/close").status_code == 302
    assert ada.get("/clients/").status_code == 200
