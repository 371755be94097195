"""The note of a visit: read in two views, added to, signed; later only amended."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from afferent.errors import InputError
from afferent.page.icons import icon
from afferent.web.actor import actor
from afferent.web.actor import note as audit
from afferent.web.clinics.access import allowed
from afferent.web.live.models import Session
from afferent.web.notes import signing
from afferent.web.notes.after import answers_of
from afferent.web.notes.day import day_words
from afferent.web.notes.late import late
from afferent.web.notes.looking import marks
from afferent.web.notes.models import Note, NoteDraft
from afferent.web.notes.views.of_visit import opened
from afferent.web.notes.writing import CARE_OF, VIEWS, written

_CHANGED: Final = 409


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist")
def note(request: HttpRequest, visit: uuid.UUID, view: str = "soap") -> HttpResponse:
    """The note. POST keeps the words in the four boxes; with "sign" it signs what was read."""
    session = opened(visit)
    if view not in VIEWS:
        raise Http404
    if request.method != "POST":
        audit(request, "note.opened", session.visit)
        return _page(request, session, view)
    words = signing.words_of(request.POST.dict())
    try:
        signing.keep(session, words, request.user, actor(request))
        if request.POST.get("do") == "sign":
            seen = request.POST.get("seen", "")[:64]
            signing.sign(session, words, seen=seen, by=request.user, actor=actor(request), now=timezone.now())
    except signing.NotSigned as why:
        return _page(request, session, view, str(why), _CHANGED)
    return redirect("note", visit=session.visit_id)


@require_POST
@allowed("therapist")
def amend(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """Add words below a signed note."""
    session = opened(visit)
    signed = get_object_or_404(Note.objects.select_related("session"), session=session)
    try:
        signing.amend(signed, request.POST.get("words", ""), by=request.user, actor=actor(request), now=timezone.now())
    except InputError as why:
        return _page(request, session, "soap", str(why), 400)
    return redirect("note", visit=session.visit_id)


@require_POST
@allowed("therapist")
def end(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """Nobody marked the last touch."""
    session = opened(visit)
    signing.end_at_its_last_event(session, request.user, actor(request), timezone.now())
    return redirect("note", visit=session.visit_id)


def _page(request: HttpRequest, session: Session, view: str, fault: str = "", status: int = 200) -> HttpResponse:
    signed = Note.objects.select_related("signed_by", "session").filter(session=session).first()
    context = _signed(signed) if signed is not None else _unsigned(request, session)
    day = answers_of([session.pk]).get(session.pk)
    context |= {
        "session": session,
        "client": session.client,
        "view": view,
        "sections": _sections(context["body"], context["words"], view),
        "may_sign": signed is None and session.therapist_id == request.user.pk,
        "day": day_words(day) if day else "",
        "fault": fault,
        "signs": {"ready": icon("ready"), "ask": icon("ask"), "turn": icon("open", "turn")},
    }
    return render(request, "notes/note.html", context, status=status)


def _signed(note: Note) -> dict[str, Any]:
    """From its own body, and nothing else."""
    return {
        "signed": note,
        "whole": signing.as_signed(note),
        "body": note.body,
        "words": note.body.get("words", {}),
        "late": late(note),
        "amendments": note.amendments.select_related("by").order_by("at"),
    }


def _unsigned(request: HttpRequest, session: Session) -> dict[str, Any]:
    made = written(session)
    draft = NoteDraft.objects.filter(session=session).first()
    return {
        "body": made.body,
        "seen": made.seen,
        "running": made.running,
        "words": signing.words_of(request.POST.dict()) if request.method == "POST" else draft.words if draft else {},
        "draft": draft,
        "marks": marks(session, made.events),
    }


def _sections(body: dict[str, Any], words: dict[str, str], view: str) -> list[dict[str, Any]]:
    """Heading, lines, and what the therapist added there."""
    return [section | {"words": words.get(CARE_OF.get(section["name"], section["name"]), "")} for section in body[view]]
