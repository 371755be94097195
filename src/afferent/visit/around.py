"""What was asked before the first touch and after the last, each measure from 0 to 10, and what came of it.

Ask here: `answers` (what holds of each question) and `told` (the lines of the note). The last number holds, whoever
gave it; a question that was skipped takes no number back. Before and after are told side by side, and nothing is
concluded. The therapist's face folds the same for itself (`live/fold.js`); a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from afferent.visit import note_lines as say
from afferent.visit.course import Course, Moment
from afferent.visit.events import PAIN_NOW, Around, Scored, Skipped
from afferent.visit.guide import cannot_say


class Answer(Struct, frozen=True):
    """What holds of one question. `value` None: skipped. `plain`: pain before the first touch, told by an event that
    does not say when it was asked."""

    id: str
    value: int | None
    plain: bool = False


Key = tuple[Around, str]
"""When it was asked, and the measure."""


def answers(visit: Course) -> dict[Key, Answer]:
    """What holds of each question that was asked, in the order in which they were first answered."""
    found: dict[Key, Answer] = {}
    for one in visit.moments:
        key = _key(one)
        match one.kept.event:
            case Scored(value=value, asked=asked) if key is not None:
                found[key] = Answer(one.id, value, plain=not asked)
            case Skipped() if key is not None and (key not in found or found[key].value is None):
                found[key] = Answer(one.id, None)
    return found


def _key(one: Moment) -> Key | None:
    event = one.kept.event
    if isinstance(event, Scored | Skipped) and event.asked:
        return event.asked, event.measure
    if isinstance(event, Scored) and event.measure == PAIN_NOW and one.after is None:
        return "before_visit", PAIN_NOW
    return None


def told(visit: Course) -> Iterator[say.AskedAround]:
    """A line for each measure; none for pain that was only asked at the start, which `pain.told` tells."""
    found = answers(visit)
    numb = visit.opened is not None and cannot_say(visit.opened.rules)
    for measure in dict.fromkeys(measure for _, measure in found):
        before, after = found.get(("before_visit", measure)), found.get(("after_visit", measure))
        those = [one for one in (before, after) if one is not None]
        if not all(one.plain for one in those):
            yield say.AskedAround(
                measure=measure, before=_said(before), after=_said(after), numb=numb,
                ids=tuple(one.id for one in those),
            )  # fmt: skip


def _said(answer: Answer | None) -> int | say.Unsaid:
    if answer is None:
        return "not_asked"
    return "skipped" if answer.value is None else answer.value
