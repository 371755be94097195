"""A visit that is only looked at: nobody has done anything in it for long, and somebody opened its page.

Ask here: `by_itself(event)` (did a face notice it, without a hand?) and `only_looked_at(session, now)`. What the page
of an old visit misses is no part of that visit: such a page does not lead, and what it notices is not kept.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from afferent.visit.events import Asked, Event, Linked, Lost, Silent
from afferent.web.live.models import Session
from afferent.web.live.store import stream

QUIET_MINUTES: Final = 60  # without anything that a hand did; check-ins come every ten at the most (checkins.toml)
OF_THE_PROGRAM: Final = (Linked, Lost, Silent)


def by_itself(event: Event) -> bool:
    """Did the face notice it, without a hand?"""
    return isinstance(event, OF_THE_PROGRAM) or (isinstance(event, Asked) and event.why != "asked")


def only_looked_at(session: Session, now: dt.datetime) -> bool:
    """Has nobody done anything in it for so long?"""
    since = now - dt.timedelta(minutes=QUIET_MINUTES)
    if session.opened_at > since:
        return False
    return all(by_itself(one.event) for one in stream(session.pk, received=since))
