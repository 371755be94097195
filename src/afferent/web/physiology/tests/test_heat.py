"""The page of heat: the sentence, the clock, the reason; without a record nothing is opened."""

from __future__ import annotations

import pytest
from django.test import Client

from afferent.physiology.heat.source import HEAT_SOURCES
from afferent.web.physiology.places import KEYS


def opened(client: Client, person: str) -> str:
    """The key of somebody invented, opened in this browser."""
    return client.post(f"/invented/{person}").headers["Location"].rsplit("/", 1)[-1]


def asked(client: Client, **sent: str) -> tuple[int, str]:
    response = client.get("/heat", sent)
    return response.status_code, " ".join(response.content.decode().split())


def test_empty_it_asks_for_a_choice(client: Client) -> None:
    code, text = asked(client)
    assert code == 200
    assert "Choose what, where and how warm." in text


def test_where_feeling_is_whole_there_is_a_clock(client: Client) -> None:
    key = opened(client, "bao")
    code, text = asked(client, what="hot_pack", reading="39", place="back", side="left", record=key)
    assert code == 200
    assert "At most 10 minutes at 39 °C." in text
    assert 'data-seconds="600"' in text
    assert "countdown.js" in text
    assert f'data-skin="{key} back.left"' in text
    assert "Screened for 22 Nov 2026" in text
    assert text.count("<figure") == 2


def test_a_numb_sole_gets_none_and_is_told_why(client: Client) -> None:
    key = opened(client, "ruth")
    code, text = asked(client, what="footbath", reading="37", place="sole", side="left", record=key)
    assert code == 200
    assert "No heat here today." in text
    assert "Of 37 people with diabetes" in text
    assert "data-seconds" not in text


def test_a_bath_counts_for_all_that_it_wets(client: Client) -> None:
    key = opened(client, "bao")
    skins = set()
    for place in ("sole", "foot-top"):
        _, text = asked(client, what="footbath", reading="37", place=place, side="left", record=key)
        skins.add(text.split('data-skin="')[1].split('"')[0])
    assert len(skins) == 1


def test_nobody_is_opened_nothing(client: Client) -> None:
    _, text = asked(client, what="hot_pack", reading="38", place="back", side="left")
    assert "No heat yet: ask first." in text
    assert "data-seconds" not in text


def test_not_measured_is_no(client: Client) -> None:
    key = opened(client, "bao")
    _, text = asked(client, what="hot_pack", place="back", side="left", record=key)
    assert "Without a thermometer reading" in text
    assert "data-seconds" not in text


def test_cold_has_rules_and_no_curve(client: Client) -> None:
    key = opened(client, "bao")
    _, text = asked(client, what="cold_pack", reading="15", place="calf", side="right", record=key)
    assert "At most 10 minutes at 15 °C." in text
    assert "<figure" not in text
    assert "there is no model" in text


@pytest.mark.parametrize(
    "sent",
    [
        {"what": "kettle", "place": "back", "side": "left"},
        {"what": "hot_pack", "place": "moon", "side": "left"},
        {"what": "hot_pack", "place": "back", "side": "middle"},
        {"what": "hot_pack", "place": "back", "side": "left", "reading": "warm"},
        {"what": "hot_pack", "place": "back", "side": "left", "reading": "102"},
    ],
    ids=str,
)
def test_nonsense_is_one_sentence(client: Client, sent: dict[str, str]) -> None:
    code, text = asked(client, **sent)
    assert code == 400
    assert 'role="alert"' in text


def test_a_record_that_is_not_open_here_is_refused(client: Client) -> None:
    assert asked(client, what="hot_pack", place="back", side="left", record="nobody")[0] == 410


@pytest.mark.parametrize("what", HEAT_SOURCES)
def test_every_thing_on_every_place_can_be_asked(client: Client, what: str) -> None:
    for place in KEYS:
        assert asked(client, what=what, reading="30", place=place, side="right")[0] == 200
