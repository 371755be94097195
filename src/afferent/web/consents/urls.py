"""Addresses of `consents`, behind a client."""

from __future__ import annotations

from django.urls import path

from afferent.web.consents import views

urlpatterns = [
    path("", views.consents, name="consents"),
    path("<slug:purpose>", views.answer, name="consent_answer"),
]
