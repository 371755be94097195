"""The quiz on the web: for practice, kept nowhere; and for whoever claimed a profile, with the badge that it dates."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from afferent.directory import quiz
from afferent.directory.change import Change
from afferent.directory.model import Badge, Therapist
from afferent.directory.store import Directory
from afferent.knowledge import load
from afferent.web.clinics.access import everybody
from afferent.web.directory.entries import keep
from afferent.web.directory.models import Paper
from afferent.web.directory.views.own import by_its_holder
from afferent.words.dates import day

OPEN: Final = dt.timedelta(hours=1)  # it takes about ten minutes; nobody with slow hands is hurried
_SEEDS: Final = 2**31
_DIGITS: Final = 10
_MISSING: Final = "Some questions have no answer yet. Nothing was counted; answer every one, then hand it in."
_OLD: Final = "This quiz was open for more than an hour, or was handed in already. Begin a new one."


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@everybody
def practice(request: HttpRequest) -> HttpResponse:
    """Ten questions for anybody. Nothing is kept, and nobody gets a badge by it."""
    text = request.POST.get("seed", "")
    sound = text.isascii() and text.isdigit() and len(text) <= _DIGITS
    seed = int(text) % _SEEDS if sound else secrets.randbelow(_SEEDS)
    paper = quiz.paper(load(), seed)
    given = _given(request, paper) if request.method == "POST" else None
    if request.method == "POST" and (given is None or None in given):
        return _asked(request, paper, given, fault=_MISSING)
    if given is None:
        return _asked(request, paper, None)
    result = quiz.marked(paper, [one for one in given if one is not None], timezone.now().date())
    return render(request, "directory/quiz_result.html", _result(paper, given, result))


@require_http_methods(["GET", "HEAD", "POST"])
@by_its_holder
def own_quiz(request: HttpRequest, directory: Directory, one: Therapist, who: str) -> HttpResponse:
    """Begin; answer; and, with enough right ones, a badge on the profile."""
    row = _open(one.id)
    if request.method == "POST" and "begin" in request.POST:
        if row is None and _again(one.id) is None:
            Paper.objects.create(therapist=one.id, seed=secrets.randbelow(_SEEDS), knowledge=load().version)
        return redirect("own_quiz", who=who)
    if request.method == "POST":
        if row is None or str(row.pk) != request.POST.get("paper"):
            return _before(request, one, who, fault=_OLD)
        return _handed_in(request, directory, one, who, row)
    if row is None:
        return _before(request, one, who)
    return _asked(request, quiz.paper(load(), row.seed), None, who=who, one=one, row=row)


def _handed_in(request: HttpRequest, directory: Directory, one: Therapist, who: str, row: Paper) -> HttpResponse:
    paper = quiz.paper(load(), row.seed)
    given = _given(request, paper)
    if None in given:
        return _asked(request, paper, given, fault=_MISSING, who=who, one=one, row=row)
    result = quiz.marked(paper, [answer for answer in given if answer is not None], timezone.now().date())
    mine = Paper.objects.filter(pk=row.pk, done_at=None)
    if not mine.update(done_at=timezone.now(), right=result.right):  # handed in twice at once: once counts
        return _before(request, one, who, fault=_OLD)
    if result.badge_until:
        keep(directory, one.id, "quiz", Change(badge=Badge(result.day, result.badge_until, result.right, result.of)))
    return render(request, "directory/quiz_result.html", _result(paper, given, result) | {"who": who, "one": one})


def _open(therapist: str) -> Paper | None:
    """The one that was begun, of the questions that hold now."""
    since = timezone.now() - OPEN
    papers = Paper.objects.filter(therapist=therapist, done_at=None, began_at__gt=since, knowledge=load().version)
    return papers.order_by("-began_at").first()


def _again(therapist: str) -> dt.date | None:
    """From when on it may be tried again; None where it may be now."""
    last = Paper.objects.filter(therapist=therapist).exclude(done_at=None).order_by("-done_at").first()
    if last is None or last.done_at is None:
        return None
    day = last.done_at.date() + dt.timedelta(days=quiz.terms().days_until_again)
    return day if day > timezone.now().date() else None


def _given(request: HttpRequest, paper: quiz.Paper) -> list[int | None]:
    """The answers, by place; None where there is none, or none that was to choose."""
    found: list[int | None] = []
    for number, item in enumerate(paper.items, 1):
        text = request.POST.get(f"q{number}", "")
        found.append(int(text) if text in map(str, range(len(item.choices))) else None)
    return found


def _before(request: HttpRequest, one: Therapist, who: str, fault: str = "") -> HttpResponse:
    again = _again(one.id)
    told = {"one": one, "who": who, "terms": quiz.terms(), "again": day(again) if again else "", "fault": fault}
    return render(request, "directory/quiz_begin.html", told, status=400 if fault else 200)


def _asked(
    request: HttpRequest, paper: quiz.Paper, given: list[int | None] | None, fault: str = "", **more: Any
) -> HttpResponse:
    items = [
        {"number": n, "item": item, "chosen": given[n - 1] if given else None} for n, item in enumerate(paper.items, 1)
    ]
    told = {"paper": paper, "items": items, "terms": quiz.terms(), "as_of": day(paper.as_of), "fault": fault, **more}
    return render(request, "directory/quiz.html", told, status=400 if fault else 200)


def _result(paper: quiz.Paper, given: list[int | None], result: quiz.Marked) -> dict[str, Any]:
    items = [
        {
            "number": n, "item": item, "right": answer == item.right, "said": item.choices[answer or 0],
            "so": item.choices[item.right],
        }
        for n, (item, answer) in enumerate(zip(paper.items, given, strict=True), 1)
    ]  # fmt: skip
    return {
        "items": items, "result": result, "terms": quiz.terms(), "again": day(result.again),
        "until": day(result.badge_until) if result.badge_until else "",
    }  # fmt: skip
