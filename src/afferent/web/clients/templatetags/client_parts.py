"""Pieces of pages about clients: how somebody stands, as word and shape; and what other slices say about them."""

from __future__ import annotations

from typing import Any

from django import template

from afferent.page.markup import Html, el
from afferent.web.book.pills import stands
from afferent.web.clients.models import Client

register = template.Library()


@register.simple_tag
def state_pill(state: str, ahead: str = "") -> Html:
    """How a client stands, or what stands ahead of it: outline, shape, word."""
    pill = stands(state, ahead)
    return el("span", pill.sign, el("span", pill.word), class_=f"visit-pill pill-{pill.kind}")


@register.inclusion_tag("book/of_client.html", takes_context=True)
def visits_of(context: dict[str, Any], client: Client) -> dict[str, Any]:
    """The next and the last visits."""
    from afferent.web.book.about import visits_of as visits

    return {"client": client, "visits": visits(client, 6), "request": context["request"]}


@register.inclusion_tag("clients/told.html", takes_context=True)
def told_by(context: dict[str, Any], client: Client) -> dict[str, Any]:
    """What the client hopes for and warns of, in their own words: for therapists, for it is clinical."""
    from afferent.web.intake.about import told

    return {"client": client, "told": told(client) if context["request"].membership.therapist else None}
