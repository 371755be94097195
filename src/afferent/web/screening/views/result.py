"""A screening on the screen: what holds today, the open questions with their answers, a page to keep.

Every address, and so every form, carries the random key of the record it is about. A key that is no longer open is
refused; it never falls back on another record.
"""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from afferent.errors import AfferentError
from afferent.knowledge import load
from afferent.page import page, parts
from afferent.page.controls import AnswerForm
from afferent.page.icons import icon
from afferent.records.read import read_bytes
from afferent.web.clinics.access import one_record
from afferent.web.refusals import refusal
from afferent.web.screening.forms import RecordForm, could_be_shown, read_answers
from afferent.web.screening.opened import Opened, keep, latest, opened
from afferent.web.screening.opened import close as forget
from afferent.web.screening.views.start import home_page
from afferent.words.headline import headline

_GONE = (
    "This record is no longer open: it was closed, is more than an hour old, or many others were opened since. "
    "Nothing was changed in any other; open it again"
)
_NOT_SHOWN = (
    "There is an answer here to a question that this form did not show; open the page again and send it once more"
)


@require_http_methods(["GET", "HEAD", "POST"])
@one_record
def screen(request: HttpRequest) -> HttpResponse:
    """GET: to what was opened last. POST: a record; read whole or refused whole."""
    if request.method == "POST":
        return _bring(request)
    key = latest(request)
    return redirect("shown", key=key) if key else redirect("home")


@require_safe
@one_record
def shown(request: HttpRequest, key: str) -> HttpResponse:
    """One record that is open."""
    one = opened(request, key)
    return gone(request) if one is None else _show(request, one, key)


def gone(request: HttpRequest) -> HttpResponse:
    """The record of this address is no longer open here: 410, and nothing falls back on another."""
    return refusal(request, _GONE, 410, title="No longer open")


def _bring(request: HttpRequest) -> HttpResponse:
    form = RecordForm(request.POST, request.FILES)
    if not form.is_valid():
        fault = next(iter(errors[0] for errors in form.errors.values()))
        return home_page(request, form, fault=fault, status=400)
    sent = form.cleaned_data["record"]
    try:
        intake = read_bytes(
            sent.read(),
            name=(sent.name or "the file")[-80:],
            as_of=dt.date.today(),
            knowledge=load(),
            patient=form.cleaned_data["patient"] or None,
        )
        one = Opened(intake)
        one.screening(load())
    except AfferentError as error:
        return home_page(request, form, fault=str(error), status=400)
    return redirect("shown", key=keep(request, one))


@require_POST
@one_record
def answers(request: HttpRequest, key: str) -> HttpResponse:
    """Answers to what the form showed, or one answer taken back. All of them count, or none.

    The form may be older than the last answer, after Back or in another tab: what it brings replaces what was said.
    """
    one = opened(request, key)
    if one is None:
        return gone(request)
    again = request.POST.get("ask_again")
    if again:
        keep(request, one.without(again), key)
        return redirect("shown", key=key)
    knowledge = load()
    asked = list(dict.fromkeys(request.POST.getlist("asked")))
    if not could_be_shown(request.POST, asked, knowledge):
        return refusal(request, _NOT_SHOWN, 400)
    sent = read_answers(request.POST, asked, knowledge, one.intake.as_of)
    if sent.faults:
        return _show(request, one, key, given=sent.given, faults=sent.faults)
    one = one.answered(sent.answers, sent.given)
    one.screening(knowledge)
    keep(request, one, key)
    return redirect("shown", key=key)


def _show(
    request: HttpRequest,
    one: Opened,
    key: str,
    given: dict[str, tuple[str, ...]] | None = None,
    faults: dict[str, str] | None = None,
) -> HttpResponse:
    knowledge = load()
    screening = one.screening(knowledge)
    form = AnswerForm(reverse("answers", args=[key]), get_token(request), one.given | (given or {}), faults or {})
    pieces = parts(screening, knowledge, title=one.title, about=one.about, form=form)
    open_now = {question.fact for question in screening.questions}
    context = {
        "headline": headline(screening),
        "turn": icon("open", "turn"),
        "parts": pieces,
        "opened": one,
        "key": key,
        "answered": [
            (fact, knowledge.facts[fact].title, ", ".join(filter(None, given))) for fact, given in one.given.items()
            if fact not in open_now or "unknown" in given
        ],
        "faults": len(faults or {}),
        "loose": [(fact, knowledge.facts[fact].title, fault) for fact, fault in (faults or {}).items()
                  if fact not in open_now],
    }  # fmt: skip
    return render(request, "screening/screen.html", context, status=400 if faults else 200)


@require_safe
@one_record
def report(request: HttpRequest, key: str) -> HttpResponse:
    """The same as one self-contained page to keep or print."""
    one = opened(request, key)
    if one is None:
        return gone(request)
    text = page(one.screening(load()), load(), title=one.title, about=one.about, invented=one.invented)
    response = HttpResponse(text, content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="screening.html"'
    return response


@require_POST
@one_record
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Forget this record."""
    forget(request, key)
    return redirect("home")
