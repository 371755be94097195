"""The staff: who may do what, and that a clinic keeps an owner."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client as Browser

from afferent.web.audit.models import Entry
from afferent.web.clinics.models import Clinic, Invitation, Membership


@pytest.fixture
def owner(signed_in: Any) -> Any:
    return signed_in("owner", name="Maren Voss")


def last() -> str:
    return Entry.objects.order_by("-seq").values_list("action", flat=True).first()


def test_the_list_shows_who_works_here_and_nobody_else(owner: Any, staff: Any) -> None:
    staff("therapist", name="Ada Okonkwo", licence="MT 7")
    staff("desk", name="Elsewhere", clinic=Clinic.objects.create(name="Other"))
    page = owner.get("/clinic/staff").content.decode()
    assert "Ada Okonkwo" in page
    assert "not checked yet" in page
    assert "Elsewhere" not in page


def test_an_invitation_is_shown_once_and_opens_the_door(owner: Any, client: Browser, clinic: Clinic) -> None:
    given = {"name": "Noor Halabi", "email": "Noor@example.org", "roles": ["desk", "therapist"], "licence": "MT 9"}
    page = owner.post("/clinic/staff/invite", given).content.decode()
    assert '<svg class="qr"' in page
    path = re.findall(r'value="http://testserver(/join/[^"]+)"', page)[0]
    assert last() == "staff.invited"
    assert path.rpartition("/")[2] not in owner.get("/clinic/staff").content.decode()
    assert "Join Lindenhof" in client.get(path).content.decode()


def test_inviting_again_takes_the_earlier_link_back(owner: Any) -> None:
    given = {"name": "Noor", "email": "noor@example.org", "roles": ["desk"]}
    owner.post("/clinic/staff/invite", given)
    owner.post("/clinic/staff/invite", given)
    assert Invitation.objects.filter(revoked_at=None).count() == 1


def test_what_is_missing_is_said(owner: Any) -> None:
    answer = owner.post("/clinic/staff/invite", {"name": "Noor", "email": owner.member.user.email})
    assert answer.status_code == 400
    assert "Tick at least one role." in answer.content.decode()
    assert "works here already" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_a_link_can_be_taken_back(owner: Any) -> None:
    owner.post("/clinic/staff/invite", {"name": "Noor", "email": "noor@example.org", "roles": ["desk"]})
    link = Invitation.objects.get()
    owner.post(f"/clinic/staff/links/{link.digest}/withdraw")
    link.refresh_from_db()
    assert link.revoked_at
    assert last() == "staff.link_withdrawn"


def test_roles_and_licence_are_changed(owner: Any, staff: Any) -> None:
    one = staff("desk")
    given = {"roles": ["therapist"], "licence": "MT 7, Bern", "checked_on": "2026-11-02"}
    assert owner.post(f"/clinic/staff/{one.pk}", given)["Location"] == "/clinic/staff"
    one.refresh_from_db()
    assert (one.role_names, one.licence, str(one.licence_checked_on)) == (["Therapist"], "MT 7, Bern", "2026-11-02")
    assert last() == "staff.changed"
    late = owner.post(f"/clinic/staff/{one.pk}", given | {"checked_on": "2999-01-01"})
    assert "This day has not come yet." in late.content.decode()


def test_the_last_owner_stays(owner: Any) -> None:
    mine = owner.member
    for answer in (
        owner.post(f"/clinic/staff/{mine.pk}", {"roles": ["desk"]}),
        owner.post(f"/clinic/staff/{mine.pk}/end"),
    ):
        assert answer.status_code == 400
        assert "Maren Voss is the only owner. Make somebody else an owner first." in answer.content.decode()
    mine.refresh_from_db()
    assert mine.owner
    assert mine.left_at is None


def test_with_another_owner_one_may_go_and_sees_nothing_more(owner: Any, staff: Any, signed_in: Any) -> None:
    second = signed_in("owner", name="Second")
    owner.post("/clinic/staff/invite", {"name": "Me again", "email": "again@example.org", "roles": ["owner"]})
    assert second.post(f"/clinic/staff/{owner.member.pk}/end")["Location"] == "/clinic/staff"
    assert owner.get("/clinic/staff")["Location"] == "/nowhere"
    assert not Invitation.objects.filter(revoked_at=None).exists()  # nor by a door they left open
    assert last() == "staff.left"


def test_who_left_can_be_invited_again(owner: Any, staff: Any, client: Browser, clinic: Clinic) -> None:
    one = staff("therapist")
    owner.post(f"/clinic/staff/{one.pk}/end")
    page = owner.post(
        "/clinic/staff/invite", {"name": "Ada", "email": one.user.email, "roles": ["desk"]}
    ).content.decode()
    path = re.findall(r'value="http://testserver(/join/[^"]+)"', page)[0]
    client.force_login(one.user)
    client.post(path)
    one.refresh_from_db()
    assert (one.left_at, one.role_names) == (None, ["Front desk"])


def test_a_link_for_a_new_password(owner: Any, staff: Any) -> None:
    one = staff("desk")
    page = owner.post(f"/clinic/staff/{one.pk}/password").content.decode()
    assert "The link for Ada Okonkwo" in page
    assert last() == "staff.password_link"


def test_no_new_password_for_somebody_of_a_clinic_that_is_not_mine(owner: Any, staff: Any) -> None:
    one = staff("desk")
    Membership.objects.create(clinic=Clinic.objects.create(name="Other"), user=one.user, desk=True)
    answer = owner.post(f"/clinic/staff/{one.pk}/password")
    assert answer.status_code == 400
    assert "works in another clinic too" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_somebody_of_another_clinic_is_not_there(owner: Any, staff: Any) -> None:
    stranger = staff("desk", clinic=Clinic.objects.create(name="Other"))
    link = Invitation.objects.create(
        digest="a" * 64, clinic=stranger.clinic, name="N", email="n@example.org", ends_at="2999-01-01T00:00:00Z"
    )
    for path in (
        f"/clinic/staff/{stranger.pk}",
        f"/clinic/staff/{stranger.pk}/end",
        f"/clinic/staff/{stranger.pk}/password",
    ):
        assert owner.post(path, {"roles": ["owner"]}).status_code == 404
    owner.post(f"/clinic/staff/links/{link.digest}/withdraw")
    link.refresh_from_db()
    assert link.revoked_at is None
