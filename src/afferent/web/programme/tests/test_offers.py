"""An offer is written down in one tap, once, and stays legible."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from afferent.errors import InputError
from afferent.web.audit.models import Entry
from afferent.web.programme.models import Offer
from afferent.web.programme.offers import REASONS, told, write


@pytest.fixture
def ruth(a_client):
    return a_client()


def test_one_tap_and_it_stands_on_the_page(ada, ruth) -> None:
    answer = ada.post(f"/clients/{ruth.pk}/offer", {"answer": "accepted"})
    assert answer["Location"] == f"/clients/{ruth.pk}"
    assert Offer.objects.get().answer == "accepted"
    assert Entry.objects.filter(action="offer.written").count() == 1
    page = ada.get(f"/clients/{ruth.pk}").content.decode()
    assert "Accepted <small>" in page
    assert "Take it back" in page


def test_a_reason_says_that_it_was_declined(ada, ruth) -> None:
    ada.post(f"/clients/{ruth.pk}/offer", {"reason": "other", "words": "  The  bus leaves "})
    row = Offer.objects.get()
    assert (row.answer, row.reason, row.words) == ("declined", "other", "The bus leaves")
    assert told(row) == "Declined: another reason (“The bus leaves”)"


def test_the_same_twice_is_once_and_another_one_replaces_it(ada, ruth) -> None:
    for sent in ({"answer": "accepted"}, {"answer": "accepted"}, {"reason": "time"}):
        ada.post(f"/clients/{ruth.pk}/offer", sent)
    first, second = Offer.objects.order_by("at")
    assert second.replaces == first
    assert Offer.objects.filter(later=None).get() == second


def test_taken_back_nothing_holds(ada, ruth) -> None:
    ada.post(f"/clients/{ruth.pk}/offer", {"answer": "accepted"})
    ada.post(f"/clients/{ruth.pk}/offer", {"answer": "taken_back"})
    assert "Take it back" not in ada.get(f"/clients/{ruth.pk}").content.decode()
    assert Offer.objects.count() == 2


@pytest.mark.parametrize("sent", [{}, {"answer": "perhaps"}, {"reason": "weather"}, {"answer": "taken_back"}])
def test_what_is_no_answer_is_refused_in_a_sentence(ada, ruth, sent) -> None:
    answer = ada.post(f"/clients/{ruth.pk}/offer", sent)
    assert answer.status_code == 400
    assert not Offer.objects.exists()


def test_from_a_booking_it_leads_back_there(ada, ruth, visit) -> None:
    booked = visit(ruth, ada, 3)
    page = ada.get(f"/visit/{booked.pk}").content.decode()
    assert "Was massage offered today?" in page
    for name in (str(booked.pk), "nonsense"):
        answer = ada.post(f"/clients/{ruth.pk}/offer", {"answer": "accepted", "visit": name})
        assert answer["Location"] == (f"/visit/{booked.pk}" if name != "nonsense" else f"/clients/{ruth.pk}")


def test_the_front_desk_may_and_an_owner_who_is_only_that_may_not(signed_in, ruth) -> None:
    assert signed_in("desk").post(f"/clients/{ruth.pk}/offer", {"answer": "accepted"}).status_code == 302
    assert signed_in("owner").post(f"/clients/{ruth.pk}/offer", {"answer": "accepted"}).status_code == 403


def test_the_database_refuses_a_change(ada, ruth) -> None:
    ada.post(f"/clients/{ruth.pk}/offer", {"answer": "accepted"})
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE programme_offer SET answer = 'declined'")


def test_reasons_with_a_source_are_those_that_were_published() -> None:
    assert [key for key, one in REASONS.items() if one.source] == ["time", "not_interested"]


def test_without_a_reason_nothing_is_declined(ada, ruth) -> None:
    import datetime as dt

    from django.utils import timezone

    with pytest.raises(InputError, match="why"):
        write(ruth, "declined", on=dt.date(2026, 11, 3), by=ada.member.user, now=timezone.now())
