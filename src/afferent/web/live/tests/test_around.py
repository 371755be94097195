"""What the client's device asks from 0 to 10 around a visit: kept once as an event, and once as a score."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from afferent.visit.around import answers
from afferent.visit.events import PAIN_NOW, Scored
from afferent.visit.fold import course
from afferent.web.live import pairing
from afferent.web.live.models import Session
from afferent.web.live.store import stream
from afferent.web.live.tests.test_sent import by_phone, event, phone, send
from afferent.web.outcomes.keeping import held
from afferent.web.outcomes.models import Score

__all__ = ["phone"]


def rating(value: int, asked: str = "before_visit", **more) -> dict:
    return event("scored", value=value, measure=PAIN_NOW, asked=asked, **more)


def by_ada(session, *events):
    return send(session.ada, f"/live/{session.pk}/events", *events)


def told(page) -> dict:
    return json.loads(page.content.decode().split('type="application/json">')[1].split("</script>")[0])


def rows(session) -> list[tuple]:
    return [(one.value, one.asked, one.told, one.by_id, one.visit_id) for one in held(session.client)]


def test_both_faces_are_told_what_is_asked_in_words_of_the_measure(session, phone) -> None:
    for page in (phone.get("/live/me"), session.ada.get(f"/live/{session.pk}")):
        for when in ("before_visit", "after_visit"):
            (one,) = told(page)["asks"][when]
            assert (one["measure"], one["lo"]) == (PAIN_NOW, "no pain")
            assert 8 <= len(f"skip-{one['id']}") <= 40


def test_each_question_of_each_visit_has_an_event_of_its_own(session, phone) -> None:
    first = told(phone.get("/live/me"))["asks"]
    assert first == told(phone.get("/live/me"))["asks"]
    assert first["before_visit"][0]["id"] != first["after_visit"][0]["id"]


def test_sent_twice_it_is_one_event_and_one_score(session, phone) -> None:
    one = rating(6)
    for _ in range(2):
        assert by_phone(phone, one).json()["kept"] == [one["id"]]
    assert [kept.event.by for kept in stream(session.pk) if isinstance(kept.event, Scored)] == ["client"]
    assert rows(session) == [(6.0, "before_visit", "visit", None, session.visit_id)]
    assert Score.objects.count() == 1
    assert told(phone.get("/live/me"))["asks"]["before_visit"] == [], "it is asked no more"
    assert len(told(session.ada.get(f"/live/{session.pk}"))["asks"]["before_visit"]) == 1, "it is shown"


def test_told_aloud_it_is_the_same_answer_and_the_last_one_holds(session, phone) -> None:
    by_phone(phone, rating(6))
    by_ada(session, rating(4))
    user = session.ada.member.user.pk
    assert rows(session) == [(4.0, "before_visit", "visit", user, session.visit_id)]
    assert answers(course(stream(session.pk)))["before_visit", PAIN_NOW].value == 4
    assert Score.objects.count() == 2, "the earlier one stays legible"


def test_an_older_face_that_does_not_say_when_it_asked_means_before_the_first_touch(session) -> None:
    by_ada(session, event("scored", value=3))
    assert [one[:2] for one in rows(session)] == [(3.0, "before_visit")]
    by_ada(session, event("began"), event("scored", value=5))
    assert len(rows(session)) == 1, "a number while somebody is touched is no score of the visit"


def test_after_the_end_the_device_may_answer_and_nothing_else_for_a_while(session, phone) -> None:
    late = event("said", word="stop", at=timezone.now().isoformat())
    by_ada(session, event("began"), event("ended", at=timezone.now().isoformat()))
    assert by_phone(phone, rating(2, "after_visit", at=timezone.now().isoformat())).status_code == 200
    assert [one[:2] for one in rows(session)] == [(2.0, "after_visit")]
    assert by_phone(phone, event("said", word="good", at=timezone.now().isoformat())).status_code == 409
    assert by_phone(phone, late).status_code == 200, "said before the end, and only now here"
    found = pairing.waiting(session.pk)
    assert found.ends_at <= timezone.now() + pairing.AFTERWARDS
    found.ends_at = timezone.now()
    found.save(update_fields=["ends_at"])
    assert by_phone(phone, rating(3, "after_visit")).status_code == 403


def test_a_skip_is_kept_and_is_no_score(session, phone) -> None:
    assert by_phone(phone, event("skipped", measure=PAIN_NOW, asked="before_visit")).status_code == 200
    assert rows(session) == []


@pytest.mark.parametrize("why", ["unknown", "broken"])
def test_a_score_that_cannot_be_kept_never_loses_the_event(session, phone, monkeypatch, caplog, why) -> None:
    one = rating(6)
    if why == "unknown":
        one["measure"] = "nobody_knows"
    else:
        monkeypatch.setattr("afferent.web.live.around.asked.keep", lambda *_, **__: 1 / 0)
    assert by_phone(phone, one).status_code == 200
    assert stream(session.pk)[-1].event.id == one["id"]
    assert Score.objects.count() == 0
    assert "could not be kept as a score" in caplog.text


def test_the_pain_while_touched_is_not_the_devices_to_send(session, phone) -> None:
    assert by_phone(phone, event("scored", value=3)).status_code == 409


def test_who_can_hardly_say_it_is_asked_nothing(session, phone) -> None:
    Session.objects.filter(pk=session.pk).update(plan=session.plan | {"pain": session.plan["pain"] | {"before": ""}})
    for page in (phone.get("/live/me"), session.ada.get(f"/live/{session.pk}")):
        assert told(page)["asks"] == {"before_visit": [], "after_visit": []}


def test_the_device_is_told_that_it_was_answered_and_never_the_number(session) -> None:
    from afferent.web.live.shown import to_client

    by_ada(session, rating(7), event("stop_because", detail="ill"))
    shown = [to_client(session.plan)(one) for one in stream(session.pk)]
    assert shown[-2:] == [{"kind": "answered", "measure": PAIN_NOW, "asked": "before_visit"}, {"kind": "rest"}]


def test_another_clinic_keeps_no_score_here(session, signed_in) -> None:
    from afferent.web.clinics.models import Clinic
    from afferent.web.scope import inside

    other = Clinic.objects.create(name="Elsewhere", second_factor=False)
    with inside(other.id):
        stranger = signed_in("therapist", clinic=other)
    assert send(stranger, f"/live/{session.pk}/events", rating(9)).status_code == 404
    assert Score.objects.count() == 0


def test_the_note_tells_before_and_after(session, phone) -> None:
    by_phone(phone, rating(6))
    by_ada(session, event("began"), event("ended", at=timezone.now().isoformat()))
    by_phone(phone, rating(3, "after_visit"))
    page = session.ada.get(reverse("note", args=[session.visit_id])).content.decode()
    assert "Pain now (0–10 numeric rating, pain, right now): 6 before the first touch, 3 after the last." in page
