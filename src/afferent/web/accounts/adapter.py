"""How sign-in is done: allauth, with what is ours to say. Nobody signs up; people come by invitation."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse

from afferent.page.markup import Html
from afferent.page.qr import qr
from afferent.web.accounts.passwords import check

_WRONG_CODE = "This code is not right. Codes change every 30 seconds: use the one shown now."


class Staff(DefaultAccountAdapter):
    """Accounts of the staff."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed. Ask the owner of the clinic.",
        "email_password_mismatch": "E-mail and password do not belong together. Check both and try again.",
        "enter_current_password": "This is not your present password.",
        "incorrect_code": _WRONG_CODE,
        "incorrect_password": "This is not your password.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again.",
        "rate_limited": "Too many tries. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def reauthenticate(self, user: Any, password: str) -> bool:
        """By the address of the account itself: nobody here has a list of further addresses."""
        return self.authenticate(context.request, email=user.email, password=password) == user

    def clean_password(self, password: str, user: Any = None) -> str:
        check(password, user)
        return password

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_change_password") + "?changed"

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No notes that vanish: pages say what happened."""


class Factors(DefaultMFAAdapter):
    """Second factors."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": _WRONG_CODE}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Afferent"}

    def build_totp_svg(self, url: str) -> Html:
        """Drawn into the page itself: pictures from `data:` are not let in."""
        return qr(url, "Code for an authenticator app. Its secret stands below in letters.")
