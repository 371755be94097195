"""What the owner sets, and which clinic is looked at."""

from __future__ import annotations

from typing import Any

import pytest

from afferent.web.audit.chain import digest
from afferent.web.audit.models import Entry
from afferent.web.clinics.models import Clinic, Membership

GIVEN = {
    "name": "Lindenhof", "time_zone": "Asia/Tokyo", "languages": ["en"], "mode": "record", "retention_years": "12",
    "lock_minutes": "5", "second_factor": "",
}  # fmt: skip


def test_each_setting_stands_with_its_meaning(signed_in: Any) -> None:
    page = signed_in("owner").get("/clinic/").content.decode()
    for words in (
        "A running visit goes on.",
        "Nothing is erased by itself.",
        "afferent backup FILE",
        "/audit/",
        "/clinic/staff",
    ):
        assert words in page


def test_a_change_is_saved_and_written_down_by_its_digest(signed_in: Any, clinic: Clinic) -> None:
    browser = signed_in("owner")
    assert browser.post("/clinic/", GIVEN)["Location"] == "/clinic/?saved"
    assert "Saved." in browser.get("/clinic/?saved").content.decode()
    clinic.refresh_from_db()
    assert (clinic.time_zone, clinic.mode, clinic.retention_years, clinic.lock_minutes) == (
        "Asia/Tokyo",
        "record",
        12,
        5,
    )
    entry = Entry.objects.get()
    said = GIVEN | {"retention_years": 12, "lock_minutes": 5, "second_factor": False}
    assert (entry.action, entry.digest) == ("clinic.changed", digest(said))
    browser.post("/clinic/", GIVEN)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"lock_minutes": "4"}, {"lock_minutes": "61"}, {"mode": "auto"}, {"languages": []}, {"time_zone": "Here"},
              {"name": ""}, {"retention_years": "0"}],
)  # fmt: skip
def test_what_cannot_be_is_refused(signed_in: Any, clinic: Clinic, wrong: Any) -> None:
    answer = signed_in("owner").post("/clinic/", GIVEN | wrong)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    clinic.refresh_from_db()
    assert clinic.mode == "cds"


def test_who_works_in_two_clinics_chooses_one(signed_in: Any, clinic: Clinic) -> None:
    browser = signed_in("owner")
    other = Clinic.objects.create(name="Seefeld", second_factor=False)
    Membership.objects.create(clinic=other, user=browser.member.user, desk=True)
    assert "Seefeld" in browser.get("/clinic/choose").content.decode()
    assert browser.post("/clinic/choose", {"clinic": str(other.id)})["Location"] == "/"
    assert browser.get("/clinic/").status_code == 403
    browser.post("/clinic/choose", {"clinic": str(clinic.id)})
    assert browser.get("/clinic/").status_code == 200


def test_nobody_chooses_a_clinic_of_others(signed_in: Any) -> None:
    other = Clinic.objects.create(name="Seefeld")
    assert signed_in("owner").post("/clinic/choose", {"clinic": str(other.id)}).status_code == 404
