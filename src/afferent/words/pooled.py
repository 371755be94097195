"""What was put together, and what was not, in words.

Ask here: `group_title`, `group_lines` (the refusal, or the pooled effect with everything that goes with it), `mix_line`
(what would have to be mixed) and `mixed_line` (what was, because somebody asked for it).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from afferent.outcomes.evidence import Evidence
from afferent.outcomes.figures import RATIOS, ratio
from afferent.outcomes.methods import METHODS
from afferent.outcomes.pooling import TESTED, Group
from afferent.outcomes.refused import Refused
from afferent.words.trial_terms import COMPARATOR, KIND_TITLE, MIXED, OUTCOME, TECHNIQUE
from afferent.words.trials import interval, number, p_words
from afferent.words.vocabulary import capital, counted, listed

_FEW: Final = 30  # below, the range of next trials holds about 90 of 100 [docs/evidence.md, measured]


def group_title(group: Group) -> str:
    """ "Pain: reflexology against usual care (QLQ-C30, Hedges g)"."""
    technique = listed(TECHNIQUE[one] for one in group.techniques)
    against = f" against {listed((COMPARATOR[one] for one in group.comparators), 'or')}"
    if group.comparators == ("uncontrolled",):
        against = ", without a comparison group"
    scales = listed(group.scales) if any(group.scales) else ""
    kind = KIND_TITLE[group.kind]
    return f"{capital(OUTCOME[group.outcome])}: {technique}{against} ({f'{scales}; ' if scales else ''}{kind})"


def group_lines(group: Group, evidence: Evidence) -> Iterator[str]:
    """What came of a group: the refusal, or the pooled effect with everything that goes with it."""
    found = group.result
    if isinstance(found, Refused):
        yield f"Not pooled: {found.why}."
        return
    turn = ratio if group.kind in RATIOS else float
    ends = interval(turn(found.interval.low), turn(found.interval.high))
    way = "higher is better" if group.better == "higher" else "lower is better"
    yield (
        f"{found.k} trials together: {number(turn(found.estimate))} {ends}, {way}; "
        f"{METHODS[evidence.asked.method]}, Hartung–Knapp, never narrower than Wald."
    )
    assert found.next is not None and found.tau2_interval is not None
    low, high = number(turn(found.next.low)), number(turn(found.next.high))
    few = "; put together from so few trials, in somewhat fewer" if found.k < _FEW else ""
    yield f"In 95 of 100 next trials like these the true effect would lie between {low} and {high}{few}."
    yield (
        f"How far they differ: Q {number(found.q, 1)} (p {p_words(found.q_p)}), I² {number(found.i2, 0)} %, "
        f"τ² {number(found.tau2)} {interval(found.tau2_interval.low, found.tau2_interval.high)}."
    )
    if (influence := group.influence) is not None:
        yield (
            f"Without one of them: {number(turn(influence.low))} (without {influence.without_low}) to "
            f"{number(turn(influence.high))} (without {influence.without_high})."
        )
        yield _filled(influence.missing, number(turn(influence.filled)), found.k)
        yield _lean(influence.lean_p)


def _filled(missing: int, effect: str, k: int) -> str:
    few = " With fewer than ten trials it guesses." if k < TESTED else ""
    if not missing:
        return f"Trim and fill supposes no missing trial.{few}"
    they = "it" if missing == 1 else "them"
    return f"Trim and fill supposes {counted(missing, 'missing trial')}; with {they} {effect}.{few}"


def _lean(p: float | None) -> str:
    if p is None:
        return "Whether small trials lean to one side cannot be asked of fewer than ten."
    return f"Do small trials say something else than large ones (Egger)? p {p_words(p)}."


def mix_line(evidence: Evidence) -> str:
    """What would have to be thrown together to pool anything; empty where nothing would help."""
    if not evidence.could_mix:
        return ""
    what = listed(MIXED[one] for one in evidence.could_mix)
    return (
        f"Three trials or more come together only if different {what} are mixed "
        f"(--mix {','.join(evidence.could_mix)}); what comes out then is an average of different things."
    )


def mixed_line(evidence: Evidence) -> str:
    """A warning above pools that were mixed on request."""
    if not evidence.asked.mix:
        return ""
    return f"Mixed because it was asked for: {listed(MIXED[one] for one in evidence.asked.mix)}."
