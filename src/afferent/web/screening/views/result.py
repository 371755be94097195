"""A screening on the screen: what holds today, the open questions with their answers, a page to keep."""

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
from afferent.web.refusals import refusal
from afferent.web.screening.forms import RecordForm, read_answers
from afferent.web.screening.opened import Opened, keep, opened
from afferent.web.screening.opened import close as forget
from afferent.web.screening.views.start import home_page
from afferent.words.headline import headline

_NOTHING_OPEN = "Nothing is open. Bring a record, or fill the short intake; after an hour everything is forgotten"


@require_http_methods(["GET", "HEAD", "POST"])
def screen(request: HttpRequest) -> HttpResponse:
    """GET: what is open. POST: a record; read whole or refused whole."""
    if request.method == "POST":
        return _bring(request)
    one = opened(request)
    return redirect("home") if one is None else _show(request, one)


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
    keep(request, one)
    return redirect("screen")


@require_POST
def answers(request: HttpRequest) -> HttpResponse:
    """Answers to open questions, or one answer taken back. All of them count, or none."""
    one = opened(request)
    if one is None:
        return refusal(request, _NOTHING_OPEN, 400, title="Nothing is open")
    again = request.POST.get("ask_again")
    if again:
        keep(request, one.without(again))
        return redirect("screen")
    knowledge = load()
    on_card = set(request.POST.getlist("asked"))
    asked = [question.fact for question in one.screening(knowledge).questions if question.fact in on_card]
    sent = read_answers(request.POST, asked, knowledge, one.intake.as_of)
    if sent.faults:
        return _show(request, one, given=sent.given, faults=sent.faults)
    one = one.answered(sent.answers, sent.given)
    one.screening(knowledge)
    keep(request, one)
    return redirect("screen")


def _show(
    request: HttpRequest,
    one: Opened,
    given: dict[str, tuple[str, ...]] | None = None,
    faults: dict[str, str] | None = None,
) -> HttpResponse:
    knowledge = load()
    screening = one.screening(knowledge)
    form = AnswerForm(reverse("answers"), get_token(request), one.given | (given or {}), faults or {})
    pieces = parts(screening, knowledge, title=one.title, about=one.about, form=form)
    open_now = {question.fact for question in screening.questions}
    context = {
        "headline": headline(screening),
        "turn": icon("open", "turn"),
        "parts": pieces,
        "opened": one,
        "answered": [
            (fact, knowledge.facts[fact].title, ", ".join(given)) for fact, given in one.given.items()
            if fact not in open_now or "unknown" in given
        ],
        "faults": len(faults or {}),
    }  # fmt: skip
    return render(request, "screening/screen.html", context, status=400 if faults else 200)


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """The same as one self-contained page to keep or print."""
    one = opened(request)
    if one is None:
        return refusal(request, _NOTHING_OPEN, 404, title="Nothing is open")
    text = page(one.screening(load()), load(), title=one.title, about=one.about, invented=one.invented)
    response = HttpResponse(text, content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="screening.html"'
    return response


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Forget what is open."""
    forget(request)
    return redirect("home")
