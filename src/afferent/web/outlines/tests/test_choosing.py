"""What can be chosen: two to four of equal weight, nothing chosen, nothing that is closed."""

from __future__ import annotations

import re

import pytest

from afferent.web.audit.models import Entry
from afferent.web.outlines.models import Chosen


def page(browser, visit, query: str = "") -> str:
    answer = browser.get(f"/visit/{visit.pk}/outline/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def kinds(text: str) -> list[str]:
    return re.findall(r'name="kind" value="(\w+)"', text)


def test_two_to_four_and_always_work_elsewhere(ada, numb_feet) -> None:
    text = page(ada, numb_feet)
    assert 2 <= text.count('class="card outline-card"') <= 4
    assert "elsewhere" in kinds(text)
    assert "Not today" in text


def test_nothing_is_chosen_beforehand(ada, numb_feet) -> None:
    text = page(ada, numb_feet)
    assert "checked" not in text
    assert not Chosen.objects.exists()


def test_a_first_visit_is_at_most_thirty_minutes(ada, numb_feet) -> None:
    for minutes in re.findall(r"(\d+) minutes of hands-on work", page(ada, numb_feet)):
        assert int(minutes) <= 30


@pytest.mark.parametrize("aim", ["ease_pain", "loosen", "sleep", "calm", "feet", "hands"])
def test_every_aim_has_outlines(ada, numb_feet, aim) -> None:
    assert kinds(page(ada, numb_feet, f"?aim={aim}"))


def test_evidence_and_reasons_stand_with_it(ada, numb_feet) -> None:
    text = page(ada, numb_feet)
    assert "MDA-CIPN" in text or "Lopez" in text or "pilot" in text
    assert "A numb place" in text
    assert "heals" not in text


def test_a_closed_visit_offers_no_massage(ada, visit_of) -> None:
    text = page(ada, visit_of("client.yaml"))
    if not kinds(text):
        assert "Not today" in text or "banner-stop" in text


def test_choosing_keeps_it_and_writes_it_into_the_audit(ada, numb_feet) -> None:
    answer = ada.post(f"/visit/{numb_feet.pk}/outline/", {"kind": "elsewhere", "aim": "sleep"})
    assert answer["Location"].endswith("/outline/steps")
    row = Chosen.objects.get(visit=numb_feet)
    assert row.outline["kind"] == "elsewhere"
    assert row.wish["aims"] == ["sleep"]
    assert Entry.objects.filter(action="visit.outlined").count() == 1


@pytest.mark.parametrize("kind", ["", "not_today", "nonsense"])
def test_what_is_not_offered_cannot_be_chosen(ada, numb_feet, kind) -> None:
    ada.post(f"/visit/{numb_feet.pk}/outline/", {"kind": kind})
    assert not Chosen.objects.exists()


def test_the_front_desk_sees_no_outline(signed_in, numb_feet) -> None:
    assert signed_in("desk").get(f"/visit/{numb_feet.pk}/outline/").status_code == 403


def test_in_record_mode_nothing_is_worked_out(ada, numb_feet, clinic) -> None:
    clinic.mode = "record"
    clinic.save()
    assert ada.get(f"/visit/{numb_feet.pk}/outline/").status_code == 403


def test_what_calls_for_help_stands_above_the_options(ada, visit_of) -> None:
    text = page(ada, visit_of("short-of-breath.yaml"))
    assert text.index("emergency number") < text.index("Choose one")
    assert not kinds(text)
