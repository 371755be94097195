"""One therapist: what is known, who says so and since when, and what is not known. And the questions to ask."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from afferent.directory.model import Therapist
from afferent.directory.published import published
from afferent.directory.store import Directory
from afferent.errors import InputError
from afferent.web.clinics.access import everybody
from afferent.web.directory import asking, shown
from afferent.web.directory.holding import opened_for
from afferent.web.directory.naming import address, id_of
from afferent.web.directory.opened import with_directory


def found(directory: Directory, who: str, *, left_out: bool = False) -> Therapist:
    """Whose profile an address names. Raises Http404 where nobody is listed there, or is no more. left_out: also of
    somebody who asked for that, for the staff."""
    known = directory.get(id_of(who))
    if known is None or known[1] is not None or (not left_out and directory.is_left_out(known[0].id)):
        raise Http404
    return known[0]


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@everybody
@with_directory
def profile(request: HttpRequest, directory: Directory, who: str) -> HttpResponse:
    """The profile. A search that led here is carried, so that the list is one press away."""
    one = found(directory, who)
    try:
        again = asking.carried(asking.read(request.POST)) if request.method == "POST" else []
    except InputError:
        again = []
    told = {**_told(one), "again": again, "mine": opened_for(request, one.id)}
    return render(request, "directory/profile.html", told)


def _told(one: Therapist) -> dict[str, Any]:
    return {
        "one": one, "address": address(one.id), "licences": shown.licences(one), "parts": shown.facts(one),
        "badge": shown.badge(one), "cities": [f"{spot.city}, {spot.state}" for spot in one.spots],
        "signs": {kind: shown.stand(kind) for kind in ("verified", "declared", "unknown")},
    }  # fmt: skip


@require_safe
@everybody
def questions(request: HttpRequest) -> HttpResponse:
    """The questions to ask any therapist, on one sheet."""
    return render(request, "directory/questions.html", {"first": _asks(published().facts), "one": None})


@require_safe
@everybody
@with_directory
def questions_for(request: HttpRequest, directory: Directory, who: str) -> HttpResponse:
    """The same for one therapist: what is not known first."""
    one = found(directory, who)
    facts = published().facts
    unknown = _asks([name for name in facts if not one.fact(name).known])
    rest = _asks([name for name in facts if one.fact(name).known])
    told = {"one": one, "address": address(one.id), "first": unknown, "then": rest}
    return render(request, "directory/questions.html", told)


def _asks(names: Any) -> list[str]:
    facts = published().facts
    return [facts[name].ask for name in names if facts[name].ask]
