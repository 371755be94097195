"""Addresses of `documents`, behind a client."""

from __future__ import annotations

from django.urls import path

from afferent.web.documents import views

urlpatterns = [
    path("", views.documents, name="documents"),
    path("<uuid:document>", views.document, name="document"),
    path("<uuid:document>/look", views.picture, name="picture"),
    path("<uuid:document>/preview/<str:sealed>", views.preview, name="preview"),
]
