"""Letters that tell the care team."""

from __future__ import annotations

from django.apps import AppConfig


class CareTeamConfig(AppConfig):
    name = "afferent.web.careteam"
    label = "careteam"
