"""What was answered on the phone and not sent: a call for help reaches the therapist, nobody is "ready" till then."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from afferent.web.clinics.models import Clinic
from afferent.web.intake.models import Draft
from afferent.web.intake.tests.test_urgent import BREATHLESS
from afferent.web.intake.tests.walk import Phone
from afferent.web.intake.unsent import begun, in_need, unsent


@pytest.fixture
def page(ruth: Any, signed_in: Any) -> Any:
    """Ruth's page, as a therapist reads it."""

    def read(*roles: str) -> str:
        answer = signed_in(*(roles or ("therapist",))).get(f"/clients/{ruth.pk}")
        return " ".join(answer.content.decode().split())

    return read


def test_nobody_began(ruth: Any, clinic: Any) -> None:
    assert begun([ruth.pk], clinic) == {}
    assert in_need(clinic) == []
    assert unsent(ruth, clinic, timezone.now()) is None


def test_an_intake_that_was_begun(phone: Phone, ruth: Any, clinic: Any) -> None:
    phone.through({}, until="limbs")
    assert begun([ruth.pk], clinic) == {ruth.pk: False}
    assert in_need(clinic) == []


def test_a_call_for_help_is_known_at_once(phone: Phone, ruth: Any, clinic: Any) -> None:
    phone.through({"today": BREATHLESS}, until="help")
    assert begun([ruth.pk], clinic) == {ruth.pk: True}
    assert [one.client for one in in_need(clinic)] == [ruth]


def test_it_ends_when_the_answer_is_changed(phone: Phone, ruth: Any, clinic: Any) -> None:
    phone.through({"today": BREATHLESS})
    phone.get("intake_change", "today")
    phone.send(done="none")
    assert begun([ruth.pk], clinic) == {ruth.pk: False}


def test_it_ends_when_it_was_sent_for_then_the_screening_says_it(phone: Phone, ruth: Any, clinic: Any) -> None:
    phone.through({"today": BREATHLESS})
    phone.send()
    assert begun([ruth.pk], clinic) == {}
    assert unsent(ruth, clinic, timezone.now()) is None


def test_a_draft_from_before_alarms_were_written_down_is_looked_at(phone: Phone, ruth: Any, clinic: Any) -> None:
    phone.through({"today": BREATHLESS}, until="help")
    Draft.objects.update(alarm=None)
    assert begun([ruth.pk], clinic) == {ruth.pk: True}
    assert [one.client for one in in_need(clinic)] == [ruth]


def test_a_clinic_that_keeps_records_only_works_no_alarm_out(phone: Phone, ruth: Any, clinic: Any) -> None:
    phone.through({"today": BREATHLESS}, until="help")
    Clinic.objects.filter(pk=clinic.pk).update(mode="record")
    clinic.refresh_from_db()
    assert begun([ruth.pk], clinic) == {ruth.pk: False}
    assert in_need(clinic) == []
    assert not unsent(ruth, clinic, timezone.now()).alarm


def test_what_was_said_so_far(phone: Phone, ruth: Any, clinic: Any) -> None:
    phone.through({"today": BREATHLESS}, until="help")
    found = unsent(ruth, clinic, timezone.now())
    assert found.alarm
    assert found.because == ("Suddenly short of breath, pain in the chest, coughing blood, or a faint",)
    assert found.answers == len(Draft.objects.get().answers)
    assert timezone.now() - found.at < dt.timedelta(minutes=1)


def test_the_page_of_the_client_opens_with_it(phone: Phone, page: Any) -> None:
    phone.through({"today": BREATHLESS}, until="help")
    text = page()
    assert "Get help first: Ruth’s answers on a phone, not sent yet" in text
    assert "Suddenly short of breath, pain in the chest" in text
    assert text.index("Get help first") < text.index('id="sheet"')
    assert "banner-stop" in text


def test_with_an_alarm_nothing_else_on_the_page_says_go(phone: Phone, page: Any) -> None:
    phone.through({"today": BREATHLESS}, until="help")
    assert "banner-ready" not in page()
    assert "banner-ask" not in page()
    assert "What stands below is from before" in page()


def test_no_page_from_before_is_printed_meanwhile(phone: Phone, ruth: Any, signed_in: Any) -> None:
    therapist = signed_in("therapist")
    assert therapist.get(f"/clients/{ruth.pk}/print").status_code == 200
    phone.through({"today": BREATHLESS}, until="help")
    answer = therapist.get(f"/clients/{ruth.pk}/print")
    assert answer.status_code == 409
    assert "call for help first" in answer.content.decode()


def test_without_an_alarm_nothing_of_what_is_not_sent_is_shown(phone: Phone, page: Any) -> None:
    """The client was told that they read it all, and can change it, before it is sent."""
    phone.through({"allergies": {"answer": "some", "words": "arnica"}}, until="limbs")
    text = page()
    assert "Ruth has begun the intake, and has not sent it yet." in text
    assert "arnica" not in text


def test_the_front_desk_reads_that_it_was_begun_and_no_more(phone: Phone, page: Any) -> None:
    phone.through({"today": BREATHLESS}, until="help")
    text = page("desk")
    assert "Ruth has begun the intake, and has not sent it yet." in text
    assert "Get help first" not in text
    assert "breath" not in text
