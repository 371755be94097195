"""After the questions: read back and confirm; come back later; get help first; thank you."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from afferent.web.intake import device
from afferent.web.intake.drafts import so_far
from afferent.web.intake.finish import finish
from afferent.web.intake.models import Link
from afferent.web.intake.page import render_private
from afferent.web.intake.path import Step, path
from afferent.web.intake.so_far import SoFar
from afferent.web.intake.urgent import urgent
from afferent.web.intake.views.access import of_client
from afferent.web.intake.words import by_whom, until


@of_client()
@require_http_methods(["GET", "POST"])
def read_back(request: HttpRequest, link: Link) -> HttpResponse:
    """Everything in sentences; "Yes, that is right" writes it."""
    if request.method == "POST":
        return redirect("intake_done") if finish(link) else redirect("intake_go")
    answers = so_far(link)
    steps = path(answers)
    if any(step.id not in answers.answers for step in steps):
        return redirect("intake_go")
    context = {
        "link": link,
        "token": device.token(link, device.key_of(request, link) or ""),
        "parts": _parts(steps, answers),
        "before": steps[-1].id,
        "help": answers.form.help if urgent(answers, steps) else None,
    }
    return render_private(request, "intake/read_back.html", context)


def _parts(steps: tuple[Step, ...], answers: SoFar) -> list[tuple[str, list[dict[str, Any]]]]:
    """Heading -> what was said under it, each with who and when, and the way to change it."""
    now, found = timezone.now(), []
    for part, heading in answers.form.parts.items():
        rows: list[dict[str, Any]] = []
        for step in steps:
            if step.part == part:
                saved = answers.answers[step.id]
                lines = step.question.said(saved.given, answers)
                by = by_whom(saved, answers.helper, now, answers.zone)
                row: dict[str, Any] = {
                    "step": step.id,
                    "title": step.question.title,
                    "lines": lines,
                    "by": by,
                    "name": _name(step),
                }
                rows += [row] if lines else []
        found.append((heading, rows))
    return found


def _name(step: Step) -> str:
    """What is changed, for whoever listens."""
    return getattr(step.question, "tag", "") or step.question.title


@of_client()
@require_GET
def later(request: HttpRequest, link: Link) -> HttpResponse:
    """Until when, and how to come back."""
    return render_private(request, "intake/later.html", {"until": until(link)})


@of_client()
@require_GET
def help_first(request: HttpRequest, link: Link) -> HttpResponse:
    """One calm sentence with whom to call. Shown only while an answer means it."""
    answers = so_far(link)
    if not urgent(answers, path(answers)):
        return redirect("intake_go")
    return render_private(request, "intake/help.html", {"help": answers.form.help})


@of_client(closed=True)
@require_GET
def done(request: HttpRequest, link: Link) -> HttpResponse:
    """Thank you, and nothing of what was said."""
    if link.used_at is None:
        return redirect("intake_go")
    return render_private(request, "intake/done.html", {})
