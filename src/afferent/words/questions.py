"""What to ask, grouped as it is asked: a card per group, its questions verbatim, and what each answer changes.

Ask here: `cards` (critical groups, most consequential first) and `further` (worth asking, nobody waits for it).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from afferent.knowledge import Knowledge
from afferent.knowledge.model import Fact
from afferent.safety.logic import View
from afferent.safety.screening import Question, Screening
from afferent.words.effects import consequence, stops
from afferent.words.evidence import FactLine, facts_lines
from afferent.words.what_if import if_worst, known

_CHANGES: Final = 2  # consequences said with a question; the rest is counted
_WHY: Final = {
    "conflict": "The record and the answer differ",
    "record": "The record raises this",
    "place": "The place is missing",
    "missing": "",
}


class Asked(Struct, frozen=True):
    """One question: verbatim, why it is open, which answer changes what, and what the record says."""

    fact: str
    text: str
    why_open: str
    when: str
    changes: tuple[str, ...]
    more: int
    record: tuple[str, ...]


class Card(Struct, frozen=True):
    """Questions asked together. `look`: the therapist must look, not only ask."""

    group: str
    title: str
    ask: str
    look: bool
    questions: tuple[Asked, ...]


def cards(screening: Screening, knowledge: Knowledge) -> tuple[Card, ...]:
    """What must be asked before a visit starts."""
    view = known(screening, knowledge)
    return _cards((q for q in screening.questions if q.critical), screening, knowledge, view)


def further(screening: Screening, knowledge: Knowledge) -> tuple[Card, ...]:
    """What is worth asking because a rule hangs on it; what the answers change is left out."""
    return _cards((q for q in screening.questions if not q.critical), screening, knowledge, None)


def _cards(
    questions: Iterable[Question], screening: Screening, knowledge: Knowledge, view: View | None
) -> tuple[Card, ...]:
    groups: dict[str, list[Asked]] = {}
    for question in questions:
        groups.setdefault(question.group, []).append(_asked(question, screening, knowledge, view))
    named = ((knowledge.groups[name], asked) for name, asked in groups.items())
    return tuple(Card(group.id, group.title, group.ask, group.look, tuple(asked)) for group, asked in named)


def _asked(question: Question, screening: Screening, knowledge: Knowledge, view: View | None) -> Asked:
    fact = knowledge.facts[question.fact]
    changes, more = _changes(question, screening, knowledge, view) if view else ((), 0)
    return Asked(
        fact=question.fact,
        text=question.text,
        why_open=_WHY[question.reason] or ("What stands there is too old" if question.record else ""),
        when=_when(fact),
        changes=changes,
        more=more,
        record=tuple(map(_recorded, facts_lines(question.record, knowledge, screening.as_of))),
    )


def _recorded(line: FactLine) -> str:
    """What stands in the record, as it stands there: "“apixaban 5 mg”, medicine list, 18 Nov 2026"."""
    return ", ".join(part for part in (line.said or line.what, line.where, line.old) if part)


def _changes(question: Question, screening: Screening, knowledge: Knowledge, view: View) -> tuple[tuple[str, ...], int]:
    """What hangs on the answer, heaviest first, and how much more; where the visit would end, nothing else counts."""
    hanging = if_worst(question.fact, question.because, view, screening, knowledge)
    hanging.sort(key=lambda one: one[0].state == "fired")  # what would newly hold comes first; otherwise by weight
    found: dict[str, None] = {}
    for _, effects in hanging:
        words = consequence(effects, knowledge)
        if words and any(map(stops, effects)):
            return (words,), 0
        if words:
            found[words] = None
    return tuple(found)[:_CHANGES], max(0, len(found) - _CHANGES)


def _when(fact: Fact) -> str:
    """Which answer changes something: "If yes", "If no", "If it was lately"."""
    match fact.kind:
        case "date":
            return "If it was lately"
        case "number":
            return {"high": "If very high", "low": "If very low"}.get(fact.worse, "If far from usual")
        case "choice":
            return (
                f"If {' or '.join(fact.options[one] for one in fact.worse_options)}" if fact.worse_options else "Then"
            )
        case _:
            return "If no" if fact.worse == "no" else "If yes"
