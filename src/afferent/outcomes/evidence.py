"""What the published trials say about one condition: for, against, and what is not known.

Ask here: `about(word)`, what somebody means by "chemo" or "diabetes"; `evidence(asked, rows)`, everything a page
about it must show. What speaks against is never left out: results of no difference or worse stand there whatever
outcome was asked for, and the rows marked `always` whatever condition. Nothing here is worded; see `words.trials`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Final, Literal

from msgspec import Struct

from afferent.errors import InputError
from afferent.knowledge.model import Source
from afferent.knowledge.reviews import AskedAbout, Judged, Pool, Reviews, Said, Yardstick, reviews
from afferent.knowledge.trials import Comparator, Condition, Direction, Kind, Outcome, Technique, TrialRow
from afferent.outcomes.figures import COMPARED, figure
from afferent.outcomes.methods import Method
from afferent.outcomes.pooling import Group, Mix, pooled, together

AGAINST: Final[frozenset[Direction]] = frozenset({"no_difference", "worse"})
_PLACES: Final[tuple[Comparator, ...]] = ("sham", "active", "usual", "none", "unstated", "uncontrolled", "unseen")


class Asked(Struct, frozen=True):
    """What is wanted: about which condition (id), which outcome (None: all), what may be mixed, how tau² is
    estimated."""

    about: str = "all"
    outcome: Outcome | None = None
    mix: tuple[Mix, ...] = ()
    method: Method = "reml"


class Count(Struct, frozen=True):
    """Trials with a result seen, against one comparator with one technique: people in them, and of their outcomes how
    many went which way. A count of directions, never a measure."""

    comparator: Comparator
    technique: Technique
    trials: int
    people: int
    better: int
    no_difference: int
    worse: int
    unclear: int
    within: int
    forms: int


class Tried(Struct, frozen=True):
    """How much was tried, over the trials that say so: least, middle and most of each; None where none says."""

    minutes: tuple[float, float, float] | None
    per_week: tuple[float, float, float] | None
    weeks: tuple[float, float, float] | None


class Seen(Struct, frozen=True):
    """One row as a page shows it. effect, low, high: as printed, signs and all; gain: turned so that more is better
    (a ratio as its logarithm), where it is known which way is better."""

    trial: str
    name: str
    condition: Condition
    technique: Technique
    comparator: Comparator
    arm: str
    against: str
    people: int | None
    outcome: tuple[Outcome, ...]
    said: str
    measure: str
    when: str
    direction: Direction
    found: str
    kind: Kind | None
    effect: float | None
    low: float | None
    high: float | None
    better: Literal["lower", "higher", ""]
    gain: tuple[float, float | None, float | None] | None
    derived: str
    p: str
    notes: str
    source: str


class Evidence(Struct, frozen=True):
    """A whole page. found: trials in the table with the outcome that was asked for; with_result: those with a result of
    it that was seen; people: in these; planned: the rest, by name; tried: how much massage; trials: every row of the
    condition, whatever outcome; effects: those with figures;
    against: every result of no difference or worse; elsewhere: those always shown, of other conditions; groups:
    pooled or refused; could_mix: what would have to be mixed; outside: published pools that are not about neuropathy;
    told: harm as trials told it; own: rows of somebody's own."""

    about: AskedAbout
    asked: Asked
    found: int
    with_result: int
    people: int
    planned: tuple[str, ...]
    tried: Tried
    trials: tuple[Seen, ...]
    counts: tuple[Count, ...]
    effects: tuple[Seen, ...]
    against: tuple[Seen, ...]
    elsewhere: tuple[Seen, ...]
    groups: tuple[Group, ...]
    could_mix: tuple[Mix, ...]
    published: tuple[Pool, ...]
    outside: tuple[Pool, ...]
    yardsticks: tuple[Yardstick, ...]
    certainty: tuple[Judged, ...]
    reviews: tuple[Said, ...]
    guidelines: tuple[Said, ...]
    harms: tuple[Said, ...]
    told: tuple[tuple[str, str], ...]
    care: tuple[Said, ...]
    unknowns: tuple[str, ...]
    sources: tuple[Source, ...]
    own: int = 0

    @property
    def chief(self) -> Judged | None:
        """The judgement on just what was asked; None where there is none: one of something else is no answer."""
        outcome, classes = self.asked.outcome, set(self.about.classes)
        if outcome is None:
            return next(iter(self.certainty), None)
        named = [one for one in self.certainty if outcome in one.outcomes]
        whole = [one for one in self.certainty if not one.outcomes and classes <= set(one.conditions)]
        return next(iter(named + whole), None)


def about(word: str) -> str:
    """The id of what somebody asks about. Raises InputError naming what there is."""
    wanted = " ".join(word.lower().replace("_", " ").split())
    for key, one in reviews().conditions.items():
        if wanted in (key.replace("_", " "), *one.words):
            return key
    raise InputError(f"nothing is known about the condition {word[:60]!r}; there are {', '.join(reviews().conditions)}")


