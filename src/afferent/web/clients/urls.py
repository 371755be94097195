"""The pages about clients."""

from __future__ import annotations

from django.urls import path

from afferent.web.clients.views import index, one

urlpatterns = [
    path("", index.clients, name="clients"),
    path("new", index.new, name="new_client"),
    path("<uuid:client>", one.client, name="client"),
]
