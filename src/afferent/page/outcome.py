"""One person's trial as a page: what it came to, the chart, how sure, a yardstick, the rest, what could be agreed.

Ask here: `outcome_page` (a whole document), `outcome_parts` (the pieces, for whoever frames them), `chart_part` and
`faults_part` (only the chart, only what is wrong with the scores). The verdict comes
first and large, its shape beside it; the same on paper.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from msgspec import Struct

from afferent.knowledge.measures import Measure
from afferent.outcomes.person.outcome import Outcome
from afferent.outcomes.person.yardstick import placebo
from afferent.page.charts.figure import figure
from afferent.page.document import document, invented_pill
from afferent.page.icons import icon, mark
from afferent.page.markup import EMPTY, Html, el, join
from afferent.page.outcome_chart import course_chart, yardstick_chart
from afferent.page.styles import Theme
from afferent.words.outcome import About, outcome_words
from afferent.words.outcome_rows import rest, table_of_sizes

_SHAPES: Final = {"better": "ready", "half": "half", "open": "waiting", "same": "same", "worse": "alert"}


class Shown(Struct, frozen=True):
    """What the page is about. begins: the date of day 0; invented: nobody real; onward: where each option leads, if
    anywhere; beside: what else is shown before the small print."""

    title: str
    measure: Measure
    about: About = About()
    begins: dt.date | None = None
    invented: bool = False
    onward: tuple[str, ...] = ()
    beside: Html = EMPTY


def outcome_parts(found: Outcome, shown: Shown) -> Html:
    """Verdict, chart, how sure, yardstick, the rest, the numbers, what could be agreed now."""
    words = outcome_words(found, shown.about)
    return join(
        el(
            "section",
            icon(_SHAPES[words.sign], "shape"),
            el("div", el("h2", words.headline, id="verdict"), el("p", words.lead)),
            class_=f"verdict verdict-{words.sign}",
            aria_labelledby="verdict",
        ),
        faults_part(found),
        chart_part(found, shown),
        el("div", _sure(words.sure, words.sure_why), _yardstick(found, shown, words.yardstick), class_="two-cards"),
        el("div", _rest(found), _next(words.options, words.change_it, shown.onward), class_="two-cards"),
        shown.beside,
        _sizes(found),
        el("footer", [el("p", one) for one in words.always], class_="closing"),
    )


def outcome_page(found: Outcome, shown: Shown, *, theme: Theme = "auto") -> str:
    """The whole document."""
    head = el(
        "header",
        el("div", el("h1", shown.title), el("p", found.scale)),
        el("p", _agreed(found, shown.about), class_="stamp"),
        class_="who",
    )
    body = join(
        el("header", el("div", mark(), invented_pill() if shown.invented else None), class_="top"),
        el("main", head, outcome_parts(found, shown), class_="page outcome"),
    )
    return document("Did it help?", body, theme=theme)


def _agreed(found: Outcome, about: About) -> Html:
    agreement = found.agreement
    kind = f"{agreement.blocks.pairs} pairs of blocks, drawn by lot" if agreement.blocks else "before and after"
    return join(
        f"Agreed: judge after {agreement.visits} visits; {about.size(agreement.points)} would matter",
        el("br"),
        f"{len(found.course.day)} days scored · {kind}",
    )


def faults_part(found: Outcome) -> Html:
    if not found.faults:
        return EMPTY
    few, more = found.faults[:3], found.faults[3:]
    return el(
        "section",
        el("h2", "About the scores", id="faults"),
        el("ul", [el("li", one) for one in few]),
        el("details", el("summary", f"{len(more)} more"), el("ul", [el("li", one) for one in more])) if more else None,
        class_="card faults",
        aria_labelledby="faults",
    )


def chart_part(found: Outcome, shown: Shown) -> Html:
    if not found.course.day:
        return EMPTY
    top = max(shown.measure.range[1] if shown.measure.range[1] <= 20 else 0, *found.course.score, 1)
    chart = course_chart(found, f"{shown.measure.title}, day by day", begins=shown.begins, top=top)
    return figure(chart, "course", tuple(float(day) for day in found.course.day))


def _sure(sure: str, why: str) -> Html:
    return el(
        "section", el("h2", "How sure are we?", id="sure"), el("p", sure, class_="say"), el("p", why, class_="because"),
        class_="card", aria_labelledby="sure",
    )  # fmt: skip


def _yardstick(found: Outcome, shown: Shown, own: str) -> Html:
    stick = placebo(found.measure)
    chart = None if stick is None else yardstick_chart(found, "You" if shown.about.your else "This person", stick)
    if stick is None or chart is None:
        return EMPTY
    return el(
        "section",
        el("h2", "Against a yardstick", id="yardstick"),
        figure(chart, "against"),
        el("p", own, " ", stick.says, class_="because"),
        class_="card", aria_labelledby="yardstick",
    )  # fmt: skip


def _rest(found: Outcome) -> Html:
    return el(
        "section",
        el("h2", "The rest of the picture", id="rest"),
        el("dl", [el("div", el("dt", name), el("dd", value)) for name, value in rest(found)], class_="pairs"),
        class_="card", aria_labelledby="rest",
    )  # fmt: skip


def _next(options: tuple[str, ...], change_it: tuple[str, ...], onward: tuple[str, ...]) -> Html:
    choices = [el("a", one, href=to) for one, to in zip(options, onward, strict=True)] if onward else options
    return el(
        "section",
        el("h2", "What you could agree now", id="next"),
        el("ul", [el("li", one) for one in choices], class_="agree"),
        el("h3", "What would change this") if change_it else None,
        el("ul", [el("li", one) for one in change_it]) if change_it else None,
        class_="card", aria_labelledby="next",
    )  # fmt: skip


def _sizes(found: Outcome) -> Html:
    rows = table_of_sizes(found)
    if not rows:
        return EMPTY
    return el(
        "details",
        el("summary", icon("open", "turn"), el("span", "For whoever reads statistics")),
        el("table", el("tbody", [el("tr", el("th", name, scope="row"), el("td", value)) for name, value in rows])),
        class_="more",
    )
