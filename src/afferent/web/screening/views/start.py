"""Where a screening starts: a record, the short intake, or an invented person."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from afferent.knowledge import load
from afferent.page.controls import AnswerForm
from afferent.page.icons import icon
from afferent.page.questions import intake_cards
from afferent.records.intake import Intake
from afferent.web.clinics.access import one_record
from afferent.web.screening.forms import Answered, RecordForm, read_answers
from afferent.web.screening.opened import Opened, keep
from afferent.web.screening.people import everybody
from afferent.web.screening.people import person as invented_person
from afferent.words.questions import cards


@require_safe
@one_record
def home(request: HttpRequest) -> HttpResponse:
    """Three ways in, of equal weight."""
    return home_page(request, RecordForm())


def home_page(request: HttpRequest, form: RecordForm, *, fault: str = "", status: int = 200) -> HttpResponse:
    """The first page, with what was wrong about a file, if anything."""
    shapes = {shape: icon(shape) for shape in ("ask", "stop", "ready")}
    context = {"form": form, "fault": fault, "people": everybody(), "shapes": shapes}
    return render(request, "screening/home.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@one_record
def intake(request: HttpRequest) -> HttpResponse:
    """The short intake: every question that is always critical, a card per group."""
    knowledge, today = load(), dt.date.today()
    empty = Opened(Intake(subject="", as_of=today, statements=()))
    screening = empty.screening(knowledge)
    sent = Answered()
    if request.method == "POST":
        asked = [question.fact for question in screening.questions if question.critical]
        sent = read_answers(request.POST, asked, knowledge, today)
        if not sent.faults:
            done = empty.answered(sent.answers, sent.given)
            done.screening(knowledge)
            return redirect("shown", key=keep(request, done))
    form = AnswerForm(reverse("intake"), get_token(request), sent.given, sent.faults, sent.none_of)
    context = {
        "cards": intake_cards(cards(screening, knowledge), knowledge, form),
        "faults": len(sent.faults),
    }
    return render(request, "screening/intake.html", context, status=400 if sent.faults else 200)


@require_POST
@one_record
def invented(request: HttpRequest, person: str) -> HttpResponse:
    """Open one of the invented people."""
    one = invented_person(person)
    if one is None:
        raise Http404
    return redirect("shown", key=keep(request, one))
