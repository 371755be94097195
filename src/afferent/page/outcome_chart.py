"""The chart of one person's trial: every day scored, the averages, the visits; and the change against the yardstick.

Ask here: `course_chart`, `yardstick_chart` and `spark` (one small line without axes). Before is hollow and hatched,
with massage is filled: it is read in black and white.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from afferent.outcomes.person.course import Course
from afferent.outcomes.person.outcome import Outcome
from afferent.outcomes.person.yardstick import Placebo
from afferent.page.charts.glyphs import path, px
from afferent.page.charts.model import Axis, Band, Chart, Level, Line, Marks, Tick
from afferent.page.markup import Html, el
from afferent.words.outcome import seen, signed
from afferent.words.vocabulary import counted

_WEEK: Final = 7
Stretch = tuple[bool, list[int]]  # with massage?, and the places of its days in the course


def course_chart(found: Outcome, title: str, *, begins: dt.date | None = None, top: float = 10) -> Chart:
    """`begins`: the date of day 0, if the days are dates; `top`: the most the scale has."""
    course = found.course
    stretches = _stretches(course)
    series = [one for number, each in enumerate(stretches) for one in _drawn(course, each, number)]
    visits = tuple((float(one.day), 0.0) for one in found.visits)
    if visits:
        series.append(Marks("visits", visits, shape="triangle", label_at="none"))
    first, last = course.day[0], course.day[-1]
    bands = tuple(
        Band(course.day[days[0]] - 0.5, course.day[days[-1]] + 0.5, _without(number, days), axis="x")
        for number, (on, days) in enumerate(stretches)
        if not on
    )
    return Chart(
        title, _about(found, stretches), _days(first, last, begins), Axis("", 0, top), tuple(series), bands=bands
    )


def _stretches(course: Course) -> list[Stretch]:
    places = range(len(course.day))
    return [
        (course.on[days[0]], days) for _, each in groupby(places, lambda n: course.block[n]) if (days := list(each))
    ]


def _drawn(course: Course, stretch: Stretch, number: int) -> list[Line | Marks]:
    on, days = stretch
    points = tuple((float(course.day[n]), course.score[n]) for n in days)
    average = sum(y for _, y in points) / len(points)
    which = "with massage" if on else "before" if number == 0 else "without"
    level = ((points[0][0] - 0.4, average), (points[-1][0] + 0.4, average))
    return [
        Line(which, points, look="fine", label_at="none"),
        Line(
            f"average {average:.1f}{' with massage' if on else ''}",
            level,
            look="solid" if on else "dashed",
            label_at="middle",
        ),
        Marks(f"each day {which}", points, shape="square" if on else "circle", label_at="none"),
    ]


def _without(number: int, days: list[int]) -> str:
    return counted(len(days), "day") + (" before" if number == 0 else "")


def _days(first: int, last: int, begins: dt.date | None) -> Axis:
    step = _WEEK * max(1, round((last - first) / _WEEK / 5))
    ticks = tuple(Tick(day, _day(day, begins)) for day in range(first, last + 1, step))
    return Axis("days" if begins is None else "", first - 0.8, last + 0.8, ticks)


def _day(day: int, begins: dt.date | None) -> str:
    if begins is None:
        return str(day)
    date = begins + dt.timedelta(days=day)
    return f"{date.day} {date:%b}"


def _about(found: Outcome, stretches: list[Stretch]) -> str:
    course = found.course
    before, during = course.scores(False), course.scores(True)
    parts = [f"Hollow circles on hatching: {len(before)} days without massage"]
    if before:
        parts[-1] += f", on average {sum(before) / len(before):.1f}"
    if during:
        parts.append(f"filled squares: {len(during)} days with massage, on average {sum(during) / len(during):.1f}")
    text = "; ".join(parts) + "."
    if found.visits:
        text += f" Triangles: {len(found.visits)} visits."
    return text + (
        " The order of the blocks was drawn by lot." if found.agreement.randomised and len(stretches) > 2 else ""
    )


def yardstick_chart(found: Outcome, who: str, stick: Placebo) -> Chart | None:
    """The change with its interval beside placebo in drug trials; None where there is nothing to compare."""
    change = found.change
    if change is None or change.past_placebo is None:
        return None
    low, high = min(change.low, stick.points, -3.0), max(change.high, 1.0)
    return Chart(
        "Against a yardstick",
        f"{who}: {signed(seen(found))} points, likely {signed(change.low)} to {signed(change.high)}. {stick.says}",
        Axis("points; less is to the left", low - 0.2, high + 0.2),
        Axis("", 0, 2, (Tick(1, " "),)),
        (
            Line(f"{who} {signed(seen(found))}", ((change.low, 1), (change.high, 1)), label_at="middle"),
            Marks("", ((seen(found), 1),), shape="square", label_at="none"),
        ),
        levels=(Level(stick.points, f"placebo {signed(stick.points)}", axis="x"), Level(0.0, "no change", axis="x")),
        height=110,
    )


_SPARK_WIDE, _SPARK_HIGH = 120.0, 28.0


def spark(scores: Sequence[tuple[float, float]], words: str, *, top: float = 10) -> Html:
    """A line of scores without axes, its last one a dot; `words` say the same for whoever does not see it."""
    if not scores:
        return el("span", words)
    first, last = scores[0][0], scores[-1][0]
    span = max(last - first, 1.0)
    points = [(4 + (_SPARK_WIDE - 8) * (x - first) / span, 4 + (_SPARK_HIGH - 8) * (1 - y / top)) for x, y in scores]
    return el(
        "svg",
        el("path", d=path([points]), class_="chart-line chart-fine"),
        el("path", d=f"M{px(points[-1][0])} {px(points[-1][1])}h0", class_="chart-marks chart-dot"),
        class_="chart-svg spark",
        viewBox=f"0 0 {px(_SPARK_WIDE)} {px(_SPARK_HIGH)}",
        role="img",
        aria_label=words,
    )
