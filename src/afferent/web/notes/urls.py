"""Addresses around a visit. Those under /live/ stay open while it runs; `n/` is for clients, and names nobody."""

from __future__ import annotations

from django.urls import path

from afferent.web.notes.views import door, home, incident, next_day, note, skin

urlpatterns = [
    path("live/<uuid:session>/skin/<slug:when>", skin.skin, name="live_skin"),
    path("live/<uuid:session>/found", skin.found, name="live_found"),
    path("visit/<uuid:visit>/note", note.note, name="note"),
    path("visit/<uuid:visit>/note/amend", note.amend, name="note_amend"),
    path("visit/<uuid:visit>/note/end", note.end, name="note_end"),
    path("visit/<uuid:visit>/note/<slug:view>", note.note, name="note_view"),
    path("visit/<uuid:visit>/next-day", next_day.next_day, name="next_day"),
    path("visit/<uuid:visit>/incident", incident.incident, name="incident"),
    path("visit/<uuid:visit>/incident/<uuid:record>", incident.follow_up, name="incident_follow_up"),
    path("clinic/incidents", incident.incidents, name="incidents"),
    path("clinic/incidents/file", incident.incidents_file, name="incidents_file"),
    path("clients/<uuid:client>/home-touch", home.home_touch, name="home_touch"),
    path("n/<str:secret>", door.day_after, name="day_after"),
]
