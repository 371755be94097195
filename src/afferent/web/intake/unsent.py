"""What a client has answered on a phone and not sent yet, as far as the staff may know it.

Ask here: `begun` (which of these clients have, and whether it means "get help now"), `in_alarm` (for which of them it
does), `in_need` (everybody of the clinic for whom it does) and `unsent` (of one client, for the top of their page). The
answers themselves are shown only where they call for help: a client is told that they read everything, and may change
it, before it is sent. It writes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.utils import timezone
from msgspec import Struct

from afferent.knowledge import Knowledge
from afferent.web.clients.models import Client
from afferent.web.clinics.models import Clinic
from afferent.web.intake.drafts import read_in
from afferent.web.intake.kinds.checklist import Checklist
from afferent.web.intake.models import Draft
from afferent.web.intake.path import Step, path
from afferent.web.intake.so_far import SoFar
from afferent.web.intake.urgent import urgent


class Unsent(Struct, frozen=True):
    """An intake that was begun. `at`: the last answer. `because` and `said` are told only with an alarm: the answers
    that raised it, and all of them, each with its title."""

    at: dt.datetime
    answers: int
    alarm: bool = False
    because: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    helper: str = ""


def begun(clients: Iterable[UUID], clinic: Clinic) -> dict[UUID, bool]:
    """Who of them has begun and not sent: client -> do the answers mean "get help now"? One query."""
    found = Draft.objects.filter(client_id__in=set(clients), finished_at=None)
    return {one.client_id: _alarm(one, clinic) for one in found}


def in_alarm(clients: Iterable[UUID], clinic: Clinic) -> set[UUID]:
    """For whom of them it means "get help now". One query."""
    return {client for client, alarm in begun(clients, clinic).items() if alarm}


def in_need(clinic: Clinic) -> list[Draft]:
    """Every unsent draft of the clinic that means "get help now", the latest first; each with its client. One query."""
    if not clinic.decides:
        return []
    open_ones = Draft.objects.filter(finished_at=None, client__archived_at=None).exclude(alarm=False)
    return [one for one in open_ones.select_related("client").order_by("-changed_at") if _alarm(one, clinic)]


def _alarm(draft: Draft, clinic: Clinic) -> bool:
    """As it was written down with the last answer; worked out where it never was."""
    if not clinic.decides:
        return False
    if draft.alarm is None:
        answers = read_in(clinic, draft, timezone.now())
        return bool(urgent(answers, path(answers)))
    return draft.alarm


def unsent(client: Client, clinic: Clinic, now: dt.datetime, *, clinical: bool = True) -> Unsent | None:
    """What one client has begun and not sent; None where there is nothing. Not `clinical`: only that it was begun."""
    draft = Draft.objects.filter(client=client, finished_at=None).first()
    if draft is None:
        return None
    answers = read_in(clinic, draft, now)
    steps = path(answers)
    rules = urgent(answers, steps) if clinical else frozenset()
    if not rules:
        return Unsent(draft.changed_at, len(draft.answers))
    told = [(_title(step), words) for step in steps if (words := _words(step, answers))]
    because = [words for step in steps for words in _meets(step, answers, rules)]
    return Unsent(draft.changed_at, len(draft.answers), True, tuple(because), tuple(told), draft.helper)


def _words(step: Step, answers: SoFar) -> str:
    """What was answered here, in one line; empty where nothing was."""
    if step.id not in answers.answers:
        return ""
    return "; ".join(line.words for line in step.question.said(answers.given(step.id), answers))


def _title(step: Step) -> str:
    return getattr(step.question, "tag", "") or step.question.title


def _meets(step: Step, answers: SoFar, rules: Iterable[str]) -> Iterator[str]:
    """What was said here that one of these rules rests on, in the words that were pressed."""
    if step.id not in answers.answers:
        return
    facts, question = set(_facts(rules, answers.knowledge)), step.question
    for one in question.states(answers.given(step.id), answers.told(step.id), answers):
        if one.fact in facts and one.value is not False:
            listed = question.screen.items.get(one.fact) if isinstance(question, Checklist) else None
            yield listed.words if listed else f"{_title(step)}: {_words(step, answers)}"


def _facts(rules: Iterable[str], knowledge: Knowledge) -> Iterator[str]:
    """What these rules, and what of them calls for help, look at."""
    for name in rules:
        rule = knowledge.rules[name]
        for text in (rule.when, *(effect.when for effect in rule.effects if effect.urgency == "emergency")):
            if text:
                yield from knowledge.inputs(text)
