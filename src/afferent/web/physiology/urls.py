"""The pages of physiology."""

from __future__ import annotations

from django.urls import URLPattern, path

from afferent.web.physiology.views import claims

urlpatterns: list[URLPattern] = [
    path("claims", claims.claims, name="claims"),
]
