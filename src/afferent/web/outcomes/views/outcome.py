"""Did it help this person? The page of a client's trial: verdict, chart, how sure, and what could be agreed now."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from afferent.knowledge.measures import Measure
from afferent.page.markup import EMPTY, Html
from afferent.page.outcome import Shown, outcome_parts
from afferent.web.actor import note
from afferent.web.clinics.access import allowed
from afferent.web.outcomes import shown
from afferent.web.outcomes.judged import in_part
from afferent.web.outcomes.sheet import DAYS
from afferent.web.outcomes.trials import Standing
from afferent.web.outcomes.views.of_client import Page, page_of
from afferent.words.outcome import about as about_measure
from afferent.words.outcome import outcome_words


@require_safe
@allowed("therapist")
def outcome(request: HttpRequest, client: uuid.UUID, number: int = 0) -> HttpResponse:
    """The trial; with a number, another measure beside it. Where nothing may be worked out: scores and chart only."""
    page = page_of(request, client)
    measure = page.measure(number) if number else page.judged
    note(request, "outcome.opened", page.person)
    rows = shown.rows(page.found, page.measures)
    if number and measure not in [one.measure for one in rows]:
        raise Http404
    context = page.context() | {
        "measure": measure,
        "is_judged": measure is not None and measure == page.judged,
        "advised": request.membership.advised,
        "rows": rows,
        "around": shown.around(page.found, page.measures),
        "skin": shown.skin_words(page.found),
        "others": len(rows) > 1,
        "typed_from": page.today - dt.timedelta(DAYS - 1),
        "part": in_part(page.found.rows, page.measures),
        "clashes": page.found.clashes,
        "former": [(one, _words(page, one)) for one in page.found.former],
    }
    if page.found.standing is not None and page.judged is not None:
        context["agreed"] = shown.agreed_words(page.found.standing, page.judged)
        context["filled"] = shown.filled(page.found, measure or page.judged)
        context["blocks"] = shown.drawn_order(page.found.standing)
    context["parts"] = _parts(page, measure, request.membership.advised, context) if measure else EMPTY
    return render(request, "outcomes/outcome.html", context)


def _words(page: Page, standing: Standing) -> tuple[str, ...]:
    measure = page.measures.get(standing.agreement.measure)
    return shown.agreed_words(standing, measure) if measure else ()


def _parts(page: Page, measure: Measure, advised: bool, context: dict[str, Any]) -> Html:
    """The verdict is worked out for what was agreed, and only where it may be."""
    made, begins = page.found.outcome(measure), page.found.first_day(measure)
    if made is None:
        return EMPTY
    if measure != page.judged or not advised:
        return shown.chart(made, measure, begins)
    about = about_measure(measure)
    runs = page.found.standing is not None and page.found.standing.runs
    onward = tuple(
        reverse("outcome_option", args=[page.person.pk, n]) if runs else reverse("agree", args=[page.person.pk])
        for n, _ in enumerate(outcome_words(made, about).options, 1)
    )
    beside = render_to_string("outcomes/beside.html", context)
    return outcome_parts(made, Shown("", measure, about, begins, onward=onward, beside=Html(beside)))
