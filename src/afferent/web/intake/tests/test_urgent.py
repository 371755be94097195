"""Answers that mean "get help now": one calm sentence with whom to call, by the rules, and nothing else of them."""

from __future__ import annotations

from typing import Any

import pytest

from afferent.web.clinics.models import Clinic
from afferent.web.intake.models import Draft
from afferent.web.intake.tests.walk import Phone

BREATHLESS = {"yes": ["breathless_or_chest_pain"], "done": "others"}


def test_it_is_asked_before_anything_else(phone: Phone) -> None:
    phone.send(answer="helper")
    phone.send(words="Rosa")
    assert phone.at == "today"
    phone.send(yes=["weakness_new"], done="others")
    assert phone.at == "weakness_onset"
    phone.send(answer="longer")
    assert phone.at == "aims"


def test_breathless_is_told_whom_to_call(phone: Phone) -> None:
    phone.through({"today": BREATHLESS}, until="help")
    assert "call the emergency number: 112, 911 or 999." in phone.text
    assert "today" in Draft.objects.get().answers  # kept first
    assert phone.get("intake_go").wsgi_request.path == "/i/go/aims"


@pytest.mark.parametrize("fact", ["stroke_signs", "climbing_weakness", "breathless_or_chest_pain"])
def test_each_sign_by_itself(phone: Phone, fact: str) -> None:
    phone.through({}, until="today")
    phone.send(yes=[fact], done="others")
    assert phone.at == "help"


def test_it_comes_when_two_answers_together_mean_it(phone: Phone) -> None:
    """Fever alone does not; fever soon after chemotherapy does."""
    fever = {"yes": ["fever_symptoms"], "done": "others"}
    chemotherapy = {"yes": ["chemo_date"], "done": "others"}
    this_month = {"year": f"{_today():%Y}", "month": f"{_today():%m}"}
    phone.through({"today": fever, "medicines": chemotherapy, "chemo_date": this_month}, until="help")
    assert "chemo_date" in Draft.objects.get().answers


def test_nothing_else_shows_it(phone: Phone) -> None:
    phone.through({}, until="aims")
    assert phone.get("intake_help").wsgi_request.path == "/i/go/aims"


def test_it_stands_over_the_read_back_too(phone: Phone) -> None:
    phone.through({"today": BREATHLESS})
    assert "112, 911 or 999" in phone.text


def test_no_rule_limit_or_decision_is_shown(phone: Phone) -> None:
    phone.through({"today": BREATHLESS})
    for word in ("PE-SUSPECT", "massage is fine", "no massage", "at most", "refer to", "limit"):
        assert word.lower() not in phone.text.lower()


def test_where_nothing_is_worked_out_the_list_itself_says_it(phone: Phone, clinic: Any) -> None:
    Clinic.objects.filter(pk=clinic.pk).update(mode="record")
    phone.through({}, until="today")
    assert "If any of this is so now, get help first: call 112, 911 or 999." in phone.text
    phone.send(**BREATHLESS)
    assert phone.at == "aims"


def _today() -> Any:
    from django.utils import timezone

    return timezone.now()
