"""Answers change the screening; a bad one changes nothing; one can be taken back."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from afferent.knowledge import load
from afferent.web.screening.opened import MOST


def here(client: Client) -> str:
    """The address of what was opened last."""
    return client.get("/screen").headers["Location"]


def title(client: Client) -> str:
    return re.findall(r"<title>(.*?) – Afferent</title>", client.get("/screen", follow=True).content.decode())[0]


def answer(client: Client, **sent: str | list[str]) -> HttpResponse:
    """Answers as a card sends them: `none_of`, or fact -> answer, or fact__where -> place."""
    text = client.get("/screen", follow=True).content.decode()
    data: dict[str, str | list[str]] = {}
    for name, value in sent.items():
        fact, _, field = name.partition("__")
        data[name if name == "none_of" else f"{field or 'answer'}.{fact}"] = value
    wanted = f'group-{sent.get("none_of")}"'
    named = [f'name="asked" value="{name}"' for name in sent if name != "none_of"]
    cards = [card for card in text.split("<form ") if wanted in card or any(name in card for name in named)]
    data["asked"] = re.findall(r'name="asked" value="(\w+)"', "".join(cards))
    return client.post(f"{here(client)}/answers", data)


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
    text = ruth.get("/screen", follow=True).content.decode()
    assert 'name="asked" value="pressure_redness"' in text
    assert 'name="asked" value="open_skin"' not in text


def test_what_was_not_asked_cannot_be_answered(ruth: Client) -> None:
    before = title(ruth)
    response = ruth.post(
        f"{here(ruth)}/answers", {"none_of": ["limbs", "skin"], "answer.anticoagulant_reason": "rhythm"}
    )
    assert response.status_code == 400
    assert title(ruth) == before
    assert ruth.post(f"{here(ruth)}/answers", {"asked": ["no_such_fact"]}).status_code == 400


def test_not_sure_keeps_the_question_open(ruth: Client) -> None:
    answer(ruth, limb_swollen="unknown", leg_pain_unexplained="no")
    assert title(ruth).startswith("Ask three things first.")
    text = ruth.get("/screen", follow=True).content.decode()
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
    ruth.post(f"{here(ruth)}/answers", {"ask_again": "limb_swollen"})
    assert title(ruth).startswith("Ask three things first.")


def test_the_report_is_one_page_to_keep(ruth: Client) -> None:
    response = ruth.get(f"{here(ruth)}/report")
    assert response.headers["Content-Disposition"] == 'attachment; filename="screening.html"'
    text = response.content.decode()
    assert "<style>" in text
    assert "Ruth Amsler, 68" in text
    assert "<form" not in text


def test_closing_forgets(ruth: Client) -> None:
    address = here(ruth)
    ruth.post(f"{address}/close")
    assert ruth.get("/screen").headers["Location"] == "/try"
    for response in (
        ruth.get(address),
        ruth.get(f"{address}/report"),
        ruth.post(f"{address}/answers", {"none_of": "limbs"}),
    ):
        assert response.status_code == 410
        assert "no longer open" in response.content.decode()


def test_two_browsers_do_not_see_each_other(ruth: Client) -> None:
    assert Client().get("/screen").headers["Location"] == "/try"
    assert Client().get(here(ruth)).status_code == 410
    other = Client()
    other.post("/invented/jonas")
    assert (
        other.post(f"{here(ruth)}/answers", {"asked": "limb_swollen", "answer.limb_swollen": "no"}).status_code == 410
    )


def test_the_intake_asks_every_question_that_is_always_critical(client: Client) -> None:
    text = client.get("/intake").content.decode()
    for fact in load().facts.values():
        if fact.critical is True:
            assert f'"answer.{fact.id}"' in text or f'"on.{fact.id}"' in text


def test_the_intake_is_screened(client: Client) -> None:
    groups = ["today", "limbs", "clots", "medicines", "skin", "feeling", "history"]
    response = client.post("/intake", {"answer.age_years": "52", "none_of": groups})
    assert response.headers["Location"] == here(client)
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


def test_a_correction_from_an_old_page_replaces_the_earlier_answer(client: Client) -> None:
    """Back, and the other answer: the question is closed by now, the correction counts all the same."""
    client.post("/invented/jonas")
    old_page = {"asked": ["stroke_signs", "limb_swollen"]}
    client.post(f"{here(client)}/answers", {**old_page, "answer.stroke_signs": "no", "answer.limb_swollen": "no"})
    assert not title(client).startswith("No massage")
    client.post(f"{here(client)}/answers", {**old_page, "answer.stroke_signs": "yes"})
    assert title(client) == "No massage today. Call the emergency number now."
    client.post(f"{here(client)}/answers", {**old_page, "answer.stroke_signs": "unknown"})
    assert not title(client).startswith("No massage")
    text = client.get("/screen", follow=True).content.decode()
    assert 'name="answer.stroke_signs" value="unknown" checked' in text


def test_answers_go_to_the_record_of_their_own_page(client: Client) -> None:
    """Two tabs of one browser: what is sent from the first stands under the first."""
    client.post("/invented/jonas")
    jonas = here(client)
    text = client.get(jonas).content.decode()
    client.post("/invented/ruth")
    ruth = here(client)
    assert ruth != jonas
    before = title(client)
    addresses = re.findall(r'<form[^>]* action="([^"]*)"', text)
    assert addresses
    assert all(one.startswith(f"{jonas}/") for one in addresses)
    response = client.post(f"{jonas}/answers", {"asked": "stroke_signs", "answer.stroke_signs": "yes"})
    assert response.headers["Location"] == jonas
    assert "Call the emergency number now." in client.get(jonas).content.decode()
    assert "Jonas Weide" in client.get(f"{jonas}/report").content.decode()
    assert re.findall(r"<title>(.*?) – ", client.get(ruth).content.decode()) == [before]


def test_closing_one_leaves_the_other(client: Client) -> None:
    client.post("/invented/jonas")
    jonas = here(client)
    client.post("/invented/ruth")
    client.post(f"{here(client)}/close")
    assert here(client) == jonas
    assert client.get(jonas).status_code == 200


def test_only_so_many_are_kept(client: Client) -> None:
    client.post("/invented/jonas")
    first = here(client)
    for _ in range(MOST):
        client.post("/invented/ruth")
    assert client.get(first).status_code == 410
    assert client.post(f"{first}/answers", {"asked": "numb", "answer.numb": "no"}).status_code == 410
    assert client.get(here(client)).status_code == 200


def test_a_place_alone_means_yes_there(ruth: Client) -> None:
    answer(ruth, limb_swollen__where="left", limb_swollen="")
    assert title(ruth) == "No massage today. Medical care is needed today."


@pytest.mark.parametrize("beside", [{"none_of": "limbs"}, {"limb_swollen": "no"}, {"limb_swollen": "unknown"}])
def test_a_place_beside_a_no_is_asked_back(ruth: Client, beside: dict[str, str]) -> None:
    before = title(ruth)
    response = answer(ruth, **{"limb_swollen": "", "limb_swollen__where": "left"} | beside)
    assert response.status_code == 400
    text = response.content.decode()
    assert "a place is ticked: which?" in text
    assert 'id="fault-limb_swollen"' in text
    assert 'name="where.limb_swollen" value="left" checked' in text
    assert 'name="answer.limb_swollen" value="yes" checked' not in text
    assert title(ruth) == before


def test_a_place_beside_none_of_these_in_the_intake(client: Client) -> None:
    response = client.post("/intake", {"none_of": "limbs", "where.limb_swollen": "left"})
    assert response.status_code == 400
    assert "a place is ticked: which?" in response.content.decode()


def test_never_beside_a_date_is_asked_back(client: Client) -> None:
    response = client.post("/intake", {"answer.operation_date": "no", "on.operation_date": "2026-01"})
    assert response.status_code == 400
    assert "a date is given: which?" in response.content.decode()


def test_a_date_in_the_future_is_refused_beside_its_field(client: Client) -> None:
    """Nothing of that form counts, and what was entered stands there again."""
    client.post("/invented/jonas")
    before = title(client)
    later = (dt.date.today() + dt.timedelta(days=900)).isoformat()
    for name, data in (
        ("operation_date", {"on.operation_date": later}),
        ("platelets", {"answer.platelets": "220", "unit.platelets": "10*3/uL", "on.platelets": later}),
    ):
        sent = {"asked": ["stroke_signs", name], "answer.stroke_signs": "yes", **data}
        response = client.post(f"{here(client)}/answers", sent)
        assert response.status_code == 400
        text = response.content.decode()
        assert f'id="fault-{name}"' in text
        assert f"{later} lies after the day of the screening" in text
        assert title(client) == before
    response = client.post("/intake", {"on.operation_date": later})
    assert response.status_code == 400
    assert "lies after the day of the screening" in response.content.decode()
    assert f'value="{later}"' in response.content.decode()
