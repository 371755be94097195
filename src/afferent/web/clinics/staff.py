"""Who works in a clinic: joining, changing, leaving. A clinic always keeps an owner.

Every function runs inside the clinic and is one transaction; each raises NotSo with a sentence when it cannot be.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from afferent.web.accounts.models import User
from afferent.web.clinics.links import claim
from afferent.web.clinics.models import ROLES, Clinic, Invitation, Membership


class NotSo(Exception):
    """It cannot be done: one sentence."""


LAST_OWNER = "{name} is the only owner. Make somebody else an owner first"
ELSEWHERE = (
    "{name} works in another clinic too, of which you are no owner. They can change the password themselves, or an "
    "owner of all their clinics can make the link"
)


@transaction.atomic
def join(invitation: Invitation, user: User) -> Membership:
    """Use an invitation up; somebody who left comes back with the roles of the new one."""
    claim(invitation)
    member, _ = Membership.objects.get_or_create(clinic=invitation.clinic, user=user)
    for role in ROLES:
        setattr(member, role, getattr(invitation, role))
    if invitation.licence != member.licence:
        member.licence, member.licence_checked_on = invitation.licence, None
    member.left_at = None
    member.save()
    return member


@transaction.atomic
def change(member: Membership, roles: list[str], licence: str, checked_on: dt.date | None) -> None:
    """What somebody may do, and what is known of their licence."""
    _keeps_an_owner(member, "owner" in roles)
    was_owner = member.owner
    for role in ROLES:
        setattr(member, role, role in roles)
    member.licence, member.licence_checked_on = licence, checked_on
    member.save()
    if was_owner and not member.owner:
        _links_die(member)


@transaction.atomic
def end(member: Membership) -> None:
    """They see nothing of the clinic from the next click on. What they wrote stays, with their name."""
    _keeps_an_owner(member, False)
    member.left_at = timezone.now()
    member.save()
    _links_die(member)


def may_reset(member: Membership, owner: User) -> None:
    """A new password opens every clinic of a person: only an owner of all of them may make the link."""
    theirs = Membership.objects.filter(user=member.user, left_at=None).values("clinic")
    mine = Membership.objects.filter(user=owner, owner=True, left_at=None).values("clinic")
    if Clinic.objects.filter(pk__in=theirs).exclude(pk__in=mine).exists():
        raise NotSo(ELSEWHERE.format(name=member.user.name))


def _keeps_an_owner(member: Membership, stays_owner: bool) -> None:
    Clinic.objects.select_for_update().get(pk=member.clinic_id)  # one change of owners after the other
    others = Membership.objects.filter(clinic=member.clinic_id, owner=True, left_at=None).exclude(pk=member.pk)
    if not stays_owner and not others.exists():
        raise NotSo(LAST_OWNER.format(name=member.user.name))


def _links_die(member: Membership) -> None:
    """Links made by, or for, somebody who may no longer make any: they know them."""
    still = Invitation.objects.filter(clinic=member.clinic_id, used_at=None, revoked_at=None)
    whose = Q(invited_by=member.user) | Q(user=member.user) | Q(email__iexact=member.user.email)
    still.filter(whose).update(revoked_at=timezone.now())
