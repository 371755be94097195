"""Pieces of pages about letters: what was asked of the physician, on a client's page; and a look into a mapping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from afferent.web.clients.models import Client, Screened
from afferent.web.clinics.clock import today_here
from afferent.web.letters.due import stands

register = template.Library()


@register.filter
def at(found: Mapping[Any, Any], key: Any) -> Any:
    """What stands in a mapping at a key, or nothing."""
    return found.get(key, "") if found else ""


@register.inclusion_tag("letters/ask.html", takes_context=True)
def physician_of(context: dict[str, Any], client: Client, screened: Screened) -> dict[str, Any]:
    """What was asked, what came, what is new, and the way to ask. Three queries, or four."""
    request = context["request"]
    knowledge = context["sheet"].knowledge
    return {"client": client, "stands": stands(client, screened, knowledge, today_here(request)), "request": request}