def merged(rows: Sequence[TrialRow], own: Iterable[TrialRow]) -> tuple[TrialRow, ...]:
    """Our rows and somebody's own beside them; where both speak of the same, their own takes its place."""
    found = {row.key: row for row in rows}
    return tuple({**found, **{row.key: row for row in own}}.values())


def evidence(asked: Asked, rows: Sequence[TrialRow], own: int = 0) -> Evidence:
    """Everything about what was asked. `own`: how many of the rows are somebody's own. Raises InputError."""
    known = reviews()
    one = known.conditions[asked.about]
    here = [row for row in rows if row.condition in one.classes]
    wanted = [row for row in here if asked.outcome is None or asked.outcome in row.outcome]
    with_result = {row.trial for row in wanted if row.direction != "unseen"}
    groups = pooled(wanted, asked.mix, asked.method)
    of_condition = set(one.classes)
    pools = [pool for pool in known.pools.values() if asked.outcome in (None, pool.outcome)]
    elsewhere = [row for row in rows if row.always == "yes" and row.condition not in one.classes]
    published = tuple(pool for pool in pools if of_condition & set(pool.conditions))
    outside = tuple(pool for pool in pools if not pool.conditions)
    return Evidence(
        about=one,
        asked=asked,
        found=len({row.trial for row in wanted}),
        with_result=len(with_result),
        people=_people(row for row in wanted if row.trial in with_result),
        planned=tuple(dict.fromkeys(row.name for row in wanted if row.trial not in with_result)),
        tried=_tried(row for row in wanted if row.trial in with_result),
        trials=tuple(map(_seen, here)),
        counts=_counts(wanted),
        effects=tuple(seen for row in wanted if (seen := _seen(row)).effect is not None),
        against=tuple(_seen(row) for row in here if row.direction in AGAINST),
        elsewhere=tuple(map(_seen, elsewhere)),
        groups=groups,
        could_mix=together(groups),
        published=published,
        outside=outside,
        yardsticks=tuple(known.yardsticks.values()),
        certainty=tuple(judged for judged in known.certainty.values() if _bears(judged, of_condition, asked.outcome)),
        reviews=tuple(known.reviews.values()),
        guidelines=tuple(said for said in known.guidelines.values() if of_condition & set(said.conditions)),
        harms=tuple(known.harms.values()),
        told=tuple(dict.fromkeys((row.name, row.harms) for row in here if row.harms)),
        care=tuple(known.care.values()),
        unknowns=known.unknowns,
        sources=_cited(known, [*here, *elsewhere], (*published, *outside)),
        own=own,
    )


def _bears(judged: Judged, conditions: set[Condition], outcome: Outcome | None) -> bool:
    return bool(conditions & set(judged.conditions)) and (
        outcome is None or not judged.outcomes or outcome in judged.outcomes
    )


def _people(rows: Iterable[TrialRow]) -> int:
    """Each trial once."""
    of_trial: dict[str, int] = {}
    for row in rows:
        of_trial[row.trial] = max(of_trial.get(row.trial, 0), row.people or 0)
    return sum(of_trial.values())


def _tried(rows: Iterable[TrialRow]) -> Tried:
    by_trial = {row.trial: row for row in rows}.values()

    def span(values: Iterable[float | None]) -> tuple[float, float, float] | None:
        told = [value for value in values if value is not None]
        return (min(told), median(told), max(told)) if told else None

    return Tried(
        span(row.minutes for row in by_trial),
        span(row.per_week for row in by_trial),
        span(row.weeks for row in by_trial),
    )


def _counts(rows: Sequence[TrialRow]) -> tuple[Count, ...]:
    """The better guarded comparison first."""
    seen = [row for row in rows if row.direction != "unseen"]
    found = []
    for comparator in _PLACES:
        for technique in dict.fromkeys(row.technique for row in seen if row.comparator == comparator):
            some = [row for row in seen if (row.comparator, row.technique) == (comparator, technique)]
            ways = [row.direction for row in some]
            found.append(
                Count(
                    comparator,
                    technique,
                    len({row.trial for row in some}),
                    _people(some),
                    *(ways.count(way) for way in ("better", "no_difference", "worse", "unclear", "within", "forms")),
                )
            )
    return tuple(found)


def _seen(row: TrialRow) -> Seen:
    found = figure(row)
    effect, low, high = found.natural() if found else (None, None, None)
    gain = found.gain(row.better) if found and row.better and found.kind in COMPARED else None
    return Seen(
        row.trial, row.name, row.condition, row.technique, row.comparator, row.arm, row.against, row.people,
        row.outcome, row.outcome_said, row.measure, row.when, row.direction, row.found, found.kind if found else None,
        effect, low, high, row.better, gain, row.derived, row.p, row.notes, row.source,
    )  # fmt: skip


def _cited(known: Reviews, rows: Sequence[TrialRow], pools: Sequence[Pool]) -> tuple[Source, ...]:
    """Every source the page rests on, in the order of sources.toml; those of somebody's own rows are not among them."""
    keys = {row.source for row in rows} | {pool.source for pool in pools}
    for table in (known.yardsticks, known.reviews, known.guidelines, known.harms, known.care):
        keys |= {one.source for one in table.values()}
    return tuple(source for key, source in known.sources.items() if key in keys)
