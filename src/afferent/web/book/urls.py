"""The pages of the appointment book."""

from __future__ import annotations

from django.urls import path

from afferent.web.book.views import today

urlpatterns = [
    path("today", today.today, name="today"),
]
