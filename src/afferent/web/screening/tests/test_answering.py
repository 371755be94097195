"""Answers change the screening; a bad one changes nothing; one can be taken back."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from afferent.knowledge import load


def title(client: Client) -> str:
    return re.findall(r"<title>(.*?) – Afferent</title>", client.get("/screen").content.decode())[0]


def answer(client: Client, **sent: str | list[str]) -> HttpResponse:
    """Answers as a card sends them: `none_of`, or fact -> answer, or fact__where -> place."""
    text = client.get("/screen").content.decode()
    data: dict[str, str | list[str]] = {}
    for name, value in sent.items():
        fact, _, field = name.partition("__")
        data[name if name == "none_of" else f"{field or 'answer'}.{fact}"] = value
    wanted = f'group-{sent.get("none_of")}"'
    named = [f'name="asked" value="{name}"' for name in sent if name != "none_of"]
    cards = [card for card in text.split("<form ") if wanted in card or any(name in card for name in named)]
    data["asked"] = re.findall(r'name="asked" value="(\w+)"', "".join(cards))
    return client.post("/screen/answers", data)


@pytest.fixture
def ruth(client: Client) -> Client:
    client.post("/invented/ruth")
    return client


def test_one_group_after_the_other(ruth: Client) -> None:
    assert title(ruth) == "Ask three things first. Then work, but leave the right leg alone today."
    answer(ruth, none_of="limbs")
    assert title(ruth) == "Ask two things first. Then work, but leave the right leg alone today."
    answer(ruth, none_of="skin")
    answer(ruth, anticoagulant_reason="rhythm")
    assert title(ruth) == "Massage may go ahead, but leave the right leg alone today."


def test_yes_to_a_red_flag_stops_at_once(ruth: Client) -> None:
    answer(ruth, limb_swollen="yes", limb_swollen__where="left")
    assert title(ruth) == "No massage today. Medical care is needed today."


def test_a_named_answer_counts_more_than_none_of_these(ruth: Client) -> None:
    answer(ruth, none_of="skin", foot_hot_swollen="yes", foot_hot_swollen__where="right")
    assert title(ruth) == "No massage today. Medical care is needed today."


def test_none_of_these_speaks_only_of_what_stood_on_the_card(ruth: Client) -> None:
    """Redness over bone is worth asking, was not on the card, and stays unknown."""
    answer(ruth, none_of="skin")
    text = ruth.get("/screen").content.decode()
    assert 'name="asked" value="pressure_redness"' in text
    assert 'name="asked" value="open_skin"' not in text


def test_what_was_not_asked_cannot_be_answered(ruth: Client) -> None:
    before = title(ruth)
    ruth.post("/screen/answers", {"none_of": ["limbs", "skin"], "answer.anticoagulant_reason": "rhythm"})
    assert title(ruth) == before


def test_not_sure_keeps_the_question_open(ruth: Client) -> None:
    answer(ruth, limb_swollen="unknown", leg_pain_unexplained="no")
    assert title(ruth).startswith("Ask three things first.")
    text = ruth.get("/screen").content.decode()
    assert 'name="answer.limb_swollen" value="unknown" checked' in text


def test_what_cannot_be_read_changes_nothing(ruth: Client) -> None:
    before = title(ruth)
    response = answer(ruth, none_of="limbs", platelets="lots", platelets__unit="/uL")
    assert response.status_code == 400
    text = response.content.decode()
    assert "One answer could not be read." in text
    assert "is not a number." in text
    assert 'id="fault-platelets"' in text
    assert title(ruth) == before


def test_an_answer_can_be_taken_back(ruth: Client) -> None:
    answer(ruth, none_of="limbs")
    ruth.post("/screen/answers", {"ask_again": "limb_swollen"})
    assert title(ruth).startswith("Ask three things first.")


def test_the_report_is_one_page_to_keep(ruth: Client) -> None:
    response = ruth.get("/screen/report")
    assert response.headers["Content-Disposition"] == 'attachment; filename="screening.html"'
    text = response.content.decode()
    assert "<style>" in text
    assert "Ruth Amsler, 68" in text
    assert "<form" not in text


def test_closing_forgets(ruth: Client) -> None:
    ruth.post("/screen/close")
    assert ruth.get("/screen").headers["Location"] == "/"
    assert ruth.get("/screen/report").status_code == 404
    response = ruth.post("/screen/answers", {"none_of": "limbs"})
    assert response.status_code == 400
    assert "Nothing is open." in response.content.decode()


def test_two_browsers_do_not_see_each_other(ruth: Client) -> None:
    assert Client().get("/screen").status_code == 302


def test_the_intake_asks_every_question_that_is_always_critical(client: Client) -> None:
    text = client.get("/intake").content.decode()
    for fact in load().facts.values():
        if fact.critical is True:
            assert f'"answer.{fact.id}"' in text or f'"on.{fact.id}"' in text


def test_the_intake_is_screened(client: Client) -> None:
    groups = ["today", "limbs", "clots", "medicines", "skin", "feeling", "history"]
    response = client.post("/intake", {"answer.age_years": "52", "none_of": groups})
    assert response.headers["Location"] == "/screen"
    assert title(client) in (
        "Massage is fine today; no limit was found.",
        "Massage is fine today; the limits below hold.",
    )


def test_an_empty_intake_asks_everything(client: Client) -> None:
    client.post("/intake", {})
    assert re.match(r"Ask these \w+ things first\.", title(client))


def test_a_fault_in_the_intake_keeps_the_rest(client: Client) -> None:
    response = client.post("/intake", {"answer.age_years": "fifty", "none_of": ["today"], "answer.numb": "no"})
    assert response.status_code == 400
    text = response.content.decode()
    assert "&#x27;fifty&#x27; is not a number." in text or "'fifty' is not a number." in text
    assert 'name="none_of" value="today" checked' in text
    assert 'name="answer.numb" value="no" checked' in text


def test_a_child_is_not_screened(client: Client) -> None:
    response = client.post("/intake", {"answer.age_years": "12"})
    assert response.status_code == 400
    assert "does not screen children" in response.content.decode()
