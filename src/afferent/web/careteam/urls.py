"""Addresses of the letters that tell. `finding` is offered right where something was seen."""

from __future__ import annotations

from django.urls import path

from afferent.web.careteam.views import write

urlpatterns = [
    path("clients/<uuid:client>/care-team/<slug:kind>", write.write, name="careteam_write"),
    path("visit/<uuid:visit>/write-to-physician", write.finding, name="careteam_finding"),
]
