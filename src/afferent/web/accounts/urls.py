"""Signing in, second factors, the lock, and links that let somebody in.

Of allauth only what is used has an address. Nobody signs up, no e-mail is ever sent: whoever forgot a password gets a
new link from an owner.
"""

from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path

from afferent.web.accounts import demo
from afferent.web.accounts.views import lock, standing
from afferent.web.clinics.views import first, join

urlpatterns = [
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/change/", account.password_change, name="account_change_password"),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("locked", lock.locked, name="locked"),
    path("lock", lock.lock, name="lock"),
    path("seen", lock.seen, name="seen"),
    path("second-factor", standing.second_factor, name="second_factor"),
    path("nowhere", standing.nowhere, name="nowhere"),
    path("begin/<str:code>", first.first, name="first"),
    path("join/<str:token>", join.join, name="join"),
    path("demo/<slug:role>", demo.demo, name="demo"),
]
