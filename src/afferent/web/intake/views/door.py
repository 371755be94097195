"""The door: a link is looked at, then begun. Looking spends nothing, so that a preview of a message cannot spend it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from afferent.web.accounts.tries import guessed_wrong, may_guess
from afferent.web.clinics.access import everybody
from afferent.web.intake import device
from afferent.web.intake.links import bind, find, is_mine, read_aloud, standing, typed
from afferent.web.intake.models import Link
from afferent.web.intake.page import private, render_private
from afferent.web.intake.refused import refused
from afferent.web.intake.words import until
from afferent.web.scope import inside


@csrf_exempt
@everybody
def by_hand(request: HttpRequest) -> HttpResponse:
    """The letters of a link, typed in. Nothing is changed by it: it only leads to the link."""
    letters = typed(request.POST.get("letters", ""))
    if letters and letters.isalnum():
        return private(redirect("intake_open", secret=read_aloud(letters) or letters))
    return render_private(request, "intake/typed.html", {"fault": request.method == "POST"})


@csrf_exempt
@everybody
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """What awaits the client, and "Begin"."""
    if not may_guess(request):
        return refused(request, "slowly")
    found = find(secret)
    if found is None:
        guessed_wrong(request)
        return refused(request, "unknown")
    key = device.key_of(request, found)
    why = standing(found, key)
    if why != "good":
        return refused(request, why, found)
    if is_mine(found, key):
        return _onward(found)
    if request.method == "POST":
        return _begin(request, found, key)
    return _before(request, found)


def _before(request: HttpRequest, link: Link, fault: str = "") -> HttpResponse:
    """The page with "Begin". It offers this browser a key, and writes nothing down."""
    response = HttpResponse()
    key = device.offer(response, request, link)
    context = {"link": link, "token": device.token(link, key), "until": until(link), "fault": fault}
    page = render_private(request, "intake/begin.html", context)
    page.cookies.update(response.cookies)
    return page


def _begin(request: HttpRequest, link: Link, key: str | None) -> HttpResponse:
    if key is None:
        return refused(request, "cookies")
    if not device.sent_from_here(request, link, key):
        return _before(request, link, "Please press “Begin” once more.")
    with inside(link.clinic_id):
        why = bind(link, key)
    return _onward(link) if why == "good" else refused(request, why, link)


def _onward(link: Link) -> HttpResponse:
    response = redirect(reverse("intake_go"))
    device.take(response, link)
    return private(response)
