"""The client's own link: made, shown once, taken back."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from afferent.page.qr import qr
from afferent.web.actor import note
from afferent.web.clinics.access import allowed
from afferent.web.outcomes.links import GOOD_FOR, make, open_ones, withdraw
from afferent.web.outcomes.views.of_client import Page, page_of


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist")
def score_link(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """The page. A new link is shown in the answer to "Make a link", and never again."""
    page = page_of(request, client)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    if do == "withdraw":
        withdraw(page.person, request.user)
        return redirect("score_link", client=page.person.pk)
    made = _made(request, page) if do == "link" and page.found.standing and page.found.standing.runs else None
    if made is None:
        note(request, "outcome.opened", page.person)
    context = page.context() | {"made": made, "links": open_ones(page.person), "days": GOOD_FOR.days}
    response = render(request, "outcomes/link.html", context)
    response["Referrer-Policy"] = "same-origin"
    return response


def _made(request: HttpRequest, page: Page) -> dict[str, object]:
    link, secret = make(page.person, request.user)
    address = request.build_absolute_uri(reverse("own_scores", args=[secret]))
    return {
        "address": address,
        "qr": qr(address, "The link as a code for a phone"),
        "ends_at": link.ends_at,
        "here_only": request.get_host().partition(":")[0] in ("localhost", "127.0.0.1", "[::1]"),
    }
