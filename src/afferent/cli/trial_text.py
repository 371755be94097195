"""A trial on a terminal: the verdict first, how sure, the yardstick, the rest, what could be agreed now.

Ask here: `one` and `many`. With `plot` the days are drawn as rows of characters: "o" without massage, "#" with it.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from afferent.cli.paper import Paper, Style
from afferent.knowledge.measures import Measure
from afferent.outcomes.person.outcome import Outcome
from afferent.outcomes.person.pooled import FEWEST, pooled
from afferent.outcomes.person.yardstick import placebo
from afferent.outcomes.series import Series
from afferent.words.outcome import ALWAYS, OutcomeWords, about, in_100, outcome_words, seen, signed
from afferent.words.outcome_rows import rest, table_of_sizes

_SIGNS: Final[dict[str, tuple[str, Style]]] = {
    "better": ("● ✓", "cyan"), "half": ("◐", "bold"), "open": ("○ …", "bold"), "same": ("○ =", "bold"),
    "worse": ("▲ !", "red"),
}  # fmt: skip
_NAME: Final = 34
_ROWS: Final = 10


def one(
    person: str, found: Outcome, measure: Measure, series: Series, *, plot: bool = False, said: bool = True,
    width: int | None = None, colour: bool | None = None,
) -> str:  # fmt: skip
    """The whole page as text."""
    paper = Paper(width, colour)
    words = outcome_words(found, about(measure, said=said))
    _verdict(paper, person, found, words)
    if plot:
        _plot(paper, found, series)
    paper.heading("How sure are we?")
    paper.say(words.sure)
    paper.say(words.sure_why, indent=2)
    stick = placebo(found.measure)
    if words.yardstick and stick is not None:
        paper.heading("Against a yardstick")
        paper.say(f"{words.yardstick} {stick.says}")
    paper.heading("The rest of the picture")
    for name, value in rest(found):
        paper.row((name, value), (_NAME, 0), indent=2)
    for title, lines in (("What would change this", words.change_it), ("What you could agree now", words.options)):
        if lines:
            paper.heading(title)
            for line in lines:
                paper.say(line, indent=4, first="  –")
    _small_print(paper, found)
    return str(paper)


def _verdict(paper: Paper, person: str, found: Outcome, words: OutcomeWords) -> None:
    paper.rule()
    shape, style = _SIGNS[words.sign]
    paper.say(f"{shape}  {words.headline}", style)
    paper.say(words.lead, indent=3)
    paper.rule()
    about = [person] if person else []
    paper.say(" · ".join([*about, found.scale, f"{len(found.course.day)} days"]))
    for fault in found.faults:
        paper.say(fault, "yellow", indent=2, first="!")


def _small_print(paper: Paper, found: Outcome) -> None:
    rows = table_of_sizes(found)
    if rows:
        paper.heading("For whoever reads statistics")
    for name, value in rows:
        paper.row((name, value), (_NAME + 6, 0), indent=2)
    paper.blank()
    for line in ALWAYS:
        paper.say(line)


def _plot(paper: Paper, found: Outcome, series: Series) -> None:
    """One column a day, eleven rows from the least to the most; where there is no room for every day, neighbours
    share a column with their average."""
    course = found.course
    if not course.day:
        return
    room = max(20, paper.width - 8)
    step = -(-(course.day[-1] - course.day[0] + 1) // room)
    columns: dict[int, list[tuple[float, bool]]] = {}
    for day, score, on in zip(course.day, course.score, course.on, strict=True):
        columns.setdefault((day - course.day[0]) // step, []).append((score, on))
    means = {at: (sum(score for score, _ in each) / len(each), each[-1][1]) for at, each in columns.items()}
    low, high = min(mean for mean, _ in means.values()), max(mean for mean, _ in means.values())
    low, high = (0.0, 10.0) if low >= 0 and high <= 10 else (low, max(high, low + 1))
    marks = {at: (round(_ROWS * (mean - low) / (high - low)), on) for at, (mean, on) in means.items()}
    visits = {(one.day - course.day[0]) // step for one in found.visits}
    last = max(marks)
    paper.heading(
        "Day by day", "o without massage, # with it, ^ visit" + (f"; {step} days a column" if step > 1 else "")
    )
    for row in range(_ROWS, -1, -1):
        drawn = "".join(
            ("#" if marks[n][1] else "o") if n in marks and marks[n][0] == row else " " for n in range(last + 1)
        )
        paper.lines.append(f"{low + (high - low) * row / _ROWS:>6.0f} │{drawn}".rstrip())
    paper.lines.append("       └" + "".join("^" if n in visits else "─" for n in range(last + 1)))
    first = series.used[0].day if series.used else None
    if isinstance(first, dt.date):
        paper.lines.append(f"        {first} to {series.used[-1].day}")


def many(
    judged: dict[str, Outcome], measure: Measure, faults: tuple[str, ...], *, most: int, width: int | None = None,
    colour: bool | None = None,
) -> str:  # fmt: skip
    """Several people: how the verdicts fell, each in one line, and what they say together."""
    paper = Paper(width, colour)
    counts: dict[str, int] = {}
    for found in judged.values():
        headline = outcome_words(found).headline
        counts[headline] = counts.get(headline, 0) + 1
    paper.say(f"{len(judged)} people · {measure.scale}", "bold")
    for headline, count in sorted(counts.items(), key=lambda each: -each[1]):
        paper.row((str(count), headline), (5, 0), indent=2)
    _together(paper, judged)
    if len(judged) <= most:
        paper.heading("Each")
        for person, found in judged.items():
            paper.row((person, _line(found)), (28, 0), indent=2)
    for fault in faults[:12]:
        paper.say(fault, "yellow", indent=2, first="!")
    if len(faults) > 12:
        paper.say(f"and {len(faults) - 12} more about the scores; --format json has all", "yellow", indent=2, first="!")
    return str(paper)


def _line(found: Outcome) -> str:
    headline = outcome_words(found).headline
    if found.change is None:
        return headline
    change = found.change
    interval = f"{signed(change.low)} to {signed(change.high)}"
    way = "lower" if found.better == "lower" else "higher"
    return f"{headline} {signed(seen(found))} ({interval}), {way}: {in_100(change.lower)}"


def _together(paper: Paper, judged: dict[str, Outcome]) -> None:
    import numpy as np

    known = [found.change for found in judged.values() if found.change is not None and np.isfinite(found.change.sd)]
    if len(known) < FEWEST:
        paper.say(f"Too few people with enough days to take together; {FEWEST} are the least.", indent=2)
        return
    all_ = pooled(np.array([one.points for one in known]), np.array([one.sd for one in known]))
    paper.heading("Together", f"{all_.people} people")
    paper.say(
        f"On average {signed(all_.mean)} points ({signed(all_.mean_low)} to {signed(all_.mean_high)}); people differ "
        f"by {all_.tau:.1f} ({all_.tau_low:.1f} to {all_.tau_high:.1f}). One more person like these: "
        f"{signed(all_.next_low)} to {signed(all_.next_high)}. These are changes while people had massage, not what "
        "massage did."
    )
