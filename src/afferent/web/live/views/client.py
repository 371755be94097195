"""The client's device: joining by a square or four digits, waiting for the therapist's yes, and the face."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from afferent.page.icons import icon
from afferent.web.accounts.tries import guessed_wrong, may_guess
from afferent.web.clinics.access import everybody
from afferent.web.live import device, pairing
from afferent.web.live.around import asks
from afferent.web.live.beats import pass_for
from afferent.web.live.faces import Standing, called, for_client
from afferent.web.live.models import Pairing, Session
from afferent.web.live.sent import receive
from afferent.web.live.shown import to_client
from afferent.web.live.streams import Stream
from afferent.web.live.views.staff import after
from afferent.web.scope import inside
from afferent.words.visit import BUTTONS, CHANGES, ON_BUTTONS, PRACTISED, STOPPED

WRONG: Final = "That is not the code of a visit now. Look at the therapist’s screen: a code is good for two minutes."
SLOWLY: Final = "Too many wrong codes from here. Wait ten minutes, or photograph the square."
_DOOR: Final = ".join"  # wrong links to other pages do not keep a device from its visit
_SIGNS: Final = {
    "stop": "stop", "down": "down", "up": "up", "tick": "ready", "changed": "changed", "ill": "alert", "pause": "pause",
}  # fmt: skip
_SIGN_OF: Final = {"too_hard": "down", "sharp_or_burning": "changed", "ill": "ill", "pause": "pause"}  # after STOP


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
@everybody
def join(request: HttpRequest) -> HttpResponse:
    """Four digits, typed."""
    if request.method != "POST":
        return _joining(request)
    if not may_guess(request, _DOOR):
        return _joining(request, SLOWLY, 429)
    response = redirect("live_me")
    if pairing.by_code(request.POST.get("code", "")[:20], device.offer(request, response)) is None:
        guessed_wrong(request, _DOOR)
        return _joining(request, WRONG, 404)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
@everybody
def join_link(request: HttpRequest, secret: str) -> HttpResponse:
    """The square, photographed. Looking spends nothing; "Join" asks to be let in."""
    if request.method != "POST":
        return render(request, "live/join.html", {"by_link": True})
    response = redirect("live_me")
    if pairing.by_secret(secret, device.offer(request, response)) is None:
        return _joining(request, WRONG, 404)
    return response


def _joining(request: HttpRequest, fault: str = "", status: int = 200) -> HttpResponse:
    return render(request, "live/join.html", {"fault": fault}, status=status)


@require_safe
@everybody
def me(request: HttpRequest) -> HttpResponse:
    """The face, once the therapist has said yes; until then the sign to compare."""
    key = device.key_of(request)
    found = pairing.of_device(key) if key else None
    if found is None or key is None:
        return redirect("live_join")
    if found.confirmed_at is None:
        context: dict[str, Any] = {"sign": found.sign, "face": {"look": reverse("live_me_state")}}
        return render(request, "live/waiting.html", context)
    with inside(found.clinic_id):
        session = (
            Session.objects.select_related("therapist", "visit", "client__clinic").filter(pk=found.session_id).first()
        )
        return _face(request, session, found, key) if session else _joining(request, device.GONE, 410)


def _face(request: HttpRequest, session: Session, found: Pairing, key: str) -> HttpResponse:
    told = {
        "session": session.pk.hex,
        "therapist": called(session.therapist),
        "words": BUTTONS,
        "drill": PRACTISED,
        "last": session.last,
        "asks": asks(session),
        "events": reverse("live_me_events"),
        "stream": reverse("live_me_stream"),
        "beat": pass_for(session.pk, "client", found.pk.hex),
        "token": device.token(key),
    }
    signs = {f"{name}_sign": icon(drawing, "live-sign") for name, drawing in _SIGNS.items()}
    context = {
        "face": told,
        "numbers": range(11),
        "changes": [(one, ON_BUTTONS[one]) for one in CHANGES],
        "stopped": [(one, ON_BUTTONS[one], signs[f"{_SIGN_OF[one]}_sign"]) for one in STOPPED],
    }
    return render(request, "live/client.html", context | signs)


@require_safe
@everybody
def state(request: HttpRequest) -> HttpResponse:
    """Has the therapist said yes?"""
    key = device.key_of(request)
    found: Pairing | None = pairing.of_device(key) if key else None
    return JsonResponse({"in": bool(found and found.confirmed_at), "over": found is None})


@require_POST
@device.of_client
def events(request: HttpRequest, session: Session) -> HttpResponse:
    """What the client pressed."""
    return receive(request, session, "client", f"visit:{session.visit_id}")


@require_safe
@device.of_client
def stream(request: HttpRequest, session: Session) -> HttpResponse:
    """Words for this face, as they come, for as long as the device is let in."""
    key = device.key_of(request) or ""

    mine = pairing.of_device(key)
    let_in, standing = pairing.let_in(key, session.pk), for_client(session.pk, session.therapist)

    def stands() -> Standing | None:
        return standing() if let_in() else None

    return Stream(
        session.pk, "client", after(request), to_client(session.plan), stands, face=mine.pk.hex if mine else "",
        name=called(session.therapist),
    )  # fmt: skip
