"""The plan of a visit, for the client: read behind a link, without an account. It names nobody and changes nothing."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from afferent.web.accounts.tries import guessed_wrong, may_guess
from afferent.web.audit.chain import note
from afferent.web.clinics.access import everybody
from afferent.web.clinics.clock import today
from afferent.web.intake.page import Why, private, refuse, render_private
from afferent.web.outlines import reader
from afferent.web.outlines.models import Chosen
from afferent.web.outlines.plan import Plan, plan_of
from afferent.web.outlines.sharing import bind, is_mine, opened, shared, standing
from afferent.web.scope import inside
from afferent.words.planned import NOT_WAITING, planned

_AGAIN: Final[dict[str, str]] = {"emergency": "again_now", "same_day": "again_today"}
_ASK: Final = "Your therapist can give you a new one. If you have a question, call the clinic."
WHY: Final[dict[str, Why]] = {
    "unknown": Why("This link is not known", "There is no such link, or a letter of it is wrong.", _ASK, 404),
    "ended": Why("This link has ended", "It was good for three days.", _ASK, 410),
    "withdrawn": Why("This link was taken back", "There is a new plan or a new link, or it was taken back.", _ASK, 410),
    "over": Why("This plan is over", "The visit has begun, took place, or is off.", _ASK, 410),
    "elsewhere": Why("This link is in use elsewhere", "It was opened on another phone or computer.", _ASK, 403),
    "again": Why(
        "Your plan is looked at again", "Something changed or is still to be asked, so nothing is planned for now.",
        f"Your therapist talks about it with you. {NOT_WAITING}", 409,
    ),
    "again_today": Why(
        "No massage for now", "Something should be looked at today.",
        "Call your clinician today; do not wait for the visit. Breathless, chest pain, a faint or sudden weakness: "
        "call the emergency number.", 409,
    ),
    "again_now": Why(
        "No massage for now", "Something cannot wait.",
        "Call the emergency number now; do not wait for the visit.", 409,
    ),
    "slowly": Why("Too many wrong links from here", "Wait ten minutes. Then open your link again.", _ASK, 429),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
@everybody
def plan(request: HttpRequest, secret: str) -> HttpResponse:
    """What awaits the reader, and once "Read it" was pressed in this browser, the plan as it stands."""
    if not may_guess(request):
        return _refused(request, "slowly")
    found = opened(secret)
    if found is None:
        guessed_wrong(request)
        return _refused(request, "unknown")
    with inside(found.clinic):
        row = Chosen.objects.select_related("visit__client", "visit__session", "clinic").filter(pk=found.chosen).first()
        key = reader.key_of(request, found.chosen)
        why = standing(row, secret, key)
        link = shared(row) if row else None
        if row is None or link is None or why != "good":
            return _refused(request, why)
        if request.method == "POST":
            return _begun(request, row, secret, key)
        return _read(request, row) if is_mine(link, key) else _before(request, row)


def _before(request: HttpRequest, row: Chosen, fault: str = "", status: int = 200) -> HttpResponse:
    """The page with "Read it". It offers this browser a key, and writes nothing down."""
    response = HttpResponse()
    key = reader.offer(request, response, row.pk)
    context = {"clinic": row.clinic, "token": reader.token(row.pk, key), "fault": fault}
    page = render_private(request, "outlines/plan_before.html", context, status=status)
    page.cookies.update(response.cookies)
    return page


def _begun(request: HttpRequest, row: Chosen, secret: str, key: str | None) -> HttpResponse:
    if key is None or not reader.sent_from_here(request, row.pk, key):
        fault = "Please press “Read it” once more. It needs cookies: your browser must keep one for this page."
        return _before(request, row, fault, 400)
    why = bind(row, secret, key)
    return private(redirect("plan", secret=secret)) if why == "good" else _refused(request, why)


def _read(request: HttpRequest, row: Chosen) -> HttpResponse:
    """The plan, as long as nothing stands between it and the first touch."""
    found, link = plan_of(row.visit, row.clinic, today(row.clinic)), shared(row)
    if found is None or found.waits or link is None:
        return _refused(request, _again(found))
    note(link.name, "visit.plan_read", f"visit:{row.visit_id}", row.outline)
    return render_private(request, "outlines/plan.html", told(found))


def _again(found: Plan | None) -> str:
    """Why it is not shown, by how urgent the screening is: nobody waits for a visit with what cannot wait."""
    mine = found.mine if found else None
    urgency = mine.screening.urgency if mine and mine.screening else "none"
    return _AGAIN.get(urgency, "again_today" if mine and mine.alarm else "again")


def told(found: Plan) -> dict[str, object]:
    """What the page of the client shows; the therapist sees the same before it is shared."""
    screening = found.mine.screening
    words = planned(found.outline, screening, found.mine.knowledge, found.wish) if screening else None
    return {"visit": found.visit, "clinic": found.row.clinic, "words": words}


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    return refuse(request, WHY[why])
