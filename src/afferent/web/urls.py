"""Addresses. No address carries anything clinical."""

from __future__ import annotations

from django.urls import include, path

from afferent.web import style

urlpatterns = [
    path("", include("afferent.web.screening.urls")),
    path("", include("afferent.web.physiology.urls")),
    path("afferent-<slug:digest>.css", style.style_sheet, name="style"),
]

handler400 = "afferent.web.refusals.bad_request"
handler403 = "afferent.web.refusals.forbidden"
handler404 = "afferent.web.refusals.not_found"
handler500 = "afferent.web.refusals.broken"
