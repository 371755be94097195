"""The list of clients, search, and a new one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from afferent.web.clinics.access import allowed


@allowed("desk", "therapist", "owner")
def clients(request: HttpRequest) -> HttpResponse:
    return render(request, "clients/clients.html", {})


@allowed("desk", "therapist")
def new(request: HttpRequest) -> HttpResponse:
    return render(request, "clients/new.html", {})
