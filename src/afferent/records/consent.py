"""How a consent stands on a day: given, withdrawn, not asked, or to be asked again – worked out from what was entered.

Ask here: `standing(entries, consent, today, numb_now)`. Entries are only ever added, so that taking a yes back is one
more of them. In doubt it is no yes. It keeps nothing, and asks nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, Literal

from msgspec import Struct

from afferent.body.areas import PLACES
from afferent.knowledge.model import AskedAgain, Consent, Purpose

By = Literal["client", "helper", "therapist for the client"]
State = Literal["given", "withdrawn", "not_asked", "ask_again"]

A_YEAR: Final = dt.timedelta(days=365)  # our default (N)


class ConsentEntry(Struct, frozen=True):
    """One answer. `by`: who said it or wrote it down. `numb`: the places known to be numb when it was given."""

    purpose: Purpose
    given: bool
    on: dt.date
    version: int
    by: By
    numb: tuple[str, ...] = ()


class Standing(Struct, frozen=True):
    """How one purpose stands. Only `given` is a yes.

    `entry`: the answer it rests on. `reasons`: why it is asked again. `agreed_before`: a no that took back a yes.
    """

    state: State
    entry: ConsentEntry | None = None
    reasons: tuple[AskedAgain, ...] = ()
    agreed_before: bool = False

    @property
    def given(self) -> bool:
        """May it be done?"""
        return self.state == "given"


def standing(
    entries: Iterable[ConsentEntry], consent: Consent, today: dt.date, numb_now: Iterable[str] = ()
) -> Standing:
    """How this purpose stands today. `entries`: of one client, any purposes, in the order they were made.

    Of one day the later entry counts. A yes dated after today does not count yet; a no counts whatever its date.
    `numb_now`: the places known to be numb today.
    """
    own = [entry for entry in entries if entry.purpose == consent.id and (not entry.given or entry.on <= today)]
    if not own:
        return Standing("not_asked")
    own.sort(key=lambda entry: entry.on)
    last = own[-1]
    if not last.given:
        return Standing("withdrawn", last, agreed_before=any(entry.given for entry in own))
    reasons = tuple(why for why in consent.asked_again_when if _holds(why, last, consent, today, numb_now))
    return Standing("ask_again" if reasons else "given", last, reasons)


def _holds(why: AskedAgain, entry: ConsentEntry, consent: Consent, today: dt.date, numb_now: Iterable[str]) -> bool:
    match why:
        case "the wording changed":
            return entry.version != consent.version
        case "the numb places changed":
            return _covered(entry.numb) != _covered(numb_now)
        case "a year has passed":
            return today - entry.on >= A_YEAR


def _covered(places: Iterable[str]) -> tuple[int, frozenset[str]]:
    """What the places cover together, however they are spelled. One that is no place (any more) stands by its name."""
    bits, strange = 0, set()
    for place in places:
        if place in PLACES:
            bits |= PLACES[place]
        else:
            strange.add(place)
    return bits, frozenset(strange)
