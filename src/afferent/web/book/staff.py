"""Who can be booked here."""

from __future__ import annotations

from afferent.web.accounts.models import User
from afferent.web.clinics.models import Membership
from afferent.web.scope import clinic_id


def therapists() -> list[User]:
    """The therapists who work in this clinic, by name. One query."""
    here = Membership.objects.filter(clinic_id=clinic_id(), therapist=True, left_at=None)
    return [one.user for one in here.select_related("user").order_by("user__name", "user_id")]
