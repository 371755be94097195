"""The front desk sees nothing clinical; a clinic that keeps records only works nothing out; nobody sees another's."""

from __future__ import annotations

import pytest

from afferent.web.audit.models import Entry
from afferent.web.clinics.models import Clinic
from afferent.web.scope import inside

CLINICAL = ("Walton", "hands-on", "Ask first", "numb", "Numb")


def test_the_front_desk_sees_how_to_reach_somebody_and_nothing_clinical(signed_in, a_client) -> None:
    ruth = a_client(phone="030 1234")
    desk = signed_in("desk")
    text = desk.get(f"/clients/{ruth.pk}").content.decode()
    assert "030 1234" in text
    assert not any(word in text for word in CLINICAL)
    assert not any(word in desk.get("/clients/").content.decode() for word in CLINICAL)


@pytest.mark.parametrize("page", ["further", "map", "feet", "import", "history", "print", "answers"])
def test_clinical_pages_are_not_for_the_front_desk(signed_in, a_client, page) -> None:
    assert signed_in("desk").get(f"/clients/{a_client().pk}/{page}").status_code in (403, 405)
    assert signed_in("desk").post(f"/clients/{a_client().pk}/{page}").status_code in (403, 405)


def test_a_clinic_that_keeps_records_only_works_nothing_out(signed_in, a_client, clinic) -> None:
    Clinic.objects.filter(pk=clinic.pk).update(mode="record")
    ruth = a_client()
    ada = signed_in("therapist")
    text = ada.get(f"/clients/{ruth.pk}").content.decode()
    assert "keeps records" in text
    assert not any(word in text for word in ("Ask first", "hands-on", "Walton"))
    assert ada.get(f"/clients/{ruth.pk}/print").status_code == 403
    assert ada.get(f"/clients/{ruth.pk}/history").status_code == 200
    assert not any(word in ada.get("/clients/").content.decode() for word in ("hands-on", "Questions open"))


def test_the_environment_may_take_it_away_everywhere(signed_in, a_client, settings) -> None:
    settings.MODE = "record"
    assert signed_in("therapist").get(f"/clients/{a_client().pk}/print").status_code == 403


def test_another_clinic_gets_404(signed_in, staff, a_client) -> None:
    ruth = a_client()
    other = Clinic.objects.create(name="Other", second_factor=False)
    stranger = signed_in(member=staff("therapist", "owner", clinic=other))
    for page in ("", "/history", "/map", "/feet", "/import", "/details"):
        assert stranger.get(f"/clients/{ruth.pk}{page}").status_code == 404
    assert stranger.post(f"/clients/{ruth.pk}/answers", {"asked": "numb"}).status_code == 404


def test_every_look_and_every_answer_is_in_the_audit(signed_in, a_client, clinic) -> None:
    ruth = a_client()
    ada = signed_in("therapist")
    ada.get(f"/clients/{ruth.pk}")
    ada.post(f"/clients/{ruth.pk}/answers", {"asked": "numb", "answer.numb": "no"})
    with inside(clinic.pk):
        found = list(Entry.objects.filter(subject=f"client:{ruth.pk}").values_list("action", "actor"))
    me = f"user:{ada.member.user.pk}"
    assert ("client.opened", me) in found
    assert ("client.answered", me) in found
    assert not any("Ruth" in str(value) for entry in Entry.objects.values() for value in entry.values())
