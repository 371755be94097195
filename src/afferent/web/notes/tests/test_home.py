"""The card for touch at home, from today's limits."""

from __future__ import annotations

from afferent.visit.events import Look
from afferent.web.audit.models import Entry
from afferent.web.notes.looking import look


def at(client) -> str:
    return f"/clients/{client.pk}/home-touch"


def test_where_how_lightly_and_when_to_stop(ada, joan) -> None:
    page = ada.get(at(joan)).content.decode()
    for words in ("Touch at home", "BOTH of your hands", "1 light lotioning", "Never", "Stop", "eeling is not a guide"):
        assert words in page
    assert Entry.objects.order_by("-seq").first().action == "home.made"


def test_a_finding_takes_its_place_off_the_card(ada, joan, session) -> None:
    from django.utils import timezone

    user = ada.member.user
    look(session, "before", (Look("hand.left.palm", "open"),), by=user, actor="user:1", now=timezone.now())
    page = ada.get(at(joan)).content.decode()
    assert "Your RIGHT hand" in page
    assert "Leave alone: the LEFT hand" in page


def test_while_a_question_is_open_it_names_no_place(ada, a_client) -> None:
    page = ada.get(at(a_client("Walter", "Lindqvist"))).content.decode()
    assert "A question is still open" in page
    assert "minutes a day" not in page


def test_only_for_therapists_who_are_advised(joan, signed_in, clinic) -> None:
    assert signed_in("desk").get(at(joan)).status_code == 403
    clinic.mode = "record"
    clinic.save()
    assert signed_in("therapist").get(at(joan)).status_code == 403
