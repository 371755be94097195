"""The app, and its name among Django's."""

from __future__ import annotations

from django.apps import AppConfig


class Directory(AppConfig):
    name = "afferent.web.directory"
    label = "directory"
    verbose_name = "Finding a therapist"
