"""What of signing in goes into the audit, of every clinic that somebody works in."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from afferent.web.accounts.locking import SEEN
from afferent.web.accounts.models import User
from afferent.web.audit.chain import note
from afferent.web.clinics.models import Membership
from afferent.web.scope import inside


def written(user: User, action: str, what: object = None) -> None:
    """One entry in each clinic of this person."""
    who = f"user:{user.pk}"
    clinics = Membership.objects.filter(user=user, left_at=None).values_list("clinic_id", flat=True)
    for clinic in list(clinics):
        with inside(clinic):
            note(who, action, who, what)


@receiver(user_logged_in)
def _began(sender: Any, request: HttpRequest, user: User, **more: Any) -> None:
    request.session[SEEN] = int(time.time())
    request.session.pop("factor", None)
    written(user, "session.began")


@receiver(user_login_failed)
def _failed(sender: Any, credentials: dict[str, Any], **more: Any) -> None:
    """An address that nobody has belongs to no clinic, and is written nowhere."""
    user = User.objects.filter(email=str(credentials.get("email", "")).strip().lower()).first()
    if user is not None:
        written(user, "session.failed", "password")


@receiver(authentication_failed)
def _failed_factor(sender: Any, user: User, **more: Any) -> None:
    written(user, "session.failed", "second factor")


@receiver(user_logged_out)
def _ended(sender: Any, user: User | None, **more: Any) -> None:
    if user is not None:
        written(user, "session.ended")


@receiver(authenticator_added)
def _added(sender: Any, user: User, authenticator: Authenticator, **more: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        written(user, "session.factor_added")


@receiver(authenticator_removed)
def _removed(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **more: Any) -> None:
    request.session.pop("factor", None)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        written(user, "session.factor_removed")


@receiver(password_changed)
def _password(sender: Any, user: User, **more: Any) -> None:
    written(user, "session.password")
