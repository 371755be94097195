"""Opening a visit: from a booked visit and an outline to a session with its first event.

Ask here: `open_visit`. The screening is looked at afresh; an outline that crosses a limit nobody gave a reason for
opens nothing. Opening the same visit twice gives the session that is there.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from afferent.outline import ceilings
from afferent.outline.model import Crossing, Outline
from afferent.safety.screening import Screening
from afferent.visit.events import Opened
from afferent.web.accounts.models import User
from afferent.web.book.models import Visit
from afferent.web.clients.models import Screened
from afferent.web.live.models import Session
from afferent.web.live.store import append


@transaction.atomic
def open_visit(
    visit: Visit,
    outline: Outline,
    *,
    plan: dict[str, Any],
    screened: Screened,
    screening: Screening,
    crossings: Iterable[Crossing] = (),
    by: User,
    now: dt.datetime,
) -> Session:
    """The session of this visit, with "opened" as its first event. `plan`: what the faces show, made of both."""
    found = Session.objects.filter(visit=visit).first()
    if found is not None:
        return found
    made = Session.objects.create(
        visit=visit, client_id=visit.client_id, therapist=by, screened=screened, plan=plan, opened_at=now,
        called=visit.client.called or visit.client.given,
    )  # fmt: skip
    opened = Opened(
        id=secrets.token_hex(16),
        at=now,
        by="program",
        outline=outline,
        screened=screened.digest,
        knowledge=screened.knowledge,
        ceilings=ceilings(outline, screening),
        numb=screening.numb,
        rules=tuple(rule.id for rule in screening.rules if rule.state == "fired"),
        crossings=tuple(crossings),
    )
    append(made.pk, [opened], now=now, by=by)
    made.refresh_from_db()
    return made
