"""The therapist's face, and what it sends and hears. A locked screen does not stand between a hand and STOP: the
running visit of whoever is signed in stays open behind the lock, and nothing else does.
"""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from afferent.page.icons import icon
from afferent.page.qr import qr
from afferent.visit.events import Linked
from afferent.web.accounts.locking import is_locked, overdue, to_the_lock
from afferent.web.actor import actor, note
from afferent.web.clinics.access import allowed
from afferent.web.live import faces, pairing
from afferent.web.live.around import asks
from afferent.web.live.beats import pass_for
from afferent.web.live.models import Session
from afferent.web.live.sent import receive
from afferent.web.live.shown import to_therapist
from afferent.web.live.signed import still
from afferent.web.live.store import append
from afferent.web.live.store import stream as kept
from afferent.web.live.streams import Stream
from afferent.words.visit import BUTTONS, DETAILS, MARKS, PRACTISED, SHORT, STOPPED, TURNS
from afferent.words.vocabulary import LEVELS, capital

REASONS: Final = tuple((detail, capital(DETAILS[detail])) for detail in (*STOPPED, "other"))
View = Callable[..., HttpResponse]


def running(view: View) -> View:
    """The view gets the session; behind the lock only one that runs, of whoever is signed in."""

    @wraps(view)
    def inner(request: HttpRequest, session: uuid.UUID, **kwargs: Any) -> HttpResponse:
        found = get_object_or_404(Session.objects.select_related("therapist", "client", "visit"), pk=session)
        left_alone = is_locked(request) or overdue(request, int(time.time()))
        if left_alone and (found.ended_at or found.therapist_id != request.user.pk):
            return to_the_lock(request)
        return view(request, found, **kwargs)

    return inner


@require_safe
@allowed("therapist", advised=True)
@running
def face(request: HttpRequest, session: Session) -> HttpResponse:
    """The face itself, with everything that has happened so far. The therapist's own leads from now on."""
    note(request, "visit.opened", session.visit)
    here, mine = {"session": session.pk}, faces.fresh(request.user)
    leads = request.method == "GET" and not _beforehand(request) and faces.leads_when_opened(session, request.user)
    if leads:
        faces.lead(session, mine, actor(request))
    happened = kept(session.pk)
    told = {
        "session": session.pk.hex,
        "asks": asks(session, happened),
        "plan": session.plan | {"levels": LEVELS},
        "words": {"spoken": SHORT, "details": DETAILS},
        "sofar": [{"seq": one.seq, "event": _plain(one.event)} for one in happened],
        "now": timezone.now().isoformat(),
        "events": reverse("live_events", kwargs=here),
        "stream": reverse("live_stream_of", kwargs=here | {"face": mine}),
        "pair": reverse("live_pair", kwargs=here),
        "beat": pass_for(session.pk, "therapist", mine),
        "face": mine,
        "lead": reverse("live_lead", kwargs=here | {"face": mine}),
        "leads": leads,
        "token": get_token(request),
    }
    looks = {"skin": "before", "skin_now": "now", "skin_after": "after"}
    context = {
        name: reverse("live_skin", kwargs=here | {"when": when}) for name, when in looks.items()
    } | {
        "note_page": reverse("note", args=[session.visit_id]), "found": reverse("live_found", kwargs=here),
        "session": session, "face": told, "called": session.called, "levels": range(6),
        "places": [(one["regions"][0], one["place"]) for one in session.plan["steps"]],
        "drill": [(word, BUTTONS[word]) for word in PRACTISED], "findings": MARKS.items(),
        "positions": TURNS.items(), "reasons": REASONS, "numbers": range(11),
        "signs": {name: icon(name, "live-sign") for name in ("stop", "ready", "numb", "open", "eye", "clock")},
    }  # fmt: skip
    return render(request, "live/therapist.html", context)


def _beforehand(request: HttpRequest) -> bool:
    """Does a browser fetch the page in case somebody opens it? Nobody sees it yet."""
    return any("prefetch" in request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))


@require_POST
@allowed("therapist", advised=True)
@running
def events(request: HttpRequest, session: Session) -> HttpResponse:
    """What the therapist did, in order."""
    return receive(request, session, "therapist", actor(request), request.user)


@require_safe
@allowed("therapist", advised=True)
@running
def stream(request: HttpRequest, session: Session, face: str = "") -> HttpResponse:
    """What happens, as it happens."""
    if face and not faces.is_of(face, request.user):
        raise Http404
    note(request, "visit.opened", session.visit)
    signed_in, standing = still(request), faces.for_therapist(session.pk, face)

    def stands() -> faces.Standing | None:
        return standing() if signed_in() else None

    # It just ends: the page asks again, as whoever is signed in then.
    return Stream(session.pk, "therapist", after(request), to_therapist, stands, face=face, goodbye=b"")


@require_POST
@allowed("therapist", advised=True)
@running
def lead(request: HttpRequest, session: Session, face: str) -> HttpResponse:
    """A window that was touched leads from now on."""
    if not faces.is_of(face, request.user):
        raise Http404
    faces.lead(session, face, actor(request))
    return HttpResponse(status=204)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist", advised=True)
@running
def pair(request: HttpRequest, session: Session) -> HttpResponse:
    """How it stands with the client's device; POST makes a new way in, says yes to a device, or no."""
    if request.method == "POST" and "no" in request.POST:
        pairing.refuse(session, actor(request))
    elif request.method == "POST" and "yes" in request.POST:
        which = _uuid(request.POST["yes"])
        if which is None or not pairing.confirm(session, which, actor(request)):
            return JsonResponse({"says": "That device is not waiting any more. Make a new code."}, status=409)
        now = timezone.now()
        append(session.pk, [Linked(id=secrets.token_hex(16), at=now, by="program")], now=now, by=request.user)
    elif request.method == "POST":
        _, secret, code = pairing.make(session, actor(request))
        link = request.build_absolute_uri(reverse("live_join_link", args=[secret]))
        typed = request.build_absolute_uri(reverse("live_join"))
        return JsonResponse({"code": code, "typed": typed, "square": str(qr(link, "Square code that links a device"))})
    return JsonResponse(_standing(session))


def _standing(session: Session) -> dict[str, str]:
    found = pairing.waiting(session.pk)
    if found is None or (found.confirmed_at is None and not pairing.is_open(found)):
        return {"state": "over", "sign": "", "which": ""}
    state = "linked" if found.confirmed_at else "asking" if found.device else "open"
    return {"state": state, "sign": found.sign, "which": str(found.pk)}


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def after(request: HttpRequest) -> int:
    """What this face has seen: told by the browser when it comes back, else by the address."""
    said = request.headers.get("Last-Event-ID") or request.GET.get("after", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def _plain(event: Any) -> Any:
    return msgspec.to_builtins(event)
