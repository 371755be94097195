"""Letters to the care team, and answers."""

from __future__ import annotations

from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "afferent.web.letters"
    label = "letters"
