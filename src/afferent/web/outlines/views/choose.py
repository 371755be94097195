"""The options for a visit: what it is for, two to four outlines of equal weight, nothing chosen."""

from __future__ import annotations

import uuid

import msgspec
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from msgspec import structs

from afferent.outline import outlines
from afferent.outline.model import Outline
from afferent.page.banner import decision_banner
from afferent.page.point_map import point_figures, point_lines
from afferent.web.actor import actor, note
from afferent.web.book.models import Visit
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.outlines.models import Chosen
from afferent.web.outlines.sharing import withdraw
from afferent.web.outlines.shown import card
from afferent.web.outlines.today import Today, aims, today
from afferent.web.outlines.views.visits import booked
from afferent.words.outline import frequency


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist", advised=True)
def choose(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """The options; POST takes one of them, to be changed or begun."""
    found = booked(visit)
    if hasattr(found, "session"):
        return redirect("live", session=found.session.pk)
    mine = today(found, request.membership.clinic, today_here(request))
    wanted = aims(request.POST.getlist("aim") or request.GET.getlist("aim"), mine.knowledge)
    mine = structs.replace(mine, wish=structs.replace(mine.wish, aims=wanted))
    offered = outlines(mine.screening, mine.knowledge, mine.wish) if mine.screening else ()
    if request.method == "POST":
        taken = next((one for one in offered if one.kind == request.POST.get("kind") and one.steps), None)
        if taken is not None:
            _keep(request, found, mine, taken)
            return redirect("outline_steps", visit=found.pk)
    note(request, "visit.opened", found)
    return render(request, "outlines/choose.html", _context(found, mine, offered))


@transaction.atomic
def _keep(request: HttpRequest, visit: Visit, mine: Today, outline: Outline) -> None:
    for row in Chosen.objects.filter(visit=visit):
        withdraw(row, actor(request))  # a link shows the outline that it was made for, and no other
        row.delete()
    Chosen.objects.create(
        visit=visit, client_id=visit.client_id, by=request.user, wish=msgspec.to_builtins(mine.wish),
        outline=msgspec.to_builtins(outline),
    )  # fmt: skip
    note(request, "visit.outlined", visit, msgspec.to_builtins(outline))


def _context(visit: Visit, mine: Today, offered: tuple[Outline, ...]) -> dict[str, object]:
    told, held, marked = mine.knowledge, mine.screening, mine.wish.affected
    return {
        "visit": visit,
        "client": visit.client,
        "today": mine,
        "banner": decision_banner(held, told, "first" if mine.wish.first else "later") if held else "",
        "chosen": Chosen.objects.filter(visit=visit).first(),
        "aims": [(one, one.id in mine.wish.aims) for one in mine.knowledge.aims.values()],
        "cards": [card(one, held, told, marked) for one in offered] if held else [],
        "lines": point_lines(name for one in offered for name in point_figures(one, told, held, affected=marked))
        if held
        else "",
        "frequency": frequency(mine.knowledge) if any("frequency" in one.because for one in offered) else "",
    }
