"""The note: assembled from the events, added to, signed in one tap, then only amended."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from afferent.visit.after import NextDay as Day
from afferent.visit.events import Noted, Said
from afferent.web.audit.models import Entry
from afferent.web.live.models import Session
from afferent.web.live.store import append
from afferent.web.notes.after import answer
from afferent.web.notes.models import Amendment, Note, NoteDraft
from afferent.web.notes.signing import as_signed
from afferent.web.notes.writing import written


@pytest.fixture
def done(session, a_visit):
    a_visit(session)
    return session


def at(session, more: str = "") -> str:
    return f"/visit/{session.visit_id}/note{more}"


def seen(browser, session) -> str:
    return re.search('name="seen" value="([0-9a-f]{64})"', browser.get(at(session)).content.decode())[1]


def sign(browser, session, **words: str):
    sent = {"do": "sign", "seen": seen(browser, session), **{f"words.{name}": text for name, text in words.items()}}
    return browser.post(at(session), sent)


class TestReading:
    def test_it_says_what_the_events_say(self, ada, done) -> None:
        page = ada.get(at(done)).content.decode()
        assert "Joan pressed EASE OFF. Feeling is no guide there." in page
        assert "Hands on for 10 minutes in all." in page
        assert "Ada wrote: “Softer after two minutes.”" in page
        assert "Tomorrow Joan is asked about soreness" in page
        assert "Not signed yet" in page

    def test_both_views_hold_the_same_lines(self, ada, done) -> None:
        soap = ada.get(at(done)).context["body"]
        for section in soap["care"]:
            for line in section["lines"]:
                assert line in [one for other in soap["soap"] for one in other["lines"]]
        assert sum(len(one["lines"]) for one in soap["soap"]) == sum(len(one["lines"]) for one in soap["care"])
        care = ada.get(at(done, "/care")).content.decode()
        assert "E – Evaluation" in care
        assert "S – What" not in care

    def test_the_ledger_has_a_row_for_each_place_technique_and_level(self, ada, done) -> None:
        rows = ada.get(at(done)).context["body"]["ledger"]
        assert [(one["where"], one["work"], one["level"], one["time"]) for one in rows] == [
            ("Back", "Slow effleurage", "2 heavy lotioning", "6 minutes"),
            ("Left foot", "Slow effleurage", "1 light lotioning", "4 minutes"),
        ]

    def test_the_same_events_give_the_same_note(self, done) -> None:
        whole = Session.objects.select_related("client__clinic", "therapist", "screened").get(pk=done.pk)
        assert written(whole).seen == written(whole).seen

    def test_earlier_visits_stand_on_top(self, ada, opened, a_visit, joan) -> None:
        earlier, now = opened(days=3), opened()
        a_visit(earlier)
        a_visit(now)
        page = ada.get(at(now)).content.decode()
        assert "<strong>Left foot</strong> Last time: 1 light lotioning flared." in page
        assert "nobody has said" in page
        day = Day(timezone.now().date(), sore="a_little", mark="no", blister="no", worse="no")
        answer(earlier, day, actor="program", now=timezone.now())
        page = ada.get(at(now)).content.decode()
        assert "<strong>Back</strong> Last time: 2 heavy lotioning was fine here." in page
        assert "A little sore; no mark; no blister and no open skin; nothing worse." in page

    def test_a_finding_marked_and_not_screened_is_pointed_at(self, ada, session, happens) -> None:
        from afferent.visit.events import Look

        happens(session, 9, "SkinChecked", when="during", looks=(Look("foot.left", "blister"),))
        assert "not screened yet" in ada.get(at(session)).content.decode()

    def test_a_visit_that_was_not_opened_has_none(self, ada, joan) -> None:
        from afferent.web.book.models import Visit

        now = timezone.now()
        visit = Visit.objects.create(
            client=joan, therapist=ada.member.user, starts_at=now, ends_at=now + dt.timedelta(minutes=30)
        )
        assert ada.get(f"/visit/{visit.pk}/note").status_code == 404

    @pytest.mark.parametrize("role", ["desk", "owner"])
    def test_only_therapists_read_it(self, done, signed_in, role) -> None:
        assert signed_in(role).get(at(done)).status_code == 403

    def test_a_look_is_written_into_the_audit(self, ada, done) -> None:
        ada.get(at(done))
        assert Entry.objects.order_by("-seq").first().action == "note.opened"

    def test_as_many_queries_for_many_visits_as_for_few(self, ada, opened, a_visit, queries) -> None:
        now = opened()
        a_visit(now)
        a_visit(opened(days=1))
        ada.get(at(now))
        few = queries(lambda: ada.get(at(now)))
        for days in range(2, 7):
            a_visit(opened(days=days))
        assert queries(lambda: ada.get(at(now))) == few


class TestSigning:
    def test_words_are_kept_until_it_is_signed(self, ada, done) -> None:
        ada.post(at(done), {"words.plan": "Shoulders again.", "do": "keep"})
        assert NoteDraft.objects.get().words == {"plan": "Shoulders again."}
        assert "Shoulders again." in ada.get(at(done)).content.decode()

    def test_one_tap_signs_what_was_read(self, ada, done) -> None:
        answer = sign(ada, done, plan="Shoulders again.")
        assert answer["Location"] == at(done)
        note = Note.objects.get()
        assert note.signed_by == ada.member.user
        assert note.body["words"] == {"plan": "Shoulders again."}
        assert (note.upto, note.knowledge) == (done.last, "2026.11")
        assert as_signed(note)
        assert not NoteDraft.objects.exists()
        page = ada.get(at(done)).content.decode()
        assert "Signed by Ada Okonkwo" in page
        assert "Shoulders again." in page
        assert '<textarea name="words.plan"' not in page
        assert [one.action for one in Entry.objects.order_by("-seq")[:3]][1] == "note.signed"

    def test_signing_twice_is_signing_once(self, ada, done) -> None:
        sent = {"do": "sign", "seen": seen(ada, done)}
        ada.post(at(done), sent)
        assert ada.post(at(done), sent).status_code == 409
        assert Note.objects.count() == 1

    def test_what_arrived_while_it_was_read_is_read_first(self, ada, done) -> None:
        before = seen(ada, done)
        append(done.pk, [Noted(id="noted-late-1", at=timezone.now(), words="One more.")], now=timezone.now())
        answer = ada.post(at(done), {"do": "sign", "seen": before, "words.plan": "Shoulders."})
        assert answer.status_code == 409
        assert "Something arrived while you read" in answer.content.decode()
        assert not Note.objects.exists()
        assert NoteDraft.objects.get().words == {"plan": "Shoulders."}

    def test_a_running_visit_is_not_signed(self, ada, session, a_visit) -> None:
        a_visit(session, ended=False)
        assert 'value="sign"' not in ada.get(at(session)).content.decode()
        assert sign(ada, session).status_code == 409
        assert not Note.objects.exists()

    def test_a_visit_that_nobody_ended_ends_at_its_last_entry(self, ada, session, a_visit) -> None:
        a_visit(session, ended=False)
        ada.post(at(session, "/end"))
        session.refresh_from_db()
        assert session.ended_at == session.opened_at + dt.timedelta(seconds=600)
        assert "Hands on for" in ada.get(at(session)).content.decode()

    def test_only_who_gave_the_massage_signs(self, done, signed_in, ada) -> None:
        ben = signed_in("therapist", name="Ben")
        page = ben.get(at(done)).content.decode()
        assert "Only Ada Okonkwo can sign it" in page
        assert ben.post(at(done), {"do": "sign", "seen": seen(ada, done)}).status_code == 409
        assert not Note.objects.exists()

    def test_a_signed_note_is_read_from_itself(self, ada, done, joan) -> None:
        sign(ada, done)
        joan.given = "Johanna"
        joan.save()
        page = ada.get(at(done)).content.decode()
        assert "<h1>Joan Petrie</h1>" in page

    def test_nothing_in_it_is_ever_changed(self, ada, done) -> None:
        sign(ada, done)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE notes_note SET knowledge = 'x'")
        assert as_signed(Note.objects.get())

    def test_a_body_that_somebody_changed_is_told(self, ada, done) -> None:
        sign(ada, done)
        note = Note.objects.get()
        note.body["soap"][0]["lines"] = []
        assert not as_signed(note)


class TestAfterwards:
    def test_an_amendment_stands_below_and_the_original_stays(self, ada, done) -> None:
        sign(ada, done)
        before = Note.objects.get().body
        ada.post(at(done, "/amend"), {"words": "It was the right shoulder."})
        page = ada.get(at(done)).content.decode()
        assert "It was the right shoulder." in page
        assert "Joan pressed EASE OFF" in page
        assert Note.objects.get().body == before
        assert Amendment.objects.get().by == ada.member.user

    def test_an_empty_amendment_is_none(self, ada, done) -> None:
        sign(ada, done)
        assert ada.post(at(done, "/amend"), {"words": "  "}).status_code == 400
        assert not Amendment.objects.exists()

    def test_before_it_is_signed_there_is_nothing_to_amend(self, ada, done) -> None:
        assert ada.post(at(done, "/amend"), {"words": "x"}).status_code == 404

    def test_what_arrives_later_is_listed_and_changes_nothing(self, ada, done) -> None:
        sign(ada, done)
        late = Said(id="said-late-01", at=done.opened_at, by="client", word="stop")
        append(done.pk, [late], now=timezone.now())
        page = ada.get(at(done)).content.decode()
        assert "Arrived later" in page
        assert "the client: STOP" in page
        assert as_signed(Note.objects.get())

    def test_words_that_look_like_markup_are_words(self, ada, done) -> None:
        sign(ada, done, objective="<script>alert(1)</script>")
        page = ada.get(at(done)).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page
