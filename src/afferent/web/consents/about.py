"""Consents in words: as the page shows them, and the few lines on the page of a client.

Ask here: `shown` (all five, for the page), `lines` (only what is not agreed), `sentence` (how they stand together) and
`past` (every entry). The front desk reads no place of a body here, and no reason that names one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from afferent.body.areas import PLACES
from afferent.knowledge.model import AskedAgain
from afferent.knowledge.model import Consent as Asked
from afferent.page.icons import icon
from afferent.page.markup import Html
from afferent.records.consent import Standing
from afferent.web.clients.models import Client
from afferent.web.clinics.models import Clinic
from afferent.web.consents.asking import Numb, entries, entry, knowledge_of, standings, sum_of
from afferent.web.consents.models import Consent
from afferent.words.consents import Told, again_words, long_day, state_words, told
from afferent.words.places import phrase
from afferent.words.vocabulary import listed, lower_first

NOT_CLINICAL: Final[dict[AskedAgain, str]] = {"the numb places changed": "something about the feeling changed"}
_SHAPES: Final = {"given": "ready", "withdrawn": "stop", "not_asked": "ask", "ask_again": "ask"}


class Line(Struct, frozen=True):
    """One purpose that is not agreed: "Warmth and cold", "not asked yet"."""

    purpose: str
    title: str
    words: str


class Shown(Struct, frozen=True):
    """One purpose on the page. `changed`: which places, where they are the reason, and the reader may know."""

    asked: Asked
    state: str
    words: str
    shape: Html
    told: list[Told]
    again: str
    to_ask: bool
    changed: str = ""


class Past(Struct, frozen=True):
    """One entry."""

    at: dt.datetime
    title: str
    words: str
    who: str
    numb: str = ""


def lines(client: Client, today: dt.date, numb: Numb | None, *, clinical: bool = True) -> list[Line]:
    """What is not agreed, in the order of the purposes; nothing where all is."""
    asked = knowledge_of(client).consents
    found = standings(entries(client), asked.values(), today, numb)
    return [
        Line(name, asked[name].title, lower_first(stands(one, clinical)))
        for name, one in found.items()
        if not one.given
    ]  # fmt: skip


def shown(
    asked: Mapping[str, Asked], found: Mapping[str, Standing], clinic: Clinic, numb: Numb | None, *, clinical: bool
) -> list[Shown]:
    """Every purpose, with what is read aloud before it is asked."""
    own = own_words(clinic)
    return [
        Shown(
            asked=asked[name],
            state=one.state,
            words=stands(one, clinical),
            shape=icon(_SHAPES[one.state]),
            told=told(asked[name], own),
            again=again_words(asked[name]),
            to_ask=one.state in ("not_asked", "ask_again"),
            changed=_changed(one, numb) if clinical else "",
        )
        for name, one in found.items()
    ]


def own_words(clinic: Clinic) -> dict[str, str]:
    """What the clinic itself says, for the topics that wait for it. It has nowhere to write its prices yet."""
    years = clinic.retention_years
    return {"retention": f"We keep it for {years} year{'' if years == 1 else 's'} after your last visit."}


def stands(one: Standing, clinical: bool = True) -> str:
    """How it stands. Whoever may see nothing clinical reads no reason that names a place."""
    if one.state != "ask_again":
        return state_words(one)
    return f"To be asked again: {listed(why if clinical else NOT_CLINICAL.get(why, why) for why in one.reasons)}"


def sentence(found: Mapping[str, Standing], asked: Mapping[str, Asked]) -> str:
    """All five in one sentence or two."""
    yes = [lower_first(asked[name].title) for name, one in found.items() if one.given]
    no = [lower_first(asked[name].title) for name, one in found.items() if not one.given]
    if not no:
        return "All of it is agreed."
    if not yes:
        return "Nothing is agreed yet." if all(one.entry is None for one in found.values()) else "Nothing is agreed."
    return f"Agreed: {listed(yes)}. Not agreed: {listed(no)}."


def past(rows: Iterable[Consent], asked: Mapping[str, Asked], *, clinical: bool) -> list[Past]:
    """Every entry, the latest first."""
    return [
        Past(
            at=row.at,
            title=asked[row.purpose].title if row.purpose in asked else row.purpose,
            words=f"{'Yes' if row.given else 'No'}, on {long_day(row.on)}, wording {row.version}",
            who=_who(row),
            numb=places_words(entry(row).numb) if clinical and row.given and _hangs_on_places(row, asked) else "",
        )
        for row in reversed(list(rows))
    ]


def _hangs_on_places(row: Consent, asked: Mapping[str, Asked]) -> bool:
    one = asked.get(row.purpose)
    return one is not None and "the numb places changed" in one.asked_again_when


def places_words(numb: Numb) -> str:
    """ "both feet and the left hand"; "nowhere that is known"."""
    named = [phrase(area)] if (area := sum_of(PLACES.get(place, 0) for place in numb)) else []
    return listed([*named, *(place for place in numb if place not in PLACES)]) or "nowhere that is known"


def _changed(one: Standing, numb: Numb | None) -> str:
    if "the numb places changed" not in one.reasons or one.entry is None:
        return ""
    return f"Numb when it was agreed: {places_words(one.entry.numb)}. Numb now: {places_words(numb or ())}."


def _who(row: Consent) -> str:
    said = f"{row.helper} answered for the client" if row.helper else "the client answered"
    return f"{said}, {f'written down by {row.by.name}' if row.by else 'on their own device'}"
