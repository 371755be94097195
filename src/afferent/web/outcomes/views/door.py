"""For the client: what is asked today, a screen each, and their own chart. Behind a link, without account or script.

Each answer is kept when it is pressed. It names nobody, and gives no advice.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from msgspec import Struct

from afferent.errors import InputError
from afferent.knowledge.measures import Measure
from afferent.page.markup import EMPTY, Html
from afferent.web.accounts.tries import guessed_wrong, may_guess
from afferent.web.clients.models import Client
from afferent.web.clinics.access import everybody
from afferent.web.clinics.clock import today as today_at
from afferent.web.clinics.knowledge import in_force
from afferent.web.intake.page import Why, private, refuse, render_private
from afferent.web.outcomes.asked import Ask, today_of
from afferent.web.outcomes.asking import answers_of, said, screen
from afferent.web.outcomes.judged import Found, found
from afferent.web.outcomes.keeping import Told, Who, keep
from afferent.web.outcomes.links import changed_often, find, name, standing, used
from afferent.web.outcomes.models import ScoreLink
from afferent.web.outcomes.shown import own_chart
from afferent.web.scope import inside

_CALL: Final = (
    "If something worries you, call the clinic. If it is urgent, call your clinician or the emergency number."
)
WHY: Final[dict[str, Why]] = {
    "unknown": Why("This link is not known", "There is no such link, or a letter of it is wrong.", _CALL, 404),
    "ended": Why("This link has ended", "Ask the clinic for a new one. Your answers are kept.", _CALL, 410),
    "withdrawn": Why("This link was taken back", "The clinic has made another one, or took it back.", _CALL, 410),
    "slowly": Why("Too many wrong links from here", "Wait ten minutes. Then open your link again.", _CALL, 429),
}
_OFTEN: Final = (
    "Your answers were changed very often today. What you said last is kept. You can change more tomorrow, or tell "
    "your therapist."
)
_CHART_FROM: Final = 3  # days scored


class Opened(Struct, frozen=True):
    """A link that holds, and what it is about."""

    link: ScoreLink
    secret: str
    client: Client
    found: Found
    measures: dict[str, Measure]
    asks: tuple[Ask, ...]

    def next_open(self, after: int = 0) -> int | None:
        """The number of the next question that is open, from 1."""
        return next((n for n, one in enumerate(self.asks, 1) if one.open and n > after), None)


View = Callable[..., HttpResponse]


def _behind(view: View) -> View:
    """The view gets what the link opens, inside the link's clinic and on its clock."""

    @wraps(view)
    def inner(request: HttpRequest, secret: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_guess(request):
            return _refused(request, "slowly")
        link = find(secret)
        why = standing(link)
        if link is None or why != "good":
            if link is None:
                guessed_wrong(request)
            return _refused(request, why)
        with inside(link.clinic_id), timezone.override(link.clinic.zone):
            return private(view(request, _opened(link, secret), *args, **kwargs))

    return csrf_exempt(everybody(inner))


def _opened(link: ScoreLink, secret: str) -> Opened:
    client = Client.objects.get(pk=link.client_id)
    measures = in_force(link.clinic).measures
    everything = found(client, today_at(link.clinic))
    return Opened(link, secret, client, everything, measures, today_of(everything, measures))


@require_safe
@_behind
def today(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The first question that is open; where none is, what was said."""
    number = opened.next_open()
    return _done(request, opened) if number is None else _question(request, opened, number)


@require_http_methods(["GET", "HEAD", "POST"])
@_behind
def question(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    """One measure. What is pressed is kept, and the next one comes."""
    if not 0 < number <= len(opened.asks):
        raise Http404
    if request.method != "POST":
        return _question(request, opened, number)
    if request.POST.get("do") == "leave":
        return _onward(opened, number)
    ask, sent = opened.asks[number - 1], request.POST.dict()
    if sent.get("measure") != ask.measure.id or sent.get("on") != str(opened.found.today):
        return _question(
            request, opened, opened.next_open() or number, "A new day has begun. This is today’s question.", 409
        )
    if changed_often(opened.client, opened.found.today, len(opened.asks)):
        return _question(request, opened, number, _OFTEN, 429)
    told = Told(ask.measure, answers_of(sent, ask.measure), opened.found.today, ask.asked, _event(sent))
    try:
        keep(opened.client, told, Who("link", name(opened.link)), now=timezone.now())
    except InputError as fault:
        return _question(request, opened, number, f"{fault}.", 400)
    used(opened.link)
    return _onward(opened, number)


@require_safe
@_behind
def done(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Thank you; what was said today, to be changed; the own chart."""
    return _done(request, opened)


def _event(sent: dict[str, str]) -> str:
    event = sent.get("event", "")
    return event if event.isascii() and event.isalnum() and 8 <= len(event) <= 40 else uuid.uuid4().hex


def _onward(opened: Opened, number: int) -> HttpResponse:
    following = opened.next_open(number)
    if following is None:
        return redirect("own_scores_done", secret=opened.secret)
    return redirect("own_score", secret=opened.secret, number=following)


def _question(request: HttpRequest, opened: Opened, number: int, fault: str = "", status: int = 200) -> HttpResponse:
    ask = opened.asks[number - 1]
    context = {
        "link": opened.link,
        "secret": opened.secret,
        "ask": ask,
        "screen": screen(ask.measure, ask.answer.answers if ask.answer else {}),
        "said": said(ask.measure, ask.answer.answers) if ask.answer else "",
        "number": number,
        "of": len(opened.asks),
        "before": number - 1,
        "event": uuid.uuid4().hex,
        "on": opened.found.today,
        "fault": fault,
    }
    return render_private(request, "outcomes/own.html", context, status=status)


def _done(request: HttpRequest, opened: Opened) -> HttpResponse:
    answered = [one for one in opened.asks if not one.open]
    context = {
        "link": opened.link,
        "secret": opened.secret,
        "answers": [(n, one, _said(one)) for n, one in enumerate(opened.asks, 1)],
        "all": len(answered) == len(opened.asks),
        "nothing": not opened.asks,
        "again": _again(opened.asks),
        "notes": [one.measure.use for one in answered if one.measure.use],
        "chart": _chart(opened),
    }
    return render_private(request, "outcomes/own_done.html", context)


def _said(ask: Ask) -> str:
    if ask.answer is None:
        return "left open"
    words = said(ask.measure, ask.answer.answers)
    return words if ask.answer.value is not None else f"{words} (in part, so there is no score)"


def _again(asks: tuple[Ask, ...]) -> str:
    daily = any(one.asked == "daily" for one in asks)
    return "See you tomorrow." if daily else "See you at the next visit."


def _chart(opened: Opened) -> Html:
    here = opened.found.standing
    measure = opened.measures.get(here.agreement.measure) if here else None
    made = opened.found.outcome(measure) if measure else None
    if measure is None or made is None or len(made.course.day) < _CHART_FROM:
        return EMPTY
    return own_chart(made, measure, opened.found.first_day(measure), judged=opened.link.clinic.decides)


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    return refuse(request, WHY[why])
