"""The published trials in words: what was found, how large, against what, and what may not be put together.

Ask here: a few words or one sentence each for an effect (`effect_words`, `meaning`), what speaks against
(`against_lines`), a published pool (`pool_words`), a yardstick (`yardstick_line`) and a judgement (`judged_line`).
Signs stay as published; "better" or "worse" says what they mean. The names stand in `trial_terms`, what was put
together in `pooled`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from afferent.knowledge.reviews import Judged, Pool, Yardstick
from afferent.knowledge.trials import Direction
from afferent.outcomes.evidence import Count, Evidence, Seen
from afferent.words.trial_terms import COMPARATOR, KIND, OUTCOME, TECHNIQUE
from afferent.words.vocabulary import capital, counted, listed

WAYS: Final[tuple[tuple[Direction, str, str], ...]] = (
    ("better", "■", "better with it"),
    ("no_difference", "○", "no difference"),
    ("worse", "▼", "worse with it"),
    ("unclear", "·", "not settled"),
    ("within", "·", "of one group alone"),
    ("forms", "·", "of two forms or doses of it"),
)
COUNT_NOTE: Final = (
    "A count of outcomes by direction, never a measure of how much: trials that find nothing are published less often, "
    "and several outcomes of one trial are not several trials."
)
UPPER_BOUND: Final = (
    "Nobody can be massaged without knowing it. Effects against no treatment that are larger than any drug’s against "
    "placebo hold hope and attention too: read them as the most there can be."
)
LEVEL: Final = {"none": "nothing to judge by"}


def number(value: float, places: int = 2) -> str:
    """ "−1.85"; with a true minus."""
    return f"{value:.{places}f}".replace("-", "−")


def interval(low: float | None, high: float | None) -> str:
    """ "(−2.35 to −1.34)"; empty where it was not seen."""
    return "" if low is None or high is None else f"({number(low)} to {number(high)})"


def figures(effect: float, low: float | None, high: float | None) -> str:
    """ "−1.85 (−2.35 to −1.34)", "−0.55 (interval not seen)"."""
    return f"{number(effect)} {interval(low, high) or '(interval not seen)'}"


def p_words(p: float) -> str:
    """ "0.034", "below 0.001"."""
    return "below 0.001" if p < 0.001 else number(p, 3)


def direction_words(count: Count) -> str:
    """ "4 better, 1 no difference"."""
    parts = [(way, getattr(count, way)) for way, _, _ in WAYS]
    words = {way: text for way, _, text in WAYS}
    return ", ".join(f"{n} {words[way]}" for way, n in parts if n)


def direction_marks(count: Count) -> str:
    """One mark for each outcome: ■ better, ○ no difference, ▼ worse, · says nothing about it."""
    return "".join(mark * getattr(count, way) for way, mark, _ in WAYS)


def effect_words(seen: Seen) -> str:
    """ "g −1.85 (−2.35 to −1.34)"; empty where there is no figure."""
    if seen.effect is None or seen.kind is None:
        return ""
    return f"{KIND[seen.kind]} {figures(seen.effect, seen.low, seen.high)}"


def meaning(seen: Seen) -> str:
    """What a figure means: which side it favours, or that it may be chance."""
    if seen.kind == "within":
        return "after less before in one group; nothing to compare with"
    if seen.kind == "rank_biserial":  # worked out without a sign
        return next(text for way, _, text in WAYS if way == seen.direction)
    if seen.gain is None:
        return "which way is better was not seen"
    gain, low, high = seen.gain
    side = "better" if gain > 0 else "worse" if gain < 0 else "no difference"
    if low is None or high is None:
        return side
    return f"{side}, but it may be chance" if low <= 0 <= high else side


def what_against(seen: Seen) -> str:
    """ "foot reflexology against routine care", in the trial's own words where it has them."""
    arm, against = seen.arm or TECHNIQUE[seen.technique], seen.against or COMPARATOR[seen.comparator]
    return f"{arm} against {against}" if seen.comparator != "uncontrolled" else f"{arm}, without a comparison group"


def measured(seen: Seen) -> str:
    """ "pain quality, PQAS deep, week 10"."""
    said = "" if seen.said.lower() in seen.measure.lower() else seen.said
    return ", ".join(part for part in (said, seen.measure, seen.when) if part)


def tried_line(evidence: Evidence) -> str:
    """ "Tried were 10 to 60 minutes a session (middle 30), …"; empty where no trial says."""
    tried = evidence.tried
    spans = ((tried.minutes, "minutes a session"), (tried.per_week, "sessions a week"), (tried.weeks, "weeks"))
    parts = [_span(span, unit) for span, unit in spans if span]
    return f"Tried were {'; '.join(parts)}." if parts else ""


def _span(span: tuple[float, float, float], unit: str) -> str:
    low, middle, high = span
    if low == high == 1:
        return f"1 {unit.replace('sessions', 'session') if ' ' in unit else unit.removesuffix('s')}"
    return f"{low:g} {unit}" if low == high else f"{low:g} to {high:g} {unit} (middle {middle:g})"


