"""Addresses of messages and calendars. Those under `m/` are for whoever holds them, without an account; they name
nobody."""

from __future__ import annotations

from django.urls import path

from afferent.web.post.views import calendar, client, door, manners, messages

_OF = "clients/<uuid:client>/messages/"

urlpatterns = [
    path("messages/", messages.messages, name="messages"),
    path("messages/<uuid:message>", messages.settle, name="settle_message"),
    path("messages/settings", manners.manners, name="manners"),
    path("calendar", calendar.own, name="own_calendar"),
    path(_OF, client.wishes, name="client_messages"),
    path(f"{_OF}stop", client.stopped, name="stop_client_messages"),
    path(f"{_OF}calendar", calendar.of_client, name="client_calendar"),
    path("m/stop/<str:token>", door.stop_messages, name="stop_messages"),
    path("m/texts/<str:secret>", door.texts_in, name="texts_in"),
    path("m/calendar/<str:secret>.ics", door.calendar_feed, name="calendar_feed"),
]
