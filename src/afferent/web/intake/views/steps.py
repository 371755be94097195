"""One question a screen. A confirmed answer is kept at once; then the next question comes."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from afferent.errors import InputError
from afferent.web.intake import device
from afferent.web.intake.drafts import save, so_far
from afferent.web.intake.models import Link
from afferent.web.intake.page import render_private
from afferent.web.intake.path import Step, path
from afferent.web.intake.so_far import SoFar
from afferent.web.intake.urgent import urgent
from afferent.web.intake.views.access import of_client

_OF_THE_HELPER: Final = ("who", "helper")  # steps that say themselves whether a helper answers


@of_client()
@require_GET
def go(request: HttpRequest, link: Link) -> HttpResponse:
    """To the first question that is open, or to reading back."""
    answers = so_far(link)
    return _first_open(answers, path(answers))


@of_client()
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, link: Link, step: str, change: bool = False) -> HttpResponse:
    """One question, or its answer. Questions further on than the first open one wait."""
    answers = so_far(link)
    steps = path(answers)
    here = next((n for n, one in enumerate(steps) if one.id == step), None)
    if here is None or any(one.id not in answers.answers for one in steps[:here]):
        return _first_open(answers, steps)
    if request.method != "POST":
        return _page(request, link, answers, steps, here, change)
    question = steps[here].question
    try:
        given = question.read(request.POST, answers)
    except InputError as fault:
        return _page(request, link, answers, steps, here, change, str(fault), question.again(request.POST))
    now = save(link, step, given, helper=_by_helper(request, step, given))
    then = path(now)
    alarms = urgent(now, then)
    if alarms and alarms - urgent(answers, steps):
        return redirect("intake_help")
    return _next(step, now, then, change or step not in answers.answers)


def _by_helper(request: HttpRequest, step: str, given: Any) -> bool:
    if step in _OF_THE_HELPER:
        return step == "helper" or given == "helper"
    return request.POST.get("helper") == "yes"


def _next(step: str, answers: SoFar, way: tuple[Step, ...], on: bool) -> HttpResponse:
    """Where to go now. `on`: to what is open, past what was answered already; else, going through again, in order."""
    if answers.helped and "helper" not in answers.answers:
        return redirect("intake_step", step="helper")
    steps = [one.id for one in way]
    if on or step == "helper" or step not in steps:
        return _first_open(answers, way)
    here = steps.index(step) + 1
    return redirect("intake_step", step=steps[here]) if here < len(steps) else _first_open(answers, way)


def _first_open(answers: SoFar, way: tuple[Step, ...]) -> HttpResponse:
    still = next((one.id for one in way if one.id not in answers.answers), None)
    return redirect("intake_step", step=still) if still else redirect("intake_read_back")


def _page(
    request: HttpRequest, link: Link, answers: SoFar, steps: tuple[Step, ...], here: int, change: bool,
    fault: str = "", again: Any = None,
) -> HttpResponse:  # fmt: skip
    one = steps[here]
    given = again if fault else answers.given(one.id)
    saved = answers.answers.get(one.id)
    part = [other.id for other in steps if other.part == one.part]
    context = {
        "link": link,
        "token": device.token(link, device.key_of(request, link) or ""),
        "step": one,
        "question": one.question,
        "body": one.question.body(given, answers),
        "buttons": one.question.buttons(given),
        "fault": fault,
        "change": change,
        "before": steps[here - 1].id if here else "",
        "part": answers.form.parts[one.part],
        "part_number": list(answers.form.parts).index(one.part) + 1,
        "parts": len(answers.form.parts),
        "number": part.index(one.id) + 1,
        "of": len(part),
        "asks_helper": one.id not in _OF_THE_HELPER,
        "by_helper": saved.helper if saved else answers.given("who") == "helper",
    }
    return render_private(request, "intake/step.html", context, status=400 if fault else 200)
