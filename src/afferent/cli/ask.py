"""`--ask`: the open critical questions, group by group, most consequential first, until none is open.

An empty line or "?" means "not sure": the question stays open and the stricter answer holds.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from afferent.errors import InputError
from afferent.knowledge import Knowledge
from afferent.knowledge.model import Fact
from afferent.records.answers import statement
from afferent.records.intake import Intake
from afferent.safety import Evidence, Screening
from afferent.safety.evidence import NONE_OF_THESE
from afferent.safety.screening import Question

_CHECKED = frozenset({"yes_no", "finding", "date"})  # can stand in one list with "none of these"


def ask(intake: Intake, again: Callable[[Intake], Screening], knowledge: Knowledge) -> Intake:
    """Ask what is open, screen again, ask what that opened. Returns the intake with the answers."""
    asked: set[str] = set()
    while fresh := [q for q in again(intake).questions if q.critical and q.fact not in asked]:
        group = [q for q in fresh if q.group == fresh[0].group]
        asked.update(question.fact for question in group)
        answers = tuple(_group(group, knowledge, intake))
        intake = intake.with_answers(Intake(subject=intake.subject, as_of=intake.as_of, statements=answers))
    return intake


def _group(questions: list[Question], knowledge: Knowledge, intake: Intake) -> Iterator[Evidence]:
    listed = [q for q in questions if q.kind in _CHECKED and q.reason in ("missing", "record")]
    if len(listed) > 1:
        group = knowledge.groups[questions[0].group]
        _say(f"\n{group.ask}")
        for number, question in enumerate(listed, 1):
            _say(f"  {number}  {question.title}")
        chosen = _numbers(len(listed))
        for number, question in enumerate(listed, 1):
            fact = knowledge.facts[question.fact]
            if chosen is None:
                continue
            if number not in chosen:
                yield Evidence(fact.id, False, intake.as_of, "answer", NONE_OF_THESE)
            else:
                yield from _single(fact, intake, chosen=True)
    for question in questions:
        if len(listed) < 2 or question not in listed:
            yield from _single(knowledge.facts[question.fact], intake)


def _numbers(most: int) -> set[int] | None:
    """The numbers ticked; an empty set for "none"; None for "not sure"."""
    while True:
        line = _answer("Which? Numbers, 'none', or '?' for not sure: ").lower().replace(",", " ")
        if line in ("", "?"):
            return None
        if line in ("none", "no", "0"):
            return set()
        words = line.split()
        if all(word.isdigit() and 1 <= int(word) <= most for word in words):
            return {int(word) for word in words}
        _say(f"Please give numbers from 1 to {most}, 'none' or '?'.")


def _single(fact: Fact, intake: Intake, *, chosen: bool = False) -> Iterator[Evidence]:
    """One question until the answer can be read. A ticked entry without more is a plain yes."""
    if chosen and fact.kind == "yes_no":
        yield from statement(fact, True, intake.as_of)
        return
    hint = {
        "finding": "where? left, right, both, a region, 'no' or '?'" if fact.part else "where? a region, 'no' or '?'",
        "date": "a date like 2026-11-05, 'no' or '?'",
        "number": f"a number in {fact.unit}, or '?'",
        "choice": ", ".join(fact.options) + ", or '?'",
        "yes_no": "yes, no or '?'",
    }[fact.kind]
    while True:
        line = _answer(f"\n{fact.ask}\n  ({hint}): ")
        if fact.kind == "finding" and chosen and line in ("", "?"):
            line = "yes"
        try:
            answer = [word.strip() for word in line.split(",")] if fact.kind == "finding" and "," in line else line
            yield from statement(fact, answer, intake.as_of)
            return
        except InputError as error:
            _say(f"{error}")


def _answer(prompt: str) -> str:
    """One line from standard input; the prompt goes to standard error, so that output can be piped."""
    print(prompt, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        raise InputError("the questions ended before they were all answered; nothing is decided")
    return line.strip()


def _say(text: str) -> None:
    print(text, file=sys.stderr)
