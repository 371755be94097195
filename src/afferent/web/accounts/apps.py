from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "afferent.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        from afferent.web.accounts import signals  # noqa: F401
