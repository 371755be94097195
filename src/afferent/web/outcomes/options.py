"""What could be agreed now: where each sentence of the verdict leads.

Ask here: `options(found, measure)`, each with what it would do; none is chosen beforehand. What goes on from a trial
counts its days and its visits too, and says so.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from afferent.knowledge.measures import Measure
from afferent.outcomes.person.outcome import Outcome
from afferent.outcomes.person.trial import Agreement
from afferent.web.outcomes.judged import Found
from afferent.web.outcomes.trials import Wanted
from afferent.words.outcome import Does, about, outcome_words

_MOST: Final = 60


class Option(Struct, frozen=True):
    """`does`: as in `words.outcome`. `wanted`: what would be agreed, where it goes on from this trial; None: nothing,
    or something new."""

    number: int
    says: str
    does: Does
    wanted: Wanted | None = None


def options(found: Found, measure: Measure) -> tuple[Option, ...]:
    """None where no trial runs."""
    made = found.outcome(measure)
    if made is None or found.standing is None or not found.standing.runs:
        return ()
    words = outcome_words(made, about(measure))
    pairs = zip(words.options, words.does, strict=True)
    return tuple(Option(n, one, does, _wanted(found, made, does)) for n, (one, does) in enumerate(pairs, 1))


def _wanted(found: Found, made: Outcome, does: Does) -> Wanted | None:
    """On from the trial that runs. Blocks are drawn anew instead: their form is filled in by hand."""
    standing = found.standing
    if standing is None or standing.agreement.blocks is not None or does not in ("go_on", "pause", "wait"):
        return None
    agreement, done = standing.agreement, len(found.visits)
    pauses = None if does == "go_on" else found.today + dt.timedelta(days=1)
    more = {"go_on": agreement.visits, "pause": max(agreement.visits // 2, 2)}.get(does, 0)
    visits = agreement.visits if does == "wait" else min(done + more, _MOST)
    return Wanted(
        replace(agreement, visits=visits), tuple(standing.trial.also), standing.trial.begins, pauses, late=done
    )


def on_from(agreement: Agreement, done: int) -> int:
    """How many visits are still to come until it is judged."""
    return max(agreement.visits - done, 0)
