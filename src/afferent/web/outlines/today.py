"""What an outline is made from, for one visit: the screening that holds, the knowledge, and what the visit is for.

Ask here: `today(visit, clinic, day)`. It reads; the views write.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from afferent.body.areas import PLACES
from afferent.body.regions import cover
from afferent.knowledge import Knowledge
from afferent.outline.model import Aim, Wish
from afferent.safety.evidence import Evidence
from afferent.safety.screening import Screening
from afferent.web.book.booking import is_first
from afferent.web.book.models import Visit
from afferent.web.clients.current import look, whole
from afferent.web.clients.models import Screened
from afferent.web.clinics.knowledge import in_force
from afferent.web.clinics.models import Clinic
from afferent.web.consents.asking import agreed, numb_in
from afferent.web.intake.unsent import in_alarm
from afferent.web.notes.after import gentler

# Layers of the map that no rule reads, so that the screening cannot show them.
_AFFECTED: Final = ("tingling", "burning", "weak_places")
_TIGHT: Final = ("tight_places",)


class Today(Struct, frozen=True):
    """Everything that shapes an outline. `screening` None: this client cannot be screened, and nothing is offered.

    `may_touch`: the client agreed to massage. `alarm`: an intake that is not sent yet says something that calls for
    help now. `wish` has no aims yet: they are chosen on the page.
    """

    screened: Screened
    screening: Screening | None
    knowledge: Knowledge
    wish: Wish
    may_touch: bool
    alarm: bool = False


def today(visit: Visit, clinic: Clinic, day: dt.date) -> Today:
    """For a visit on a day."""
    knowledge, client = in_force(clinic), visit.client
    screened, known = look(client, knowledge, day)
    numb = numb_in(known.intake, knowledge, day)
    softer = gentler(client)
    wish = Wish(
        minutes=visit.minutes,
        first=is_first(client, visit.starts_at, but=visit.pk),
        gentler=softer.levels,
        shorter=softer.minutes,
        warmth=agreed(client, "heat_cold", day, numb),
        affected=_marked(known.intake.statements, _AFFECTED),
        tight=_marked(known.intake.statements, _TIGHT),
    )
    may = agreed(client, "treatment", day, numb)
    return Today(screened, whole(screened, day), knowledge, wish, may, bool(in_alarm([client.pk], clinic)))


def aims(words: Iterable[str], knowledge: Knowledge) -> tuple[Aim, ...]:
    """Those of the words that are aims, in the order of the knowledge."""
    named = set(words)
    return tuple(one for one in knowledge.aims if one in named)  # type: ignore[misc]


def _marked(said: Iterable[Evidence], facts: tuple[str, ...]) -> tuple[str, ...]:
    """The places that the map or an answer names for these facts."""
    area = 0
    for one in said:
        if one.fact in facts and isinstance(one.value, tuple):
            for place in one.value:
                area |= PLACES.get(place, 0)
    return cover(area)
