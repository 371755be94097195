"""Addresses of the intake. Only the link itself holds its secret; from "Begin" on no address does."""

from __future__ import annotations

from django.urls import path

from afferent.web.intake.views import door, ends, staff, steps

urlpatterns = [
    path("clients/<uuid:client>/link", staff.client_link, name="client_link"),
    path("i/", door.by_hand, name="intake_typed"),
    path("i/go", steps.go, name="intake_go"),
    path("i/go/read-back", ends.read_back, name="intake_read_back"),
    path("i/go/later", ends.later, name="intake_later"),
    path("i/go/help", ends.help_first, name="intake_help"),
    path("i/go/done", ends.done, name="intake_done"),
    path("i/go/<slug:step>", steps.step, name="intake_step"),
    path("i/go/<slug:step>/change", steps.step, {"change": True}, name="intake_change"),
    path("i/<str:secret>", door.link, name="intake_open"),
]
