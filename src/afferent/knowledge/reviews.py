"""What others have pooled, what it is to be measured by, how certain it is, and what may be asked about.

Ask here: `reviews()`, read from reviews.toml and trial_conditions.toml and checked: every source exists (those of
trials.csv too), every interval holds its effect. Nothing here reads a clock or decides anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

import msgspec
from msgspec import Struct

from afferent.errors import KnowledgeError
from afferent.knowledge.loader import FOLDER, read_toml
from afferent.knowledge.model import Certainty, Source
from afferent.knowledge.trials import Comparator, Condition, Outcome, Technique
from afferent.knowledge.trials_reader import trials


class Pool(Struct, frozen=True, forbid_unknown_fields=True):
    """A pooled effect as published. conditions: those of trials.csv it speaks of; empty: not of neuropathy at all.

    trials, people: how many, of what `size_of` says: this pool, or the whole review, of which this pool is a part that
    was not seen to be smaller."""

    title: str
    review: str
    conditions: tuple[Condition, ...]
    technique: Technique | Literal["mixed"]
    comparator: Comparator | Literal["mixed"]
    outcome: Outcome
    measure: Literal["SMD", "g", "d", "RR", "VAS"]
    effect: float
    better: Literal["lower", "higher"]
    source: str
    low: float | None = None
    high: float | None = None
    trials: int | None = None
    people: int | None = None
    size_of: Literal["pool", "review"] = "pool"
    i2: float | None = None
    says: str = ""
    id: str = ""

    def gain(self) -> tuple[float, float | None, float | None] | None:
        """Effect and interval turned so that more is better; None where it is no standardised difference."""
        if self.measure not in ("SMD", "g", "d"):
            return None
        if self.better == "higher" or self.low is None or self.high is None:
            return self.effect if self.better == "higher" else -self.effect, self.low, self.high
        return -self.effect, -self.high, -self.low


class Yardstick(Struct, frozen=True, forbid_unknown_fields=True):
    """What to measure by; benefit is positive. points: of a 0–10 rating; percent: of people. doubted: the interval is
    narrower than so many people can make it, and is shown as printed."""

    title: str
    kind: Literal["drug", "placebo"]
    measure: Literal["SMD", "d", "points", "percent"]
    effect: float
    source: str
    low: float | None = None
    high: float | None = None
    trials: int | None = None
    people: int | None = None
    doubted: bool = False
    says: str = ""
    id: str = ""


class Judged(Struct, frozen=True, forbid_unknown_fields=True):
    """How certain the evidence on one question is: our own reading (N). outcomes: those it is about; empty: all.

    why: may count {trials} of trials.csv with a result that was seen, and the people in the smallest and largest."""

    about: str
    level: Certainty
    conditions: tuple[Condition, ...]
    outcomes: tuple[Outcome, ...]
    why: str
    id: str = ""


class Said(Struct, frozen=True, forbid_unknown_fields=True):
    """One sentence that rests on one source; without one it is ours. conditions: empty means all."""

    says: str
    source: str = ""
    conditions: tuple[Condition, ...] = ()
    id: str = ""


class AskedAbout(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that may be asked about, with the plain answer. classes: without any, no trials were found."""

    title: str
    words: tuple[str, ...]
    classes: tuple[Condition, ...]
    answer: str
    id: str = ""


class Reviews(Struct, frozen=True):
    """All of it, each by its key in the order of the files; `sources`: those it rests on, and those of the trials."""

    pools: dict[str, Pool]
    yardsticks: dict[str, Yardstick]
    certainty: dict[str, Judged]
    reviews: dict[str, Said]
    guidelines: dict[str, Said]
    harms: dict[str, Said]
    care: dict[str, Said]
    unknowns: tuple[str, ...]
    conditions: dict[str, AskedAbout]
    sources: dict[str, Source]


