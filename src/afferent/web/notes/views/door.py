"""The day after, for the client: one short page behind a link, without an account. It names nobody."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from afferent.errors import InputError
from afferent.visit.after import QUESTIONS
from afferent.web.accounts.tries import guessed_wrong, may_guess
from afferent.web.clinics.access import everybody
from afferent.web.clinics.clock import today
from afferent.web.intake.page import Why, refuse, render_private
from afferent.web.notes.day import PLACES, advice, read
from afferent.web.notes.links import find, standing, use
from afferent.web.notes.models import NextDayLink
from afferent.web.scope import inside

_CALL: Final = (
    "If something worries you, call the clinic. If it is urgent, call your clinician or the emergency number."
)
WHY: Final[dict[str, Why]] = {
    "unknown": Why("This link is not known", "There is no such link, or a letter of it is wrong.", _CALL, 404),
    "ended": Why("This link has ended", "It was good for four days.", _CALL, 410),
    "withdrawn": Why("This link was taken back", "The clinic has made another one, or took it back.", _CALL, 410),
    "used": Why("You have answered already", "Thank you: your answers were sent.", _CALL, 410),
    "slowly": Why("Too many wrong links from here", "Wait ten minutes. Then open your link again.", _CALL, 429),
}


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
@everybody
def day_after(request: HttpRequest, secret: str) -> HttpResponse:
    """Four questions, answered once."""
    if not may_guess(request):
        return _refused(request, "slowly")
    link = find(secret)
    why = standing(link)
    if link is None or why != "good":
        if link is None:
            guessed_wrong(request)
        return _refused(request, why)
    if request.method == "POST":
        return _answered(request, link)
    return _page(request, link)


def _answered(request: HttpRequest, link: NextDayLink) -> HttpResponse:
    sent = dict(request.POST.lists())
    try:
        day = read(sent, today(link.clinic))
    except InputError as fault:
        return _page(request, link, sent, str(fault))
    with inside(link.clinic_id):
        written = use(link, day)
    if not written:
        link.refresh_from_db()
        return _refused(request, standing(link))
    return render_private(request, "notes/day_done.html", {"told": advice(day), "clinic": link.clinic})


def _page(
    request: HttpRequest, link: NextDayLink, sent: dict[str, list[str]] | None = None, fault: str = ""
) -> HttpResponse:
    context = {
        "link": link,
        "questions": asked(sent or {}),
        "fault": fault,
        "words": (sent or {}).get("words", [""])[0],
    }
    return render_private(request, "notes/day.html", context, status=400 if fault else 200)


def asked(sent: dict[str, list[str]]) -> list[dict[str, object]]:
    """The questions as a form shows them, with what was chosen so far."""
    return [
        {
            "name": name,
            "ask": one.ask,
            "options": one.options.items(),
            "chosen": sent.get(name, [""])[0],
            "places": PLACES.items() if one.where else (),
            "where": sent.get(f"{name}_where", []),
        }
        for name, one in QUESTIONS.items()
    ]


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    return refuse(request, WHY[why])
