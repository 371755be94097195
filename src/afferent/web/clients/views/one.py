"""One client."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from afferent.web.clinics.access import allowed


@allowed("therapist", "desk", "owner")
def client(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    return render(request, "clients/client.html", {})
