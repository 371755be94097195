"""Every page answers, with the headers that keep it to itself."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from afferent.knowledge import load
from afferent.page.styles import digest
from afferent.web.screening.people import PEOPLE

FIXED = (
    r"/|/(screen/[\w-]{16}(/(answers|report|close))?|(heat|stroke)(\?record=[\w-]{16})?"
    r"|try|intake|gate|claims|rules|find/|afferent-\w+\.css|static/screening/mark\.svg)"
)


ADDRESSES = ["/", "/try", "/intake", "/rules", "/rules?find=clot", "/rules/VTE-HISTORY", "/styleguide"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_page(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cache-Control"] == "no-store"
    text = response.content.decode()
    assert "<script" not in text
    assert not re.search(r'<[^>]+ (style|on[a-z]+)="', text)
    assert '<html lang="en"' in text


@pytest.mark.parametrize("rule", load().rules)
def test_every_rule_has_its_page(client: Client, rule: str) -> None:
    response = client.get(f"/rules/{rule}")
    assert response.status_code == 200
    assert rule in response.content.decode()


def test_nothing_comes_from_elsewhere(client: Client) -> None:
    for address in ("/try", "/intake", "/styleguide"):
        text = client.get(address).content.decode()
        loaded = re.findall(r'<(?:link|img|script)[^>]+(?:href|src)="([^"]+)"', text)
        assert loaded
        assert all(one.startswith("/") for one in loaded)


def test_the_style_sheet_may_be_kept_for_ever(client: Client) -> None:
    response = client.get(f"/afferent-{digest()}.css")
    assert response.status_code == 200
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Content-Type"].startswith("text/css")


def test_the_sign_is_served(client: Client) -> None:
    assert client.get("/static/screening/mark.svg").status_code == 200


def test_no_page_there(client: Client) -> None:
    for address in ("/no-such-page", "/rules/NO-SUCH-RULE"):
        response = client.get(address)
        assert response.status_code == 404
        assert "There is no page at this address." in response.content.decode()


def test_no_rule_has_these_words(client: Client) -> None:
    assert "No rule has these words." in client.get("/rules?find=zzzz").content.decode()


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_invented_opens(client: Client, person: str) -> None:
    assert client.post(f"/invented/{person}").headers["Location"].startswith("/screen/")
    text = client.get("/screen", follow=True).content.decode()
    assert PEOPLE[person].name in text
    assert "Invented person" in text


def test_the_list_says_how_each_of_them_stands(client: Client) -> None:
    text = client.get("/try").content.decode()
    assert "No massage today. Call the emergency number now." in text
    assert "Massage is fine today; no limit was found." in text
    assert re.search(r"Ask these \w+ things first\.", text)


def test_only_posts_change_anything(client: Client) -> None:
    client.post("/invented/ruth")
    here = client.get("/screen").headers["Location"]
    for address in ("/invented/ruth", f"{here}/answers", f"{here}/close"):
        assert client.get(address).status_code == 405


def test_no_address_carries_anything_clinical(client: Client) -> None:
    """Every address of a page that one can reach is one of a few fixed words."""
    client.post("/invented/ruth")
    text = client.get("/screen", follow=True).content.decode()
    for address in re.findall(r'(?:href|action)="(/[^"]*)"', text):
        assert re.fullmatch(FIXED, address)
