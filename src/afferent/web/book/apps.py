from __future__ import annotations

from django.apps import AppConfig


class BookConfig(AppConfig):
    name = "afferent.web.book"
    label = "book"
