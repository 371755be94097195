"""The page of claims that are not made: all of them, each marked, with sources one can follow."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from afferent.knowledge import load
from afferent.knowledge.model import Claim
from afferent.page.markup import join

KNOWLEDGE = load()


@pytest.fixture
def text(client: Client) -> str:
    response = client.get("/claims")
    assert response.status_code == 200
    return response.content.decode()


def test_it_has_its_address(client: Client) -> None:
    assert reverse("claims") == "/claims"
    assert client.post("/claims").status_code == 405


def test_it_says_what_it_is_and_opens_with_one_sentence(text: str) -> None:
    assert "<title>Claims we do not make – Afferent</title>" in text
    assert "<h1>Claims we do not make</h1>" in text
    lead = re.search(r'<p class="lead">([^<]+)</p>', text)
    assert lead
    assert lead[1].count(".") == 1


@pytest.mark.parametrize("claim", KNOWLEDGE.claims.values(), ids=list(KNOWLEDGE.claims))
def test_every_claim_is_there_with_both_sides(text: str, claim: Claim) -> None:
    own = text.split(f'<details class="reason" id="{claim.id}">')[1].split("</details>")[0]
    own = own.replace("&#x27;", "'")
    assert f'{claim.title}<span class="tag">not said</span>' in own
    assert claim.why in own
    for one in (*claim.support, *claim.against):
        assert one.says in own
        assert not one.source or join(KNOWLEDGE.sources[one.source].url) in own


def test_no_letter_stands_beside_a_claim(text: str) -> None:
    """ "A" beside "flushes toxins" would read as if a trial spoke for it."""
    for summary in re.findall(r"<summary>.*?</summary>", text, re.DOTALL):
        assert 'class="letter"' not in summary
        assert "guideline" not in summary


def test_nothing_found_for_it_is_said(text: str) -> None:
    lactate = text.split('id="lactate"')[1].split("</details>")[0]
    assert re.search(r"<dt>For</dt><dd>No source found\.</dd>", lactate)


def test_sources_are_links_that_tell_nobody_where_from(text: str) -> None:
    links = re.findall(r'<a href="https?://[^>]+>', text)
    assert links
    assert all('rel="noreferrer noopener"' in link for link in links)


def test_no_style_no_script(text: str) -> None:
    assert "<script" not in text
    assert not re.search(r'<[^>]+ (style|on[a-z]+)="', text)
