"""Addresses of a running visit. Those of the client's device begin with `me` and `join` and name nobody."""

from __future__ import annotations

from django.urls import path

from afferent.web.live.views import client, staff, worker

urlpatterns = [
    path("worker.js", worker.worker, name="live_worker"),
    path("join", client.join, name="live_join"),
    path("join/<str:secret>", client.join_link, name="live_join_link"),
    path("me", client.me, name="live_me"),
    path("me/state", client.state, name="live_me_state"),
    path("me/events", client.events, name="live_me_events"),
    path("me/stream", client.stream, name="live_me_stream"),
    path("<uuid:session>", staff.face, name="live"),
    path("<uuid:session>/events", staff.events, name="live_events"),
    path("<uuid:session>/stream", staff.stream, name="live_stream"),
    path("<uuid:session>/stream/<str:face>", staff.stream, name="live_stream_of"),
    path("<uuid:session>/lead/<str:face>", staff.lead, name="live_lead"),
    path("<uuid:session>/pair", staff.pair, name="live_pair"),
]
