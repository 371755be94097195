"""A client's sheet: everything the page "now" shows, worked out from the current screening.

Ask here: `sheet(client, membership, today, token, ...)`. It reads; the views write.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Set
from typing import Final

from django.urls import reverse
from msgspec import Struct

from afferent.knowledge import Knowledge
from afferent.page import parts
from afferent.page.controls import AnswerForm
from afferent.page.document import Parts
from afferent.safety.compare import compare
from afferent.safety.evidence import Evidence
from afferent.safety.screening import Screening
from afferent.web.clients.current import current, whole
from afferent.web.clients.knowing import Known, known
from afferent.web.clients.models import Client, Screened, SetAside
from afferent.web.clinics.knowledge import in_force
from afferent.web.clinics.models import Membership
from afferent.words.changes import NONE_CHANGED, Line, changes
from afferent.words.dates import day
from afferent.words.evidence import value_words

REASONS: Final = {
    "agreed": "Agreed with the client’s clinician by phone",
    "examined": "Looked and tested: it is not so today",
    "old": "The entry is out of date",
    "elsewhere": "Working in another way than the rule means",
    "other": "Another reason, in my words",
}


class Again(Struct, frozen=True):
    """A group that was denied earlier: one tap says that it is still so."""

    group: str
    title: str
    facts: tuple[str, ...]
    said: tuple[str, ...]
    on: str
    look: bool


class Sheet(Struct, frozen=True):
    """What the page shows. `parts` None: nothing is worked out here (record mode, or the client cannot be screened)."""

    client: Client
    knowledge: Knowledge
    screened: Screened
    screening: Screening | None
    parts: Parts | None
    again: tuple[Again, ...]
    changed: tuple[Line, ...]
    aside: tuple[SetAside, ...]
    may_set_aside: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def sheet(
    client: Client,
    mine: Membership,
    today: dt.date,
    token: str,
    *,
    since: Screened | None = None,
    given: Mapping[str, tuple[str, ...]] | None = None,
    faults: Mapping[str, str] | None = None,
) -> Sheet:
    """The sheet of a client for somebody who is advised."""
    knowledge = in_force(mine.clinic)
    told = known([client], knowledge, today)[client.pk]
    screened = current(client, today)
    screening = whole(screened, today)
    if screening is None:
        return Sheet(client, knowledge, screened, None, None, (), (), (), (), told.intake.notes)
    form = AnswerForm(reverse("client_answers", args=[client.pk]), token, given or {}, faults or {})
    aside = tuple(SetAside.objects.filter(client=client, on=today).select_related("by").order_by("at"))
    return Sheet(
        client=client,
        knowledge=knowledge,
        screened=screened,
        screening=screening,
        parts=parts(screening, knowledge, form=form, further=False),
        again=_again(screening, told, knowledge),
        changed=_changed(since, screening, knowledge),
        aside=aside,
        may_set_aside=may_set_aside(screening, {one.rule for one in aside}),
        notes=told.intake.notes,
    )


def _again(screening: Screening, told: Known, knowledge: Knowledge) -> tuple[Again, ...]:
    """The groups whose open critical questions were all answered earlier."""
    groups: dict[str, list[str]] = {}
    for question in screening.questions:
        if question.critical and question.reason == "missing":
            groups.setdefault(question.group, []).append(question.fact)
    return tuple(
        _one_again(group, facts, told.lapsed, knowledge)
        for group, facts in groups.items()
        if all(fact in told.lapsed for fact in facts)
    )


def _one_again(group: str, facts: list[str], lapsed: Mapping[str, Evidence], knowledge: Knowledge) -> Again:
    last = max(lapsed[fact].date or dt.date.min for fact in facts)
    return Again(
        group=group,
        title=knowledge.groups[group].title,
        facts=tuple(facts),
        said=tuple(_said(lapsed[fact], knowledge) for fact in facts),
        on=day(last),
        look=knowledge.groups[group].look,
    )


def _said(one: Evidence, knowledge: Knowledge) -> str:
    fact = knowledge.facts[one.fact]
    return f"{fact.title}: {value_words(fact, one.value) or 'yes'}"


def _changed(since: Screened | None, screening: Screening, knowledge: Knowledge) -> tuple[Line, ...]:
    before = whole(since) if since is not None else None
    if before is None:
        return ()
    found = changes(compare(before, screening), knowledge)
    return found or (Line("same", NONE_CHANGED),)


def may_set_aside(screening: Screening, done: Set[str] = frozenset()) -> tuple[tuple[str, str], ...]:
    """Rules that hold now and may be set aside with a reason: never a hard stop, never what was not asked yet."""
    return tuple(
        (rule.id, rule.title)
        for rule in screening.rules
        if rule.state == "fired" and not rule.hard_stop and rule.id not in done and not rule.id.startswith("DATA-")
    )