def against_lines(seen: Iterable[Seen]) -> Iterator[tuple[Seen, str]]:
    """What was no different or worse, a sentence for each trial and result, with what it was measured by."""
    same: dict[tuple[str, str], list[Seen]] = {}
    for one in seen:
        same.setdefault((one.trial, one.found), []).append(one)
    for (_, found), some in same.items():
        first, by = some[0], "; ".join(measured(one) for one in some)
        people = f" {first.people} people." if first.people else ""
        yield first, f"{first.name}: {found} – {by}.{people}"


def pool_words(pool: Pool) -> str:
    """ "SMD −1.11 (−1.97 to −0.24)"; a published pool as it was printed."""
    return f"{KIND[pool.measure]} {figures(pool.effect, pool.low, pool.high)}"


def pool_size(pool: Pool) -> str:
    """ "Lee and Kim 2023; 4 trials, 165 people"; "Wang 2020; one pool of a review of 26 trials, 2,366 people"."""
    parts = [f"{pool.trials} trials" if pool.trials else "", f"{pool.people:,} people" if pool.people else ""]
    size = ", ".join(part for part in parts if part)
    if size and pool.size_of == "review":
        size = f"one pool of a review of {size}"
    return "; ".join(part for part in (pool.review, size) if part)


def yardstick_line(one: Yardstick) -> str:
    """One yardstick in a sentence."""
    ends = interval(one.low, one.high) + (" as printed" if one.doubted else "")
    people = f" ({one.trials} trials, {one.people:,} people)" if one.trials and one.people else ""
    says = f" {one.says}" if one.says else ""
    match one.measure:
        case "points":
            return f"{one.title}: a fall of {number(one.effect)} {ends}{people}.{says}"
        case "percent":
            return f"{one.title}: {one.effect:.0f} % ({one.low:.0f} to {one.high:.0f} %){people}.{says}"
        case _:
            return f"{one.title}: {one.measure} {number(one.effect)} {ends}".rstrip() + f"{people}.{says}"


def yardsticks(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Sentence and source: what placebo does, then all drugs in one."""
    for one in evidence.yardsticks:
        if one.kind == "placebo":
            yield yardstick_line(one), one.source
    drugs = [one for one in evidence.yardsticks if one.kind == "drug"]
    for source in dict.fromkeys(one.source for one in drugs):
        said = (
            f"{one.title.removesuffix(' against placebo')} {number(one.effect)}"
            for one in drugs
            if one.source == source
        )
        yield f"Drugs against placebo, in standard deviations: {listed(said)}.", source


def in_short(evidence: Evidence) -> str:
    """How certain, of what was asked: "very low", "low, for worry and low mood, for a short time"; of an outcome that
    no judgement is about, that it was not judged."""
    asked, chief = evidence.asked.outcome, evidence.chief
    if chief is None:
        return f"not judged for {OUTCOME[asked]} by itself" if asked else "not judged"
    level = LEVEL.get(chief.level, chief.level)
    about = chief.about[0].lower() + chief.about[1:]
    return f"{level}, for {about}" if asked in chief.outcomes else level


def seen_line(evidence: Evidence) -> str:
    """ "43 trials in the table, 31 with a result that was seen, 1,900 people", of the outcome that was asked for."""
    of = f" with {OUTCOME[evidence.asked.outcome]}" if evidence.asked.outcome else ""
    if not evidence.found:
        return f"No trial{of} in the table"
    found = f"{capital(counted(evidence.found, 'trial'))}{of} in the table"
    return f"{found}, {evidence.with_result} with a result that was seen, {evidence.people:,} people"


def sham_line(evidence: Evidence) -> str:
    """What pooling against a sham found: the fairest test there is; empty where nobody has pooled any."""
    pools = [pool for pool in (*evidence.published, *evidence.outside) if pool.comparator == "sham"]
    if not pools:
        return ""
    said = "; ".join(f"{pool.title.lower()}, {pool_words(pool)}" for pool in pools)
    return f"Pooled against a sham, the fairest comparison, only this was found: {said}. {pools[0].says}"


def judged_line(one: Judged) -> str:
    """ "Massage for neuropathic pain: very low. Because …"."""
    return f"{one.about}: {LEVEL.get(one.level, one.level)}. {one.why}"


def by_arms(effects: Iterable[Seen]) -> list[tuple[Seen, ...]]:
    """Rows of one trial and the same two groups together, in their order."""
    found: dict[tuple[str, str, str], list[Seen]] = {}
    for seen in effects:
        found.setdefault((seen.trial, seen.arm, seen.against), []).append(seen)
    return [tuple(some) for some in found.values()]


def by_comparator(pools: Iterable[Pool]) -> dict[str, list[Pool]]:
    """The better guarded comparison first, because what it was set against decides how large an effect can get."""
    order, kept = ("sham", "active", "usual", "none", "mixed", "unstated"), list(pools)
    return {one: some for one in order if (some := [pool for pool in kept if pool.comparator == one])}