class _File(Struct, forbid_unknown_fields=True):
    """reviews.toml as it is written."""

    pools: dict[str, Pool]
    yardsticks: dict[str, Yardstick]
    certainty: dict[str, Judged]
    reviews: dict[str, Said]
    guidelines: dict[str, Said]
    harms: dict[str, Said]
    care: dict[str, Said]
    unknowns: dict[Literal["says"], tuple[str, ...]]


@cache
def reviews() -> Reviews:
    """Read and check. Raises KnowledgeError naming file and key."""
    file = _convert(read_toml(FOLDER / "reviews.toml"), _File, "reviews.toml")
    conditions = _convert(read_toml(FOLDER / "trial_conditions.toml"), dict[str, AskedAbout], "trial_conditions.toml")
    # Only what is cited is turned into a Source: all 300 would take longer than everything else here together.
    titles = read_toml(FOLDER / "sources.toml")
    cited = {one.source for table in _tables(file) for one in table.values() if one.source}
    for row in trials():
        if row.source not in titles:
            raise KnowledgeError(f"trials.csv, {row.trial}: source {row.source!r} does not exist")
        cited.add(row.source)
    for place, fault in _faults(file, conditions, titles):
        raise KnowledgeError(f"{place}: {fault}")
    return Reviews(
        pools=_named(file.pools),
        yardsticks=_named(file.yardsticks),
        certainty={key: _counted(one) for key, one in _named(file.certainty).items()},
        reviews=_named(file.reviews),
        guidelines=_named(file.guidelines),
        harms=_named(file.harms),
        care=_named(file.care),
        unknowns=file.unknowns["says"],
        conditions=_named(conditions),
        sources={
            key: _convert({**titles[key], "id": key}, Source, f"sources.toml, {key}") for key in titles if key in cited
        },
    )


def _tables(file: _File) -> tuple[dict[str, Any], ...]:
    return file.pools, file.yardsticks, file.reviews, file.guidelines, file.harms, file.care


def _faults(file: _File, conditions: dict[str, AskedAbout], titles: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for table in _tables(file):
        for key, one in table.items():
            if one.source and one.source not in titles:
                yield f"reviews.toml, {key}", f"source {one.source!r} does not exist"
    measures: dict[str, Pool | Yardstick] = {**file.pools, **file.yardsticks}
    for key, measured in measures.items():
        ends = (measured.low, measured.high)
        if (ends[0] is None) != (ends[1] is None):
            yield f"reviews.toml, {key}", "an interval has two ends, `low` and `high`"
        if ends[0] is not None and ends[1] is not None and not ends[0] <= measured.effect <= ends[1]:
            yield f"reviews.toml, {key}", "the effect must lie between `low` and `high`"
    spelled: dict[str, str] = {}
    for key, asked in conditions.items():
        for word in (key, *asked.words):
            if spelled.setdefault(word.lower(), key) != key:
                yield f"trial_conditions.toml, {key}", f"{word!r} already means {spelled[word.lower()]!r}"
    if "all" not in conditions:
        yield "trial_conditions.toml", "[all] is missing"


def _counted(judged: Judged) -> Judged:
    """With what the table says in place of its names, so that the two cannot drift apart."""
    people: dict[str, int] = {}
    for row in trials():
        asked = not judged.outcomes or set(judged.outcomes) & set(row.outcome)
        if row.condition in judged.conditions and asked and row.direction != "unseen":
            people[row.trial] = max(people.get(row.trial, 0), row.people or 0)
    counts = {
        "{trials}": len(people), "{smallest}": min(people.values(), default=0),
        "{largest}": max(people.values(), default=0),
    }  # fmt: skip
    why = judged.why
    for name, count in counts.items():
        why = why.replace(name, str(count))
    return msgspec.structs.replace(judged, why=why)


def _named(entries: dict[str, Any]) -> dict[str, Any]:
    return {key: msgspec.structs.replace(one, id=key) for key, one in entries.items()}


def _convert(value: Any, kind: Any, place: str) -> Any:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"{place}: {error}") from None
