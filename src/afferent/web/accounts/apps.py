from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "afferent.web.accounts"
    label = "accounts"
