"""The totals of each visit, worked out from its pressure ledger once and kept.

Ask here: `due` (sessions whose totals are not there, or older than their last event) and `reckon` (work them out, for
as long as there is time). A fold of one visit takes a millisecond: of twenty thousand nobody would wait for a page.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from django.db.models import F, Q, QuerySet

from afferent.visit.course import Course
from afferent.visit.events import SkinChecked
from afferent.visit.fold import course
from afferent.visit.ledger import ledger
from afferent.visit.skin import HARMLESS
from afferent.web.live.models import Happening, Session
from afferent.web.live.store import kept
from afferent.web.programme.models import Reckoned

_AT_ONCE: Final = 100
_FIELDS: Final = ("client_id", "upto", "seconds", "near", "level", "stops", "found", "open_end")


def due(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Those of them whose totals are not there yet, or know too little."""
    return sessions.filter(Q(reckoned=None) | ~Q(reckoned__upto=F("last")))


def reckon(sessions: QuerySet[Session], *, seconds: float | None = None) -> int:
    """Work out what is due, and say how many are left. `seconds`: after so long it stops; None: until all are done."""
    until = None if seconds is None else time.monotonic() + seconds
    while until is None or time.monotonic() < until:
        some = list(due(sessions).order_by("pk").values_list("pk", "client_id", "last")[:_AT_ONCE])
        if not some:
            return 0
        last = {pk: (client, upto) for pk, client, upto in some}
        made = [_row(pk, *last[pk], visit) for pk, visit in _courses(list(last))]
        Reckoned.objects.bulk_create(made, update_conflicts=True, unique_fields=["session"], update_fields=_FIELDS)
    return due(sessions).count()


def _courses(sessions: list[object]) -> Iterator[tuple[object, Course]]:
    """Of each of them, also of one without any event."""
    rows = Happening.objects.filter(session__in=sessions).order_by("session", "seq")
    found = {pk: course([kept(row) for row in those]) for pk, those in groupby(rows, lambda row: row.session_id)}
    for pk in sessions:
        yield pk, found[pk] if pk in found else course(())


def _row(session: object, client: object, upto: int, visit: Course) -> Reckoned:
    doses = [one for one in ledger(visit).doses if one.seconds]
    return Reckoned(
        session_id=session, client_id=client, upto=upto,
        seconds=sum(one.seconds for one in doses),
        near=sum(one.seconds for one in visit.spells if one.place.numb),
        level=max((one.level for one in doses), default=None),
        stops=len(visit.stops), found=len(_not_felt(visit)), open_end=visit.open_end,
    )  # fmt: skip


def _not_felt(visit: Course) -> set[tuple[str, str]]:
    """What was seen and had not been noticed; the same at two looks of a visit is one."""
    looks = [look for one in visit.moments if isinstance(one.kept.event, SkinChecked) for look in one.kept.event.looks]
    return {(look.region, look.found) for look in looks if look.felt is False and look.found not in HARMLESS}
