"""Pieces of pages about clients: how somebody stands, as word and shape; and what other slices say about them."""

from __future__ import annotations

from typing import Any, Final

from django import template

from afferent.page.icons import icon
from afferent.page.markup import Html, el
from afferent.web.clients.models import STATES, Client

register = template.Library()

_SHAPES: Final = {
    "closed": "stop", "ask": "ask", "clearance": "letter", "skin": "eye", "again": "ask", "ready": "ready",
}  # fmt: skip
_KINDS: Final = {"closed": "stop", "ready": "ready"}


@register.simple_tag
def state_pill(state: str) -> Html:
    """Outline, shape, word."""
    kind = _KINDS.get(state, "ask")
    return el("span", icon(_SHAPES[state]), el("span", STATES[state]), class_=f"state-pill state-{kind}")


@register.inclusion_tag("book/of_client.html", takes_context=True)
def visits_of(context: dict[str, Any], client: Client) -> dict[str, Any]:
    """The next and the last visits."""
    from afferent.web.book.about import visits_of as visits

    return {"client": client, "visits": visits(client, 6), "request": context["request"]}


@register.inclusion_tag("clients/told.html")
def told_by(client: Client) -> dict[str, Any]:
    """What the client hopes for and warns of, in their own words."""
    from afferent.web.intake.about import told

    return {"client": client, "told": told(client)}
