"""Addresses. No address carries anything clinical: a client is a random id, and nothing stands behind a `?`."""

from __future__ import annotations

from django.urls import include, path

from afferent.web import front, style

urlpatterns = [
    path("", front.begin, name="begin"),
    path("", include("afferent.web.book.urls")),
    path("", include("afferent.web.directory.urls")),
    path("clients/", include("afferent.web.clients.urls")),
    path("clients/<uuid:client>/consents/", include("afferent.web.consents.urls")),
    path("clients/<uuid:client>/documents/", include("afferent.web.documents.urls")),
    path("", include("afferent.web.intake.urls")),
    path("visit/<uuid:visit>/outline/", include("afferent.web.outlines.urls")),
    path("", include("afferent.web.outlines.door_urls")),
    path("live/", include("afferent.web.live.urls")),
    path("", include("afferent.web.notes.urls")),
    path("", include("afferent.web.outcomes.urls")),
    path("", include("afferent.web.letters.urls")),
    path("", include("afferent.web.post.urls")),
    path("", include("afferent.web.careteam.urls")),
    path("", include("afferent.web.programme.urls")),
    path("clinic/", include("afferent.web.clinics.urls")),
    path("audit/", include("afferent.web.audit.urls")),
    path("", include("afferent.web.accounts.urls")),
    path("", include("afferent.web.screening.urls")),
    path("", include("afferent.web.physiology.urls")),
    path("afferent-<slug:digest>.css", style.style_sheet, name="style"),
]

handler400 = "afferent.web.refusals.bad_request"
handler403 = "afferent.web.refusals.forbidden"
handler404 = "afferent.web.refusals.not_found"
handler500 = "afferent.web.refusals.broken"
