"""One day for one person of the staff: the visits, how each client stands, and the sentence above them.

A therapist with decision support reads how each client is screened. Everybody else reads no more than whether the
intake is there.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Final

from afferent.web.book.models import Visit
from afferent.web.book.pills import INTAKES, STOPS, Pill, stands
from afferent.web.book.rows import Row, firsts, place, row, visits
from afferent.web.book.standing import ahead, intakes, screenings
from afferent.web.clients.models import Screened
from afferent.web.clinics.models import Membership
from afferent.words.vocabulary import capital, counted, in_words


@dataclass(frozen=True)
class Agenda:
    """`rows` in the order of the day; `off` are the cancelled and moved ones, kept apart."""

    day: dt.date
    rows: list[Row]
    off: list[Row]
    sentence: str


def agenda(mine: Membership, now: dt.datetime, *, everybody: bool = False) -> Agenda:
    """Today, for this member. `everybody`: not only the visits of one's own."""
    zone = mine.clinic.zone
    day = now.astimezone(zone).date()
    own = mine.user_id if mine.therapist and not everybody else None
    found = list(visits(day, zone, therapist=own).select_related("client__screened").defer("client__screened__body"))
    said = _said(mine, found, day, now)
    first = firsts(found)
    coming = next((v.pk for v in found if v.state == "booked" and v.ends_at > now), None)
    rows = []
    for visit in found:
        line, pill = said[visit.client_id]
        words = [place(visit, visit.pk in first), "" if own else str(visit.therapist), line]
        told = capital(" · ".join(filter(None, words)))
        rows.append(row(visit, zone, line=told, pill=pill, next_=visit.pk == coming, today=day))
    there = [one for one in rows if not one.off]
    return Agenda(day, there, [one for one in rows if one.off], sentence(there, advised=mine.advised))


def _said(mine: Membership, found: list[Visit], day: dt.date, now: dt.datetime) -> dict[object, tuple[str, Pill]]:
    """Client -> what the row says of them, and its pill."""
    clients = {visit.client_id: visit.client for visit in found}
    if not mine.advised:
        return {id_: ("", INTAKES[state]) for id_, state in intakes(clients, now).items()}
    known = screenings(clients.values(), day)
    first = ahead(known, clients.values(), mine.clinic, day)
    return {id_: _stood(known.get(id_), first.get(id_, "")) for id_ in clients}


def _stood(screened: Screened | None, first: str) -> tuple[str, Pill]:
    """The line of the screening is left out where something stands before it that stops the visit."""
    if screened is None:
        return "", stands("", first)
    return "" if first in STOPS else screened.line, stands(screened.state, first)


_ENDED: Final = {"done": "took place", "missed": "did not come"}


def sentence(rows: list[Row], *, advised: bool) -> str:
    """ "Five visits. Two are ready. Three need something from you first." """
    if not rows:
        return ""
    ended = Counter(_ENDED[one.state] for one in rows if one.state in _ENDED)
    coming = [one.pill for one in rows if one.state == "booked" and one.pill]
    counts = [(number, what, what) for what, number in ended.items()]
    counts += _ready(coming) if advised else _answered(coming)
    told = [f"{capital(in_words(number))} {one if number == 1 else many}." for number, one, many in counts if number]
    return " ".join([f"{capital(counted(len(rows), 'visit'))}.", *told])


def _ready(pills: list[Pill]) -> list[tuple[int, str, str]]:
    kinds = Counter(pill.kind for pill in pills)
    return [
        (kinds["ready"], "is ready", "are ready"),
        (kinds["care"], "needs something from you first", "need something from you first"),
        (kinds["stop"], "is not to be massaged today", "are not to be massaged today"),
    ]


def _answered(pills: list[Pill]) -> list[tuple[int, str, str]]:
    done, begun = (sum(pill == INTAKES[state] for pill in pills) for state in ("done", "begun"))
    return [
        (done, "has answered the intake", "have answered the intake"),
        (begun, "has begun the intake", "have begun the intake"),
        (len(pills) - done - begun, "has not answered the intake yet", "have not answered the intake yet"),
    ]
