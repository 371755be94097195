"""Unlocking by a passkey. The one place that reaches into allauth's inner parts.

A key that merely stays plugged in must not open a screen left alone: the device has to check who touches it
(fingerprint, face or PIN), and says so in its answer.
"""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django.http import HttpRequest
from fido2.webauthn import UserVerificationRequirement


def has_one(request: HttpRequest) -> bool:
    return Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN).exists()


def asked(request: HttpRequest) -> dict[str, Any]:
    """What the browser needs to ask for the passkey."""
    options, state = auth.get_server().authenticate_begin(
        credentials=auth.get_credentials(request.user), user_verification=UserVerificationRequirement.REQUIRED
    )
    auth.set_state(state)
    return {"request_options": dict(options)}


def is_right(request: HttpRequest) -> bool:
    """Does the answer come from a key of this person, used by this person?"""
    form = ReauthenticateWebAuthnForm(user=request.user, data=request.POST)
    if not form.is_valid():
        return False
    answer = auth.parse_authentication_response(json.loads(request.POST["credential"]))
    if not answer.response.authenticator_data.is_user_verified():
        return False
    form.save()
    return True
