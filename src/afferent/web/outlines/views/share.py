"""Sharing the plan of a visit: what the client will read, a link that is shown once, and taking it back."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from afferent.page.qr import qr
from afferent.web.accounts.models import User
from afferent.web.actor import actor, note
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.intake.links import HOURS
from afferent.web.outlines.plan import Plan, plan_of
from afferent.web.outlines.sharing import make, shared, withdraw
from afferent.web.outlines.views.door import told
from afferent.web.outlines.views.visits import booked


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist", advised=True)
def share(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """The page. A new link is shown in the answer to "Make a link", and never again."""
    found = booked(visit)
    if hasattr(found, "session"):
        return redirect("live", session=found.session.pk)
    plan = plan_of(found, request.membership.clinic, today_here(request))
    if plan is None:
        return redirect("outline", visit=found.pk)
    match request.POST.get("do") if request.method == "POST" else "":
        case "":
            note(request, "visit.opened", found)
            return _page(request, plan)
        case "withdraw":
            withdraw(plan.row, actor(request))
            return redirect("outline_share", visit=found.pk)
        case "link" if plan.waits:
            return _page(request, plan, fault="Not yet: see what is still open below.", status=409)
        case "link":
            return _page(request, plan, made=_made(request, plan))
        case _:
            return _page(request, plan, fault="That button is not known here. Load the page again.", status=400)


def _made(request: HttpRequest, plan: Plan) -> dict[str, object]:
    secret = make(plan.row, request.user)
    address = request.build_absolute_uri(reverse("plan", args=[secret]))
    return {
        "address": address,
        "qr": qr(address, "The link as a code for a phone"),
        "here_only": request.get_host().partition(":")[0] in ("localhost", "127.0.0.1", "[::1]"),
    }


def _page(
    request: HttpRequest, plan: Plan, *, made: dict[str, object] | None = None, fault: str = "", status: int = 200
) -> HttpResponse:
    link = shared(plan.row)
    context = {
        **told(plan),
        "client": plan.visit.client,
        "today": plan.mine,
        "waits": plan.waits,
        "open": plan.open,
        "link": link,
        "by": User.objects.filter(pk=link.by).first() if link else None,
        "made": made,
        "hours": HOURS,
        "fault": fault,
    }
    response = render(request, "outlines/share.html", context, status=status)
    response["Referrer-Policy"] = "same-origin"
    return response
