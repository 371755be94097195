"""What is asked from 0 to 10 before the first touch and after the last: on the client's device, or aloud.

Ask here: `asks` (the questions of one visit, for either face), `around` (was this asked around the visit?) and
`keep_score` (an answer, kept as a score too). The
event is what was said; the score is made of it, and one that cannot be made never stands in the way of the event.
Nobody is asked who can hardly say what is felt (`visit.guide`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Iterable
from typing import Any, Final

import msgspec
from django.db import transaction
from msgspec import Struct

from afferent.knowledge.measures import Measure
from afferent.visit.events import PAIN_NOW, Around, Kept, Scored
from afferent.web.accounts.models import User
from afferent.web.clinics.knowledge import in_force
from afferent.web.live.models import Session
from afferent.web.outcomes import asked
from afferent.web.outcomes.keeping import Who

_LOG: Final = logging.getLogger("afferent")


class Ask(Struct, frozen=True):
    """One question. `id`: of the event that answers it on the client's device, so that each is answered there once.
    `lo`, `hi`: the words at 0 and at 10."""

    id: str
    measure: str
    title: str
    ask: str
    lo: str
    hi: str


def asks(session: Session, happened: Iterable[Kept] = ()) -> dict[Around, list[dict[str, Any]]]:
    """What is to be asked, in order, before and after. `happened`: also what was answered in these events, so that it
    can be shown. `session` with its client and visit."""
    if not (session.plan.get("pain") or {}).get("before"):
        return {"before_visit": [], "after_visit": []}
    known = in_force(session.client.clinic).measures
    rated = [one.event for one in happened if isinstance(one.event, Scored)]
    found: dict[Around, list[dict[str, Any]]] = {}
    whens: tuple[Around, ...] = ("before_visit", "after_visit")
    for when in whens:
        told = dict.fromkeys(one.measure for one in rated if one.asked == when)
        due = {one.id: one for one in asked.due(session.client, when, session.visit)}
        named = {one: known[one] for one in told if one in known} | due
        found[when] = [_ask(one, session, when) for one in named.values() if _fits(one)]
    return found


def _fits(measure: Measure) -> bool:
    """Is it one rating from 0 to 10? Anything else is asked by link or on paper."""
    return len(measure.items) == 1 and measure.items[0].kind == "0-10"


def _ask(measure: Measure, session: Session, when: Around) -> dict[str, Any]:
    item = measure.items[0]
    name = hashlib.sha256(f"{session.pk}:{when}:{measure.id}".encode()).hexdigest()[:32]
    made: dict[str, Any] = msgspec.to_builtins(Ask(name, measure.id, measure.title, item.ask, item.lo, item.hi))
    return made


def around(event: Scored, *, begun: bool) -> Around | None:
    """When it was asked, if around the visit. An older face does not say so, and means the start."""
    return event.asked or (None if begun or event.measure != PAIN_NOW else "before_visit")


def keep_score(
    session: Session, event: Scored, when: Around, *, now: dt.datetime, actor: str, by: User | None
) -> None:  # fmt: skip
    """The answer as a score of this visit, in the transaction of its event. What cannot be a score is logged.

    A later number of the same question takes the place of the one before, whoever gave it, as in the note.
    """
    try:
        with transaction.atomic():
            clinic = session.client.clinic
            item = in_force(clinic).measures[event.measure].items[0]
            asked.keep(
                session.client, event.measure, {item.id: event.value}, when=when, visit=session.visit,
                event=event.id, on=session.opened_at.astimezone(clinic.zone).date(), now=now, actor=actor,
                who=Who("visit", actor, by=by, visit=session.visit),
            )  # fmt: skip
    except Exception:
        _LOG.exception("A rating of visit %s is in its events, but could not be kept as a score.", session.visit_id)
