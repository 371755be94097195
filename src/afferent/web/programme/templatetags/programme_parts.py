"""The few buttons about an offer of massage, on the pages of a client and of a visit."""

from __future__ import annotations

from typing import Any

from django import template

from afferent.page.icons import icon
from afferent.web.book.models import Visit
from afferent.web.clients.models import Client
from afferent.web.clinics.clock import today_here
from afferent.web.programme.offers import REASONS, of_day, told

register = template.Library()


@register.inclusion_tag("programme/offer.html", takes_context=True)
def offer_to(context: dict[str, Any], client: Client, visit: Visit | None = None) -> dict[str, Any]:
    """What was written down today, and what can be. Nothing for whoever may not."""
    request = context["request"]
    mine = request.membership
    if not (mine.desk or mine.therapist):
        return {"may": False}
    held = of_day(client, today_here(request))
    return {
        "may": True, "client": client, "visit": visit, "held": held, "told": told(held), "reasons": REASONS.items(),
        "open": icon("open", "turn"), "csrf_token": context.get("csrf_token"), "zone": mine.clinic.time_zone,
    }  # fmt: skip
