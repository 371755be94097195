"""The pages about clients."""

from __future__ import annotations

from django.urls import path

from afferent.web.clients.views import answers, data, feet, history, imports, index, keep, map, one, set_aside, upgrade

urlpatterns = [
    path("", index.clients, name="clients"),
    path("new", index.new, name="new_client"),
    path("knowledge", upgrade.upgrade, name="upgrade"),
    path("<uuid:client>", one.client, name="client"),
    path("<uuid:client>/details", index.details, name="details"),
    path("<uuid:client>/further", one.further, name="further"),
    path("<uuid:client>/answers", answers.answers, name="client_answers"),
    path("<uuid:client>/still", answers.still, name="still"),
    path("<uuid:client>/take-back", answers.take_back, name="take_back"),
    path("<uuid:client>/set-aside", set_aside.set_aside, name="set_aside"),
    path("<uuid:client>/import", imports.bring, name="import"),
    path("<uuid:client>/feet", feet.check, name="feet"),
    path("<uuid:client>/map", map.layers, name="map"),
    path("<uuid:client>/history", history.history, name="history"),
    path("<uuid:client>/screening/<int:screened>", history.screening, name="screening"),
    path("<uuid:client>/data", data.data, name="data"),
    path("<uuid:client>/print", keep.printed, name="client_print"),
]
