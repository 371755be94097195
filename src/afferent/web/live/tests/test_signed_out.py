"""Who is signed out, has left the clinic, or only has the page fetched beforehand: their window counts for nobody."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from afferent.web.audit.models import Entry
from afferent.web.clinics.models import Membership
from afferent.web.live import compiled, faces, pairing, streams
from afferent.web.live.tests.test_faces import TestWhatAWindowIsTold, ben, leader, page
from afferent.web.live.tests.test_sent import phone

__all__ = ["ben", "phone"]


def listening(session):
    told = page(session.ada, session)
    return TestWhatAWindowIsTold().stream(session, told["face"])


def signs_out(ada) -> None:
    ada.post("/accounts/logout/")


def leaves(ada) -> None:
    Membership.objects.filter(pk=ada.member.pk).update(left_at=timezone.now())


def is_no_therapist_now(ada) -> None:
    Membership.objects.filter(pk=ada.member.pk).update(therapist=False, desk=True)


def is_shut_out(ada) -> None:
    type(ada.member.user).objects.filter(pk=ada.member.user.pk).update(is_active=False)


def has_another_password(ada) -> None:
    ada.member.user.set_password("another long one")
    ada.member.user.save()


def signs_in_as_somebody_else(ada) -> None:
    session = ada.session
    session["_auth_user_id"] = "999999"
    session.save()


ENDS = [signs_out, leaves, is_no_therapist_now, is_shut_out, has_another_password, signs_in_as_somebody_else]


def test_whoever_may_look_again_does(session) -> None:
    stream = listening(session)
    assert stream._read() is not None
    is_no_therapist_now(session.ada)
    assert stream._read() is None
    Membership.objects.filter(pk=session.ada.member.pk).update(therapist=True)
    assert stream._read() is not None


def test_a_sign_in_that_runs_out_ends_by_the_clock_alone(session, monkeypatch) -> None:
    stream = listening(session)
    assert stream._read() is not None
    later = timezone.now() + dt.timedelta(days=400)
    monkeypatch.setattr(compiled.timezone, "now", lambda: later)
    assert stream._read() is None


@pytest.mark.parametrize("ends", ENDS, ids=lambda one: one.__name__)
def test_the_stream_of_whoever_may_not_look_any_more_ends_without_a_pass(session, ends) -> None:
    stream = listening(session)
    assert stream._read() is not None
    ends(session.ada)
    assert stream._read() is None


def test_it_ends_without_a_word_so_that_the_page_asks_again_as_whoever_is_signed_in_then(session) -> None:
    """A session has another name after the lock: the same browser listens on under it."""
    assert listening(session).goodbye == b""


def test_a_look_costs_no_more_than_a_few_questions(session, django_assert_max_num_queries) -> None:
    stream = listening(session)
    stream._read()  # the first one judges; then only what changed is judged anew
    # Two more on PostgreSQL set the clinic for row security.
    with django_assert_max_num_queries(7 if connection.vendor == "postgresql" else 5):
        stream._read()


def test_a_page_whose_stream_is_refused_says_no_more_that_it_is_there() -> None:
    script = (Path(streams.__file__).parent / "static" / "live" / "link.js").read_text("utf-8")
    assert "this.refused = true" in script
    assert "this.over || this.refused ||" in script


@pytest.mark.parametrize("headers", [
    {"HTTP_SEC_PURPOSE": "prefetch"}, {"HTTP_SEC_PURPOSE": "prefetch;prerender"}, {"HTTP_PURPOSE": "prefetch"},
    {"HTTP_X_MOZ": "prefetch"},
])  # fmt: skip
def test_a_page_that_is_fetched_beforehand_does_not_lead(session, headers) -> None:
    mine = page(session.ada, session)["face"]
    answer = session.ada.get(f"/live/{session.pk}", **headers)
    assert answer.status_code == 200
    assert '"leads": false' in answer.content.decode()
    assert leader(session) == mine


def noted(action: str) -> list[tuple[str, str]]:
    return list(Entry.objects.filter(action=action).order_by("seq").values_list("actor", "subject"))


def test_who_takes_the_lead_stands_in_the_audit(session, ben) -> None:
    hers, his = page(session.ada, session), page(ben, session)
    ben.post(his["lead"])
    ben.post(his["lead"])  # leads already
    about = f"visit:{session.visit_id}"
    ada, bens = f"user:{session.ada.member.user.pk}", f"user:{ben.member.user.pk}"
    assert noted("visit.led") == [(ada, about), (bens, about)]
    assert faces.is_of(hers["face"], session.ada.member.user)


def test_who_lets_a_device_go_stands_in_the_audit(session, phone, ben) -> None:
    ben.post(f"/live/{session.pk}/pair", {"no": "1"})
    ben.post(f"/live/{session.pk}/pair", {"no": "1"})  # there is none any more
    assert noted("visit.unlinked") == [(f"user:{ben.member.user.pk}", f"visit:{session.visit_id}")]


def test_a_new_way_in_lets_the_device_go_too(session, phone) -> None:
    session.ada.post(f"/live/{session.pk}/pair")
    assert noted("visit.unlinked") == [(f"user:{session.ada.member.user.pk}", f"visit:{session.visit_id}")]
    assert pairing.waiting(session.pk).confirmed_at is None


def test_the_worker_gives_away_no_page_that_the_server_refuses() -> None:
    script = (Path(streams.__file__).parent / "static" / "live" / "worker.js").read_text("utf-8")
    assert "kept.delete(request)" in script


def test_signing_out_clears_what_a_visit_left_on_the_device_but_not_what_waits() -> None:
    script = Path(streams.__file__).parents[1].joinpath("accounts", "static", "accounts", "lock.js").read_text("utf-8")
    assert "afferent:heard:" in script
    assert 'caches.delete("afferent-live")' in script
    assert "afferent:outbox" not in script
