"""What the pages show of a client's outcome: the agreement in words, every measure as a row, what was around visits.

Ask here: `agreed_words`, `agreed_short`, `rows`, `around`, `chart` and `own_chart` (for the client: no advice).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from afferent.knowledge.measures import Measure
from afferent.outcomes.person.outcome import Outcome
from afferent.outcomes.readings import number
from afferent.outcomes.series import Series
from afferent.page.icons import icon
from afferent.page.markup import EMPTY, Html, el, join
from afferent.page.outcome import Shown, chart_part, faults_part
from afferent.page.outcome_chart import spark
from afferent.web.outcomes.judged import AROUND, Found
from afferent.web.outcomes.models import Score
from afferent.web.outcomes.phases import order
from afferent.web.outcomes.trials import Standing
from afferent.words.dates import day
from afferent.words.outcome import ALWAYS, About, about, outcome_words
from afferent.words.vocabulary import counted, listed

_LAST: Final = 42  # days of a spark
_SHAPES: Final = {"better": "ready", "half": "half", "open": "waiting", "same": "same", "worse": "alert"}


class Row(Struct, frozen=True):
    """One measure of a client. `number`: its place in the knowledge, which stands in addresses; `judged`: is the trial
    judged by it? `without`, `during`: averages; empty where there is none."""

    number: int
    measure: Measure
    judged: bool
    spark: Html
    last: str
    without: str
    during: str


class Around(Struct, frozen=True):
    """Before and after visits, of those in which both were asked."""

    title: str
    visits: int
    before: str
    after: str


def filled(found: Found, measure: Measure) -> str:
    """ "42 of 42 days scored", today counted only once it is."""
    days = {one.on for one in found.of(measure) if one.value is not None}
    last = found.last if found.last in days or found.last < found.today else found.last - dt.timedelta(1)
    return f"{len(days)} of {max((last - found.begins).days + 1, 0)} days scored"


def agreed_words(standing: Standing, measure: Measure) -> tuple[str, ...]:
    """The agreement, a sentence a line."""
    agreement, trial = standing.agreement, standing.trial
    late = f", after {counted(trial.after_visits, 'visit')}" if trial.after_visits else ""
    lines = [
        f"Agreed on {day(trial.agreed_on)}{late}: judged by {measure.title.lower()}, after {agreement.visits} visits.",
        f"{_size(measure, agreement.points)} would matter to the client.",
    ]
    if trial.said:
        lines.append(f"In the client’s words: “{trial.said}”")
    if agreement.blocks is None:
        lines.append(f"Before and after; {agreement.baseline_days} days scored before the first visit.")
    else:
        blocks = agreement.blocks
        out = f", the first {counted(blocks.washout, 'day')} of each not counted" if blocks.washout else ""
        lines.append(
            f"{counted(blocks.pairs, 'pair').capitalize()} of blocks of {blocks.days} days{out}, drawn by lot."
        )
    if trial.pauses_on:
        lines.append(f"A pause from {day(trial.pauses_on)} until the next visit.")
    return (*lines, _stop(standing, measure))


def agreed_short(standing: Standing, measure: Measure) -> str:
    """The rule alone, in three sentences: what it is judged by, what would matter, when it stops."""
    agreement = standing.agreement
    return (
        f"Judged by {measure.title.lower()}, after {counted(agreement.visits, 'visit')}. "
        f"{_size(measure, agreement.points)} would matter to the client. {_stop(standing, measure)}"
    )


def _size(measure: Measure, value: float) -> str:
    """ "1 point", "30 (minutes walked)"."""
    if measure.range[1] <= 10:
        return About().size(value).capitalize()
    return f"{value:g} ({measure.title.lower()})"


def _stop(standing: Standing, measure: Measure) -> str:
    stop = standing.agreement.stop
    said = []
    if stop.flares is not None:
        said.append(f"after {counted(stop.flares, 'next-day flare')}")
    if stop.worse is not None:
        said.append(f"if it gets worse by {_size(measure, stop.worse).lower()}, as far as can be told")
    return f"It stops before the end {' or '.join(said)}." if said else "No early stop was agreed."


def drawn_order(standing: Standing) -> tuple[tuple[str, str], ...]:
    """The blocks as they were drawn: days, and with or without."""
    blocks = order(standing.trial.begins, standing.agreement)
    return tuple((f"{day(first)} – {day(last)}", "with massage" if on else "without") for first, last, on in blocks)


def rows(found: Found, measures: Mapping[str, Measure]) -> list[Row]:
    """Every measure that was ever scored or is asked, what is judged first."""
    judged = found.standing.agreement.measure if found.standing else ""
    asked = found.standing.measures if found.standing else ()
    scored = {one.measure for one in found.rows if one.asked not in AROUND}
    named = [one for one in measures if one in scored or one in asked]
    return [
        _row(found, measures[one], n, one == judged)
        for n, one in sorted(enumerate(measures, 1), key=lambda at: at[1] != judged)
        if one in named
    ]


def _row(found: Found, measure: Measure, number_: int, judged: bool) -> Row:
    series = found.series(measure)
    values = [(float(one.day.toordinal()), one.value) for one in series.used if isinstance(one.day, dt.date)]
    recent = [(x, y) for x, y in values if y is not None and x > found.today.toordinal() - _LAST]
    words = f"{measure.title}: {counted(len(values), 'day')} scored"
    if recent:
        words += f", the last {number(recent[-1][1])}"
    top = max([measure.range[1] if measure.range[1] <= 20 else 1.0, *(y for _, y in recent)])
    sides = {on: [v for _, v, with_it, _ in series.phased if with_it is on] for on in (False, True)}
    return Row(
        number_, measure, judged, spark(recent, words, top=top) if recent else EMPTY,
        _last(series, found.of(measure)),
        _average(sides[False]), _average(sides[True]),
    )  # fmt: skip


def _last(series: Series, rows: tuple[Score, ...]) -> str:
    """The last score that counts, and its day."""
    if not series.used:
        return "no score yet" if rows else "not yet"
    one = series.used[-1]
    assert isinstance(one.day, dt.date)
    return f"{one.value:.1f}".removesuffix(".0") + f" on {day(one.day)}"


def _average(values: list[float]) -> str:
    return f"{sum(values) / len(values):.1f}" if values else ""


def around(found: Found, measures: Mapping[str, Measure]) -> list[Around]:
    """The averages before and after visits."""
    out = []
    for key, measure in measures.items():
        mine = [one for one in found.rows if one.measure == key and one.value is not None and one.visit_id]
        sides = {when: {one.visit_id: one.value for one in mine if one.asked == when} for when in AROUND}
        both = [visit for visit in sides["before_visit"] if visit in sides["after_visit"]]
        if both:
            values = [_average([sides[when][visit] for visit in both]) for when in AROUND]
            out.append(Around(measure.title, len(both), *values))
    return out


def skin_words(found: Found) -> str:
    """What was newly found on the skin in these visits."""
    looked = [one for one in found.visits if one.found is not None]
    days = [day(one.on) for one in looked if one.found]
    if not looked:
        return ""
    where = "" if len(looked) == len(found.visits) else f" in {counted(len(looked), 'visit')} that wrote it down"
    return f"{sum(one.found or 0 for one in looked)}, on {listed(days)}{where}" if days else f"none{where}"


def chart(made: Outcome, measure: Measure, begins: dt.date | None) -> Html:
    """What is wrong with the scores, and the chart; no verdict."""
    shown = Shown("", measure, begins=begins)
    return join(faults_part(made), chart_part(made, shown))


def own_chart(made: Outcome, measure: Measure, begins: dt.date | None, *, judged: bool) -> Html:
    """For the client: the chart, and, where it may be worked out, what it came to – in the second person, no advice."""
    words = outcome_words(made, about(measure, your=True))
    says = EMPTY
    if judged:
        says = join(
            el(
                "section",
                icon(_SHAPES[words.sign], "shape"),
                el("div", el("h2", words.headline, id="verdict"), el("p", words.lead)),
                class_=f"verdict verdict-{words.sign}", aria_labelledby="verdict",
            ),
            el("p", words.sure, class_="then"),
            el("p", words.sure_why, class_="hint"),
        )  # fmt: skip
    shown = Shown("", measure, begins=begins)
    return join(says, chart_part(made, shown), [el("p", one, class_="hint") for one in ALWAYS])
