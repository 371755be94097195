"""The pages of physiology."""

from __future__ import annotations

from django.urls import URLPattern, path

from afferent.web.physiology.views import claims, gate, heat, stroke

urlpatterns: list[URLPattern] = [
    path("claims", claims.claims, name="claims"),
    path("gate", gate.show, name="gate"),
    path("heat", heat.show, name="heat"),
    path("stroke", stroke.show, name="stroke"),
]
