"""Addresses of outlines, below their visit."""

from __future__ import annotations

from django.urls import path

from afferent.web.outlines.views import choose, share, steps

urlpatterns = [
    path("", choose.choose, name="outline"),
    path("steps", steps.steps, name="outline_steps"),
    path("reason", steps.reason, name="outline_reason"),
    path("begin", steps.begin, name="outline_begin"),
    path("share", share.share, name="outline_share"),
]
