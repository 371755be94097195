"""The client's pages: rendered so that nothing of them is kept or told on, and never with rights of the staff."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from afferent.page.icons import icon


def private(response: HttpResponse) -> HttpResponse:
    """In no cache; and the address is told to nobody."""
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


def render_private(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    signs = {"back_sign": icon("open", "back-sign"), "tick_sign": icon("ready")}
    return private(render(request, template, signs | context, status=status))
