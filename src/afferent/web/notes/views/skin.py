"""The look at the skin before, during and after a visit, and the page that says what a finding means for it.

They lie under /live/, so that the lock never stands between a therapist and a finding: as long as the visit runs, and
for an hour after it, they stay open to whoever is signed in and works in it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from msgspec.structs import replace

from afferent.knowledge import Knowledge
from afferent.page.banner import decision_banner
from afferent.page.icons import icon
from afferent.safety.screening import Screening
from afferent.visit.events import Look, Opened, When
from afferent.visit.fold import course
from afferent.visit.sides import place
from afferent.web.accounts.locking import is_locked, to_the_lock
from afferent.web.actor import actor, note
from afferent.web.clients.current import current, whole
from afferent.web.clinics.access import allowed
from afferent.web.clinics.clock import today_here
from afferent.web.clinics.knowledge import in_force
from afferent.web.live.models import Session
from afferent.web.live.store import stream
from afferent.web.notes.found import told
from afferent.web.notes.looking import look, marks, screen_again
from afferent.web.notes.signing import end
from afferent.web.notes.skin_form import FELT, WORDS, Group, groups, read
from afferent.words.headline import banner
from afferent.words.visit import FOUND

View = Callable[..., HttpResponse]
_AFTERWARDS: Final = dt.timedelta(hours=1)
_WHENS: Final[dict[str, When]] = {"before": "before", "now": "during", "after": "after"}
_TITLES: Final[dict[When, str]] = {
    "before": "Look at the skin before the first touch",
    "during": "Look at the skin now",
    "after": "Look at the skin again",
}


def at_hand(view: View) -> View:
    """The view gets the session; behind the lock only one of whoever is signed in, that runs or has just ended."""

    @wraps(view)
    def inner(request: HttpRequest, session: uuid.UUID, **kwargs: Any) -> HttpResponse:
        rows = Session.objects.select_related("therapist", "client__clinic", "client__screened", "visit", "screened")
        found = get_object_or_404(rows, pk=session)
        over = found.ended_at is not None and found.ended_at + _AFTERWARDS < timezone.now()
        if is_locked(request) and (over or found.therapist_id != request.user.pk):
            return to_the_lock(request)
        return view(request, found, **kwargs)

    return inner


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist", advised=True)
@at_hand
def skin(request: HttpRequest, session: Session, when: str) -> HttpResponse:
    """The form; POST writes the look down and screens at once."""
    if when not in _WHENS:
        raise Http404
    which = _WHENS[when]
    form = groups(_touched(session, which))
    if request.method != "POST":
        note(request, "visit.opened", session.visit)
        return _form(request, session, which, form)
    sent = read(dict(request.POST.lists()), form, which, marked=bool(marks(session)))
    if sent.fault:
        return _form(request, session, which, sent.groups, sent.fault)
    looks = (*_asked_of_marks(request, session), *sent.looks)
    came = look(session, which, looks, by=request.user, actor=actor(request), now=timezone.now())
    if came.found:
        return redirect("live_found", session=session.pk)
    return redirect("note", visit=session.visit_id) if which == "after" else redirect("live", session=session.pk)


def _asked_of_marks(request: HttpRequest, session: Session) -> tuple[Look, ...]:
    """What was marked, once more, now that somebody has asked whether it was felt. The mark itself stays as it was."""
    felt = {"yes": True, "no": False}.get(request.POST.get("felt.marks", ""))
    if felt is None:
        return ()
    return tuple(replace(one, felt=felt) for mark in marks(session) for one in mark.looks)


def _touched(session: Session, when: When) -> tuple[str, ...]:
    """Where hands will be; afterwards where they were."""
    visit = course(stream(session.pk))
    if when == "after" and visit.spells:
        return tuple(dict.fromkeys(region for spell in visit.spells for region in spell.place.regions))
    opened = [one.kept.event for one in visit.moments if isinstance(one.kept.event, Opened)]
    steps = opened[0].outline.steps if opened else ()
    return tuple(dict.fromkeys(region for step in steps for region in step.regions))


def _form(request: HttpRequest, session: Session, when: When, form: tuple[Group, ...], fault: str = "") -> HttpResponse:
    marked = [(place((one.region,)), FOUND[one.found]) for mark in marks(session) for one in mark.looks]
    context = {
        "session": session,
        "when": when,
        "title": _TITLES[when],
        "groups": form,
        "words": WORDS.items(),
        "felt": FELT.items(),
        "marked": marked,
        "hands": "hands were here" if when == "after" else "hands here",
        "fault": fault,
        "signs": {"turn": icon("open", "turn"), "eye": icon("eye"), "back": icon("open", "back-sign")},
    }
    return render(request, "notes/skin.html", context, status=400 if fault else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist", advised=True)
@at_hand
def found(request: HttpRequest, session: Session) -> HttpResponse:
    """What a finding means for this visit. POST screens again, once what was open has been asked; with "off" hands are
    off, and a visit that is closed is over."""
    if request.method == "POST" and request.POST.get("do") == "off":
        end(session, timezone.now(), request.user, actor(request), timezone.now())
        return redirect("note", visit=session.visit_id)
    if request.method == "POST":
        screen_again(session, timezone.now())
        return redirect("live_found", session=session.pk)
    note(request, "visit.opened", session.visit)
    today, knowledge = today_here(request), in_force(request.membership.clinic)
    screened = current(session.client, today)
    screening = whole(screened, today)
    context = {
        "session": session,
        "found": told(stream(session.pk), screening),
        "banner": decision_banner(screening, knowledge) if screening and _stops(screening, knowledge) else "",
        "headline": screened.headline,
        "signs": {name: icon(name, "shape") for name in ("stop", "ask", "hand")},
    }
    return render(request, "notes/found.html", context)


def _stops(screening: Screening, knowledge: Knowledge) -> bool:
    """Below a finding no tick stands, even where the rest of the visit may go on."""
    return banner(screening, knowledge).shape != "ready"
