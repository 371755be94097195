"""Every time around a visit is told by the clock on the clinic's wall; and the number of the pain reaches the note."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from afferent.web.live.models import Session
from afferent.web.live.tests.test_sent import event, send
from afferent.web.notes.tests.test_incidents import sent

TOKYO = dt.timedelta(hours=9)


@pytest.fixture
def in_tokyo(clinic):
    clinic.time_zone = "Asia/Tokyo"
    clinic.save()


def test_pages_and_the_file_of_incidents_tell_the_time_of_the_clinic(
    in_tokyo, ada, session, a_visit, signed_in
) -> None:
    a_visit(session)
    here = (session.opened_at + TOKYO).strftime("%H:%M")
    assert f", {here}" in ada.get(f"/visit/{session.visit_id}/note").content.decode()
    page = ada.get(f"/visit/{session.visit_id}/incident")
    happened = dt.datetime.fromisoformat(page.context["fields"]["at"]).replace(tzinfo=dt.timezone(TOKYO))
    assert abs(happened - timezone.now()) < dt.timedelta(hours=1)
    assert (
        ada.post(f"/visit/{session.visit_id}/incident", sent(page, kind="near_miss", severity="none")).status_code
        == 302
    )
    text = signed_in("owner").get("/clinic/incidents/file").content.decode()
    assert re.search(r"\d\d:\d\d\+09:00", text)
    assert "+00:00" not in text


def test_the_face_has_the_zone_of_the_clinic(in_tokyo, ada, session) -> None:
    assert 'data-zone="Asia/Tokyo"' in ada.get(f"/live/{session.pk}").content.decode()


def test_the_number_of_the_pain_is_kept_and_the_note_tells_it(ada, session, a_visit) -> None:
    address = f"/live/{session.pk}/events"
    answer = send(ada, address, event("scored", value=3))
    assert answer.status_code == 200
    a_visit(session, ended=False)
    send(ada, address, event("scored", value=6, to="asked-back"), event("ended"))
    text = ada.get(f"/visit/{session.visit_id}/note").content.decode()
    assert "Before the first touch Joan put the pain at 3 of 10." in text
    assert "Joan put the pain at 6 of 10, three above the start." in text
    assert Session.objects.get(pk=session.pk).ended_at


def test_no_number_beyond_ten_is_kept(ada, session) -> None:
    assert send(ada, f"/live/{session.pk}/events", event("scored", value=11)).status_code == 400
