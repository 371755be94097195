"""Who of the staff sent an event: kept with it, and named in the note where it was more than one."""

from __future__ import annotations

import json
import uuid

import pytest

from afferent.web.audit.models import Entry
from afferent.web.live.models import Happening
from afferent.web.live.store import stream
from afferent.web.notes.late import late
from afferent.web.notes.models import Note
from afferent.web.notes.tests.test_note import at, sign


@pytest.fixture
def ben(signed_in):
    return signed_in("therapist", name="Ben Lee")


def send(browser, session, *events):
    made = [{"id": uuid.uuid4().hex, "at": "2026-11-28T10:00:00Z", **one} for one in events]
    path = f"/live/{session.pk}/events"
    assert browser.post(path, json.dumps(made), content_type="application/json").status_code == 200
    return made


def who(session) -> list:
    return list(Happening.objects.filter(session=session).order_by("seq").values_list("body__kind", "by"))


def test_whoever_is_signed_in_stands_with_what_they_sent(ada, ben, session) -> None:
    send(ada, session, {"kind": "began"})
    send(ben, session, {"kind": "noted", "words": "Cold feet."}, {"kind": "lost"})
    mine, his = ada.member.user.pk, ben.member.user.pk
    assert who(session) == [("opened", mine), ("began", mine), ("noted", his), ("lost", his)]
    assert [one.who for one in stream(session.pk)][-1] == f"user:{his}"


def test_what_a_device_sends_twice_stays_whose_it_was(ada, ben, session) -> None:
    one = send(ada, session, {"kind": "noted", "words": "Cold feet."})
    send(ben, session, *one)
    assert who(session)[1:] == [("noted", ada.member.user.pk)]


def test_a_look_at_the_skin_and_the_end_are_theirs_too(ada, ben, session, happens) -> None:
    ben.post(f"/live/{session.pk}/skin/now", {"found.left_foot_sole": ["red"], "felt.left_foot_sole": ["no"]})
    ben.post(at(session, "/end"))
    his = ben.member.user.pk
    assert ("skin", his) in who(session)
    assert who(session)[-1] == ("ended", his)


def test_a_note_of_one_therapist_names_nobody_beside(ada, session) -> None:
    send(ada, session, {"kind": "began"}, {"kind": "noted", "words": "Cold feet."}, {"kind": "ended"})
    page = ada.get(at(session)).content.decode()
    assert "Ada wrote: “Cold feet.”" in page
    assert "marked:" not in page


def test_where_another_one_helped_the_note_says_who_marked_what(ada, ben, session) -> None:
    send(ada, session, {"kind": "began"}, {"kind": "said", "word": "stop", "aloud": True})
    send(ben, session, {"kind": "hands_off"}, {"kind": "noted", "words": "Cold feet."}, {"kind": "went_on"})
    send(ada, session, {"kind": "noted", "words": "Warmer now."}, {"kind": "ended"})
    page = ada.get(at(session)).content.decode()
    assert "Ben wrote: “Cold feet.”" in page
    assert "Ada wrote: “Warmer now.”" in page
    assert "Ada marked: opening the visit, the first touch, a word said aloud, words of the therapist and" in page
    assert "Ben marked: hands off, words of the therapist and going on." in page


def test_that_another_one_took_part_stands_in_the_audit_once(ada, ben, session) -> None:
    send(ada, session, {"kind": "began"})
    for words in ("One.", "Two."):
        send(ben, session, {"kind": "noted", "words": words})
    (entry,) = Entry.objects.filter(action="visit.joined")
    assert (entry.actor, entry.subject) == (f"user:{ben.member.user.pk}", f"visit:{session.visit_id}")


def test_what_arrives_after_signing_says_who_sent_it(ada, ben, session, a_visit) -> None:
    a_visit(session)
    sign(ada, session)
    send(ben, session, {"kind": "noted", "words": "Cold feet."})
    send(ada, session, {"kind": "noted", "words": "Warmer now."})
    assert [one.by for one in late(Note.objects.get())] == ["Ben Lee", "the therapist"]


def test_the_clients_own_data_say_it_by_name(ada, ben, session, joan) -> None:
    from django.utils import timezone

    from afferent.web.clients.export import export

    send(ben, session, {"kind": "noted", "words": "Cold feet."})
    events = json.loads(export(joan, timezone.now()))["events"]
    assert [one["by"] for one in events] == ["Ada Okonkwo", "Ben Lee"]
