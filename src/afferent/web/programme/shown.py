"""What the page of a programme says, as lines and charts: for the clinic, or with small numbers hidden for others.

Ask here: `sheet`. Every average stands beside how many it is of; every score beside the name of its scale.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from afferent.outcomes.paired import Side
from afferent.page.charts.figure import figure
from afferent.page.charts.model import Axis, Chart, Line, Marks, Tick
from afferent.page.markup import Html
from afferent.web.programme import counts as figures
from afferent.web.programme.around import Around
from afferent.web.programme.offers import REASONS
from afferent.web.programme.pooling import pooled_words
from afferent.web.programme.small import FEWER, LEAST, few, parts
from afferent.words.outcome import signed
from afferent.words.vocabulary import LEVELS

UNCONTROLLED: Final = "uncontrolled: this does not show what massage did"
VERDICTS: Final = {
    "helping": "Helping", "not_helping": "Not helping", "too_early": "Too early", "getting_worse": "Getting worse",
}  # fmt: skip
Row = tuple[str, str]
Say = Callable[[int], str]
Told = Callable[[Mapping[str, int]], dict[str, str]]


class Counted(Struct, frozen=True):
    """All that was counted. `verdicts` None: nothing is worked out for clients here."""

    offered: figures.Offered
    visits: figures.Visits
    doses: figures.Doses
    events: figures.Events
    day_after: figures.DayAfter
    around: list[Around]
    verdicts: figures.Verdicts | None


class Scored(Struct, frozen=True):
    """One measure: what stands beside its chart. `change` empty: too few people to say."""

    title: str
    scale: str
    pairs: str
    before: str
    after: str
    change: str
    apart: str
    chart: Html


class Sheet(Struct, frozen=True):
    """The page, part by part. `pooled`: a sentence for each scale."""

    offered: str
    offers: list[Row]
    reasons: list[Row]
    visits: list[Row]
    doses: list[Row]
    levels: list[Row]
    scored: list[Scored]
    hidden: list[str]
    day_after: list[Row]
    events: list[Row]
    verdicts: list[Row]
    pooled: list[str]


def sheet(found: Counted, titles: Mapping[str, str], *, outside: bool) -> Sheet:
    """`titles`: measure -> what it is called. `outside`: for somebody outside the clinic."""
    say: Say = few if outside else "{:,}".format
    told = parts if outside else _plain
    offered = found.offered
    sides = told({"Accepted": offered.accepted, "Declined": offered.declined})
    reasons = told({key: offered.reasons[key] for key in REASONS if offered.reasons.get(key)})
    open_ = {one: offered.reasons[one] for one in offered.reasons if one not in REASONS}
    reasons |= told(open_) if open_ else {}
    shown, hidden = _scored(found.around, outside)
    return Sheet(
        offered=_share(offered, outside),
        offers=[("Offered", say(offered.all)), *sides.items(), ("People asked", say(offered.people))],
        reasons=[(REASONS[key].title if key in REASONS else key, one) for key, one in reasons.items()],
        visits=_visits(found.visits, say, told),
        doses=_doses(found.doses, say, outside),
        levels=list(
            told({f"{key} {LEVELS[key]}": found.doses.levels[key] for key in sorted(found.doses.levels)}).items()
        ),
        scored=shown,
        hidden=hidden,
        day_after=_day_after(found.day_after, say),
        events=_events(found.events, say),
        verdicts=_verdicts(found.verdicts, say, told),
        pooled=pooled_words(found.verdicts, titles, fewest=LEAST if outside else 0) if found.verdicts else [],
    )


def _plain(counts: Mapping[str, int]) -> dict[str, str]:
    return {key: f"{count:,}" for key, count in counts.items()}


def _share(offered: figures.Offered, outside: bool) -> str:
    """A share of fewer than twenty says little, and is left out; so is one that would tell what is hidden."""
    if offered.all < 20 or (outside and min(offered.accepted, offered.declined) in range(1, LEAST)):
        return ""
    return f"{100 * offered.accepted / offered.all:.0f} % of those who were asked accepted."


def _visits(visits: figures.Visits, say: Say, told: Told) -> list[Row]:
    names = {
        "done": "Took place",
        "missed": "Did not come",
        "cancelled": "Cancelled",
        "booked": "Booked, not closed yet",
    }
    states = told({name: visits.states.get(key, 0) for key, name in names.items()})
    return [*states.items(), ("Clients", say(visits.clients)), ("For the first time", say(visits.new))]


def _doses(doses: figures.Doses, say: Say, outside: bool) -> list[Row]:
    rows = [("Visits with hands on, noted step by step", say(doses.visits))]
    if not doses.timed or (outside and min(doses.people, doses.timed) < LEAST):
        return rows
    share = 100 * doses.near / doses.minutes if doses.minutes else 0
    return [
        *rows,
        ("Hands on, in all", f"{doses.minutes:,.0f} min in {doses.timed:,} visits"),
        ("Hands on, each visit", f"{doses.each:.0f} min on average"),
        ("Where feeling is no guide", f"{doses.near:,.0f} min ({share:.0f} %)"),
        ("Elsewhere", f"{doses.minutes - doses.near:,.0f} min"),
    ]


def _scored(found: list[Around], outside: bool) -> tuple[list[Scored], list[str]]:
    shown, hidden = [], []
    for number, one in enumerate(found):
        if outside and one.found.people < LEAST:
            hidden.append(f"{one.title} ({one.scale}): {FEWER} people, so nothing is told")
        else:
            shown.append(_one(one, number, LEAST if outside else 1))
    return shown, hidden


def _one(one: Around, number: int, least: int) -> Scored:
    """`least`: what is left out of the pairs is told from so many on."""
    found = one.found
    change = f"{signed(found.change)} on average"
    if found.low is not None and found.high is not None:
        change += f" (95 % interval {signed(found.low)} to {signed(found.high)})"
    else:
        change += " (too few people for an interval)"
    apart = []
    if one.one_sided >= least:
        apart.append(f"{_many(one.one_sided, 'visit', 'visits')} with one side only, not counted")
    if one.clashes >= least:
        apart.append(f"{_many(one.clashes, 'visit', 'visits')} with two answers that contradict, not counted")
    return Scored(
        one.title, one.scale, _pairs(one),
        _side(found.before), _side(found.after), change, "; ".join(apart), figure(_chart(one), f"around-{number}"),
    )  # fmt: skip


def _pairs(one: Around) -> str:
    """ "412 visits of 97 people"."""
    return f"{_many(one.found.pairs, 'visit', 'visits')} of {_many(one.found.people, 'person', 'people')}"


def _many(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def _side(side: Side) -> str:
    return f"{side.median:g} ({side.low:g}–{side.high:g})"


def _chart(one: Around) -> Chart:
    """The middle half as a line, the median on it: hollow before, filled after."""
    sides = (("before", 2.0, one.found.before), ("after", 1.0, one.found.after))
    series: list[Line | Marks] = []
    for name, y, side in sides:
        series.append(Line(f"middle half {name}", ((side.low, y), (side.high, y)), label_at="none"))
        shape = "circle" if name == "before" else "square"
        series.append(Marks(f"median {name}", ((side.median, y),), shape=shape, label_at="none"))  # type: ignore[arg-type]
    top = max(one.top if one.top <= 100 else 0, one.found.before.high, one.found.after.high)
    way = {"lower": "; less is better", "higher": "; more is better"}.get(one.better, "")
    low = min(0.0, one.found.before.low, one.found.after.low)
    return Chart(
        f"{one.title}, before and after a visit",
        f"{_pairs(one)}, {UNCONTROLLED}. A mark is the median, its line the middle half.",
        Axis(f"{one.scale}{way}", low, top),
        Axis("", 0.4, 2.6, (Tick(2, "before"), Tick(1, "after"))),
        tuple(series),
        height=96,
    )


def _day_after(day: figures.DayAfter, say: Say) -> list[Row]:
    return [
        ("Visits that could be asked about", say(day.asked_of)),
        ("Answered the next day", say(day.answered)),
        ("Worse for more than a day", say(day.worse)),
    ]


def _events(events: figures.Events, say: Say) -> list[Row]:
    stops = say(events.stops) + (f", in {say(events.stopped)} visits" if events.stops >= LEAST else "")
    return [
        ("STOP pressed or said", stops),
        ("Found on the skin, not felt", say(events.found)),
        ("Incidents", say(events.incident)),
        ("Near misses", say(events.near_miss)),
        ("Wounds that were there already", say(events.found_wound)),
    ]


def _verdicts(found: figures.Verdicts | None, say: Say, told: Told) -> list[Row]:
    if found is None or not found.trials:
        return []
    counts = {name: found.counts.get(key, 0) for key, name in VERDICTS.items()}
    none = found.counts.get("", 0)
    counts |= {"Judged by a measure that is not known here": none} if none else {}
    return [("Trials that ran", say(found.trials)), *told(counts).items()]
