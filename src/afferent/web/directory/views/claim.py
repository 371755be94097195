"""Claiming a profile: ask for a code, which goes to what the directory knows; then enter it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from afferent.directory.change import Change
from afferent.directory.model import Therapist
from afferent.directory.store import Directory
from afferent.errors import InputError
from afferent.web.accounts.tries import address, count, guessed_wrong, may_guess
from afferent.web.clinics.access import everybody
from afferent.web.directory import proof
from afferent.web.directory.entries import keep
from afferent.web.directory.holding import open_for, opened_for
from afferent.web.directory.models import Claim
from afferent.web.directory.opened import with_directory
from afferent.web.directory.views.profile import found

_MOST, _WITHIN = 10, 60 * 60  # codes asked for from one address within an hour
_DOOR = "claim"
_SLOWLY = "Too many codes were asked for from here. Try again in an hour"
_OVER = (
    "This code counts no more: it was used, it is too old, or it was tried too often. Ask for another one; nothing was "
    "changed."
)
_GUESSES = "Too many wrong codes came from here. Try again in ten minutes; nothing was counted."
_WRONG = "That is not the code. Look at the eight digits once more; {left}."


@require_http_methods(["GET", "HEAD", "POST"])
@everybody
@with_directory
def claim(request: HttpRequest, directory: Directory, who: str) -> HttpResponse:
    """Which way the code shall go."""
    one = found(directory, who)
    fault = ""
    if request.method == "POST":
        try:
            if count(f"claims:{address(request)}", _WITHIN) > _MOST:
                raise InputError(_SLOWLY)
            made = proof.make(directory, one, request.POST.get("way", ""), request.get_host())
            return redirect("claim_code", who=who, claim=made.pk)
        except InputError as why:
            fault = f"{why}."
    return _page(request, directory, one, who, fault)


def _page(request: HttpRequest, directory: Directory, one: Therapist, who: str, fault: str) -> HttpResponse:
    ways = proof.ways(directory, one)
    waiting = Claim.objects.filter(therapist=one.id, way="letter").order_by("-made_at").first()
    told = {
        "one": one, "who": who, "ways": ways, "fault": fault, "letter": waiting if _waits(waiting) else None,
        "minutes": proof.MINUTES, "days": proof.LETTER_DAYS,
    }  # fmt: skip
    return render(request, "directory/claim.html", told, status=400 if fault else 200)


def _waits(letter: Claim | None) -> bool:
    return letter is not None and proof.stands(letter)


@require_http_methods(["GET", "HEAD", "POST"])
@everybody
@with_directory
def code(request: HttpRequest, directory: Directory, who: str, claim: UUID) -> HttpResponse:
    """The eight digits."""
    one = found(directory, who)
    made = Claim.objects.filter(pk=claim, therapist=one.id).first()
    if made is None:
        raise Http404
    told: dict[str, Any] = {"one": one, "who": who, "claim": made, "fault": "", "minutes": proof.MINUTES}
    if request.method != "POST":
        told["fault"] = "" if proof.stands(made) or opened_for(request, one.id) else _OVER
        return render(request, "directory/code.html", told | {"over": bool(told["fault"])})
    if not may_guess(request, _DOOR):
        return render(request, "directory/code.html", told | {"fault": _GUESSES, "over": False}, status=429)
    outcome = proof.tried(made, request.POST.get("code", ""))
    if outcome != "proven":
        guessed_wrong(request, _DOOR)
        made.refresh_from_db()
        left = proof.TRIES - made.tries
        fault = (
            _OVER
            if outcome == "over"
            else _WRONG.format(left=f"{left} tries are left" if left > 1 else "one try is left")
        )
        return render(request, "directory/code.html", told | {"fault": fault, "over": outcome == "over"}, status=400)
    if not one.claimed:
        keep(directory, one.id, "claimed", Change(claimed=True))
    response = redirect("own_profile", who=who)
    open_for(response, made)
    return response
