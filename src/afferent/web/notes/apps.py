from __future__ import annotations

from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "afferent.web.notes"
    label = "notes"
