"""The stroke page: plain links, what is known and what is not, and for an open record never a closed place."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from afferent.web.physiology.places import KEYS

_METRONOME = 'class="metronome"'


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def opened(client: Client, name: str) -> str:
    """The key of somebody invented, opened."""
    return client.post(f"/invented/{name}").headers["Location"].rsplit("/", 1)[1]


def test_nothing_is_chosen_at_first(client: Client) -> None:
    page = text(client.get("/stroke"))
    assert "Choose where" in page
    assert _METRONOME not in page
    assert "<script" not in page


@pytest.mark.parametrize("place", KEYS)
def test_every_place_has_its_stroke(client: Client, place: str) -> None:
    response = client.get("/stroke", {"place": place})
    assert response.status_code == 200
    assert _METRONOME in text(response)
    assert "read off our drawing, measure if in doubt" in text(response)
    assert "our default – no published source found" in text(response)


def test_thirty_centimetres_of_shin(client: Client) -> None:
    page = text(client.get("/stroke", {"place": "shin", "speed": "3", "length": "30"}))
    assert "<strong>10 seconds</strong> for one stroke" in page
    assert "6 strokes a minute, there and back counted as two." in page
    assert "3 cm a second lies in the slow range of 1 to 10 cm a second." in page
    assert "Count slowly to 10 along the stroke" in page
    assert "our default" not in page.partition("In this order")[0]


def test_nothing_is_claimed_on_the_sole_and_little_on_the_palm(client: Client) -> None:
    sole = text(client.get("/stroke", {"place": "sole"}))
    assert "No such nerve fibres are described on the sole: no speed is claimed there. Slow is still kinder." in sole
    assert "slow range" not in sole
    palm = text(client.get("/stroke", {"place": "palm"}))
    assert "A few such nerve fibres have been found in the palm" in palm
    assert "slow range" not in palm


def test_faster_than_the_window_is_said(client: Client) -> None:
    assert "faster than the range" in text(client.get("/stroke", {"place": "calf", "speed": "20"}))


def test_a_decimal_comma_is_a_decimal_point(client: Client) -> None:
    assert "12.5" not in text(client.get("/stroke", {"place": "calf", "length": "7,5"})).partition("How fast?")[0]
    assert "2.5 seconds" in text(client.get("/stroke", {"place": "calf", "length": "7,5"}))


def test_too_quick_to_count_gets_no_metronome(client: Client) -> None:
    page = text(client.get("/stroke", {"place": "calf", "length": "5", "speed": "10"}))
    assert _METRONOME not in page
    assert "Too quick to count" in page


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"place": "tail"}, "There is no such place"),
        ({"place": "shin", "length": "long"}, "“long” is no number"),
        ({"place": "shin", "length": "400"}, "does not fit a body: give 1 to 120 cm"),
        ({"place": "shin", "length": "nan"}, "does not fit a body"),
        ({"place": "shin", "speed": "0"}, "was never tried: give 0.1 to 30 cm a second"),
        ({"place": "shin", "speed": "1e9"}, "was never tried"),
        ({"place": "shin", "length": "<script>"}, "“&lt;script&gt;” is no number"),
    ],
)
def test_nonsense_gets_one_sentence_and_a_way_on(client: Client, sent: dict[str, str], says: str) -> None:
    response = client.get("/stroke", sent)
    assert response.status_code == 400
    assert says in text(response)
    assert _METRONOME not in text(response)
    assert "Where?" in text(response) or 'name="length"' in text(response)


def test_light_before_deep_is_on_every_page(client: Client) -> None:
    page = text(client.get("/stroke"))
    for heading in ("First a soft brush", "Light before deep", "Only while the hand is on", "Beside and above"):
        assert heading in page
    assert page.count("Not known:") == 4


def test_an_open_record_is_offered_and_not_taken(client: Client) -> None:
    key = opened(client, "edda")
    page = text(client.get("/stroke"))
    assert "For Edda Moreau" not in page
    assert f'href="/stroke?speed=3&amp;record={key}">Show what holds for Edda Moreau' in page


def test_beside_and_above_for_edda(client: Client) -> None:
    key = opened(client, "edda")
    page = text(client.get("/stroke", {"record": key, "place": "chest"}))
    assert "For Edda Moreau" in page
    beside = page.partition('id="beside"')[2].partition("</section>")[0]
    assert "Numb or painful: the left side of the chest and upper back." in beside
    assert "Right side of the chest and upper back" in beside
    assert "Left chest" not in beside
    sides = page.partition('id="person"')[2].partition("</section>")[0]
    assert sides.count("not today") == 1, "the left; the right may be stroked"
    assert _METRONOME in page


@pytest.mark.parametrize("name", ["ruth", "jonas", "samira", "mirela", "tomasz", "record"])
def test_where_everything_waits_or_is_closed_nothing_is_offered(client: Client, name: str) -> None:
    page = text(client.get("/stroke", {"record": opened(client, name), "place": "calf"}))
    waits = name in ("ruth", "jonas", "record")
    assert ("No stroke here yet: ask first." if waits else "No stroke here today.") in page
    assert _METRONOME not in page
    assert "seconds</strong>" not in page
    beside = page.partition('id="beside"')[2].partition("</section>")[0]
    assert 'class="row"' not in beside


def test_every_link_keeps_the_record(client: Client) -> None:
    key = opened(client, "bao")
    page = text(client.get("/stroke", {"record": key, "place": "calf"}))
    links = re.findall(r'href="(/stroke\?[^"]*)"', page)
    assert len(links) > 20
    assert all(f"record={key}" in link for link in links)
    assert f'name="record" value="{key}"' in page


def test_a_key_of_another_browser_is_gone(client: Client) -> None:
    key = opened(client, "edda")
    response = Client().get("/stroke", {"record": key})
    assert response.status_code == 410
    assert "Edda" not in text(response)
    assert client.get("/stroke", {"record": "nobody"}).status_code == 410


def test_script_comes_from_here_and_the_policy_says_so(client: Client) -> None:
    response = client.get("/stroke", {"place": "shin"})
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert re.findall(r"<script[^>]*>", text(response)) == [
        '<script type="module" src="/static/physiology/metronome.js">'
    ]
    for name in ("countdown", "metronome", "sound", "since", "awake"):
        served = client.get(f"/static/physiology/{name}.js")
        assert served.status_code == 200
        assert "javascript" in served.headers["Content-Type"]
