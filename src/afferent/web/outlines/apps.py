from __future__ import annotations

from django.apps import AppConfig


class OutlinesConfig(AppConfig):
    name = "afferent.web.outlines"
    label = "outlines"
