"""Addresses of what a programme is counted by, and of what leaves the clinic without names."""

from __future__ import annotations

from django.urls import path

from afferent.web.programme.views import export, offer, programme

urlpatterns = [
    path("clients/<uuid:client>/offer", offer.offer, name="offer"),
    path("clinic/programme", programme.programme, name="programme"),
    path("clinic/programme/export", export.export, name="programme_export"),
]
