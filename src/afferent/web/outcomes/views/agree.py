"""A new agreement: the form; and each of the options of the verdict, read back before it is agreed."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from afferent.page.icons import icon
from afferent.web.actor import actor, note
from afferent.web.book.booking import NotBooked
from afferent.web.book.read import a_key
from afferent.web.clinics.access import allowed
from afferent.web.outcomes.agreeing import Sent, given_of, late_words, questions, read
from afferent.web.outcomes.options import Option, on_from, options
from afferent.web.outcomes.trials import NotAgreed, Wanted
from afferent.web.outcomes.trials import agree as agree_it
from afferent.web.outcomes.trials import end as end_it
from afferent.web.outcomes.views.of_client import Page, now, page_of
from afferent.web.outcomes.visited import visited
from afferent.words.dates import day
from afferent.words.vocabulary import counted


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist")
def agree(request: HttpRequest, client: uuid.UUID) -> HttpResponse:
    """The form, nothing chosen; what was sent is agreed, or comes back with what is missing."""
    page = page_of(request, client)
    if request.method != "POST":
        note(request, "outcome.opened", page.person)
        return _form(request, page)
    sent = dict(request.POST.lists())
    wanted, faults = read(sent, page.measures, _days(page))
    if wanted is None:
        return _form(request, page, sent, faults, status=400)
    return _agree(request, page, wanted, sent)


def _agree(request: HttpRequest, page: Page, wanted: Wanted, sent: Sent) -> HttpResponse:
    try:
        agree_it(
            page.person, wanted, by=request.user, actor=actor(request), today=page.today, now=now(),
            key=a_key(request.POST),
        )  # fmt: skip
    except NotAgreed as why:
        after = len(visited(page.person, wanted.begins))
        return _form(request, page, sent, {"begins": f"{why}."}, late=after, status=409)
    except NotBooked as why:  # the form's own key is missing
        return _form(request, page, sent, {"begins": f"{why}."}, status=400)
    return redirect("outcome", client=page.person.pk)


def _form(
    request: HttpRequest, page: Page, sent: Sent | None = None, faults: dict[str, str] | None = None, *,
    late: int = 0, status: int = 200,
) -> HttpResponse:  # fmt: skip
    given = sent or {}
    context = page.context() | {
        "questions": questions(page.measures, _days(page), given, faults or {}),
        "faults": len(faults or {}),
        "late": late,
        "late_words": late_words(late),
        "said": "".join(given.get("said", ())[:1]),
        "key": uuid.uuid4(),
        "alert": icon("alert"),
    }
    return render(request, "outcomes/agree.html", context, status=status)


def _days(page: Page) -> dict[dt.date, str]:
    """From which day on scores may count: today; since the last visit, if days were scored; with the trial before."""
    found = page.found
    days = {page.today: "From today on"}
    every = visited(page.person)
    free = every[-1].on + dt.timedelta(days=1) if every else None
    scored = sorted({one.on for one in found.rows if one.on < page.today and (free is None or one.on >= free)})
    if scored:
        says = "no visit since" if every else "no visit yet"
        days[scored[0]] = f"From {day(scored[0])} on: {counted(len(scored), 'day')} scored already, {says}"
    if found.standing is not None:
        begins = found.standing.trial.begins
        days.setdefault(begins, f"From {day(begins)} on: together with the trial before")
    return days


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("therapist", advised=True)
def option(request: HttpRequest, client: uuid.UUID, number: int) -> HttpResponse:
    """One of the options, read back. POST agrees it, ends the trial, or opens the form with its answers filled in."""
    page = page_of(request, client)
    chosen = _chosen(page, number)
    if chosen is None:
        raise Http404
    if chosen.does == "new" or (chosen.wanted is None and chosen.does in ("go_on", "pause", "wait")):
        return redirect("agree", client=page.person.pk)
    if request.method != "POST":
        note(request, "outcome.opened", page.person)
        return _read_back(request, page, chosen)
    if chosen.wanted is not None:
        given = given_of(chosen.wanted.agreement, chosen.wanted.also, chosen.wanted.begins)
        if request.POST.get("do") == "change":
            return _form(request, page, given, late=chosen.wanted.late or 0)
        return _agree(request, page, chosen.wanted, given)
    if chosen.does != "as_agreed" and page.found.standing is not None:
        trial = page.found.standing.trial
        end_it(trial, chosen.does, by=request.user, actor=actor(request), today=page.today, now=now())
    return redirect("outcome", client=page.person.pk)


def _chosen(page: Page, number: int) -> Option | None:
    if page.judged is None:
        return None
    return next((one for one in options(page.found, page.judged) if one.number == number), None)


def _read_back(request: HttpRequest, page: Page, chosen: Option) -> HttpResponse:
    assert page.judged is not None
    assert page.found.standing is not None
    done = len(page.found.visits)
    context: dict[str, Any] = page.context() | {
        "option": chosen,
        "key": uuid.uuid4(),
        "number": page.number(page.judged.id),
        "left": counted(on_from(page.found.standing.agreement, done), "visit"),
    }
    if chosen.wanted is not None:
        wanted, coming = chosen.wanted, on_from(chosen.wanted.agreement, done)
        lines = [
            f"Scores count from {day(wanted.begins)} on, as before.",
            f"It is judged after {wanted.agreement.visits} visits in all: {counted(coming, 'visit')} to come.",
        ]  # fmt: skip
        if wanted.pauses_on:
            lines.append(f"No massage from {day(wanted.pauses_on)} until the next visit. Scores go on each day.")
        if done:
            lines.append(f"{late_words(done)}. That stands beside whatever comes out.")
        lines.append("Everything else stays as it was agreed.")
        context["lines"] = lines
    return render(request, "outcomes/option.html", context)
