"""Addresses of `audit`."""

from __future__ import annotations

from django.urls import path

from afferent.web.audit.views import viewer

urlpatterns = [
    path("", viewer.audit, name="audit"),
    path("file", viewer.as_file, name="audit_file"),
    path("check", viewer.check, name="check_audit"),
]
