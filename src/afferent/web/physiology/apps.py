from __future__ import annotations

from django.apps import AppConfig


class PhysiologyConfig(AppConfig):
    name = "afferent.web.physiology"
    label = "physiology"
