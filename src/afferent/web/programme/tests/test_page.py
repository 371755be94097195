"""The page: who sees what, what it says, what it hides from outside, and how fast it is asked for."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from afferent.web.audit.models import Entry
from afferent.web.programme.shown import UNCONTROLLED

AT = "/clinic/programme?from=2026-11-01&to=2026-11-30"


@pytest.fixture
def filled(a_client, ada, bao, visit, lived, scored, day_after, offered):
    """Six clients of Ada, two of Bao; one visit each with hands on, and pain before and after."""
    people = [a_client(f"Name{n}", "Hidden") for n in range(8)]
    for n, one in enumerate(people):
        who = ada if n < 6 else bao
        booked = visit(one, who, 3 + n)
        day_after(lived(booked, level=2 + n % 2, numb=5), worse="longer" if n == 0 else "no")
        scored(booked, 6, 4 + n % 2)
        offered(one, who, 3 + n, "time" if n == 7 else "")
    return people


def text(page) -> str:
    return page.content.decode()


def test_it_says_what_was_counted_and_what_it_does_not_show(maren, filled) -> None:
    page = maren.get(AT)
    sheet = page.context["sheet"]
    assert dict(sheet.offers) == {"Offered": "8", "Accepted": "7", "Declined": "1", "People asked": "8"}
    assert sheet.reasons == [("No time", "1")]
    assert dict(sheet.visits)["Took place"] == "8"
    assert dict(sheet.levels) == {"2 heavy lotioning": "4", "3 medium": "4"}
    assert dict(sheet.day_after)["Worse for more than a day"] == "1"
    (one,) = sheet.scored
    assert one.scale
    assert "8 visits of 8 people" in one.pairs
    assert "95 % interval" in one.change
    assert UNCONTROLLED.capitalize() in text(page)
    assert "The same as a table" in text(page)
    assert "No trial ran in this time." in text(page)


def test_no_name_of_a_client_stands_on_it_and_the_look_is_written(maren, filled) -> None:
    assert "Hidden" not in text(maren.get(AT))
    assert Entry.objects.order_by("-seq").first().action == "programme.opened"


def test_outside_of_one_to_four_nobody_is_told_how_many(maren, filled) -> None:
    page = maren.get(f"{AT}&outside=yes")
    sheet = page.context["sheet"]
    assert dict(sheet.offers)["Declined"] == "not shown"
    assert dict(sheet.offers)["Accepted"] == "not shown"
    assert sheet.reasons == [("No time", "fewer than 5")]
    assert {one for _, one in sheet.levels} == {"fewer than 5"}
    assert dict(sheet.day_after)["Worse for more than a day"] == "fewer than 5"
    assert sheet.scored


def test_outside_averages_of_few_people_are_not_told_either(maren, filled, bao) -> None:
    page = maren.get(f"{AT}&outside=yes&whose={bao.member.user.pk}")
    assert page.context["sheet"].scored == []
    assert "fewer than 5 people, so nothing is told" in text(page)
    assert dict(page.context["sheet"].doses) == {"Visits with hands on, noted step by step": "fewer than 5"}


def test_the_owner_may_ask_for_one_therapist(maren, filled, bao) -> None:
    page = maren.get(f"{AT}&whose={bao.member.user.pk}")
    assert dict(page.context["sheet"].visits)["Took place"] == "2"
    assert "Bao Tran" in text(page)


def test_a_therapist_sees_their_own_whatever_is_asked(bao, ada, filled) -> None:
    page = bao.get(f"{AT}&whose={ada.member.user.pk}")
    assert dict(page.context["sheet"].visits)["Took place"] == "2"
    assert "Ada Okonkwo" not in text(page)
    assert "Export without names" not in text(page)
    assert bao.get("/clinic/programme/export").status_code == 403


def test_the_front_desk_sees_nothing(signed_in, filled) -> None:
    assert signed_in("desk").get(AT).status_code == 403


def test_another_clinic_sees_none(signed_in, filled) -> None:
    from afferent.web.clinics.models import Clinic

    other = signed_in("owner", clinic=Clinic.objects.create(name="Other", second_factor=False))
    assert dict(other.get(AT).context["sheet"].visits)["Took place"] == "0"


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("from=2026-11-30&to=2026-11-01", "before the first"),
        ("from=yesterday&to=2026-11-01", "no date"),
        ("from=0001-01-01&to=9999-12-31", "too far away"),
        ("from=2026-11-01", "missing"),
        ("from=1990-01-01&to=2200-01-01", "twenty years"),
        ("from=2026-11-01&to=2026-11-30&whose=9999999", "no such therapist"),
        ("from=%00&to=²", ""),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(maren, asked, says) -> None:
    page = maren.get(f"/clinic/programme?{asked}")
    assert page.status_code == 400
    assert says in text(page)


def test_in_record_mode_no_trial_has_a_verdict(maren, clinic, filled) -> None:
    type(clinic).objects.filter(pk=clinic.pk).update(mode="record")
    page = maren.get(AT)
    assert page.context["sheet"].verdicts == []
    assert "This clinic keeps records only" in text(page)
    assert page.context["sheet"].scored


def test_as_many_queries_for_many_as_for_few(maren, ada, a_client, filled, visit, lived, scored, offered) -> None:
    def number() -> int:
        with CaptureQueriesContext(connection) as made:
            maren.get(AT)
        return len(made)

    maren.get(AT)
    few = number()
    for n in range(6):
        one = a_client(f"More{n}", "Hidden")
        booked = visit(one, ada, 3 + n, hour=14)
        lived(booked)
        scored(booked, 5, 5)
        offered(one, ada, 3 + n)
    maren.get(AT)
    assert number() == few


def test_what_is_not_worked_out_yet_is_said(maren, filled, monkeypatch) -> None:
    monkeypatch.setattr("afferent.web.programme.views.programme.PATIENCE", 0.0)
    assert "8 visits" in text(maren.get(AT))
    assert "Load the page again" in text(maren.get(AT))
