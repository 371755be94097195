"""The pages of the look at the skin: nothing chosen beforehand, nothing taken for granted, never behind the lock."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from afferent.visit.events import Look, SkinChecked
from afferent.web.live.models import Session
from afferent.web.live.store import stream
from afferent.web.notes.skin_form import groups, read

WHOLE = {"whole": ["foot_left", "foot_right", "hand_left", "hand_right", "others"]}
TOUCHED = ("back", "shoulders", "foot.left", "foot.right")


def at(session, when: str) -> str:
    return f"/live/{session.pk}/skin/{when}"


def last_look(session) -> SkinChecked:
    return [one.event for one in stream(session.pk) if isinstance(one.event, SkinChecked)][-1]


def looked(sent: dict, when: str = "before"):
    return read(sent, groups(TOUCHED), when)


class TestTheForm:
    def test_feet_first_then_hands_then_what_else_is_touched(self) -> None:
        titles = [group.title for group in groups(TOUCHED)]
        assert titles == ["LEFT foot", "RIGHT foot", "LEFT hand", "RIGHT hand", "Other places"]
        assert [card.title for card in groups(TOUCHED)[0].cards] == ["Top", "Sole", "Between the toes"]

    def test_nothing_is_chosen_beforehand(self) -> None:
        for group in groups(TOUCHED):
            assert not group.told
            assert not any(card.chosen or card.felt is not None for card in group.cards)

    def test_one_tap_says_that_everything_else_on_this_foot_is_whole(self) -> None:
        sent = looked(WHOLE | {"found.left_foot_sole": ["blister"], "felt.left_foot_sole": ["no"]})
        assert Look("foot.left.sole", "blister", felt=False) in sent.looks
        assert {one.region: one.found for one in sent.looks if "foot.left.top" in one.region} == {
            "foot.left.top": "intact", "foot.left.top.web12": "intact", "foot.left.top.web23": "intact",
            "foot.left.top.web34": "intact", "foot.left.top.web45": "intact",
        }  # fmt: skip

    def test_what_nobody_chose_was_not_looked_at(self) -> None:
        sent = looked({"whole": ["foot_left", "foot_right", "others"]})
        assert not sent.fault
        assert Look("hand.left.palm", "not_looked") in sent.looks

    def test_a_place_that_hands_will_be_on_must_be_answered(self) -> None:
        sent = looked({"whole": ["foot_left", "others"]})
        assert sent.looks == ()
        assert "3 places below still need an answer" in sent.fault
        faulty = [card.key for group in sent.groups for card in group.cards if card.fault]
        assert faulty == ["right_foot_top", "right_foot_sole", "right_foot_between"]
        answered = looked({"whole": ["foot_left", "others"], **{f"found.{key}": ["not_looked"] for key in faulty}})
        assert not answered.fault

    def test_whole_and_a_finding_at_one_place_are_not_both_so(self) -> None:
        assert looked(WHOLE | {"found.left_foot_sole": ["intact", "hot"]}).fault

    def test_two_findings_at_one_place_are_two_looks(self) -> None:
        sent = looked(WHOLE | {"found.left_foot_top": ["hot", "swollen"]})
        assert [one.found for one in sent.looks if one.region == "foot.left.top"] == ["swollen", "hot"]

    def test_the_exact_place_is_named_where_it_was_said(self) -> None:
        sent = looked(WHOLE | {"found.left_foot_sole": ["open"], "at.left_foot_sole": ["foot.left.sole.heel"]})
        found = [one for one in sent.looks if one.found == "open"]
        assert found == [Look("foot.left.sole.heel", "open", felt=None)]

    def test_no_place_of_another_card_and_no_other_word_is_taken(self) -> None:
        sent = looked(WHOLE | {"found.left_foot_sole": ["burnt", "red"], "at.left_foot_sole": ["hand.left.palm"]})
        assert [one.region for one in sent.looks if one.found == "red"] == ["foot.left.sole"]

    def test_in_the_middle_only_what_is_seen_is_written_down(self) -> None:
        sent = looked({"found.left_foot_sole": ["red"]}, "during")
        assert sent.looks == (Look("foot.left.sole", "red"),)
        assert looked({}, "during").fault


class TestThePages:
    def test_it_works_without_script_and_goes_back_to_the_visit(self, ada, session) -> None:
        page = ada.get(at(session, "before"))
        assert page.status_code == 200
        assert " checked" not in page.content.decode()
        answer = ada.post(at(session, "before"), WHOLE)
        assert answer["Location"] == f"/live/{session.pk}"
        assert last_look(session).when == "before"

    def test_a_form_sent_back_keeps_what_was_chosen(self, ada, session) -> None:
        answer = ada.post(at(session, "before"), {"found.left_foot_sole": ["blister"]})
        assert answer.status_code == 400
        assert 'value="blister" checked' in answer.content.decode()
        assert len(stream(session.pk)) == 1

    def test_a_finding_leads_to_the_page_that_says_what_it_means(self, ada, session) -> None:
        sent = WHOLE | {"found.left_foot_sole": ["blister"], "felt.left_foot_sole": ["no"]}
        answer = ada.post(at(session, "before"), sent)
        assert answer["Location"] == f"/live/{session.pk}/found"
        text = ada.get(answer["Location"]).content.decode()
        assert "Hands off LEFT foot" in text
        assert "found, not felt" in text
        assert f'href="/live/{session.pk}"' in text

    def test_a_hot_foot_ends_the_visit(self, ada, session) -> None:
        ada.post(at(session, "now"), {"found.right_foot_top": ["hot"]})
        page = ada.get(f"/live/{session.pk}/found").content.decode()
        assert "Hands off. The visit ends here." in page
        answer = ada.post(f"/live/{session.pk}/found", {"do": "off"})
        assert answer["Location"] == f"/visit/{session.visit_id}/note"
        session.refresh_from_db()
        assert session.ended_at is not None
        assert stream(session.pk)[-1].event.why == "rescreened"

    def test_red_skin_asks_and_what_is_answered_opens_again(self, ada, session, joan, clinic) -> None:
        from afferent.records.answers import statements
        from afferent.web.clients.knowing import write
        from afferent.web.clinics.clock import today
        from afferent.web.clinics.knowledge import in_force

        ada.post(at(session, "now"), {"found.left_foot_sole": ["red"]})
        page = ada.get(f"/live/{session.pk}/found").content.decode()
        assert "Hands off until this is asked" in page
        face = ada.get(f"/live/{session.pk}").content.decode()
        assert "A finding has closed every place" in face
        no = dict.fromkeys(("foot_hot_swollen", "pressure_redness", "cellulitis"), "no")
        write(joan, "answers", list(statements(no, in_force(clinic), today(clinic))), on=today(clinic))
        ada.post(f"/live/{session.pk}/found")
        assert "Still open" in ada.get(f"/live/{session.pk}/found").content.decode()

    def test_what_was_marked_is_shown_and_screened_by_one_tap(self, ada, session, happens) -> None:
        happens(session, 9, "SkinChecked", when="during", looks=(Look("foot.left", "blister"),))
        assert "Marked during the visit" in ada.get(at(session, "now")).content.decode()
        assert ada.post(at(session, "now"))["Location"] == f"/live/{session.pk}/found"
        assert "Hands off LEFT foot" in ada.get(f"/live/{session.pk}/found").content.decode()

    def test_of_a_mark_it_is_asked_whether_it_was_felt(self, ada, session, happens, joan) -> None:
        from afferent.web.clients.knowing import history

        happens(session, 9, "SkinChecked", when="during", looks=(Look("foot.left", "blister"),))
        assert 'name="felt.marks" value="no"' in ada.get(at(session, "now")).content.decode()
        ada.post(at(session, "now"), {"felt.marks": "no"})
        assert last_look(session).looks == (Look("foot.left", "blister", felt=False),)
        assert "foot_ulcer_new_or_infected" in {row.fact for row in history(joan) if not row.over}

    def test_below_a_finding_no_tick_stands(self, ada, session) -> None:
        ada.post(at(session, "now"), {"found.left_foot_sole": ["blister"], "felt.left_foot_sole": ["yes"]})
        page = ada.get(f"/live/{session.pk}/found").content.decode()
        assert "banner-ready" not in page
        assert "shape-ready" not in page

    def test_afterwards_whole_skin_leads_to_the_note(self, ada, session, a_visit) -> None:
        a_visit(session)
        answer = ada.post(at(session, "after"), WHOLE)
        assert answer["Location"] == f"/visit/{session.visit_id}/note"

    def test_the_lock_does_not_stand_between(self, ada, session, a_visit) -> None:
        a_visit(session)
        ada.post("/lock")
        assert ada.get(at(session, "after")).status_code == 200
        Session.objects.filter(pk=session.pk).update(ended_at=timezone.now() - dt.timedelta(hours=2))
        assert ada.get(at(session, "after")).status_code == 302

    def test_behind_the_lock_only_to_whoever_works_in_it(self, session, signed_in) -> None:
        ben = signed_in("therapist", name="Ben")
        assert ben.get(at(session, "before")).status_code == 200
        ben.post("/lock")
        assert ben.get(at(session, "before")).status_code == 302

    def test_no_other_look_and_no_other_clinic(self, ada, session, signed_in) -> None:
        from afferent.web.clinics.models import Clinic

        assert ada.get(at(session, "never")).status_code == 404
        other = signed_in("therapist", clinic=Clinic.objects.create(name="Other", second_factor=False))
        assert other.get(at(session, "before")).status_code == 404

    def test_the_therapists_face_knows_the_pages(self, ada, session) -> None:
        text = ada.get(f"/live/{session.pk}").content.decode()
        for when in ("before", "now", "after"):
            assert at(session, when) in text
        assert f"/visit/{session.visit_id}/note" in text

    def test_as_many_queries_for_many_events_as_for_few(self, ada, session, happens, queries) -> None:
        ada.get(at(session, "before"))
        few = queries(lambda: ada.get(at(session, "before")))
        for n in range(40):
            happens(session, 10 + n, "Noted", words="…")
        assert queries(lambda: ada.get(at(session, "before"))) == few


@pytest.mark.parametrize("when", ["before", "now", "after"])
def test_buttons_have_words_and_every_group_a_name(ada, session, when) -> None:
    text = ada.get(at(session, when)).content.decode()
    assert len(re.findall('<fieldset class="skin-card"', text)) >= 12
    for word in ("Intact", "Red", "Open", "Blister", "Swollen", "Hot", "Callus", "Not looked"):
        assert f"<span>{word}</span>" in text
