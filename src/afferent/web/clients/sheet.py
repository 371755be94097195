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
from afferent.page.markup import Html
from afferent.page.questions import question_cards
from afferent.page.section import section
from afferent.safety.compare import compare
from afferent.safety.evidence import Evidence
from afferent.safety.screening import Screening
from afferent.web.book.about import which
from afferent.web.clients.current import look, whole
from afferent.web.clients.knowing import Known
from afferent.web.clients.models import Client, Screened, SetAside
from afferent.web.clinics.knowledge import in_force
from afferent.web.clinics.models import Membership
from afferent.words.changes import NONE_CHANGED, Line, changes
from afferent.words.dates import day
from afferent.words.evidence import value_words
from afferent.words.questions import Card, cards

REASONS: Final = {
    "agreed": "Agreed with the client’s clinician by phone",
    "examined": "Looked and tested: it is not so today",
    "old": "The entry is out of date",
    "elsewhere": "Working in another way than the rule means",
    "other": "Another reason, in my words",
}


# Groups whose "no"s are read before they are confirmed: what calls for help, what must be looked at, one swollen leg.
_READ_FIRST: Final = frozenset({"today", "skin", "limbs"})


class Again(Struct, frozen=True):
    """A group that was denied earlier: one tap says that it is still so. `open`: after it was read, line by line."""

    group: str
    title: str
    facts: tuple[str, ...]
    said: tuple[str, ...]
    on: str
    look: bool
    open: bool
    cards: Html


class Aside(Struct, frozen=True):
    """A rule that was set aside for a day: its title, why, in whose words."""

    title: str
    why: str
    on: dt.date
    by: str
    at: dt.datetime


def aside_words(one: SetAside, knowledge: Knowledge) -> Aside:
    """In words. A rule that is no longer there keeps its name."""
    rule = knowledge.rules.get(one.rule)
    why = ". ".join(filter(None, [REASONS.get(one.reason, one.reason), one.words]))
    return Aside(rule.title if rule else one.rule, why, one.on, one.by.name, one.at)


class Sheet(Struct, frozen=True):
    """What the page shows. `parts` None: nothing is worked out here (record mode, or the client cannot be screened)."""

    client: Client
    knowledge: Knowledge
    screened: Screened
    screening: Screening | None
    parts: Parts | None
    ask: Html
    again: tuple[Again, ...]
    changed: tuple[Line, ...]
    aside: tuple[Aside, ...]
    may_set_aside: tuple[tuple[str, str], ...]
    told: Known

    @property
    def closed(self) -> bool:
        """Does what is known already close the visit?"""
        return self.screened.state == "closed"


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
    screened, told = look(client, knowledge, today)
    screening = whole(screened, today)
    if screening is None:
        return Sheet(client, knowledge, screened, None, None, Html(""), (), (), (), (), told)
    form = AnswerForm(reverse("client_answers", args=[client.pk]), token, given or {}, faults or {})
    pieces = parts(screening, knowledge, form=form, further=False, visit=which(client, today))
    again = _again(screening, told, knowledge, form)
    aside = tuple(SetAside.objects.filter(client=client, on=today).select_related("by").order_by("at"))
    return Sheet(
        client=client,
        knowledge=knowledge,
        screened=screened,
        screening=screening,
        parts=pieces,
        ask=_ask(screening, again, pieces.ask, knowledge, form),
        again=again,
        changed=_changed(since, screening, knowledge),
        aside=tuple(aside_words(one, knowledge) for one in aside),
        may_set_aside=may_set_aside(screening, {one.rule for one in aside}),
        told=told,
    )


def _ask(screening: Screening, again: tuple[Again, ...], whole: Html, knowledge: Knowledge, form: AnswerForm) -> Html:
    """What must be asked and was never answered; a group answered earlier stands as a card of its own."""
    if not again or not whole:
        return whole
    groups = {one.group for one in again}
    rest = [card for card in cards(screening, knowledge) if card.group not in groups]
    if not rest:
        return Html("")
    return section("Ask first", "Until answered, the stricter answer holds.", question_cards(rest, knowledge, form))


def _again(screening: Screening, told: Known, knowledge: Knowledge, form: AnswerForm) -> tuple[Again, ...]:
    """The groups whose open critical questions were all answered earlier, and answering none of them is wrong now."""
    return tuple(
        _one_again(card, facts, told.lapsed, knowledge, form)
        for card in cards(screening, knowledge)
        if (facts := [one.fact for one in card.questions])
        and all(fact in told.lapsed and fact not in form.faults for fact in facts)
    )


def _one_again(
    card: Card, facts: list[str], lapsed: Mapping[str, Evidence], knowledge: Knowledge, form: AnswerForm
) -> Again:
    last = max(lapsed[fact].date or dt.date.min for fact in facts)
    return Again(
        group=card.group,
        title=card.title,
        facts=tuple(facts),
        said=tuple(_said(lapsed[fact], knowledge) for fact in facts),
        on=day(last),
        look=card.look,
        open=card.group in _READ_FIRST,
        cards=question_cards([card], knowledge, form),
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
