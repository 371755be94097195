"""The client's pages: rendered so that nothing of them is kept or told on, and never with rights of the staff."""

from __future__ import annotations

from typing import Any, NamedTuple

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


class Why(NamedTuple):
    """Why a link does not open, and how to go on. None tells whom it is for."""

    title: str
    says: str
    then: str
    status: int


def refuse(request: HttpRequest, why: Why) -> HttpResponse:
    """The page that says so."""
    return render_private(request, "intake/refused.html", {"why": why}, status=why.status)
