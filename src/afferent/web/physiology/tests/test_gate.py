"""The page of the gate: one sentence, three charts, and where the model is wrong."""

from __future__ import annotations

import pytest
from django.test import Client

from afferent.words.gate import WRONG


def page(client: Client, **sent: str) -> str:
    response = client.get("/gate", sent)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "touch closes the gate"),
        ({"rub": "no"}, "nobody rubs"),
        ({"left": "75"}, "Enough touch fibres are left."),
        ({"left": "50"}, "rubbing does not help"),
        ({"left": "0"}, "beside and above the numb part"),
        ({"pain": "75"}, "the other way round"),
        ({"left": "nonsense", "rub": "'", "pain": "-1"}, "touch closes the gate"),
    ],
    ids=str,
)
def test_the_sentence_says_what_the_model_shows(client: Client, sent: dict[str, str], said: str) -> None:
    assert said in page(client, **sent)


def test_where_it_is_wrong_stands_on_every_page(client: Client) -> None:
    text = page(client, left="50")
    assert all(" ".join(one.split()[:6]) in text for one in WRONG)
    assert text.count("<figure") == 3
    assert "forecasts nothing" in text
