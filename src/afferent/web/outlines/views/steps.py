"""The chosen outline: changed by big buttons, each limit it goes beyond with its reason, and the way into the visit."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable
from typing import Any, Final

import msgspec
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from msgspec import structs

from afferent.errors import InputError
from afferent.outline import crossing, edited, faults
from afferent.outline.change import (
    AddStep,
    Change,
    ChangeWork,
    Earlier,
    Later,
    LevelDown,
    LevelUp,
    Longer,
    Remove,
    RemovePoint,
    Shorter,
)
from afferent.outline.model import Crossing, Outline
from afferent.page.point_map import point_map
from afferent.safety.screening import Screening
from afferent.visit.plan import live_plan
from afferent.web.actor import note
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.live.opening import open_visit
from afferent.web.outlines.models import Chosen
from afferent.web.outlines.plan import Plan, plan_of
from afferent.web.outlines.sharing import shared
from afferent.web.outlines.shown import places, regions_of, rows
from afferent.web.outlines.views.visits import booked
from afferent.web.outlines.warmth import with_clocks
from afferent.words.outline import amount, frequency, reasons, title
from afferent.words.vocabulary import level

_CHANGES: Final[dict[str, Callable[[int, QueryDict], Change]]] = {
    "firmer": lambda step, sent: LevelUp(step),
    "softer": lambda step, sent: LevelDown(step),
    "longer": lambda step, sent: Longer(step, 1),
    "shorter": lambda step, sent: Shorter(step, 1),
    "earlier": lambda step, sent: Earlier(step),
    "later": lambda step, sent: Later(step),
    "remove": lambda step, sent: Remove(step),
    "work": lambda step, sent: ChangeWork(step, sent.get("work", "")[:60] or "none"),
    "less_point": lambda step, sent: RemovePoint(step, sent.get("point", "")[:60] or "none"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist", advised=True)
def steps(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """The steps; POST makes one change, or says in one sentence why it cannot be."""
    plan = _plan(request, visit)
    if isinstance(plan, HttpResponse):
        return plan
    if request.method != "POST":
        note(request, "visit.opened", plan.visit)
        return _page(request, plan)
    change = _change(request.POST, plan)
    if change is None or plan.mine.screening is None:
        return _page(request, plan, "That button is not known here. Load the page again.", 400)
    made = edited(plan.outline, change, plan.mine.screening, plan.mine.knowledge, plan.wish)
    if made.outline is None:
        return _page(request, plan, made.refused, 409)
    _keep(request, plan, outline=made.outline, crossings=_still(plan, made.outline))
    return redirect(f"{request.path}#step-{change.step}")


@require_POST
@allowed("therapist", advised=True)
def reason(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """Why a limit is gone beyond. What nothing opens stays closed."""
    plan = _plan(request, visit)
    if isinstance(plan, HttpResponse):
        return plan
    mine = plan.mine
    found = faults(plan.outline, mine.screening, mine.knowledge, plan.wish) if mine.screening else ()
    meant = next((one for one in found if request.POST.get("beyond") == one.says), None)
    if meant is None:
        return _page(request, plan, "The outline has changed meanwhile. Look at it again.", 409)
    sent = request.POST
    try:
        given = crossing(meant, plan.outline, sent.get("reason", ""), sent.get("words", "")[:500], mine.knowledge)
    except InputError as error:
        return _page(request, plan, f"{str(error)[:1].upper()}{str(error)[1:]}.", 400)
    _keep(request, plan, outline=plan.outline, crossings=(*plan.crossings, given), why=given)
    return redirect("outline_steps", visit=plan.visit.pk)


@require_POST
@allowed("therapist", advised=True)
def begin(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """Open the visit: when every question that comes first is answered, the client agreed, and no limit is crossed
    without a reason."""
    plan = _plan(request, visit)
    if isinstance(plan, HttpResponse):
        return plan
    screening = plan.mine.screening
    if screening is None or plan.waits:
        return _page(request, plan, "Not yet: see what is still open below.", 409)
    titles = {name: work.title for name, work in plan.mine.knowledge.library.items()}
    called = plan.visit.client.called or plan.visit.client.given
    shown = live_plan(plan.outline, screening, plan.mine.knowledge, called, titles)
    told = with_clocks(msgspec.to_builtins(shown), plan.outline, screening, plan.mine.knowledge)
    told["steps"] = _bounded(told["steps"], plan, screening)
    with transaction.atomic():
        made = open_visit(
            plan.visit, plan.outline, plan=told, screened=plan.mine.screened, screening=screening,
            crossings=plan.crossings, by=request.user, now=timezone.now(),
        )  # fmt: skip
        note(request, "visit.began", plan.visit, {"session": str(made.pk), "nonce": secrets.token_hex(8)})
    return redirect("live", session=made.pk)


def _bounded(steps: list[dict[str, Any]], plan: Plan, screening: Screening) -> list[dict[str, Any]]:
    """Each step with its own ceiling: the highest level that brings nothing new against a limit, or into reach of a
    reason. A step for which a reason was given has its own level, and says so."""
    return [_ceiling(n, one, plan, screening) for n, one in enumerate(steps)]


def _ceiling(number: int, step: dict[str, Any], plan: Plan, screening: Screening) -> dict[str, Any]:
    mine, outline = plan.mine, plan.outline
    before = {(one.crosses, one.says) for one in faults(outline, screening, mine.knowledge, plan.wish)}

    def allowed(most: int) -> bool:
        raised = list(outline.steps)
        raised[number] = structs.replace(raised[number], level=most)
        made = structs.replace(outline, steps=tuple(raised))
        found = faults(made, screening, mine.knowledge, plan.wish)
        return all((one.crosses, one.says) in before for one in found if one.step == number)

    own = step["level"]
    most = next((one for one in range(step["ceiling"], own, -1) if allowed(one)), own)
    if own <= step["ceiling"]:
        return step | {"ceiling": most}
    line = {"what": f"Beyond {level(step['ceiling'])}", "why": "with the reason you gave"}
    return step | {"ceiling": own, "avoid": [line, *step["avoid"]]}


def _plan(request: HttpRequest, pk: uuid.UUID) -> Plan | HttpResponse:
    visit = booked(pk)
    if hasattr(visit, "session"):
        return redirect("live", session=visit.session.pk)
    return plan_of(visit, request.membership.clinic, today_here(request)) or redirect("outline", visit=visit.pk)


def _change(sent: QueryDict, plan: Plan) -> Change | None:
    """The change that a button stands for."""
    name, number = sent.get("do", ""), sent.get("step", "0")
    step = int(number) if number.isascii() and number.isdigit() and len(number) < 3 else 99
    if name == "add":
        regions = regions_of(sent.get("place", ""), plan.mine.knowledge)
        work = sent.get("work", "effleurage")[:60]
        return AddStep(min(step, len(plan.outline.steps)), regions, work, 1, 5) if regions else None
    make = _CHANGES.get(name)
    return make(min(step, 40), sent) if make else None


def _still(plan: Plan, outline: Outline) -> tuple[Crossing, ...]:
    """The reasons that were given, as long as what they were given for is still there."""
    mine = plan.mine
    if mine.screening is None:
        return ()
    says = {one.says for one in faults(outline, mine.screening, mine.knowledge, plan.wish)}
    return tuple(one for one in plan.crossings if one.says in says)


@transaction.atomic
def _keep(
    request: HttpRequest, plan: Plan, *, outline: Outline, crossings: tuple[Crossing, ...], why: Crossing | None = None
) -> None:
    kept = {"outline": msgspec.to_builtins(outline), "crossings": msgspec.to_builtins(crossings)}
    Chosen.objects.filter(pk=plan.row.pk).update(**kept, by=request.user, changed_at=timezone.now())
    note(request, "visit.crossed" if why else "visit.outlined", plan.visit, kept)


def _page(request: HttpRequest, plan: Plan, fault: str = "", status: int = 200) -> HttpResponse:
    mine = plan.mine
    made, whole = (
        rows(plan.outline, mine.screening, mine.knowledge, plan.wish, plan.crossings) if mine.screening else ((), ())
    )
    context: dict[str, Any] = {
        "visit": plan.visit,
        "client": plan.visit.client,
        "title": title(plan.outline),
        "amount": amount(plan.outline),
        "rows": made,
        "whole": whole,
        "map": point_map(plan.outline, mine.knowledge, mine.screening, affected=plan.wish.affected)
        if mine.screening
        else "",
        "fault": fault,
        "today": mine,
        "waits": plan.waits,
        "open": plan.open,
        "reasons": reasons(mine.knowledge),
        "places": places(mine.knowledge),
        "shared": shared(plan.row),
        "frequency": frequency(mine.knowledge) if "frequency" in plan.outline.because else "",
    }
    return render(request, "outlines/steps.html", context, status=status)
